"""What a preview tells of a change's impact."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.impact import Impact, Sum, impact_of
from bot.answers.shelf import Shelf
from bot.chat.cards.impact import MOST_LINES, impact_lines
from bot.words.words import words_of
from db.edits.change import FigureChange
from db.model.records import Status, Who
from tests.bot.answers.made import asked, figure, holding, value

EN = words_of("en")
BE = figure("400", place="BE", id="be", source="gov_1")
HELD = holding(BE, figure("900", place="FR"), memberships=[("R:western_europe", "BE"), ("R:western_europe", "FR")])


def test_openings_totals_and_ranks_are_told_old_and_new() -> None:
    change = FigureChange(BE, replace(BE, value=value("1000"), version=2))
    lines = impact_lines(impact_of(Shelf(HELD), [change], past=[asked("BE"), asked("FR")]), EN, watches=1)
    assert lines[1].startswith("- Answer on Belgium · ever travelled: **400** (")
    assert "→ **1,000** (" in lines[1]
    assert "gov\\_1" in lines[1]
    assert "- Total of Western Europe · ever travelled: 1,300 → 1,900" in lines
    assert "- Rank in the world of Belgium · ever travelled: 2nd → 1st" in lines
    assert "- Answers given before: 1 of 2 would be others today." in lines
    assert lines[-1] == "- 1 watch is told of it."


def test_a_withdrawal_leaves_no_figure_and_no_rank() -> None:
    gone = FigureChange(BE, replace(BE, status=Status.WITHDRAWN, version=2))
    lines = "\n".join(impact_lines(impact_of(Shelf(HELD), [gone]), EN))
    assert "→ no figure" in lines
    assert "→ no rank" in lines


def test_no_impact_is_said_too() -> None:
    assert "No opening, total or rank" in impact_lines(Impact(), EN)[1]


def test_a_long_impact_is_cut_and_counted() -> None:
    changed = tuple(Sum("R:world", "travelled", Who.EVERYONE, value("7"), value(str(number))) for number in range(30))
    lines = impact_lines(Impact(sums=changed, topics=40, looked_at=8), EN)
    assert len([line for line in lines if line.startswith("- ")]) == MOST_LINES
    assert f"-# and {30 - MOST_LINES} more" in lines
    assert "-# 8 of 40 places and measures were compared." in lines
