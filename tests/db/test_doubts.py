"""Every check finds what it is for, stays quiet where a reason is given, and is one and the same at every door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from db.edits import editing
from db.edits.requests import AddFigure
from db.imports.importing import ImportFile, plan_import
from db.model.doubts import of_figure
from db.model.records import Counts, Destination, Figure, Kind, Measure, Official, Source, Status, Who, Zero
from db.model.rows import FIGURE_COLUMNS, figure_cells
from db.model.values import Bound, Interval, PartialDate, Period
from db.package.datapackage import Package
from db.store.engine import Database
from tests.built_in import built_in
from tests.db.making import a_figure, a_package, a_source

PAGE = ("https://example.org/a",)
WHOLE = replace(a_figure(), period=Period(None, PartialDate(2015, 12)))


def exactly(count: int) -> Interval:
    return Interval(count, count, Bound.EXACT)


def beside(**changes: object) -> Figure:
    """Another row of the same document."""
    return replace(WHOLE, **{"id": "be-other-a", **changes})  # type: ignore[arg-type]  # each row knows its field's type


def elsewhere(**changes: object) -> Figure:
    """The same claim under another document."""
    return beside(**{"id": "be-other-b", "source": "other_report", "evidence": (), **changes})


ROWS: list[tuple[str, tuple[Figure, ...]]] = [
    ("men", (replace(WHOLE, note="Men only."),)),
    ("women", (replace(WHOLE, basis="women only"),)),
    ("minors", (replace(WHOLE, basis="minors only"),)),
    ("theatre", (replace(WHOLE, note="All theatres."),)),
    ("arithmetic", (replace(WHOLE, note="The newspaper's arithmetic."),)),
    ("attempts", (replace(WHOLE, note="Holds 33 who tried to leave."),)),
    ("attempts", (replace(WHOLE, basis="with those stopped"),)),
    ("unconfirmed", (replace(WHOLE, note="Suspected."),)),
    ("families", (replace(WHOLE, note="Families included."),)),
    ("none_known", (replace(a_figure(low=0), note="None known to the police."),)),
    ("moved", (replace(WHOLE, measure="returned", note="Flown home by the state."),)),
    ("moved", (replace(WHOLE, measure="returned", basis="deported"),)),
    ("moved", (replace(WHOLE, measure="returned", note="Brought home."),)),
    ("held", (replace(WHOLE, measure="present", note="Held in camps."),)),
    ("unconfirmed", (replace(WHOLE, measure="killed", note="Presumed dead."),)),
    ("bound", (replace(WHOLE, value=exactly(1_200), note="More than 1,200."),)),
    ("coarse", (replace(WHOLE, as_of=PartialDate(2015), period=Period()),)),
    ("coarse", (replace(WHOLE, measure="travelled_in_period", as_of=None, period=Period.year(2015)),)),
    ("distrust", (replace(WHOLE, note="Its provenance is doubtful."),)),
    ("after_publication", (replace(WHOLE, as_of=PartialDate(2022), period=Period()),)),
    ("after_the_end", (replace(WHOLE, period=Period(None, PartialDate(2015, 6))),)),
    ("after_the_end", (replace(WHOLE, measure="sample_records", period=Period(None, PartialDate(2014))),)),
    ("no_period", (replace(WHOLE, measure="monthly_rate", period=Period()),)),
    ("outside", (replace(WHOLE, period=Period(PartialDate(2001), PartialDate(2015, 12))),)),
    ("outside", (replace(WHOLE, measure="travelled_in_period", as_of=None, period=Period.year(2021)),)),
    ("none_in_the_world", (replace(a_figure(place="R:world", low=0),),)),
    ("parts", (WHOLE, beside(measure="returned"), beside(id="be-c", measure="killed", value=exactly(5)))),
    ("group", (WHOLE, beside(who=Who.WOMEN, value=exactly(11)))),
    ("two_values", (WHOLE, beside(value=exactly(12)))),
    ("twin", (WHOLE, beside(as_of=PartialDate(2015, 11)))),
    ("twin", (WHOLE, beside(official=Official.YES))),
    ("twin", (replace(WHOLE, official=Official.NO), beside(as_of=PartialDate(2015, 11)))),
    ("one_page", (WHOLE, elsewhere(evidence=PAGE, as_of=PartialDate(2015, 12, 1)))),
    ("one_body", (WHOLE, elsewhere(source="tsc_2017"))),
    ("one_body", (WHOLE, elsewhere(source="tsc_2017", period=Period()))),
    ("relay", (replace(WHOLE, source="relaying_report", relays="other_report"),)),
]  # fmt: skip
QUIET: list[tuple[str, tuple[Figure, ...]]] = [
    ("another number is named", (replace(WHOLE, note="432 tried to travel.", counts=Counts.ARRIVALS),)),
    ("the bound of another number", (replace(WHOLE, note="More than 99, says another."),)),
    ("a year that had ended", (replace(WHOLE, as_of=PartialDate(2014), period=Period()),)),
    ("the column says so", (replace(WHOLE, note="Holds 33 who tried.", counts=Counts.ATTEMPTS_INCLUDED),)),
    ("none known", (replace(a_figure(low=0), note="None known.", zero=Zero.NONE_KNOWN),)),
    ("prevented is about those stopped", (replace(WHOLE, measure="prevented", note="Stopped or deported."),)),
    ("disputed for it", (replace(WHOLE, note="Doubtful.", status=Status.DISPUTED, status_reason="A list."),)),
    ("the wider theatre", (replace(WHOLE, note="All theatres.", destination=Destination.WIDER),)),
    ("parts that fit", (WHOLE, beside(measure="returned", value=exactly(6)))),
    ("parts of another day", (WHOLE, beside(measure="returned", as_of=PartialDate(2015, 6), period=Period()))),
    ("official and not", (replace(WHOLE, official=Official.NO), beside(official=Official.YES))),
    ("the official count and another", (replace(WHOLE, official=Official.YES), beside(value=exactly(12)))),
    ("two ways of counting", (WHOLE, beside(value=exactly(12), basis="official"))),
    ("a later count", (WHOLE, beside(as_of=PartialDate(2014, 12), period=Period(), value=exactly(4)))),
    ("a relay", (WHOLE, elsewhere(evidence=PAGE, relays=WHOLE.id))),
    ("another body", (WHOLE, elsewhere())),
    ("withdrawn", (replace(WHOLE, status=Status.WITHDRAWN, note="Men only."),)),
]  # fmt: skip


def package_of(*figures: Figure) -> Package:
    held = built_in()
    own: tuple[Source, ...] = (
        replace(a_source("other_report"), url="", title="Another"),
        replace(a_source("relaying_report", ("tsg_2015",)), url="", title="A third"),
    )
    cited = {figure.source for figure in figures}
    return replace(held, figures=figures, sources=(*(row for row in held.sources if row.id in cited), *own))


def kinds(*figures: Figure) -> set[str]:
    return {doubt.kind for doubt in package_of(*figures).doubts()}


@pytest.mark.parametrize(("kind", "figures"), ROWS, ids=lambda part: part if isinstance(part, str) else "")
def test_a_check_finds_what_it_is_for_until_somebody_says_why(kind: str, figures: tuple[Figure, ...]) -> None:
    assert kinds(*figures) == {kind}
    assert kinds(*(replace(figure, accepted=f"{kind}: looked at") for figure in figures)) == set()
    assert kinds(*(replace(figure, accepted=f"{kind}:") for figure in figures)) == {kind}, "a reason has to be given"


@pytest.mark.parametrize(("why", "figures"), QUIET, ids=lambda part: part if isinstance(part, str) else "")
def test_a_check_is_quiet_where_nothing_is_odd(why: str, figures: tuple[Figure, ...]) -> None:
    assert kinds(*figures) == set(), why


def test_what_is_part_of_what_stands_in_the_table_of_measures() -> None:
    captured = Measure("captured", Kind.CUMULATIVE, "Captured", "people", "Held there.", True, "travelled")
    held = package_of(WHOLE, beside(measure="captured", value=exactly(11)))
    assert {doubt.kind for doubt in replace(held, measures=(*held.measures, captured)).doubts()} == {"parts"}
    loose = replace(captured, part_of="")
    assert {doubt.kind for doubt in replace(held, measures=(*held.measures, loose)).doubts()} == set()


@pytest.mark.parametrize(
    ("column", "cell"),
    [("url", "http://example.org/report/"), ("doi", "10.1000/182"), ("title", a_source("first_report").title)],
)
def test_documents_under_two_keys_are_asked_about(column: str, cell: str) -> None:
    first = replace(a_source("first_report"), doi="10.1000/182")
    second = replace(a_source("second_report"), title="Another", url="https://example.org/2")
    package = a_package((), (first, replace(second, **{column: cell})))  # type: ignore[arg-type]
    assert {(doubt.id, doubt.kind) for doubt in package.doubts()} >= {("second_report", column)}


def test_nothing_of_the_dataset_is_left_to_be_looked_at() -> None:
    """Each row that a check finds was mended, or says in ``accepted`` why it holds."""
    assert [f"{doubt.id}: {doubt.kind}: {doubt.wrong}" for doubt in built_in().doubts()] == []


def test_no_reason_outlives_its_doubt() -> None:
    """A row that no check finds any more has nothing to accept."""
    held = built_in()
    bare = replace(
        held,
        figures=tuple(replace(figure, accepted="") for figure in held.figures),
        sources=tuple(replace(source, accepted="") for source in held.sources),
    )
    found = {(doubt.id, doubt.kind) for doubt in bare.doubts()}
    accepted = [(row.id, row.accepted) for row in held.figures] + [(row.id, row.accepted) for row in held.sources]
    said = {
        (id, part.partition(":")[0].strip()) for id, reasons in accepted for part in reasons.split(";") if part.strip()
    }
    assert said == found


def by_form(figure: Figure) -> Callable[[Database, datetime], object]:
    cells = {column: text for column, text in figure_cells(figure).items() if text and column != "id"}

    async def told(database: Database, now: datetime) -> list[str]:
        seen = await editing.preview(database, AddFigure(cells), by="Ada", because="Read", at=now)
        return [caution.advice for caution in seen.cautions]

    return told


def by_file(figure: Figure) -> Callable[[Database, datetime], object]:
    cells = {column: text for column, text in figure_cells(figure).items() if column != "id"}
    quoted = ",".join('"' + cells.get(column, "").replace('"', '""') + '"' for column in FIGURE_COLUMNS)

    async def told(database: Database, now: datetime) -> list[str]:
        plan = await plan_import(
            database, ImportFile(f"{','.join(FIGURE_COLUMNS)}\n{quoted}\n".encode(), "new.csv"), at=now
        )
        return [caution.advice for caution in plan.cautions]

    return told


ALONE = [(kind, rows[0]) for kind, rows in ROWS if len(rows) == 1 and rows[0].source == "tsg_2015"]


@pytest.mark.parametrize("door", [by_form, by_file])
async def test_a_form_and_a_file_ask_the_same(
    filled_database: Database, now: datetime, door: Callable[[Figure], Callable[[Database, datetime], object]]
) -> None:
    held = built_in()
    sources, measures = {source.id: source for source in held.sources}, {row.id: row for row in held.measures}
    for kind, figure in ALONE:
        fresh = replace(figure, place="MT" if figure.place == "BE" else figure.place, locator="p. 7")
        advice = await door(fresh)(filled_database, now)  # type: ignore[misc]
        assert [kind] == [doubt.kind for doubt in of_figure(fresh, sources, measures)]
        assert any(text.endswith(f"as {kind}: why") for text in advice), (kind, advice)
