"""History: who, when and why; what a revision changed; and every past revision reads as it did then."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from db.edits import editing, history
from db.edits.change import Cause, Change, FigureChange, HeadlineChange, SourceChange
from db.edits.errors import ChangeRefused
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
    RetractFigure,
    Undo,
)
from db.model.records import Figure, Headline, Source, Status
from db.package.exporting import stored_package
from db.store.engine import Database
from db.store.figures import FigureStore
from tests.often import often

PLACES = ("BE", "TN", "FR")
BELGIUM, TUNISIA = "be-travelled-tsg_2015", "tn-travelled-tsg_2015"
DAY = timedelta(days=1)


class Past:
    """Four revisions after the package, a day apart."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now

    async def make(self, request: Request, days: int, by: str) -> None:
        await editing.make(self.database, request, by=by, because=f"day {days}", at=self.now + days * DAY)


@pytest.fixture
async def past(filled_database: Database, now: datetime) -> Past:
    made = Past(filled_database, now)
    await made.make(EditFigure(BELGIUM, {"note": "one"}), 1, "Ada")
    await made.make(EditFigure(TUNISIA, {"note": "two"}), 2, "Bob")
    await made.make(EditSource("tsg_2015", {"note": "three"}), 3, "Ada")
    await made.make(Undo(2), 4, "Ädä")
    return made


async def ids(past: Past, **filters: object) -> list[int]:
    return [entry.revision.id for entry in await history.history(past.database, **filters)]  # type: ignore[arg-type]


async def test_history_is_told_newest_first_with_who_and_why(past: Past) -> None:
    entries = await history.history(past.database, changes_each=3)
    assert [entry.revision.id for entry in entries] == [5, 4, 3, 2, 1]
    newest, first, package = entries[0], entries[3], entries[4]
    assert (newest.revision.by, newest.revision.because, newest.revision.undoes) == ("Ädä", "day 4", 2)
    assert (first.undone_by, first.via, first.approved_by) == (5, "edit", "")
    assert first.changes[0].id == BELGIUM
    assert first.changes[0].fields[0].new == "one"
    assert (package.via, len(package.changes), package.total > 1_000) == ("package", 3, True)


async def test_history_is_narrowed_to_a_place_a_figure_or_a_source(past: Past) -> None:
    assert await ids(past, place="BE") == [5, 2, 1]
    assert await ids(past, figure=TUNISIA) == [3, 1]
    assert await ids(past, source="tsg_2015") == [5, 4, 3, 2, 1]
    assert await ids(past, source="icsr_2015_01") == [1]
    assert await ids(past, place="BE", figure=TUNISIA) == [1]


async def test_history_is_narrowed_to_somebody_and_to_a_time(past: Past, now: datetime) -> None:
    assert await ids(past, by="ada") == [4, 2]
    assert await ids(past, by="Ädä") == [5]
    assert await ids(past, since=3) == [5, 4]
    assert await ids(past, since=(now + 3 * DAY).date()) == [5, 4]
    assert await ids(past, limit=2) == [5, 4]
    assert await ids(past, limit=2, before=4) == [3, 2]


async def test_a_revision_is_told_with_its_changes(past: Past) -> None:
    (told,) = await history.history(past.database, since=3, before=5)
    assert [type(change) for change in told.changes] == [SourceChange]


async def test_the_difference_leaves_out_what_was_changed_back(past: Past, now: datetime) -> None:
    changed = await history.changes_since(past.database, 1)
    assert (changed.since, changed.until, changed.total) == (1, 5, 2)
    assert [change.id for change in changed.changes] == ["tsg_2015", TUNISIA]
    assert [change.id for change in (await history.changes_since(past.database, 1, until=2)).changes] == [BELGIUM]
    assert (await history.changes_since(past.database, 1, place="BE")).changes == ()
    by_day = await history.changes_since(past.database, (now + 3 * DAY).date())
    assert (by_day.since, [change.id for change in by_day.changes]) == (3, ["tsg_2015", BELGIUM])
    assert (await history.changes_since(past.database, date(2036, 1, 1))).total == 0


async def test_the_difference_tells_new_figures_and_picks(past: Past) -> None:
    cells = {"place": "BE", "measure": "travelled", "low": "451", "as_of": "2015-11", "source": "tsg_2015"}
    await past.make(AddFigure(cells), 5, "Ada")
    await past.make(PickHeadline(BELGIUM), 5, "Ada")
    added, pick = (await history.changes_since(past.database, 5, place="BE")).changes
    assert isinstance(added, FigureChange)
    assert isinstance(pick, HeadlineChange)
    await past.make(RetractFigure(added.id), 5, "Ada")
    await past.make(DropHeadline("BE", "travelled"), 5, "Ada")
    assert (await history.changes_since(past.database, 5)).changes == ()


class Replay:
    """The dataset kept in plain dictionaries, moved on by the changes that each revision says it made."""

    def __init__(self, figures: Mapping[str, Figure], sources: Mapping[str, Source]) -> None:
        self.figures = dict(figures)
        self.sources = dict(sources)
        self.picks: dict[str, Headline] = {}

    def follow(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            match change:
                case FigureChange():
                    assert self.figures.get(change.id) == change.before
                    self.figures[change.id] = change.after
                case SourceChange():
                    assert self.sources.get(change.id) == change.before
                    self.sources[change.id] = change.after
                case HeadlineChange():
                    assert self.picks.get(change.id) == change.before
                    self.picks.pop(change.id, None)
                    if change.after is not None:
                        self.picks[change.id] = change.after

    def shown(self) -> tuple[dict[str, Figure], dict[str, Headline]]:
        standing = {id: figure for id, figure in self.figures.items() if figure.status is not Status.WITHDRAWN}
        return standing, dict(self.picks)


def some_request(chance: random.Random, figures: list[str], revision: int) -> Request:
    """A request that is often sound, and sometimes not."""
    figure = chance.choice(figures)
    number = chance.randrange(1, 900)
    cells = {"place": "BE", "measure": "travelled", "low": str(number), "as_of": "2015-11", "source": "tsg_2015"}
    choices: list[Request] = [
        AddFigure(cells),
        EditFigure(figure, {"low": str(number)}, Cause.RE_READ),
        EditFigure(figure, {"place": chance.choice(PLACES), "note": f"note {number}"}),
        RetractFigure(figure),
        DisputeFigure(figure),
        RestoreFigure(figure),
        PickHeadline(figure),
        AddSource({"title": f"Report {number}", "publisher": "Institute", "kind": "news"}),
        EditSource("tsg_2015", {"note": f"note {number}"}),
        Undo(chance.randrange(2, revision + 2)),
        Undo(revision),
    ]
    return chance.choice(choices)


async def test_every_revision_reads_as_it_did_then(
    filled_database: Database, dataset: FigureStore, now: datetime
) -> None:
    chance = random.Random(6)
    stored = await stored_package(filled_database)
    figures = {row.id: row for row in stored.figures if row.place in PLACES}
    replay = Replay(figures, {row.id: row for row in stored.sources})
    known = {1: replay.shown()}
    revision = 1
    while revision < 1 + often(60):
        request = some_request(chance, sorted(replay.figures)[:25], revision)
        at = now + timedelta(hours=revision)
        try:
            made = await editing.make(filled_database, request, by="Ada", because="a test", at=at)
        except ChangeRefused:
            continue
        revision = made.revision.id
        assert made.total == len(made.changes)
        replay.follow(made.changes)
        known[revision] = replay.shown()
    for revision in chance.sample(sorted(known), 30):
        figures_then, picks_then = known[revision]
        held = await dataset.holdings(PLACES, revision=revision)
        assert {row.id: row for rows in held.figures.values() for row in rows} == figures_then
        assert {f"{row.place}/{row.measure}/{row.who}": row for row in held.headlines} == picks_then
    day = now.date() + 3 * DAY
    assert (await dataset.holdings(known_on=day)).revision == await dataset.revision_at(day)
