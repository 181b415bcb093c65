"""The questions by which growth is measured, each asked once; the same seed asks the same ones of every database."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.generate import BEGINNING, MEASURES
from benchmarks.rig import Timing
from bot.answers.answer import Answer
from bot.questions.query import Intent, Query
from db.model.records import Place, Who
from db.model.values import PartialDate, Period

if TYPE_CHECKING:
    from bot.answers.ask import Asker
    from db.store.engine import Database
    from db.store.figures import FigureStore

WARM_UP = 30
"""Questions of each kind that are not counted: others than those that are."""
LANGUAGE = "en-US"
SEED = 7

Ask = Callable[[], Awaitable[Answer]]


class Questions:
    """Draws questions; none comes twice."""

    def __init__(self, places: list[Place], regions: list[str]) -> None:
        self._draw = Random(SEED)
        self._countries = sorted(place.id for place in places if place.kind == "country")
        self._names = {place.id: place.name for place in places}
        self._regions = regions
        self._seen: set[object] = set()

    def lookup(self) -> Query:
        """A number of one country."""
        return Query(Intent.LOOKUP, (self._country(),), self._measure(), who=self._who(), period=self._period())

    def crowded(self) -> Query:
        """A number of the place and measure that have very many figures."""
        month = _month(self._draw.randrange(108))
        who = self._draw.choice((Who.EVERYONE, Who.EVERYONE, Who.MEN, Who.WOMEN))
        return Query(Intent.LOOKUP, ("BE",), "travelled", who=who, period=Period(month, month))

    def compare(self) -> Query:
        """Five countries."""
        places = tuple(self._draw.sample(self._countries, 5))
        return Query(Intent.COMPARE, places, self._measure(), period=self._period())

    def rank(self) -> Query:
        """The countries of the world, from the top or the bottom."""
        return Query(
            Intent.RANK, ("R:world",), self._measure(), who=self._who(), top=self._draw.randint(3, 25),
            period=self._period(),
        )  # fmt: skip

    def trend(self) -> Query:
        """One country in time."""
        return Query(Intent.TREND, (self._country(),), self._measure(), who=self._who(), period=self._period())

    def total(self) -> Query:
        """The sum of a region."""
        region = self._draw.choice(self._regions)
        return Query(Intent.TOTAL, (region,), self._measure(), who=self._who(), period=self._period())

    def known_on(self) -> Query:
        """A number as it was known on one of the days on which the dataset changed."""
        return replace(self.lookup(), known_on=(BEGINNING + timedelta(days=self._draw.randint(2, 100))).date())

    def words(self) -> str:
        """A question in words."""
        name = self._names[self._country()]
        year = self._draw.randint(2011, 2019)
        return self._draw.choice(
            (
                f"How many people left {name} for Syria in {year}?",
                f"how many women from {name} travelled by the end of {year}",
                f"{name} returnees {year}",
                f"how many fighters from {name}?",
            )
        )

    def each(self, make: Callable[[], Any], count: int) -> Iterator[Any]:
        """So many different questions of a kind."""
        while count:
            question = make()
            if question not in self._seen:
                self._seen.add(question)
                count -= 1
                yield question

    def _country(self) -> str:
        return self._draw.choice(self._countries)

    def _measure(self) -> str:
        return self._draw.choices(list(MEASURES), list(MEASURES.values()))[0]

    def _who(self) -> Who:
        return Who.EVERYONE if self._draw.random() < 0.6 else self._draw.choice(list(Who))

    def _period(self) -> Period:
        """Half of the questions name no time; others a year, a month, or an end."""
        kind = self._draw.random()
        if kind < 0.5:
            return Period()
        year = PartialDate(self._draw.randint(2011, 2019))
        if kind < 0.8:
            return Period(year, year)
        month = _month(self._draw.randrange(108))
        return Period(None, month) if kind < 0.9 else Period(month, month)


def _month(number: int) -> PartialDate:
    return PartialDate(2011 + number // 12, 1 + number % 12)


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[tuple[Database, FigureStore, Asker]]:
    """The answering room as the Discord side opens it."""
    from bot.answers.ask import Asker
    from bot.places.resolve import Resolver
    from bot.questions.reader import Reader
    from db.package.preparing import prepare
    from db.store.engine import open_database
    from db.store.figures import FigureStore

    async with open_database(url) as database:
        await prepare(database, at=datetime.now(UTC))
        dataset = FigureStore(database)
        yield database, dataset, Asker(dataset, Reader(Resolver.load()))


async def ask_all(url: str, count: int) -> dict[str, Any]:
    """Every series with its times in milliseconds."""
    from bot.chat.cards.answer import reply_with

    async with _opened(url) as (database, dataset, asker):
        reference = (await dataset.view()).common
        regions = sorted({row.region for row in reference.memberships})
        questions = Questions(list(reference.places.values()), regions)

        async def timed(question: Query | str) -> tuple[float, float]:
            began = time.perf_counter()
            if isinstance(question, str):
                answer = await asker.ask(question, asker="1", channel="2", today=date(2022, 6, 1))
            else:
                answer = await asker.answer(question, asker="1", channel="2")
            answered = time.perf_counter()
            reply = reply_with(answer, owner=1, locale=LANGUAGE)
            assert reply.view is not None
            reply.view.to_components()  # type: ignore[no-untyped-call]  # what sending does
            return time.perf_counter() - began, answered - began

        result: dict[str, Any] = {}
        kinds = ("lookup", "words", "compare", "rank", "trend", "total", "known_on", "crowded", "later")
        for kind in kinds:
            make = {"later": questions.lookup}.get(kind) or getattr(questions, kind)
            asked = list(questions.each(make, WARM_UP + count))
            took = [await timed(question) for question in asked][WARM_UP:]
            whole, part = Timing.of([both[0] for both in took]), Timing.of([both[1] for both in took])
            result[kind] = {"p50": whole.p50, "p99": whole.p99, "longest": whole.longest, "answer": part.p50}
        result["edit"] = await _edited(database, asker)
        return result


async def _edited(database: Database, asker: Asker) -> dict[str, float]:
    """Change a figure, ask at once, and see the change in the answer."""
    from bot.answers.answer import ClaimsBlock
    from db.model.values import Bound, Interval
    from db.store.recording import insert_figures, record_revision, supersede_figures

    query = Query(Intent.LOOKUP, ("FR",), "travelled")
    before = (await asker.answer(query)).headline
    assert before is not None
    figure = before.figure
    changed = replace(figure, value=Interval(987_654, 987_654, Bound.EXACT), version=figure.version + 1)
    at = datetime.now(UTC)
    async with database.writing() as session:
        revision = await record_revision(session, at=at, by="benchmark", because="an edit", summary="one")
        await supersede_figures(session, [figure.id], revision.id)
        await insert_figures(session, [changed], revision.id)
    began = time.perf_counter()
    answer = await asker.answer(query)
    took = time.perf_counter() - began
    claims = [claim for block in answer.blocks if isinstance(block, ClaimsBlock) for claim in block.claims]
    assert any(claim.figure.value.low == 987_654 for claim in claims), "an edit is not in the next answer"
    return {"p50": took * 1e3, "p99": took * 1e3, "longest": took * 1e3, "answer": took * 1e3}
