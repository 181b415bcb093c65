"""The one door: a text or a query in, an answer out; the only module of this room that awaits."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar

from bot.answers.answer import Answer
from bot.answers.changes import Changes, changed_since
from bot.answers.compose import compose
from bot.answers.needs import places_needed
from bot.answers.ready import work_out_heads
from bot.answers.shelf import Shelf
from bot.questions.memory import Memory
from bot.questions.query import Query, Read, Reading
from db.pieces import Pieces
from db.records import Holdings, Membership

T = TypeVar("T")

AT_ONCE = 3_000
"""Figures that an answer is made from at once; one from more is made aside, while others are answered."""
ANSWERS_KEPT = 128
"""Answers that are given again while the dataset stays as it is; the same question has the same answer."""
SHELVES_KEPT = 64
"""Indexed parts of the dataset that are kept between questions; a later revision drops them all."""

SLICED_KEPT = 8
"""States of a large dataset, of which some are past, that are kept between questions."""


class Slices(Pieces, Protocol):
    """A large dataset that is read piece by piece."""

    def holdings(self, reference: Any) -> Holdings:
        """What composing needs besides figures."""
        ...

    async def run(self, work: Callable[[], T]) -> T:
        """Compose, reading pieces meanwhile."""
        ...


class Reference(Protocol):
    """The part of the dataset that has no versions."""

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Which country belongs to which region, and when."""
        ...


class Figures(Protocol):
    """Where the figures come from."""

    async def holdings(
        self, places: Collection[str] | None = None, *, revision: int | None = None, known_on: date | None = None
    ) -> Holdings:
        """What is held of some places, or of all, now or as it stood."""
        ...

    async def slices(self, *, revision: int | None = None, known_on: date | None = None) -> Slices | None:
        """The dataset, now or as it stood, to be read piece by piece; None where it is small."""
        ...

    async def revision_at(self, day: date) -> int:
        """The last revision recorded by the end of a day; 0 when there was none yet."""
        ...

    async def reference(self) -> Reference:
        """The measures, places and memberships."""
        ...


class Reads(Protocol):
    """Who reads questions."""

    def read(self, text: str, *, today: date, previous: Query | None = None) -> Reading:
        """A text as a typed query, a question back or a refusal."""
        ...


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Asker:
    """Answers questions for every door: Discord, the terminal and tests ask the same one."""

    def __init__(
        self,
        dataset: Figures,
        reader: Reads,
        memory: Memory | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._dataset = dataset
        self._reader = reader
        self._memory = Memory(clock) if memory is None else memory
        self._clock = clock
        self._shelves: OrderedDict[int, Shelf] = OrderedDict()
        self._sliced: OrderedDict[tuple[int, date | None], Shelf] = OrderedDict()
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._readings: OrderedDict[tuple[str, date, Query | None], Reading] = OrderedDict()
        self._needed: OrderedDict[Query, frozenset[str] | None] = OrderedDict()
        self._memberships: tuple[Membership, ...] = ()
        self._newest = -1
        self._ready: Slices | None = None
        self._aside = asyncio.Lock()

    @property
    def reader(self) -> Reads:
        """Who reads questions for it."""
        return self._reader

    @property
    def memory(self) -> Memory:
        """What follow-ups refer to."""
        return self._memory

    async def ask(self, text: str, *, asker: str = "", channel: str = "", today: date | None = None) -> Answer:
        """Read a text and answer it; a follow-up refers to the asker's last question in the channel."""
        previous = self._memory.recall(channel, asker) if asker or channel else None
        reading = self._read(text, today or self._clock().date(), previous)
        if isinstance(reading, Read):
            self._remember(reading.query, asker, channel)
            return await self._compose(reading, question=text)
        holdings = await self._dataset.holdings(frozenset())
        return compose(reading, holdings, question=text, shelf=self._shelf(holdings))

    async def answer(self, query: Query, *, question: str = "", asker: str = "", channel: str = "") -> Answer:
        """Answer a query that a command or a button made; with an asker, a follow-up may refer to it."""
        self._remember(query, asker, channel)
        return await self._compose(Read(query), question=question)

    async def at(self, query: Query, revision: int, *, question: str = "") -> Answer:
        """Answer a query as the dataset stood at a revision; raises what the dataset raises for an unknown one."""
        return await self._compose(Read(query), question=question, revision=revision)

    async def since(self, query: Query, revision: int) -> tuple[Answer, Answer, Changes]:
        """An old answer re-run on its own revision, the same question answered today, and what differs."""
        then = await self.at(query, revision)
        now = await self.answer(query)
        return then, now, changed_since(then, now)

    async def read_shelf(self, places: frozenset[str], work: Callable[[Shelf], T]) -> T:
        """Do some work on the figures of some places, as the dataset stands."""
        slices = await self._dataset.slices()
        if slices is not None:
            shelf = await self._shelf_of(slices, None)
            return await slices.run(lambda: work(shelf))
        return work(self._shelf(await self._dataset.holdings(places)))

    async def make_ready(self) -> bool:
        """Work out what ranks of a large dataset need, as it stands; whether there was anything to do.

        It gives way to questions, and stops where the dataset changes meanwhile: then it is to be called again.
        """
        slices = await self._dataset.slices()
        if slices is None or slices is self._ready:
            return False
        self._forget(slices.revision)

        async def is_current() -> bool:
            return await self._dataset.slices() is slices

        if await work_out_heads(slices, await self._shelf_of(slices, None), is_current):
            self._ready = slices
        return True

    async def _compose(self, reading: Read, *, question: str, revision: int | None = None) -> Answer:
        query = reading.query
        reference = await self._dataset.reference()
        places = self._places_needed(query, reference.memberships)
        known_on = query.known_on
        if known_on is not None and await self._dataset.revision_at(known_on) == 0:
            known_on = None  # nothing was recorded by then; compose goes by dates of publication instead
        slices = await self._dataset.slices(revision=revision, known_on=known_on)
        if slices is not None:
            return await self._from_slices(slices, reading, question, known_on)
        holdings = await self._dataset.holdings(places, revision=revision, known_on=known_on)
        shelf = self._shelf(holdings)
        # What was read may be forgotten and read again; the time tells a restored revision from one of that number.
        key = (holdings.revision, holdings.recorded_at, known_on, places, reading, question)
        held = self._answers.get(key)
        if held is not None:
            return held
        if sum(map(len, holdings.figures.values())) <= AT_ONCE:
            answer = compose(reading, holdings, question=question, shelf=shelf)
        else:
            async with self._aside:
                if (held := self._answers.get(key)) is not None:  # made for somebody else meanwhile
                    return held
                answer = await asyncio.to_thread(compose, reading, holdings, question=question, shelf=shelf)
        return self._keep(key, answer)

    async def _from_slices(self, slices: Slices, reading: Read, question: str, known_on: date | None) -> Answer:
        """The answer from a large dataset, of which composing reads what it asks for."""
        self._forget(slices.revision)
        key = (slices.revision, slices.recorded_at, known_on, "pieces", reading, question)
        held = self._answers.get(key)
        if held is not None:
            return held
        shelf = await self._shelf_of(slices, known_on)
        holdings = shelf.holdings
        return self._keep(key, await slices.run(lambda: compose(reading, holdings, question=question, shelf=shelf)))

    async def _shelf_of(self, slices: Slices, known_on: date | None) -> Shelf:
        """The index of one state of a large dataset."""
        state = (id(slices), known_on)  # the shelf keeps its slices alive, so that no others can have the same id
        shelf = self._sliced.get(state)
        if shelf is None:
            holdings = replace(slices.holdings(await self._dataset.reference()), known_on=known_on)
            shelf = self._sliced[state] = Shelf(holdings, pieces=slices)
            while len(self._sliced) > SLICED_KEPT:
                self._sliced.popitem(last=False)
        return shelf

    def _read(self, text: str, today: date, previous: Query | None) -> Reading:
        """The reading of a text; of one that is asked again on the same day and after the same question, the same."""
        key = (text, today, previous)
        reading = self._readings.get(key)
        if reading is None:
            reading = self._readings[key] = self._reader.read(text, today=today, previous=previous)
            while len(self._readings) > ANSWERS_KEPT:
                self._readings.popitem(last=False)
        return reading

    def _places_needed(self, query: Query, memberships: tuple[Membership, ...]) -> frozenset[str] | None:
        """What ``places_needed`` says, which goes through every membership, once for a question."""
        if memberships is not self._memberships:
            self._memberships = memberships
            self._needed.clear()
        if query not in self._needed:
            self._needed[query] = places_needed(query, memberships)
            while len(self._needed) > ANSWERS_KEPT:
                self._needed.popitem(last=False)
        return self._needed[query]

    def _keep(self, key: Hashable, answer: Answer) -> Answer:
        self._answers[key] = answer
        while len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        return answer

    def _forget(self, revision: int) -> None:
        """Drop what was kept of an earlier state once there is a later one."""
        if revision > self._newest:
            self._shelves.clear()
            self._sliced.clear()
            self._answers.clear()
            self._newest = revision

    def _remember(self, query: Query, asker: str, channel: str) -> None:
        """Keep the query for follow-ups; one asked by nobody nowhere is not kept."""
        if asker or channel:
            self._memory.remember(channel, asker, query)

    def _shelf(self, holdings: Holdings) -> Shelf:
        """The index of these very holdings, made once while the dataset hands out the same ones."""
        self._forget(holdings.revision)
        key = id(holdings)  # the shelf keeps its holdings alive, so that no others can have the same id
        shelf = self._shelves.get(key)
        if shelf is None or shelf.holdings is not holdings:
            shelf = self._shelves[key] = Shelf(holdings)
            while len(self._shelves) > SHELVES_KEPT:
                self._shelves.popitem(last=False)
        else:
            self._shelves.move_to_end(key)
        return shelf
