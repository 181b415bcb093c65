"""The one door: a text or a query in, an answer out; the only module of this room that awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from bot.answers.answer import Answer
from bot.answers.changes import Changes, changed_since
from bot.answers.compose import compose
from bot.answers.shelf import Shelf
from bot.questions.dialogue.memory import Memory
from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue, Turn
from bot.questions.query import Query, Read, Reading
from bot.questions.reader import Reader
from db.store.lru import WeightedLRU

if TYPE_CHECKING:
    from db.model.records import Measure
    from db.store.figures import FigureStore
    from db.store.view import View

T = TypeVar("T")
SecondReading = Callable[[str, Reading, Query | None, date, "Mapping[str, Measure]"], Awaitable[Query | None]]
"""How a second reader is asked (``bot.ops.second_reader``): the query that it reads, None where the reading stands."""

ANSWERS_KEPT = 128
"""Answers that are given again while the dataset stays as it is; the same question has the same answer."""
STATES_KEPT = 6
"""States of the dataset, of which most are past, whose evidence is kept between questions."""


def utc_now() -> datetime:
    """The present moment, aware, in UTC: the only clock, handed to whoever needs one."""
    return datetime.now(UTC)


class Asker:
    """Answers questions for every door: Discord, the terminal and tests ask the same one."""

    def __init__(
        self,
        dataset: FigureStore,
        reader: Reader,
        memory: Memory | None = None,
        clock: Callable[[], datetime] = utc_now,
        second: SecondReading | None = None,
    ) -> None:
        self._dataset = dataset
        self._reader = reader
        self._dialogue = Dialogue(reader)
        self._memory = Memory(clock) if memory is None else memory
        self._clock = clock
        self._second = second
        self._shelves: WeightedLRU[tuple[int, datetime, date | None], Shelf] = WeightedLRU(STATES_KEPT)
        self._answers: WeightedLRU[Hashable, Answer] = WeightedLRU(ANSWERS_KEPT)
        self._under_way: dict[Hashable, asyncio.Task[Answer]] = {}
        self._turns: WeightedLRU[tuple[str, date, State], Turn] = WeightedLRU(ANSWERS_KEPT)
        self._in_turn = asyncio.Lock()

    @property
    def reader(self) -> Reader:
        """Who reads questions for it."""
        return self._reader

    @property
    def has_second_reader(self) -> bool:
        """Whether some questions may leave the house."""
        return self._second is not None

    @property
    def memory(self) -> Memory:
        """What follow-ups refer to."""
        return self._memory

    async def ask(
        self,
        text: str,
        *,
        asker: str = "",
        channel: str = "",
        today: date | None = None,
        before: State | None = None,
        may_leave: bool = False,
    ) -> Answer:
        """Read a text and answer it, as the next turn of the asker's dialogue in the channel.

        ``before`` is the dialogue that it goes on with where that is not the remembered one; ``may_leave`` is whether
        the second reader, where there is one, may be shown the text.
        """
        day = today or self._clock().date()
        async with self._in_turn:  # the next text of a dialogue goes on from where this one leaves it
            state = self._memory.recall(channel, asker) if before is None else before
            turn = await self._turn(text, day, state)
            self._remember(turn.state, asker, channel)
        reading = turn.reading
        if may_leave and self._second is not None:
            measures = (await self._dataset.view()).common.measures
            query = await self._second(text, reading, state.last, day, measures)
            if query is not None:
                # Nobody knows how sure it is: it is flagged, and so is whatever leans on it.
                reading = Read(query, flagged=True, confidence=0.0, helped=True)
                if self._memory.recall(channel, asker) == turn.state:  # else something else was asked meanwhile
                    self._remember(state.answered(query, 0.0), asker, channel)
        if isinstance(reading, Read):
            return await self._compose(reading, question=text)
        shelf = self._shelf(await self._dataset.view(), None)
        return compose(reading, shelf.holdings, question=text, shelf=shelf)

    async def answer(self, query: Query, *, question: str = "", asker: str = "", channel: str = "") -> Answer:
        """Answer a query that a command or a button made; with an asker, a follow-up may refer to it."""
        if asker or channel:
            self._remember(self._memory.recall(channel, asker).answered(query), asker, channel)
        return await self._compose(Read(query), question=question)

    async def at(self, query: Query, revision: int, *, question: str = "", helped: bool = False) -> Answer:
        """Answer a query as the dataset stood at a revision; raises what the dataset raises for an unknown one."""
        reading = Read(query, flagged=helped, helped=helped)
        return await self._compose(reading, question=question, revision=revision)

    async def since(self, query: Query, revision: int) -> tuple[Answer, Answer, Changes]:
        """An old answer re-run on its own revision, the same question answered today, and what differs."""
        then = await self.at(query, revision)
        now = await self.answer(query)
        return then, now, changed_since(then, now)

    async def read_shelf(self, work: Callable[[Shelf], T]) -> T:
        """Do some work on the figures as the dataset stands."""
        view = await self._dataset.view()
        shelf = self._shelf(view, None)
        return await view.run(lambda: work(shelf))

    async def _compose(self, reading: Read, *, question: str, revision: int | None = None) -> Answer:
        known_on = reading.query.known_on
        if known_on is not None and await self._dataset.revision_at(known_on) == 0:
            known_on = None  # nothing was recorded by then; compose goes by dates of publication instead
        view = await self._dataset.view(revision=revision, known_on=known_on)
        # The time tells a restored revision from one of that number; no answer says how sure its reading is.
        key = (view.revision, view.recorded_at, known_on, replace(reading, confidence=1.0), question)
        held = self._answers.get(key)
        if held is not None:
            return held
        making = self._under_way.get(key)
        if making is None:  # many may ask the same at once: they share one answer
            making = self._under_way[key] = asyncio.create_task(self._made(view, known_on, reading, question))
            making.add_done_callback(lambda task: self._under_way.pop(key))
        answer = await asyncio.shield(making)
        self._answers.put(key, answer)
        return answer

    async def _made(self, view: View, known_on: date | None, reading: Read, question: str) -> Answer:
        shelf = self._shelf(view, known_on)
        return await view.run(lambda: compose(reading, shelf.holdings, question=question, shelf=shelf))

    def _shelf(self, view: View, known_on: date | None) -> Shelf:
        """The evidence of one state of the dataset."""
        state = (view.revision, view.recorded_at, known_on)
        shelf = self._shelves.get(state)
        if shelf is None:
            shelf = Shelf(replace(view.common, known_on=known_on), topics=view)
            self._shelves.put(state, shelf)
        return shelf

    async def _turn(self, text: str, today: date, state: State) -> Turn:
        """The reading of a text; of one that is asked again on the same day and after the same turns, the same."""
        key = (text, today, state)
        turn = self._turns.get(key)
        if turn is None:
            # A long text, or the first in a language, takes tens of milliseconds: others are answered meanwhile.
            turn = await asyncio.to_thread(self._dialogue.turn, text, today=today, state=state)
            self._turns.put(key, turn)
        return turn

    def _remember(self, state: State, asker: str, channel: str) -> None:
        """Keep the dialogue; one of nobody nowhere is not kept."""
        if asker or channel:
            self._memory.remember(channel, asker, state)
