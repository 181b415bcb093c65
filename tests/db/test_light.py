"""What stands is answered from the file, as the whole dataset answers it; anything else opens the database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio

from db import editing
from db.dataset import Dataset
from db.edits.requests import DisputeFigure
from db.engine import Database, known_database
from db.errors import RevisionUnknown
from db.light import LightDataset
from db.quick import open_quick
from db.watches import add_watch

Opened = tuple[Database, LightDataset]


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def light(filled_database: Database, clock: Clock) -> AsyncIterator[Opened]:
    """The same file as ``filled_database``, as a second process opens it."""
    quick = open_quick(filled_database.url)
    if quick is None:
        pytest.skip("only a file is read the light way")
    async with known_database(filled_database.url) as database:
        yield database, LightDataset(database, quick, clock=clock)


@pytest.mark.parametrize("places", [{"BE", "FR"}, set(), None], ids=["two", "none", "all"])
async def test_it_gives_what_the_whole_dataset_gives(
    filled_database: Database, light: Opened, places: set[str] | None
) -> None:
    database, dataset = light
    whole = Dataset(filled_database)

    assert await dataset.holdings(places) == await whole.holdings(places)
    assert await dataset.holdings(places, revision=1) == await whole.holdings(places, revision=1)
    assert await dataset.revision() == await whole.revision()
    ours, theirs = await dataset.reference(), await whole.reference()
    assert (ours.measures, ours.places, ours.memberships) == (theirs.measures, theirs.places, theirs.memberships)
    assert await dataset.slices() is None
    assert not database.is_open


async def test_what_was_asked_before_is_not_read_again(light: Opened) -> None:
    _, dataset = light

    assert await dataset.holdings({"BE"}) is await dataset.holdings({"BE"})


async def test_a_change_by_another_process_is_seen_at_the_next_look(
    filled_database: Database, light: Opened, clock: Clock, now: datetime
) -> None:
    database, dataset = light
    figure = (await dataset.holdings({"BE"})).figures["BE"][0]
    await editing.make(filled_database, DisputeFigure(figure.id), by="1", because="Doubted by its author.", at=now)

    clock.now += 1
    after = await dataset.holdings({"BE"})

    assert (after.revision, after.figures["BE"][0].status) == (2, "disputed")
    assert not database.is_open


async def test_a_revision_between_two_looks_is_not_taken_for_the_one_before(
    filled_database: Database, light: Opened, now: datetime
) -> None:
    _, dataset = light
    await dataset.holdings(frozenset())
    held = (await Dataset(filled_database).holdings({"BE"})).figures["BE"][0]
    await editing.make(filled_database, DisputeFigure(held.id), by="1", because="Doubted by its author.", at=now)

    assert (await dataset.holdings({"BE"}, revision=1)).figures["BE"][0] == held


async def test_the_past_and_what_was_never_recorded_open_the_database(light: Opened, now: datetime) -> None:
    database, dataset = light

    assert (await dataset.holdings({"BE"}, known_on=now.date())).known_on == now.date()
    assert database.is_open
    with pytest.raises(RevisionUnknown):
        await dataset.holdings({"BE"}, revision=7)


async def test_a_write_of_this_process_is_seen_by_the_next_read(light: Opened, now: datetime) -> None:
    database, dataset = light
    figure = (await dataset.holdings({"BE"})).figures["BE"][0]

    await editing.make(database, DisputeFigure(figure.id), by="1", because="Doubted by its author.", at=now)

    assert not dataset.is_light
    assert (await dataset.holdings({"BE"})).figures["BE"][0].status == "disputed"


async def test_a_file_that_is_locked_as_a_whole_is_waited_for_elsewhere(
    filled_database: Database,
) -> None:
    if filled_database.file is None:
        pytest.skip("only a file is locked as a whole")
    await filled_database.engine.dispose()
    other = sqlite3.connect(filled_database.file, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")  # with which a writer locks readers out for a moment
    quick = open_quick(filled_database.url)
    assert quick is not None
    async with known_database(filled_database.url) as database:
        dataset = LightDataset(database, quick, recheck_seconds=0)
        other.execute("BEGIN EXCLUSIVE")
        asked = asyncio.create_task(dataset.revision())
        await asyncio.sleep(0.3)  # the loop goes on
        assert not asked.done()
        other.execute("COMMIT")
        assert await asked == 1
    other.close()


async def test_a_watch_opens_the_database_and_answers_go_on(light: Opened, now: datetime) -> None:
    database, dataset = light
    before = await dataset.holdings({"BE"})

    await add_watch(database, place="BE", by="1", recipient="1", at=now)

    assert await dataset.holdings({"BE"}) == before
    assert database.is_open
