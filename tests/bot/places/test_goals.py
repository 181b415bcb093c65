"""Names of every kind are read as well as we promise, where the tables to measure it are at hand."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

from bot.places.index import read_names
from bot.places.resolve import Resolver
from tests.bot.places.scoring import Row, SetScore, ours, read_by, read_tables, score, score_sentences
from tools.places.__main__ import write

TABLES = Path(__file__).parents[4] / "shared" / "cases" / "places"

GOALS = {
    "codes": (100, 0),
    "flags": (100, 0),
    "typo1": (98, 0.3),
    "typo2": (92, 0.5),
    "typo_real": (92, 1),
    "demonyms_en": (95, 1),
    "demonyms_xlang": (97, 1),
    "nicknames": (92, 0.5),
    "xlang_novel": (90, 3),
    "countrynames": (99.5, 0.5),
    "cldr": (99.5, 0.5),
    "noise": (95, 0.5),
    "subnational": (95, 3),
    "ambig_must": (95, 5),
    "ambig_typo": (85, 15),
    "ambig_may": (95, 5),
}
"""At least so many percent right, at most so many answered wrongly."""
REFUSALS = {"neg_nearmiss": 1.5, "neg_confusable": 3}
"""At most so many percent answered where refusing is right; 0.5 for every other table of refusals."""


@cache
def tables() -> dict[str, list[Row]]:
    return read_tables(TABLES) if TABLES.is_dir() else {}


def scored(name: str) -> SetScore:
    if name not in tables():
        pytest.skip("this table is not here")
    return score(name, tables()[name], ours)


@pytest.mark.parametrize("name", GOALS)
def test_names_of_each_kind_are_read(name: str) -> None:
    found = scored(name)
    right, wrong = GOALS[name]
    assert found.percent(found.right) >= right, found.mistakes
    assert found.percent(found.wrong) <= wrong, found.mistakes


@pytest.mark.parametrize(
    "kind", ["words", "people", "cities", "orgs", "regions", "us_states", "nearmiss", "confusable"]
)
def test_what_is_no_country_is_not_answered(kind: str) -> None:
    found = scored(f"neg_{kind}")
    assert found.percent(found.wrong) <= REFUSALS.get(f"neg_{kind}", 0.5), found.mistakes


def test_places_are_found_in_sentences() -> None:
    if "sentences" not in tables():
        pytest.skip("this table is not here")
    found = score_sentences(tables()["sentences"])
    assert found.f1 >= 96, found.mistakes
    assert 100 * found.exact / found.rows >= 92, found.mistakes


@pytest.mark.parametrize("source", ["cldr", "countrynames"])
def test_names_are_read_without_the_source_that_they_come_from(source: str, tmp_path: Path) -> None:
    rows = tables().get(source) or pytest.skip("this table is not here")
    write(tmp_path, frozenset({source}))
    found = score(source, rows, partial(read_by, Resolver(read_names(tmp_path))))
    assert found.percent(found.right) >= 93, found.mistakes[:20]
