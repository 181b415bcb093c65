"""From a question to a reply: the one way that messages, commands and buttons share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, TypedDict, Unpack

import discord

from bot.answers.answer import Answer, Outcome
from bot.answers.known import known_questions
from bot.answers.regions import WORLD
from bot.chat import inputs
from bot.chat.cards.answer import draw_aside, reply_with
from bot.chat.errors import KindlyIn
from bot.chat.inputs import Recent
from bot.chat.lately import Heard, Lately
from bot.chat.options import Parts
from bot.chat.reference import Reference, why_unread
from bot.chat.replies import Reply
from bot.questions.canonical import canonical
from bot.questions.dialogue.state import State
from bot.questions.query import Doubt, Intent, Query, Refusal
from bot.render.spoken import spoken_in
from db.desk.answer_log import AnswerLog, Given, Noted
from db.desk.gap_board import UNANSWERED, note_gap
from db.model.records import Who
from db.model.values import Period

LONGEST = 4_000
"""Characters of a question that are passed on; what is longer is refused by the reader for its length."""

RECENT_QUESTIONS = 10
"""Questions of a member that are offered again while the bot runs."""

_SAYS_NOTHING = frozenset((Refusal.SOCIAL, Refusal.EMPTY))
"""What asks for nothing lacks no answer."""

_canonical = lru_cache(maxsize=512)(canonical)
"""The canonical text of a question that is noted again."""


class Asked(TypedDict, total=False):
    """What options of a command may say beside its places, as it was typed or picked."""

    measure: str | None
    period: str | None
    who: str | None
    known_on: str | None
    per_million: bool
    top: int | None
    bottom: int | None


class Seen(NamedTuple):
    """An answer that a member was shown, and the sources of its figures, the opening one first."""

    id: str
    revision: int
    sources: tuple[str, ...]


class _Missed(NamedTuple):
    """What could not be answered, as the board of gaps notes it; how often is counted."""

    topic: str
    text: str
    place: str = ""
    measure: str = ""
    reopen: bool = True


def _unanswered(query: Query) -> _Missed:
    topic = canonical(replace(query, known_on=None, chart=False))
    return _Missed(topic, f"No data: {topic}", query.places[0] if query.places else "", query.measure or "")


def _unread(kind: Doubt | Refusal) -> _Missed:
    text = f"Questions {'asked back' if isinstance(kind, Doubt) else 'refused'}: {kind.replace('_', ' ')}"
    return _Missed(f"unread {kind}", text, reopen=False)


class Answering:
    """Asks the answering room and dresses what comes back."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.recent = Recent()
        """The places that each member asked for."""
        self.asked = Recent(each=RECENT_QUESTIONS)
        """The questions of each member that had an answer."""
        self.heard: Lately[int, Heard] = Lately(parts.clock)
        """The questions in messages, by the message, for those who edit one."""
        self.spoken: Lately[tuple[int, int], str] = Lately(parts.clock)
        """The language of each dialogue, by its channel and asker."""
        self.seen: Lately[int, Seen] = Lately(parts.clock)
        """What was last shown to each member."""
        self._log = AnswerLog()
        self._missed: Counter[_Missed] = Counter()

    def language(self, text: str, *, asker: int, channel: int, locale: str) -> str:
        """The language to answer a text in: its own, else that of the dialogue so far, else Discord's."""
        spoken = spoken_in(text, self.spoken.get((channel, asker)) or locale)
        self.spoken.put((channel, asker), spoken)
        return spoken

    async def words(
        self,
        text: str,
        *,
        asker: int,
        channel: int,
        locale: str,
        door: str,
        before: State | None = None,
        may_leave: bool = False,
    ) -> Reply:
        """The reply to a question in words.

        ``before`` is the dialogue that it goes on with where that is not the asker's last one here; ``may_leave`` is
        whether a second reader may be shown the words.
        """
        parts = self.parts
        with parts.metrics.answering(door):
            answer = await parts.asker.ask(
                text[: LONGEST + 1],
                asker=str(asker),
                channel=str(channel),
                today=parts.clock().date(),
                before=before,
                may_leave=may_leave,
            )
        if answer.outcome is Outcome.ANSWERED and len(text) <= inputs.NAME_LENGTH:
            self.asked.saw(asker, (text,))
        return await self.dress(answer, asker=asker, locale=locale, door=door)

    async def query(self, query: Query, interaction: discord.Interaction, *, door: str, locale: str = "") -> Reply:
        """The reply to a typed question, from today's data, in the asker's language unless told."""
        with self.parts.metrics.answering(door):
            answer = await self.parts.asker.answer(
                query, asker=str(interaction.user.id), channel=str(interaction.channel_id)
            )
        return await self.dress(answer, asker=interaction.user.id, locale=locale or interaction.locale.value, door=door)

    async def again(self, reference: Reference, interaction: discord.Interaction, *, door: str) -> Reply:
        """The same answer once more, from the data that it was given from."""
        answer = await self.parts.asker.at(reference.query, reference.revision, helped=reference.helped)
        asker, locale = interaction.user.id, reference.locale or interaction.locale.value
        return await self.dress(answer, asker=asker, locale=locale, page=reference.page, door=door)

    async def further(self, reference: Reference, *, asker: int, locale: str) -> Reply:
        """The card of an answer with all that can be done with it, still its asker's and in their language."""
        answer = await self.parts.asker.at(reference.query, reference.revision, helped=reference.helped)
        await draw_aside(answer, locale)
        charts = self.parts.charts is not None
        return reply_with(answer, owner=asker, locale=locale, page=reference.page, charts=charts, further=True)

    async def dress(self, answer: Answer, *, asker: int, locale: str, page: int = 0, door: str) -> Reply:
        """An answer as a reply; counted, and its places remembered for completing what is typed next."""
        self.parts.metrics.answered(door, answer.outcome.value)
        self._note(answer)
        if answer.reading.query is not None:
            self.recent.saw(asker, answer.reading.query.places[:5])
        if answer.claims:
            sources = dict.fromkeys(claim.source.id for claim in answer.claims)
            self.seen.put(asker, Seen(answer.id, answer.revision, tuple(sources)))
        await draw_aside(answer, locale)
        charts = self.parts.charts is not None
        return reply_with(answer, owner=asker, locale=locale, page=page, charts=charts)

    async def given(self, id: str) -> Given | None:
        """The answer that was given under an id, however lately."""
        return await self._log.given(self.parts.database, id)

    def forget(self, member: int) -> None:
        """Forget what a member asked while the bot ran."""
        self.parts.asker.memory.forget(str(member))
        self.recent.forget(member)
        self.asked.forget(member)
        self.heard.forget(lambda _, heard: heard.asker == member)
        self.seen.forget(lambda key, _: key == member)
        self.spoken.forget(lambda key, _: key[1] == member)

    async def keep(self) -> None:
        """Write down what was answered since the last time, and what could not be; never who asked."""
        await self._log.write(self.parts.database)
        for missed, times in list(self._missed.items()):
            gap, at = missed._asdict(), self.parts.clock()
            await note_gap(self.parts.database, UNANSWERED, **gap, at=at, times=times)
            self._missed[missed] -= times  # only now: a write that is refused is tried again, and more may have come
        self._missed = +self._missed

    def _note(self, answer: Answer) -> None:
        query, why = answer.reading.query, why_unread(answer)
        if why is not None and why not in _SAYS_NOTHING:
            self._missed[_unread(why)] += 1
        if query is None:
            return
        noted = Noted(
            answer.id,
            _canonical(query),
            answer.revision,
            self.parts.clock(),
            places=query.places[:5],
            measure=query.measure or "",
            known_on=query.known_on.isoformat() if query.known_on else "",
        )
        self._log.note(noted)
        if answer.outcome is Outcome.NO_DATA:
            self._missed[_unanswered(query)] += 1

    def place(self, text: str, locale: str) -> str:
        """The place that an option means."""
        return inputs.read_place(self.parts.resolver, text, locale)

    def read(
        self,
        intent: Intent,
        places: Sequence[str | None],
        interaction: discord.Interaction,
        **asked: Unpack[Asked],
    ) -> Query:
        """The query that options mean; raise Kindly where one of them means nothing."""
        locale = interaction.locale.value
        read = tuple(self.place(text, locale) for text in places if text)
        measure, period, known_on = asked.get("measure"), asked.get("period"), asked.get("known_on")
        return Query(
            intent,
            tuple(dict.fromkeys(read)),
            measure=inputs.read_measure(measure, locale) if measure else None,
            who=Who(asked.get("who") or Who.EVERYONE),
            period=self.period(period) if period else Period(),
            per_million=asked.get("per_million", False),
            top=asked.get("top"),
            bottom=asked.get("bottom"),
            known_on=inputs.read_day(known_on) if known_on else None,
        )

    def period(self, text: str) -> Period:
        """The stretch of time that an option means."""
        found = inputs.read_period(text)
        if found is None:
            raise KindlyIn("kind.period_unread")
        return found

    def place_choices(self, interaction: discord.Interaction, typed: str) -> list[inputs.Choice]:
        """Places that complete what a member types."""
        recent = self.recent.of(interaction.user.id)
        return inputs.place_choices(self.parts.resolver, recent, typed, interaction.locale.value)

    async def question_choices(self, interaction: discord.Interaction, typed: str) -> list[inputs.Choice]:
        """Whole questions that have an answer and complete what a member types, their own first."""
        member, locale = interaction.user.id, interaction.locale.value
        typed_places = inputs.places_typed(self.parts.resolver, typed)
        about = tuple(dict.fromkeys((*typed_places, *self.recent.of(member)[:1], WORLD)))
        known = await self.parts.asker.read_shelf(lambda shelf: known_questions(shelf, about))
        return inputs.question_choices(typed, self.asked.of(member), known, locale)
