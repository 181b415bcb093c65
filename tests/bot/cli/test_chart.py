"""Charts from the command line: a file in each form, every country on a map, plain words where nothing is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("html", b"<!")])
def test_a_place_is_drawn_in_each_form(
    inflow: Run, capsys: pytest.CaptureFixture[str], ending: str, start: bytes
) -> None:
    assert inflow("chart", "Belgium over time", "-o", f"be.{ending}") == 0
    assert Path(f"be.{ending}").read_bytes().lstrip().startswith(start)
    assert "People from Belgium who had gone to Syria or Iraq" in capsys.readouterr().out


def test_a_map_shows_every_country_even_when_a_few_are_asked_for(
    inflow: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inflow("chart", "top 3 in western europe", "--map", "-o", "map.html") == 0
    assert "People from Western Europe who had gone to Syria or Iraq" in capsys.readouterr().out
    page = Path("map.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("Germany", "Portugal", "Luxembourg", "Iceland"))


def test_a_map_of_the_world_needs_no_ranking(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("chart", "ever travelled worldwide", "--map", "-o", "map.svg") == 0
    assert "People who had gone to Syria or Iraq" in capsys.readouterr().out


def test_what_cannot_be_drawn_is_told_in_words(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert inflow("chart", "what does returned mean", "-o", "x.png") == 1
    assert "nothing to draw" in capsys.readouterr().out
    assert inflow("chart", "Belgium over time", "-o", "x.pdf") == 2
    assert not Path("x.pdf").exists()
