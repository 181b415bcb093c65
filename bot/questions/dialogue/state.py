"""What a dialogue has come to: the queries so far, the question that the bot asked back, and how to go back in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.questions.query import Doubt, Query

REMEMBERED = 12
"""Moments that are kept; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Open:
    """The question that the bot asked back: what is known already, and between what it asks to choose."""

    doubt: Doubt
    partial: Query
    candidates: tuple[str, ...] = ()
    text: str = ""
    """The words in doubt."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a dialogue: a query that was answered, or a question that was asked back."""

    query: Query | None = None
    open: Open | None = None
    sure: float = 1.0
    """The probability that it was understood; what leans on it is not surer."""


@dataclass(frozen=True, slots=True)
class State:
    """A dialogue so far; a new one is made for every turn, so that any earlier one can be taken up again."""

    moments: tuple[Moment, ...] = ()

    @property
    def open(self) -> Open | None:
        """The bot's question that waits for an answer."""
        return self.moments[-1].open if self.moments else None

    @property
    def last(self) -> Query | None:
        """The query that was answered last."""
        return next((moment.query for moment in reversed(self.moments) if moment.query is not None), None)

    @property
    def queries(self) -> tuple[Query, ...]:
        """The queries that were answered, oldest first."""
        return tuple(moment.query for moment in self.moments if moment.query is not None)

    @property
    def sure(self) -> float:
        """The probability that the dialogue was understood so far."""
        return self.moments[-1].sure if self.moments else 1.0

    def answered(self, query: Query, sure: float = 1.0) -> State:
        """The state after a query was answered."""
        return self._with(Moment(query, None, sure))

    def asked(self, question: Open) -> State:
        """The state after the bot asked back."""
        return self._with(Moment(None, question, self.sure))

    def undone(self) -> State:
        """The state before the last step."""
        return replace(self, moments=self.moments[:-1])

    def _with(self, moment: Moment) -> State:
        return replace(self, moments=(*self.moments, moment)[-REMEMBERED:])
