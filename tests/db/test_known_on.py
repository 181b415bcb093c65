"""Reads as known on a day equal a store that was replayed up to that day, and answers stay what they were."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, OfferBlock
from bot.answers.ask import Asker
from bot.answers.notes import NoteKind
from bot.questions.query import Intent, Query
from bot.questions.reader import Reader
from db.edits import editing
from db.edits.change import Cause
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
from db.model.records import Holdings
from db.store.engine import Database, open_database
from db.store.figures import FigureStore
from tests.conftest import NOW
from tests.often import often
from tests.postgres import copy_of, drop_database

REVISIONS = often(25)
CHECKED = 2
"""Points in the past at which the replayed store is compared; each is the end of a day."""
PLACES = ("BE", "FR", "TN", "R:western_europe")
QUESTIONS = (
    Query(Intent.LOOKUP, ("BE",)),
    Query(Intent.COMPARE, ("BE", "FR", "TN"), "travelled"),
    Query(Intent.TREND, ("TN",), "travelled"),
    Query(Intent.TOTAL, ("R:western_europe",), "travelled"),
    Query(Intent.DISPUTES, ("BE",), "travelled"),
    Query(Intent.SOURCES, ("FR",)),
)


class Made(NamedTuple):
    """A request that was carried out, and when."""

    request: Request
    at: datetime


@asynccontextmanager
async def fresh(template: str, folder: Path, name: str) -> AsyncIterator[Database]:
    """A filled database of its own, dropped afterwards."""
    if template.startswith("sqlite"):
        path = folder / f"{name}.db"
        await asyncio.to_thread(shutil.copyfile, template.removeprefix("sqlite+aiosqlite:///"), path)
        async with open_database(f"sqlite+aiosqlite:///{path}") as database:
            yield database
        return
    url = await copy_of(template)
    async with open_database(url) as database:
        yield database
    await drop_database(url)


def some_request(chance: random.Random, figures: list[str], sources: list[str], revision: int) -> Request:
    """A request that is mostly sound; what is not is refused by the store and left out of both."""
    figure, number = chance.choice(figures), chance.randrange(1, 3000)
    cells = {
        "place": chance.choice(PLACES[:3]),
        "measure": chance.choice(("travelled", "returned", "travelled_in_period")),
        "low": str(number),
        "as_of": f"{chance.randrange(2012, 2019)}-{chance.randrange(1, 13):02}",
        "source": chance.choice(sources),
    }
    choices: list[Request] = [
        AddFigure(cells),
        AddFigure(cells),
        EditFigure(figure, {"low": str(number)}, Cause.TYPO),
        EditFigure(figure, {"place": chance.choice(PLACES[:3])}),
        EditFigure(figure, {"source": chance.choice(sources), "low": str(number)}),
        RetractFigure(figure),
        DisputeFigure(figure),
        RestoreFigure(figure),
        PickHeadline(figure),
        DropHeadline(chance.choice(PLACES[:3]), "travelled"),
        AddSource({"title": f"Report {number}", "publisher": "Institute", "kind": "news"}),
        EditSource(chance.choice(sources), {"reliability": chance.choice("ABCDE")}),
        EditSource(chance.choice(sources), {"relays": chance.choice(sources)}),
        Undo(chance.randrange(2, revision + 2)),
        Undo(revision),
    ]
    return chance.choice(choices)


async def make_history(database: Database, chance: random.Random) -> tuple[list[Made], dict[tuple[Query, int], Answer]]:
    """Many revisions at moments that sometimes share a day, and some answers given on the way."""
    dataset, asker = reading(database)
    held = await dataset.holdings(PLACES)
    figures = sorted(figure.id for of_place in held.figures.values() for figure in of_place)
    sources = sorted(held.sources)
    made: list[Made] = []
    given_then: dict[tuple[Query, int], Answer] = {}
    at = NOW
    while len(made) < REVISIONS:
        at += timedelta(minutes=chance.randrange(0, 1200))
        request = some_request(chance, figures, sources, len(made) + 1)
        try:
            done = await editing.make(database, request, by="Ada", because="a test", at=at)
        except ChangeRefused:
            continue
        made.append(Made(request, at))
        figures += [change.id for change in done.changes if isinstance(request, AddFigure)]
        if chance.random() < 0.4:
            query = chance.choice(QUESTIONS)
            given_then[query, done.revision.id] = await asker.answer(query)
    return made, given_then


def reading(database: Database) -> tuple[FigureStore, Asker]:
    """A reader and an asker without anything cached from before."""
    dataset = FigureStore(database, recheck_seconds=0)
    return dataset, Asker(dataset, Reader.load(), clock=lambda: NOW)


def undated(answer: Answer) -> Answer:
    """An answer without the day as known on which it was asked, and without the questions that it leads on to."""
    query = answer.reading.query
    assert query is not None
    return replace(
        answer,
        id="",
        further=(),
        otherwise=(),
        reading=replace(answer.reading, query=replace(query, known_on=None)),
        notes=tuple(note for note in answer.notes if note.kind is not NoteKind.KNOWN_ON),
        blocks=tuple(
            replace(block, query=replace(block.query, known_on=None)) if isinstance(block, OfferBlock) else block
            for block in answer.blocks
        ),
    )


def undated_holdings(holdings: Holdings) -> Holdings:
    """What is held, without the day as known on which it was read."""
    return replace(holdings, known_on=None)


async def compare_with_replay(past: Database, replayed: Database, made: list[Made], days: list[date]) -> None:
    """At the end of each day, the store's past is what a store has that got the same requests until then."""
    dataset, asker = reading(past)
    left = list(made)
    for day in days:
        while left and left[0].at.date() <= day:
            request, at = left.pop(0)
            await editing.make(replayed, request, by="Ada", because="a test", at=at)
        other_dataset, other_asker = reading(replayed)
        there = await other_dataset.holdings()
        here = await dataset.holdings(known_on=day)
        assert here.revision == there.revision == 1 + len(made) - len(left)
        assert undated_holdings(here) == there
        for query in QUESTIONS:
            dated = await asker.answer(replace(query, known_on=day))
            assert undated(dated) == undated(await other_asker.answer(query))


async def prove(template: str, seed: int) -> None:
    """One random history, compared with its replay and with the answers given on the way."""
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        async with fresh(template, Path(folder), "past") as past, fresh(template, Path(folder), "replay") as replayed:
            made, given_then = await make_history(past, chance)
            last = made[-1].at.date()
            span = (last - NOW.date()).days
            picked = {NOW.date(), last, *(NOW.date() + timedelta(days=chance.randrange(span)) for _ in range(CHECKED))}
            await compare_with_replay(past, replayed, made, sorted(picked))
            _, asker = reading(past)
            for (query, revision), answer in given_then.items():
                assert await asker.at(query, revision) == answer


# A seed cannot be made smaller in any useful way, and each example takes seconds: no shrinking.
@settings(max_examples=often(1), phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32))
def test_every_day_reads_as_a_replay_up_to_it_and_answers_stay(templates: dict[str, str], seed: int) -> None:
    asyncio.run(prove(templates["filled"], seed))
