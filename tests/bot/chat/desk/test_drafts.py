"""Drafts: one author, one use, fifteen minutes."""

from __future__ import annotations

import weakref

import pytest

from bot.chat.desk.drafts import HELD_SECONDS, Drafts
from bot.chat.errors import Kindly


def test_a_draft_is_taken_once_by_its_author() -> None:
    drafts = Drafts()
    key = drafts.keep(7, "a change")
    assert drafts.take(key, 7) == "a change"
    with pytest.raises(Kindly):
        drafts.take(key, 7)


def test_another_cannot_take_it_and_does_not_spend_it() -> None:
    drafts = Drafts()
    key = drafts.keep(7, "a change")
    with pytest.raises(Kindly):
        drafts.take(key, 8)
    assert drafts.take(key, 7) == "a change"


def test_it_is_gone_after_a_while() -> None:
    now = [0.0]
    drafts = Drafts(lambda: now[0])
    key = drafts.keep(7, "a change")
    now[0] = HELD_SECONDS + 1
    with pytest.raises(Kindly, match="no longer held"):
        drafts.take(key, 7)


def test_the_oldest_gives_way() -> None:
    drafts = Drafts(held=2)
    first, second, third = (drafts.keep(7, number) for number in range(3))
    with pytest.raises(Kindly):
        drafts.take(first, 7)
    assert [drafts.take(second, 7), drafts.take(third, 7)] == [1, 2]


def test_what_nobody_confirmed_in_time_is_let_go_with_the_next() -> None:
    now = [0.0]
    drafts = Drafts(lambda: now[0])
    large = _Large()
    forgotten = weakref.ref(large)
    drafts.keep(7, large)
    del large
    now[0] = HELD_SECONDS + 1
    drafts.keep(8, "another")
    assert forgotten() is None


class _Large:
    """A change that takes much memory."""
