"""A dialogue is kept for ten minutes, and never too many of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.questions.dialogue.memory import Memory
from bot.questions.dialogue.state import State
from bot.questions.query import Intent, Query

BELGIUM = State().answered(Query(Intent.LOOKUP, ("BE",)))


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_dialogue_is_recalled_where_and_by_whom_it_was_held() -> None:
    memory = Memory(Clock())
    memory.remember("general", "ada", BELGIUM)
    assert memory.recall("general", "ada") == BELGIUM
    assert memory.recall("general", "ben") == State()
    assert memory.recall("random", "ada") == State()


def test_it_is_forgotten_after_ten_minutes() -> None:
    clock = Clock()
    memory = Memory(clock)
    memory.remember("general", "ada", BELGIUM)
    clock.now += timedelta(minutes=10, seconds=1)
    assert memory.recall("general", "ada") == State()
    assert len(memory) == 0


def test_the_oldest_is_forgotten_first() -> None:
    memory = Memory(Clock(), limit=2)
    for asker in ("ada", "ben", "cem"):
        memory.remember("general", asker, BELGIUM)
    assert len(memory) == 2
    assert memory.recall("general", "ada") == State()


def test_a_person_can_be_forgotten() -> None:
    memory = Memory(Clock())
    memory.remember("general", "ada", BELGIUM)
    memory.remember("random", "ada", BELGIUM)
    memory.forget("ada")
    assert len(memory) == 0


def test_a_dialogue_that_begins_anew_is_not_kept() -> None:
    memory = Memory(Clock())
    memory.remember("general", "ada", BELGIUM)
    memory.remember("general", "ada", State())
    assert len(memory) == 0
