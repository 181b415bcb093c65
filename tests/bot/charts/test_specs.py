"""What every picture carries, and what none may show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answers.answer import Answer, CompareBlock, RankBlock
from bot.charts.chart import ALT_LIMIT, Chart, ChartKind
from bot.charts.specs import chart_for, map_for
from bot.charts.words import bare
from bot.questions.query import Intent
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Counts, Status, Who
from tests.bot.charts.made import (
    ICCT,
    LISTED,
    SOUFAN,
    about,
    answer,
    claim,
    compare_answer,
    dispute_answer,
    exact,
    fewer_than,
    lookup_answer,
    rank_answer,
    rows,
    source,
    total_answer,
    trend_answer,
    world_answer,
)

EVERY = [trend_answer, dispute_answer, compare_answer, rank_answer, total_answer]


def drawn(made: Answer, locale: str = "en") -> Chart:
    chart = chart_for(made, locale=locale)
    assert chart is not None
    return chart


def texts(chart: Chart) -> str:
    """All words inside the picture."""
    parts = [row["text"] for layer in chart.spec["layer"] for row in layer["data"].get("values", ()) if "text" in row]
    return bare("\n".join(parts))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def layers(chart: Chart, kind: str) -> Iterator[dict[str, Any]]:
    return (layer for layer in chart.spec["layer"] if layer["mark"]["type"] == kind)


@pytest.mark.parametrize("made", EVERY)
def test_the_picture_cites_itself(made: Any) -> None:
    answered = made()
    chart = drawn(answered)
    inside = flat(texts(chart))
    assert "data revision 7" in inside
    assert "answer a1b2c3" in inside
    assert words_of("en").body_name(answered.claims[0].source.publisher) in inside
    for part in chart.title.split(" · "):
        assert part in inside
    assert "Unit: people" in chart.alt
    assert "Sources: " in chart.alt


@pytest.mark.parametrize("made", EVERY)
@pytest.mark.parametrize("locale", languages())
def test_alt_text_fits_and_names_revision_and_answer(made: Any, locale: str) -> None:
    chart = drawn(made(), locale)
    assert len(chart.alt) <= ALT_LIMIT
    assert "a1b2c3" in chart.alt
    assert chart.spec["description"] == chart.alt


def test_alt_text_of_many_rows_says_how_many_it_leaves_out() -> None:
    shown = rows(
        *[(place, exact(10 + index)) for index, place in enumerate(("FR", "BE", "DE", "GB", "NL", "DK", "SE") * 4)]
    )
    block = CompareBlock("travelled", Who.EVERYONE, per_million=False, rows=shown, missing=(), certain=True)
    chart = drawn(answer(Intent.COMPARE, block))
    assert len(chart.alt) <= ALT_LIMIT
    told = chart.alt.count("The Soufan Group") - 1  # once more among the sources
    assert f"and {len(shown) - told} more" in chart.alt
    assert chart.alt.endswith("answer a1b2c3.")


def test_alt_text_has_the_numbers_of_the_picture() -> None:
    chart = drawn(dispute_answer())
    for number in ("2,100", "2,000–2,200", "at least 700", "about 600"):
        assert number in chart.alt


def test_no_number_is_drawn_that_nobody_published() -> None:
    chart = drawn(compare_answer())
    ends = {
        row[end] for layer in chart.spec["layer"] for row in layer["data"]["values"] for end in ("at",) if end in row
    }
    arrow = {
        row["at"] for layer in layers(chart, "point") for row in layer["data"]["values"] if "triangle" in row["shape"]
    }
    assert ends - arrow == {1700, 420, 516, 750}
    assert "468" not in texts(chart), "the middle of 420 to 516"


def test_a_place_without_a_figure_says_no_data_and_has_no_bar() -> None:
    chart = drawn(compare_answer())
    assert "no data" in texts(chart)
    tracks = next(layers(chart, "rect"))["data"]["values"]
    assert len(tracks) == 3


def test_long_names_are_wrapped_and_never_cut() -> None:
    long = "Direction générale de la coordination de la lutte contre le terrorisme international et transfrontalier"
    chart = drawn(lookup_answer(claim(exact(3), source("long", long)), claim(exact(5), ICCT)))
    assert long in flat(texts(chart))
    assert "…" not in texts(chart)


def test_a_word_without_spaces_is_split_not_cut() -> None:
    word = "Verfassungsschutzundterrorismusbekaempfungsbehoerde"
    chart = drawn(lookup_answer(claim(exact(3), source("long", word)), claim(exact(5), ICCT)))
    assert word in texts(chart).replace("\n", "")


def test_a_single_claim_needs_no_picture() -> None:
    assert chart_for(lookup_answer(claim(exact(3), ICCT))) is None


def test_an_answer_without_blocks_has_no_picture() -> None:
    assert chart_for(answer(Intent.HELP)) is None
    assert map_for(answer(Intent.HELP)) is None


def test_rival_claims_of_a_lookup_become_a_strip() -> None:
    chart = drawn(lookup_answer(claim(exact(3), ICCT), claim(exact(5), SOUFAN)))
    assert chart.kind is ChartKind.DISPUTE
    assert "independent bodies: 2" in texts(chart)


def test_a_claim_with_older_ones_becomes_a_trend() -> None:
    older = (claim(exact(5), LISTED, as_of="2014-06"), claim(about(2), LISTED, as_of="2013-06"))
    assert drawn(lookup_answer(claim(exact(9), ICCT), earlier=older)).kind is ChartKind.TREND


def test_a_claim_without_a_date_is_counted_not_drawn() -> None:
    older = (claim(exact(5), LISTED, as_of=""),)
    assert "not drawn, date not stated: 1" in texts(drawn(lookup_answer(claim(exact(9), ICCT), earlier=older)))


def test_a_trend_of_undated_claims_is_no_picture() -> None:
    first, older = claim(exact(9), ICCT, as_of=""), claim(exact(5), LISTED, as_of="")
    assert chart_for(lookup_answer(first, earlier=(older,))) is None


def test_claims_of_one_origin_share_a_colour_and_name_it() -> None:
    chart = drawn(dispute_answer())
    by_color: dict[str, int] = {}
    for kind in ("point", "tick"):
        for layer in layers(chart, kind):
            for row in layer["data"]["values"]:
                by_color.setdefault(row["color"], 0)
    assert len(by_color) == 3
    assert "Origin: The Soufan Group" in chart.alt


def test_the_rank_is_printed_and_the_rate_is_called_ours() -> None:
    inside = texts(drawn(rank_answer()))
    assert "1. Bosnia and Herzegovina" in flat(inside)
    assert "Rates computed here" in inside
    assert "as printed" not in inside


def test_ranks_that_overlap_are_ranges() -> None:
    block = rank_answer().blocks[0]
    assert isinstance(block, RankBlock)
    unsure = tuple(replace(row, rank_from=1, rank_to=3) for row in block.rows)
    inside = texts(drawn(answer(Intent.RANK, replace(block, rows=unsure))))
    assert "1–3." in inside
    assert "the order is not certain" in inside


def test_a_disputed_figure_says_so() -> None:
    one = claim(exact(3), ICCT)
    disputed = replace(one, figure=replace(one.figure, status=Status.DISPUTED))
    assert "disputed" in texts(drawn(lookup_answer(disputed, claim(exact(5), SOUFAN))))


def test_attempts_are_called_attempts() -> None:
    one = claim(exact(3), ICCT, counts=Counts.ATTEMPTS_INCLUDED)
    assert "attempts included" in texts(drawn(lookup_answer(one, claim(exact(5), SOUFAN))))


def test_zero_stated_as_none_known_is_not_a_bare_zero() -> None:
    assert "none known" in drawn(trend_answer()).alt
    assert "none known" in texts(drawn(trend_answer()))


def test_the_date_of_knowledge_is_in_the_picture() -> None:
    made = compare_answer()
    dated = answer(Intent.COMPARE, *made.blocks, known_on=date(2016, 5, 1))
    assert "as known on 1 May 2016" in texts(drawn(dated))


def test_another_revision_is_another_picture() -> None:
    made = compare_answer()
    assert drawn(made).key != drawn(replace(made, revision=8)).key


def test_the_themes_stand_on_their_own_ground() -> None:
    dark, light = chart_for(compare_answer(), theme="dark"), chart_for(compare_answer(), theme="light")
    assert dark is not None
    assert light is not None
    assert {dark.spec["background"], light.spec["background"]} == {"#1E1F24", "#FFFFFF"}


def test_a_chart_is_plain_json() -> None:
    for made in EVERY:
        chart = drawn(made())
        assert json.loads(json.dumps(chart.spec)) == chart.spec


def test_an_unknown_locale_is_drawn_in_english() -> None:
    assert drawn(compare_answer(), "xx").title == drawn(compare_answer()).title


def test_an_arabic_chart_runs_from_the_right() -> None:
    chart = drawn(compare_answer(), "ar")
    scales = [layer["encoding"]["x"]["scale"] for layer in layers(chart, "rect")]
    assert all(scale["reverse"] for scale in scales)
    names = [layer for layer in layers(chart, "text") if "فرنسا" in str(layer["data"])]
    assert {layer["mark"]["align"] for layer in names} == {"right"}


def test_plain_text_has_every_row_and_the_stamp() -> None:
    text = drawn(compare_answer()).text
    assert "420–516" in text
    assert "Iceland" in text
    assert "no data" in text
    assert text.endswith("data revision 7 · answer a1b2c3")


def test_a_map_needs_places_to_compare() -> None:
    assert map_for(trend_answer()) is None
    assert map_for(dispute_answer()) is None
    assert map_for(lookup_answer(claim(fewer_than(3), ICCT))) is None


def test_a_map_says_whose_borders_it_draws() -> None:
    chart = map_for(world_answer())
    assert chart is not None
    assert "Borders: Natural Earth" in texts(chart)
    assert chart.title.endswith("map")
