"""The one door of a dialogue: a text and the state before it become a reading and the state after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.questions.dialogue import choosing
from bot.questions.dialogue.acts import done
from bot.questions.dialogue.answering import answered
from bot.questions.dialogue.merging import base, merged
from bot.questions.dialogue.said import Said, said_of
from bot.questions.dialogue.state import Open, State
from bot.questions.drafting import WORLD
from bot.questions.query import Choice, Doubt, Intent, Query, Read, Reading, Refusal, Refused, Unclear
from bot.questions.reader import PLAIN, Reader
from bot.questions.scorer import Model, model
from db.model.records import Who

_KIND_WORDS = frozenset({"thanks", "confirm"})
_FRESH = frozenset({"new", "topic_change"})
_STANDS = frozenset({"out_of_scope"})
_ANYWHERE = frozenset({Refusal.EMPTY, Refusal.TOO_LONG, Refusal.PERSON, Refusal.PREDICTION, Refusal.OTHER_CONFLICT})
_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a dialogue."""

    reading: Reading
    state: State
    """The state after it."""
    act: str


class Dialogue:
    """Reads turns; it holds no state of any asker and may be shared."""

    def __init__(self, reader: Reader, *, act: Model | None = None) -> None:
        self._reader = reader
        self._act = act

    def turn(self, text: str, *, today: date, state: State | None = None) -> Turn:
        """What a text asks after what went before. Never raises."""
        before = State() if state is None else state
        alone, judged = self._reader.considered(text, today=today)
        plain = isinstance(alone, Read) and not alone.flagged
        if judged is None or _is_refused_anywhere(alone) or (plain and not before.moments):
            return self.alone(alone, before)
        said = said_of(judged)
        if not before.moments and not _starts_over(said):
            return self.alone(alone, before)
        for act, odds in self._likely(before, said):
            turn = self.carry_out(act, before, said, alone)
            if turn is not None and _same(turn.reading, alone):
                return self.alone(alone, before, act)  # it leans on nothing: it is as sure as it is alone
            if turn is not None:
                return _doubted(turn, before, odds)
        return self.alone(alone, before)

    def _likely(self, state: State, said: Said) -> list[tuple[str, float]]:
        if _starts_over(said):
            return [("reset", 1.0)]
        if choosing.is_whole(said) or choosing.names_a_stranger(said):
            return []
        chosen = model("act") if self._act is None else self._act
        odds = chosen.probabilities(choosing.features(state, said))
        return sorted(odds.items(), key=lambda pair: (-pair[1], pair[0]))[:3]

    def carry_out(self, act: str, state: State, said: Said, alone: Reading) -> Turn | None:
        """One act on a state; None where it cannot be done."""
        if act in _KIND_WORDS:
            told = said.has("thanks", "confirm") or said.alone.outcome == "social"
            if not told or _names_another(said, state):
                return None
            return Turn(Refused(Refusal.SOCIAL, said.heard.spans.text[:200]), state, act)
        if act in _FRESH:
            lacking = isinstance(alone, Unclear) and alone.doubt is not Doubt.PLACE
            return None if lacking and state.last is not None else self.alone(alone, state, act)
        if act in _STANDS:
            refused = isinstance(alone, Refused) and alone.refusal is not Refusal.SOCIAL
            words = said.heard.spans.text[:200]
            return Turn(alone if refused else Refused(Refusal.NOT_MEASURED, words, places=said.places), state, act)
        if act == "reset":
            return Turn(Refused(Refusal.SOCIAL, said.heard.spans.text[:200]), State(), act)
        if act == "answer_back":
            return self._answer(state, said)
        if act == "ask":
            return self._ask(state, said)
        found = done(act, state, said)
        if found is None:
            return None
        if isinstance(found, State):
            if found.last is None:
                return Turn(Refused(Refusal.SOCIAL, said.heard.spans.text[:200]), State(), act)
            return Turn(Read(found.last, carried=carried(found.last, said)), found, act)
        if said.doubtful is not None and not said.places:
            return self._which(found, said, state, act)
        return self._read(found, said, state, act)

    def alone(self, alone: Reading, state: State, act: str = "new") -> Turn:
        """A turn that leans on nothing: its reading by itself, and the state after it."""
        if isinstance(alone, Read) and alone.query.intent is Intent.HELP:
            return Turn(alone, state, act)
        if isinstance(alone, Read):
            return Turn(alone, state.answered(alone.query, alone.confidence), act)
        if isinstance(alone, Unclear) and alone.partial is not None:
            question = Open(alone.doubt, _partial(alone), alone.candidates, alone.text)
            return Turn(alone, state.asked(question), "ask" if act == "new" and state.moments else act)
        act = "thanks" if isinstance(alone, Refused) and alone.refusal is Refusal.SOCIAL else "out_of_scope"
        return Turn(alone, state, act)

    def _answer(self, state: State, said: Said) -> Turn | None:
        question = state.open
        if question is None:
            return None
        query = answered(question, said)
        if query is None:
            return None
        if said.doubtful is not None and not said.named and not set(query.places) - set(question.partial.places):
            return self._which(query, said, state, "answer_back")
        if not query.places:
            query = replace(query, places=(WORLD,))
        return self._read(query, said, state, "answer_back")

    def _ask(self, state: State, said: Said) -> Turn | None:
        query = base(state)
        partial = merged(query, said) if query is not None else said.query
        if said.doubtful is not None:
            return self._which(partial, said, state, "ask")
        unclear = Unclear(Doubt.REFERENT_MISSING, (), said.heard.spans.text[:200], partial)
        return Turn(unclear, state.asked(Open(unclear.doubt, partial)), "ask")

    def _which(self, query: Query, said: Said, state: State, act: str) -> Turn:
        place = said.doubtful
        assert place is not None
        choices = tuple(Choice(one, replace(query, places=(one,))) for one in place.candidates[:_CHOICES])
        unclear = Unclear(Doubt.PLACE, choices, place.text, query, place.candidates)
        question = Open(Doubt.PLACE, replace(query, places=()), place.candidates, place.text)
        return Turn(unclear, state.asked(question), act)

    def _read(self, query: Query, said: Said, state: State, act: str) -> Turn:
        corrections = said.heard.spans.corrections
        return Turn(Read(query, corrections, carried=carried(query, said)), state.answered(query), act)


def _names_another(said: Said, state: State) -> bool:
    """Whether a place is named that is not the one talked of: "yeah iran" is no mere yes."""
    known = state.last.places if state.open is None and state.last is not None else ()
    return not set(said.places) <= set(known)


def _starts_over(said: Said) -> bool:
    return said.has("reset") and said.is_all_moving


def carried(query: Query, said: Said) -> tuple[str, ...]:
    """The parts of a query that the turn did not say."""
    parts = {
        "place": bool(query.places) and query.places != (WORLD,) and not set(query.places) <= set(said.named),
        "measure": query.measure is not None and said.measure is None,
        "who": query.who is not Who.EVERYONE and not said.who,
        "time": not query.period.is_open and not said.times and not _names_its_year(query, said),
        "rate": query.per_million and not said.rate,
    }
    return tuple(part for part, there in parts.items() if there)


def _names_its_year(query: Query, said: Said) -> bool:
    """Whether a turn names a year of the time by two digits: "and 15?"."""
    years = {day.year for day in (query.period.first, query.period.last) if day}
    return any(2000 + one in years for one in said.numbers)


def _partial(unclear: Unclear) -> Query:
    assert unclear.partial is not None
    rest = tuple(one for one in unclear.partial.places if one != WORLD and one not in unclear.candidates)
    return replace(unclear.partial, places=rest)


def _same(one: Reading, other: Reading) -> bool:
    return isinstance(one, Read) and isinstance(other, Read) and one.query == other.query


def _is_refused_anywhere(alone: Reading) -> bool:
    """Whether what a text asks is refused whatever went before: a forecast, a person, another war."""
    return isinstance(alone, Refused) and alone.refusal in _ANYWHERE


def _doubted(turn: Turn, before: State, odds: float) -> Turn:
    """The turn with how sure it is: no surer than what it leans on."""
    reading = turn.reading
    if not isinstance(reading, Read) or turn.act in _FRESH:
        return turn
    sure = odds * before.sure
    reading = replace(reading, confidence=sure, flagged=sure < PLAIN)
    state = turn.state
    if len(state.moments) >= len(before.moments):
        state = replace(state, moments=(*state.moments[:-1], replace(state.moments[-1], sure=sure)))
    return replace(turn, reading=reading, state=state)
