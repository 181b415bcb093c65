"""Proposals: kept until another person decides, made in their author's name, decided once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from db.desk import proposals
from db.edits import editing, history
from db.edits.change import Cause
from db.edits.errors import (
    DatasetMoved,
    FaultsFound,
    NotHeld,
    NothingChanges,
    NotPending,
    OwnProposal,
    Stale,
    UndoBlocked,
)
from db.edits.requests import AddFigure, AddSource, EditFigure, Request, RetractSource, Undo
from db.imports.importing import ImportFile, Plan
from db.model.errors import PackageFaults
from db.store.engine import Database
from db.store.figures import FigureStore

BELGIUM = "be-travelled-tsg_2015"
EDIT = EditFigure(BELGIUM, {"low": "471"}, Cause.RE_READ)
NEW = {"place": "BE", "measure": "travelled", "low": "451", "as_of": "2015-11", "source": "tsg_2015"}
FILE = b"place,measure,low,as_of,source\nBE,travelled,333,2015-11,tsg_2015\n"


class Desk:
    """Ada proposes, Bob decides an hour later."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self.later = now + timedelta(hours=1)

    async def submit(self, request: Request = EDIT) -> proposals.Proposal:
        return await proposals.submit(self.database, request, by="Ada", because="page 9 says so", at=self.now)

    async def submit_import(self, data: bytes = FILE) -> proposals.Proposal:
        return await proposals.submit_import(
            self.database, ImportFile(data, "new.csv"), by="Ada", because="new", at=self.now
        )

    async def approve(self, id: int, by: str = "Bob") -> editing.Recorded:
        return await proposals.approve(self.database, id, by=by, at=self.later)

    async def edit(self, request: Request) -> editing.Recorded:
        return await editing.make(self.database, request, by="Cleo", because="meanwhile", at=self.now)


@pytest.fixture
def desk(filled_database: Database, now: datetime) -> Desk:
    return Desk(filled_database, now)


async def test_a_proposal_changes_nothing_until_another_person_approves_it(desk: Desk, dataset: FigureStore) -> None:
    kept = await desk.submit()
    assert await proposals.pending(desk.database) == (kept,)
    assert (kept.kind, kept.state, kept.summary) == (
        "edit_figure",
        "pending",
        f"figure {BELGIUM}: low 470 → 471, high 470 → 471 (re_read)",
    )
    assert await dataset.revision() == 1
    made = await desk.approve(kept.id)
    assert (made.revision.by, made.revision.because, made.revision.at) == ("Ada", "page 9 says so", desk.later)
    decided = await proposals.proposal(desk.database, kept.id)
    assert (decided.state, decided.decided_by, decided.revision) == ("approved", "Bob", 2)
    assert await proposals.pending(desk.database) == ()
    assert (await history.history(desk.database))[0].approved_by == "Bob"


async def test_nobody_approves_their_own_while_a_second_person_is_wanted(desk: Desk, dataset: FigureStore) -> None:
    kept = await desk.submit()
    with pytest.raises(OwnProposal):
        await desk.approve(kept.id, by=" ada ")
    assert await dataset.revision() == 1
    await proposals.approve(desk.database, kept.id, by="Ada", at=desk.later, second_person=False)
    assert await dataset.revision() == 2


async def test_a_proposal_is_decided_once(desk: Desk, dataset: FigureStore) -> None:
    kept = await desk.submit()
    outcomes = await asyncio.gather(*(desk.approve(kept.id, by) for by in ("Bob", "Cleo")), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotPending", "Recorded"]
    assert await dataset.revision() == 2
    with pytest.raises(NotPending):
        await proposals.reject(desk.database, kept.id, by="Bob", because="too late", at=desk.later)
    with pytest.raises(NotPending):
        await proposals.review(desk.database, kept.id, at=desk.later)


async def test_a_rejection_has_a_reason_and_the_author_withdraws(desk: Desk, dataset: FigureStore) -> None:
    first, second = await desk.submit(), await desk.submit(AddFigure(NEW))
    with pytest.raises(FaultsFound):
        await proposals.reject(desk.database, first.id, by="Bob", because=" ", at=desk.later)
    rejected = await proposals.reject(desk.database, first.id, by="Bob", because="misread", at=desk.later)
    withdrawn = await proposals.reject(desk.database, second.id, by="Ada", because="a slip", at=desk.later)
    assert (rejected.state, rejected.decided_because, rejected.decided_at) == ("rejected", "misread", desk.later)
    assert withdrawn.state == "withdrawn"
    assert await dataset.revision() == 1


async def test_a_proposal_that_was_overtaken_stays_pending(desk: Desk) -> None:
    kept = await desk.submit()
    await desk.edit(EditFigure(BELGIUM, {"note": "meanwhile"}))
    with pytest.raises(Stale):
        await desk.approve(kept.id)
    with pytest.raises(Stale):
        await proposals.review(desk.database, kept.id, at=desk.later)
    assert (await proposals.proposal(desk.database, kept.id)).state == "pending"


async def test_what_the_second_person_saw_is_what_is_made(desk: Desk) -> None:
    kept = await desk.submit(RetractSource("tsg_2015", with_figures=True))
    seen = await proposals.review(desk.database, kept.id, at=desk.later)
    assert isinstance(seen, editing.Preview)
    await desk.edit(AddFigure(NEW))
    with pytest.raises(DatasetMoved):
        await proposals.approve(desk.database, kept.id, by="Bob", at=desk.later, shown=seen)
    again = await proposals.review(desk.database, kept.id, at=desk.later)
    assert isinstance(again, editing.Preview)
    made = await proposals.approve(desk.database, kept.id, by="Bob", at=desk.later, shown=again)
    assert made.total == again.total == seen.total + 1


async def test_what_does_not_fit_is_not_even_proposed(desk: Desk) -> None:
    with pytest.raises(FaultsFound):
        await desk.submit(AddFigure({"place": "BE"}))
    with pytest.raises(UndoBlocked):
        await desk.submit(Undo(1))
    source = await desk.edit(AddSource({"title": "A report", "publisher": "Institute", "kind": "news"}))
    await desk.edit(AddFigure({**NEW, "source": source.changes[0].id}))
    with pytest.raises(UndoBlocked):
        await desk.submit(Undo(source.revision.id))
    with pytest.raises(PackageFaults):
        await desk.submit_import(b"place,measure,low,source\nBE,travelled,many,tsg_2015\n")
    assert await proposals.pending(desk.database) == ()


async def test_an_import_waits_with_its_file(desk: Desk, dataset: FigureStore) -> None:
    kept = await desk.submit_import()
    assert (kept.kind, kept.request, kept.file) == ("import", None, "new.csv")
    await desk.edit(EditFigure(BELGIUM, {"note": "meanwhile"}))
    seen = await proposals.review(desk.database, kept.id, at=desk.later)
    assert isinstance(seen, Plan)
    assert (len(seen.added), seen.revision) == (1, 2)
    made = await proposals.approve(desk.database, kept.id, by="Bob", at=desk.later, shown=seen)
    assert (await history.history(desk.database))[0].via == "import"
    assert await dataset.figure(made.changes[0].id) is not None
    with pytest.raises(NothingChanges):
        await desk.submit_import()


async def test_an_unknown_proposal_names_those_that_wait(desk: Desk) -> None:
    kept = await desk.submit()
    with pytest.raises(NotHeld) as caught:
        await desk.approve(99)
    assert caught.value.close == (str(kept.id),)
