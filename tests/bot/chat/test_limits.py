"""Token buckets: fair to one, kind to all, bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.limits import FREE, Limits, pause_words


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_member_may_ask_at_the_rate_and_is_then_told_how_long_to_wait() -> None:
    clock = Clock()
    limits = Limits(3, 100, clock=clock)
    assert [limits.take(1, 9).allowed for _ in range(3)] == [True] * 3
    verdict = limits.take(1, 9)
    assert not verdict.allowed
    assert verdict.wait == pytest.approx(20.0)
    assert pause_words(verdict) == "You ask faster than I can answer with care. Please try again in 20 seconds."
    clock.now += verdict.wait
    assert limits.take(1, 9).allowed


def test_a_pause_is_told_once_however_many_questions_follow() -> None:
    limits = Limits(1, 100, clock=Clock())
    limits.take(1, 9)
    assert [limits.take(1, 9).tell for _ in range(4)] == [True, False, False, False]


def test_the_next_pause_is_told_again() -> None:
    clock = Clock()
    limits = Limits(1, 100, clock=clock)
    limits.take(1, 9)
    limits.take(1, 9)
    clock.now += 60
    assert limits.take(1, 9).allowed
    assert limits.take(1, 9).tell


def test_one_member_does_not_use_up_anothers_allowance() -> None:
    limits = Limits(1, 100, clock=Clock())
    limits.take(1, 9)
    assert limits.take(2, 9).allowed


def test_what_is_free_is_bounded_too_and_by_itself() -> None:
    clock = Clock()
    limits = Limits(2, 1, clock=clock)
    assert all(limits.take(1, 9, free=True).allowed for _ in range(2 * FREE))
    verdict = limits.take(1, 9, free=True)
    assert not verdict.allowed
    assert verdict.wait == pytest.approx(1.0)
    assert limits.take(1, 9).allowed
    assert limits.take(2, 9, free=True).allowed


def test_a_server_pauses_as_a_whole_and_a_direct_message_has_no_server() -> None:
    limits = Limits(10, 2, clock=Clock())
    limits.take(1, 9)
    limits.take(2, 9)
    verdict = limits.take(3, 9)
    assert (verdict.allowed, verdict.server) == (False, True)
    assert pause_words(verdict).startswith("This server asks")
    assert limits.take(3, None).allowed


def test_a_refused_question_takes_nothing_from_the_member() -> None:
    limits = Limits(2, 1, clock=Clock())
    limits.take(1, 9)
    limits.take(2, 9)
    assert limits.take(2, None).allowed
    assert limits.take(2, None).allowed
    assert not limits.take(2, None).allowed


def test_two_bots_never_share_an_allowance() -> None:
    first, second = Limits(1, 10, clock=Clock()), Limits(1, 10, clock=Clock())
    first.take(1, None)
    assert second.take(1, None).allowed


@given(st.lists(st.tuples(st.integers(1, 50), st.floats(0, 5)), max_size=200))
def test_memory_stays_bounded_and_nobody_beats_the_rate(asked: list[tuple[int, float]]) -> None:
    clock = Clock()
    limits = Limits(5, 10_000, clock=clock, held=60)
    allowed: dict[int, int] = {}
    for member, pause in asked:
        clock.now += pause
        allowed[member] = allowed.get(member, 0) + limits.take(member, None).allowed
    elapsed = clock.now - 1000.0
    assert all(count <= 5 + elapsed * 5 / 60 + 1e-6 for count in allowed.values())
    assert len(limits._buckets) <= 60
