"""What is thin is told with its rule: an old newest figure, or one origin behind everything."""

from __future__ import annotations

from bot.answers.weak import weak_spots
from db.desk.gap_board import SINGLE_ORIGIN, STALE, Demand
from tests.bot.answers.made import figure, holding


def test_a_topic_older_than_the_rest_of_its_place_is_stale_and_one_origin_is_told() -> None:
    holdings = holding(
        figure("35", place="FI", measure="present", as_of="2015-08", source="icct"),
        figure("80", place="FI", as_of="2019-02", source="supo"),
        figure("70", place="FI", as_of="2016-02", source="icct"),
    )

    spots = weak_spots(holdings, [Demand("FI", "present", 2), Demand("FI", "", 3), Demand("FI", "travelled", 1)])

    assert [(spot.kind, spot.measure, spot.asked) for spot in spots] == [
        (STALE, "present", 2),
        (SINGLE_ORIGIN, "present", 2),
    ]
    assert spots[0].text == "The newest figure speaks of August 2015; others of this place reach February 2019."


def test_what_is_not_held_is_no_weak_spot() -> None:
    assert weak_spots(holding(figure("80", place="FI")), [Demand("SE", "travelled", 5)]) == []
