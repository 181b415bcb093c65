"""A large dataset is read topic by topic: the answers are those that the whole dataset gives."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from benchmarks.generate import BEGINNING, Plan, generate
from bot.answers.answer import Answer, Outcome
from bot.answers.ask import Asker
from bot.questions.query import Intent, Query
from bot.questions.reader import Reader
from db.model.records import Destination, Figure, Headline, Status, Who
from db.model.values import Bound, Interval, Period
from db.store.engine import Database, open_database
from db.store.figures import FigureStore
from db.store.recording import (
    insert_figures,
    insert_headline,
    insert_sources,
    record_revision,
    supersede_figures,
    supersede_sources,
)
from tests.bot.answers.made import asked, real
from tests.often import often

PERIODS = (
    "",
    "2016-01-01/2016-12-31",
    "../2015-12-31",
    "2014-01-01/..",
    "2014-06-01/2014-06-30",
    "2012-01-01/2015-12-31",
)
MEASURES = (None, "travelled", "travelled_in_period", "returned", "present", "killed", "monthly_rate", "prevented")
INTENTS = (
    Intent.LOOKUP, Intent.LOOKUP, Intent.TREND, Intent.SOURCES, Intent.DISPUTES, Intent.SHARE,
    Intent.COMPARE, Intent.RANK, Intent.TOTAL, Intent.DEFINE, Intent.COVERAGE,
)  # fmt: skip


def questions(seed: int, count: int, known_on: tuple[date | None, ...] = (None,)) -> Iterator[Query]:
    """Questions of every kind, some of which name more than others."""
    draw = Random(seed)
    places = sorted(real().figures)
    regions = sorted({row.region for row in real().memberships} | {"R:world"})
    for _ in range(count):
        intent = draw.choice(INTENTS)
        pool = regions if intent in (Intent.RANK, Intent.TOTAL) and draw.random() < 0.7 else places
        period = draw.choice(PERIODS)
        yield Query(
            intent,
            tuple(draw.sample(pool, draw.choice((0, 1, 1, 1, 2)))),
            draw.choice(MEASURES),
            who=draw.choice((*[Who.EVERYONE] * 5, *Who)),
            period=asked(period=period).period if period else Period(),
            destination=draw.choice((*[None] * 6, *Destination)),
            per_million=draw.random() < 0.1,
            peak=draw.random() < 0.1,
            top=draw.choice((None, 3, 40)) if intent is Intent.RANK else None,
            known_on=draw.choice(known_on),
        )


async def both(database: Database, query: Query) -> tuple[Answer, Answer]:
    """The answer from whole places, and the one from topics."""
    whole = await Asker(FigureStore(database, large_from=10**9), Reader.load()).answer(query)
    return whole, await Asker(FigureStore(database, large_from=0), Reader.load()).answer(query)


@pytest.mark.parametrize("seed", range(often(1)))
async def test_topics_answer_as_the_whole_does(filled_database: Database, seed: int) -> None:
    reader = Reader.load()
    whole = Asker(FigureStore(filled_database, large_from=10**9), reader)
    topics = Asker(FigureStore(filled_database, large_from=0), reader)
    for query in questions(seed, 80, (None, None, None, date(2015, 6, 30))):
        assert await topics.answer(query) == await whole.answer(query), query


@pytest_asyncio.fixture
async def made(tmp_path: Path) -> AsyncIterator[Database]:
    """A generated database, in which many figures of one place lie close together."""
    async with open_database(f"sqlite:///{tmp_path}/made.db") as opened:
        await generate(opened, Plan(3_000, seed=3))
        yield opened


async def test_made_figures_are_answered_alike_now_and_as_known_on_a_day(made: Database) -> None:
    reader = Reader.load()
    whole = Asker(FigureStore(made, large_from=10**9), reader)
    topics = Asker(FigureStore(made, large_from=0), reader)
    days = (None, None, *((BEGINNING + timedelta(days=number)).date() for number in (1, 3, 8, 15)))
    answered = 0
    for query in questions(9, often(60), days):
        mine, theirs = await topics.answer(query), await whole.answer(query)
        assert mine == theirs, query
        answered += mine.outcome is Outcome.ANSWERED
    assert answered > 10


async def test_an_edit_is_in_the_next_answer_and_the_rest_is_kept(filled_database: Database) -> None:
    dataset = FigureStore(filled_database, large_from=0)
    asker = Asker(dataset, Reader.load())
    lookup, ranks = asked("BE", measure="killed"), asked("R:world", intent=Intent.RANK, measure="killed", top=300)
    before = await asker.answer(lookup)
    await asker.answer(ranks)
    assert before.headline is not None
    figure = before.headline.figure
    changed = replace(figure, value=Interval(999_999, 999_999, Bound.EXACT), version=figure.version + 1)
    await written(filled_database, figure, changed)

    after = await asker.answer(lookup)
    assert after.headline is not None
    assert after.headline.figure.value.low == 999_999
    assert await asker.at(lookup, before.revision) == before
    for query in (lookup, ranks, asked("FR", measure="killed"), asked("R:western_europe", intent=Intent.TOTAL)):
        assert await asker.answer(query) == (await both(filled_database, query))[0]


async def test_a_pick_a_withdrawal_and_a_source_change_what_was_worked_out(filled_database: Database) -> None:
    asker = Asker(FigureStore(filled_database, large_from=0), Reader.load())
    ranks = asked("R:world", intent=Intent.RANK, measure="travelled", top=300)
    lookup = asked("TN", measure="travelled")
    first = await asker.answer(lookup)
    await asker.answer(ranks)
    figures = real().of("TN", "travelled", Who.EVERYONE)
    picked = next(figure for figure in figures if first.headline and figure.id != first.headline.figure.id)
    async with filled_database.writing() as session:
        revision = await record_revision(session, at=later(first), by="ada", because="x", summary="x")
        await insert_headline(session, Headline("TN", "travelled", Who.EVERYONE, picked.id, "better", revision.id))
    assert await asker.answer(ranks) == (await both(filled_database, ranks))[0]
    assert await asker.answer(lookup) == (await both(filled_database, lookup))[0] != first

    gone = replace(picked, status=Status.WITHDRAWN, status_reason="retracted", version=2)
    await written(filled_database, picked, gone)
    assert await asker.answer(ranks) == (await both(filled_database, ranks))[0]

    source = real().sources[figures[0].source]
    async with filled_database.writing() as session:
        revision = await record_revision(session, at=later(first), by="ada", because="x", summary="x")
        await supersede_sources(session, [source.id], revision.id)
        graded = replace(source, reliability="A" if source.reliability != "A" else "E", version=source.version + 1)
        await insert_sources(session, [graded], revision.id)
    for query in (ranks, lookup):
        assert await asker.answer(query) == (await both(filled_database, query))[0]


async def test_what_is_held_in_memory_stays_within_its_bound(made: Database) -> None:
    dataset = FigureStore(made, large_from=0, cache_limit_figures=300)
    asker = Asker(dataset, Reader.load())
    whole = Asker(FigureStore(made), Reader.load())
    for query in questions(5, 40):
        assert await asker.answer(query) == await whole.answer(query)
    assert dataset.held_figures <= 300


def later(answer: Answer) -> datetime:
    """A moment after an answer's data."""
    assert answer.recorded_at is not None
    return answer.recorded_at + timedelta(days=1)


async def written(database: Database, before: Figure, after: Figure) -> None:
    """Record another version of a figure."""
    async with database.writing() as session:
        at = BEGINNING.replace(year=2027)
        revision = await record_revision(session, at=at, by="ada", because="a test", summary="one figure")
        await supersede_figures(session, [before.id], revision.id)
        await insert_figures(session, [after], revision.id)


@pytest.mark.parametrize(("crowd", "drawn"), [(45, often(60)), (700, often(12))])
async def test_many_figures_of_one_place_and_measure_are_answered_alike(tmp_path: Path, crowd: int, drawn: int) -> None:
    async with open_database(f"sqlite:///{tmp_path}/crowd.db") as opened:
        await generate(opened, Plan(700, seed=crowd, crowd=crowd))
        reader = Reader.load()
        whole = Asker(FigureStore(opened, large_from=10**9), reader)
        topics = Asker(FigureStore(opened, large_from=0), reader)
        days = (None, None, (BEGINNING + timedelta(days=1)).date(), (BEGINNING + timedelta(days=9)).date())
        asks: list[Query] = []
        for day in days:
            for destination in (None, *Destination):
                for period in PERIODS:
                    for measure in ("travelled", "returned"):
                        query = asked("BE", period=period, measure=measure) if period else asked("BE", measure=measure)
                        asks.append(replace(query, destination=destination, known_on=day))
        for query in Random(crowd).sample(asks, min(drawn, len(asks))):
            assert await topics.answer(query) == await whole.answer(query), query
