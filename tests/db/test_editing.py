"""Edits: seen beforehand, made as one revision, refused with every fault, and never over somebody else's word."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from db.desk import proposals
from db.edits import editing, history
from db.edits.change import Action, Cause, FieldChange, FigureChange, HeadlineChange
from db.edits.errors import (
    ChangeRefused,
    DatasetMoved,
    FaultsFound,
    NotHeld,
    NothingChanges,
    Stale,
    StillCited,
    UndoBlocked,
)
from db.edits.requests import (
    AddFigure,
    AddSource,
    DisputeFigure,
    DropHeadline,
    EditFigure,
    EditSource,
    PickHeadline,
    Request,
    RestoreFigure,
    RestoreSource,
    RetractFigure,
    RetractSource,
    Undo,
)
from db.model.records import Status
from db.model.values import Bound, Interval
from db.package.exporting import stored_package
from db.store.engine import Database, find_damage
from db.store.figures import FigureStore
from db.store.reading import FIGURE
from tests.db.making import versions_of

BELGIUM = "be-travelled-tsg_2015"
NEW = {
    "place": "BE",
    "measure": "travelled",
    "low": "451",
    "as_of": "2015-11",
    "source": "tsg_2015",
    "locator": "page 9",
}
SOURCE = {
    "title": "A later report",
    "publisher": "An Institute",
    "published": "2016-03",
    "kind": "think_tank",
    "url": "https://example.org/later",
}


class Desk:
    """A moderator at a database: each edit is made as Ada, at a fixed moment."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now

    async def make(
        self,
        request: Request,
        *,
        by: str = "Ada",
        because: str = "a test",
        shown: editing.Preview | None = None,
    ) -> editing.Recorded:
        return await editing.make(self.database, request, by=by, because=because, at=self.now, shown=shown)

    async def preview(self, request: Request, *, by: str = "Ada", because: str = "a test") -> editing.Preview:
        return await editing.preview(self.database, request, by=by, because=because, at=self.now)


@pytest.fixture
def desk(filled_database: Database, now: datetime) -> Desk:
    return Desk(filled_database, now)


async def faults_of(desk: Desk, request: Request) -> dict[str, str]:
    """What a refused request says of each column; the preview refuses it like the change itself."""
    with pytest.raises(FaultsFound) as seen:
        await desk.preview(request)
    with pytest.raises(FaultsFound) as made:
        await desk.make(request)
    assert made.value.faults == seen.value.faults
    return {fault.column: fault.wrong for fault in made.value.faults}


async def test_a_new_figure_is_one_revision_with_who_and_why(desk: Desk, dataset: FigureStore) -> None:
    made = await desk.make(AddFigure(NEW), by="Ada", because="table 2 was missing")
    assert (made.revision.id, made.revision.by, made.revision.because) == (2, "Ada", "table 2 was missing")
    [change] = made.changes
    assert isinstance(change, FigureChange)
    assert change.action is Action.ADDED
    held = await dataset.figure(change.id)
    assert held == change.after
    assert held is not None
    assert (held.value, held.revision, held.version) == (Interval(451, 451, Bound.EXACT), 2, 1)
    assert await dataset.revision() == 2


async def test_a_preview_shows_old_to_new_and_writes_nothing(desk: Desk, dataset: FigureStore) -> None:
    seen = await desk.preview(EditFigure(BELGIUM, {"low": "471"}, Cause.TYPO))
    assert seen.changes[0].fields == (FieldChange("low", "470", "471"), FieldChange("high", "470", "471"))
    assert (seen.revision, seen.total) == (1, 1)
    assert seen.summary == f"figure {BELGIUM}: low 470 → 471, high 470 → 471 (typo)"
    assert await dataset.revision() == 1


async def test_what_was_previewed_is_what_is_made(desk: Desk) -> None:
    seen = await desk.preview(EditFigure(BELGIUM, {"note": "checked again"}))
    assert isinstance(seen.request, EditFigure)
    assert seen.request.expected == 1
    made = await desk.make(seen.request, shown=seen)
    assert [change.fields for change in made.changes] == [change.fields for change in seen.changes]
    assert made.revision.summary == seen.summary


async def test_a_figure_without_a_source_is_refused(desk: Desk) -> None:
    cells = {column: text for column, text in NEW.items() if column != "source"}
    assert "source" in await faults_of(desk, AddFigure(cells))


async def test_every_fault_is_found_at_once(desk: Desk) -> None:
    cells = {**NEW, "place": "Belgum", "measure": "travlled", "low": "9", "high": "4", "as_of": "2015-02-30"}
    cells |= {"source": "nobody", "colour": "red", "credibility": "7"}
    faults = await faults_of(desk, AddFigure(cells))
    assert {"place", "measure", "as_of", "source", "colour", "credibility", "low"} <= faults.keys()


async def test_who_and_why_have_to_be_said(desk: Desk) -> None:
    with pytest.raises(FaultsFound) as caught:
        await desk.make(EditFigure(BELGIUM, {"low": "many"}), by=" ", because="")
    assert {"by", "because", "low"} <= {fault.column for fault in caught.value.faults}


async def test_a_changed_value_with_its_old_source_says_why(desk: Desk) -> None:
    assert "cause" in await faults_of(desk, EditFigure(BELGIUM, {"low": "471"}))
    made = await desk.make(EditFigure(BELGIUM, {"low": "471"}, Cause.RE_READ))
    assert made.revision.summary.endswith("(re_read)")


async def test_a_new_source_as_cause_needs_the_new_source(desk: Desk) -> None:
    assert "source" in await faults_of(desk, EditFigure(BELGIUM, {"low": "471"}, Cause.NEW_SOURCE))
    await desk.make(EditFigure(BELGIUM, {"low": "471", "source": "icsr_2015_01"}, Cause.NEW_SOURCE))


async def test_the_second_of_two_moderators_is_shown_what_changed(desk: Desk) -> None:
    ada = await desk.preview(EditFigure(BELGIUM, {"low": "471"}, Cause.TYPO))
    bob = await desk.preview(EditFigure(BELGIUM, {"note": "as printed"}))
    await desk.make(ada.request, by="Ada", shown=ada)
    with pytest.raises(Stale) as caught:
        await desk.make(bob.request, by="Bob", shown=bob)
    stale = caught.value
    assert stale.changed == ("low", "high")
    assert stale.revision is not None
    assert (stale.yours, stale.revision.by) == (1, "Ada")


async def test_two_moderators_at_the_same_moment_leave_one_change(desk: Desk, dataset: FigureStore) -> None:
    requests = [EditFigure(BELGIUM, {"note": f"note {number}"}, expected=1) for number in range(6)]
    outcomes = await asyncio.gather(*map(desk.make, requests), return_exceptions=True)
    made = [outcome for outcome in outcomes if isinstance(outcome, editing.Recorded)]
    assert len(made) == 1
    assert all(isinstance(outcome, Stale) for outcome in outcomes if outcome not in made)
    assert len(await versions_of(dataset, FIGURE, BELGIUM)) == 2


async def test_a_changed_surrounding_is_shown_again_before_it_is_confirmed(desk: Desk) -> None:
    seen = await desk.preview(RetractSource("tsg_2015", with_figures=True))
    await desk.make(AddFigure(NEW))
    with pytest.raises(DatasetMoved):
        await desk.make(seen.request, shown=seen)


async def test_the_same_claim_twice_is_refused(desk: Desk) -> None:
    await desk.make(AddFigure(NEW))
    assert "says the same" in (await faults_of(desk, AddFigure(NEW)))["id"]


async def test_nothing_is_written_where_nothing_changes(desk: Desk, dataset: FigureStore) -> None:
    with pytest.raises(NothingChanges):
        await desk.make(EditFigure(BELGIUM, {"low": "470"}))
    assert await dataset.revision() == 1


async def test_an_unknown_id_names_those_that_come_close(desk: Desk) -> None:
    with pytest.raises(NotHeld) as caught:
        await desk.make(RetractFigure("be-traveled-tsg_2015"))
    assert BELGIUM in caught.value.close


async def test_a_retracted_figure_is_no_longer_held_and_comes_back(desk: Desk, dataset: FigureStore) -> None:
    await desk.make(RetractFigure(BELGIUM), because="the report withdrew it")
    assert BELGIUM not in {figure.id for figure in (await dataset.holdings(["BE"])).of("BE")}
    gone = await dataset.figure(BELGIUM)
    assert gone is not None
    assert (gone.status, gone.status_reason) == (Status.WITHDRAWN, "the report withdrew it")
    await desk.make(RestoreFigure(BELGIUM))
    assert BELGIUM in {figure.id for figure in (await dataset.holdings(["BE"])).of("BE")}
    assert len(await versions_of(dataset, FIGURE, BELGIUM)) == 3


async def test_a_disputed_figure_stays_with_its_reason(desk: Desk, dataset: FigureStore) -> None:
    await desk.make(DisputeFigure(BELGIUM), because="two officials deny it")
    held = next(figure for figure in (await dataset.holdings(["BE"])).of("BE") if figure.id == BELGIUM)
    assert (held.status, held.status_reason) == (Status.DISPUTED, "two officials deny it")


async def test_a_source_is_added_edited_retracted_and_restored(desk: Desk, dataset: FigureStore) -> None:
    [added] = (await desk.make(AddSource(SOURCE))).changes
    assert added.id == "an_institute_2016_03"
    await desk.make(EditSource(added.id, {"reliability": "B"}))
    await desk.make(RetractSource(added.id), because="a forgery")
    gone = await dataset.source(added.id)
    assert gone is not None
    assert (gone.status, gone.reliability, gone.version) == (Status.WITHDRAWN, "B", 3)
    await desk.make(RestoreSource(added.id))
    back = await dataset.source(added.id)
    assert back is not None
    assert (back.status, back.status_reason) == (Status.CURRENT, "")


async def test_a_cited_source_is_retracted_with_its_figures_only(desk: Desk, dataset: FigureStore) -> None:
    with pytest.raises(StillCited) as caught:
        await desk.make(RetractSource("tsg_2015"))
    assert BELGIUM in caught.value.figures
    made = await desk.make(RetractSource("tsg_2015", with_figures=True))
    assert made.total == len(caught.value.figures) + 1
    assert "cite a source that stands" in str(await refusal(desk, AddFigure(NEW)))
    assert await find_damage(desk.database) == ()


async def refusal(desk: Desk, request: Request) -> FaultsFound:
    with pytest.raises(FaultsFound) as caught:
        await desk.make(request)
    return caught.value


async def test_a_picked_headline_goes_with_its_figure_and_back(desk: Desk, dataset: FigureStore) -> None:
    await desk.make(PickHeadline(BELGIUM), because="official count")
    [pick] = (await dataset.holdings(["BE"])).headlines
    assert (pick.figure, pick.reason) == (BELGIUM, "official count")
    retracted = await desk.make(RetractFigure(BELGIUM))
    assert [type(change) for change in retracted.changes] == [FigureChange, HeadlineChange]
    assert (await dataset.holdings(["BE"])).headlines == ()
    await desk.make(Undo(retracted.revision.id))
    [again] = (await dataset.holdings(["BE"])).headlines
    assert again.figure == BELGIUM
    await desk.make(DropHeadline("BE", "travelled"))
    assert (await dataset.holdings(["BE"])).headlines == ()


async def test_a_headline_somebody_else_picked_is_not_overwritten(desk: Desk) -> None:
    seen = await desk.preview(PickHeadline(BELGIUM))
    await desk.make(PickHeadline("be-travelled-tsc_2017"), by="Bob")
    with pytest.raises(Stale) as caught:
        await desk.make(seen.request, shown=seen)
    assert caught.value.changed == ("figure", "reason")


async def test_undo_restores_what_stood_before_as_a_new_revision(desk: Desk, dataset: FigureStore) -> None:
    before = await dataset.figure(BELGIUM)
    assert before is not None
    edited = await desk.make(EditFigure(BELGIUM, {"low": "471"}, Cause.TYPO))
    undone = await editing.make(desk.database, Undo(edited.revision.id), by="Bob", because="it was right", at=desk.now)
    after = await dataset.figure(BELGIUM)
    assert after == replace(before, version=3, revision=undone.revision.id)
    assert undone.revision.undoes == edited.revision.id
    assert (await dataset.holdings(["BE"], revision=edited.revision.id)).of("BE")


async def test_undo_of_an_addition_withdraws_it_and_undo_of_that_brings_it_back(
    desk: Desk, dataset: FigureStore
) -> None:
    added = await desk.make(AddFigure(NEW))
    key = added.changes[0].id
    first = await desk.make(Undo(added.revision.id), because="not in the report")
    gone = await dataset.figure(key)
    assert gone is not None
    assert (gone.status, gone.status_reason) == (Status.WITHDRAWN, "undone: not in the report")
    await desk.make(Undo(first.revision.id))
    back = await dataset.figure(key)
    assert back is not None
    assert back.status is Status.CURRENT


async def test_undo_waits_for_the_later_changes_of_the_same_rows(desk: Desk) -> None:
    first = await desk.make(EditFigure(BELGIUM, {"note": "one"}))
    second = await desk.make(EditFigure(BELGIUM, {"note": "two"}))
    with pytest.raises(UndoBlocked) as caught:
        await desk.preview(Undo(first.revision.id))
    assert (caught.value.later, caught.value.ids) == ((second.revision.id,), (BELGIUM,))
    await desk.make(Undo(second.revision.id))
    with pytest.raises(UndoBlocked):
        await desk.make(Undo(second.revision.id))


async def test_changes_are_undone_one_after_the_other(desk: Desk, dataset: FigureStore) -> None:
    made = [(await desk.make(EditFigure(BELGIUM, {"note": note}))).revision.id for note in ("one", "two", "three")]
    first, second, third = made
    again = await desk.make(Undo(third))
    with pytest.raises(UndoBlocked) as caught:
        await desk.make(Undo(first))
    assert caught.value.later == (second,)  # the third and its undo cancel each other
    await desk.make(Undo(again.revision.id))
    with pytest.raises(UndoBlocked) as caught:
        await desk.make(Undo(first))
    assert caught.value.later == (third, second)
    for revision in (third, second, first):
        await desk.make(Undo(revision))
    versions = await versions_of(dataset, FIGURE, BELGIUM)
    assert [version.note for version in versions[1:]] == [
        "one",
        "two",
        "three",
        "two",
        "three",
        "two",
        "one",
        versions[0].note,
    ]


async def test_a_loaded_package_cannot_be_undone(desk: Desk) -> None:
    with pytest.raises(UndoBlocked):
        await desk.preview(Undo(1))
    with pytest.raises(NotHeld):
        await desk.preview(Undo(99))


async def test_an_undo_that_would_leave_a_figure_without_its_source_is_refused_in_the_preview(
    desk: Desk, dataset: FigureStore
) -> None:
    [source] = (added := await desk.make(AddSource(SOURCE))).changes
    await desk.make(AddFigure({**NEW, "source": source.id}))
    with pytest.raises(UndoBlocked) as caught:
        await desk.preview(Undo(added.revision.id))
    assert caught.value.ids == (f"be-travelled-{source.id}",)
    assert await dataset.revision() == 3


async def test_an_undo_that_would_say_the_same_twice_is_refused(desk: Desk) -> None:
    first = await desk.make(AddFigure(NEW))
    retracted = await desk.make(RetractFigure(first.changes[0].id))
    again = await desk.make(AddFigure(NEW))
    with pytest.raises(UndoBlocked) as caught:
        await desk.make(Undo(retracted.revision.id))
    assert set(caught.value.ids) == {first.changes[0].id, again.changes[0].id}


async def test_an_undo_that_would_close_a_circle_of_relays_is_refused(desk: Desk) -> None:
    [one] = (await desk.make(AddSource({**SOURCE, "id": "one"}))).changes
    [two] = (await desk.make(AddSource({**SOURCE, "id": "two", "url": ""}))).changes
    linked = await desk.make(EditSource(one.id, {"relays": two.id}))
    cut = await desk.make(EditSource(one.id, {"relays": ""}))
    await desk.make(EditSource(two.id, {"relays": one.id}))
    with pytest.raises(UndoBlocked):
        await desk.make(Undo(cut.revision.id))
    assert linked.revision.id < cut.revision.id


async def test_a_refused_change_leaves_nothing_half_written(desk: Desk, dataset: FigureStore) -> None:
    before = await stored_package(desk.database)
    for request in (
        EditFigure(BELGIUM, {"low": "471"}),
        AddFigure({"place": "BE"}),
        AddSource({}),
        RetractSource("tsg_2015"),
        PickHeadline("none"),
        DropHeadline("BE", "travelled"),
    ):
        with pytest.raises((FaultsFound, StillCited, NotHeld)):
            await desk.make(request)
    assert await stored_package(desk.database) == before
    assert await dataset.revision() == 1


HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 100_000,
    "'; DROP TABLE figure_version; --",
    "%",
    "_",
    "\u202e",
    "é" * 3_000,
    "",
]


async def test_hostile_texts_are_refused_or_kept_and_never_break_anything(desk: Desk, dataset: FigureStore) -> None:
    places = len((await dataset.holdings()).figures)
    for text in HOSTILE:
        await type_everywhere(desk, text)
    assert await find_damage(desk.database) == ()
    assert len((await dataset.holdings()).figures) == places


async def type_everywhere(desk: Desk, text: str) -> None:
    """Type a text into every field of every kind of request."""
    requests: list[Request] = [
        *(AddFigure({**NEW, column: text}) for column in ("id", "place", "measure", "source", "low", "note", "as_of")),
        AddFigure({text: text}),
        *(EditFigure(BELGIUM, {column: text}) for column in ("place", "relays", "evidence", "status")),
        EditFigure(text, {"note": "x"}),
        *(AddSource({**SOURCE, column: text}) for column in ("id", "title", "publisher", "published", "relays")),
        RetractSource(text),
        PickHeadline(text),
        DropHeadline(text, text, text),
    ]
    for request in requests:
        try:
            made = await desk.make(request)
        except ChangeRefused:
            continue
        assert made.revision.summary.isprintable() or "\u202e" in made.revision.summary
    for by, because in ((text, "a test"), ("Ada", text)):
        try:
            await desk.make(EditFigure(BELGIUM, {"note": "y"}), by=by, because=because)
        except ChangeRefused:
            continue
    for filters in ({"place": text}, {"figure": text}, {"source": text}, {"by": text}):
        await history.history(desk.database, **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63, 10**40])
async def test_numbers_beyond_every_range_name_nothing(desk: Desk, number: int) -> None:
    with pytest.raises(NotHeld):
        await desk.make(Undo(number))
    with pytest.raises(Stale):
        await desk.make(EditFigure(BELGIUM, {"note": "x"}, expected=number))
    with pytest.raises(Stale):
        await desk.make(RetractSource("tsg_2015", expected=number))
    with pytest.raises(NotHeld):
        await proposals.approve(desk.database, number, by="Bob", at=desk.now)
    assert len(await history.history(desk.database, since=number, before=number)) <= 1
    assert (await history.changes_since(desk.database, number, until=number)).changes == ()
