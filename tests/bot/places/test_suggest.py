"""Completing a name while it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.catalogue import places
from bot.places.resolve import Resolver


@pytest.mark.parametrize(
    ("prefix", "first"),
    [("bela", "BY"), ("belg", "BE"), ("Belgium", "BE"), ("dutch", "NL"), ("hollan", "NL"), ("gulf", "R:gulf"),
     ("wor", "R:world"), ("trukey", "TR"), ("österr", "AT"), ("uk", "GB")],
)  # fmt: skip
def test_the_likeliest_place_comes_first(prefix: str, first: str) -> None:
    assert Resolver.load().suggest(prefix)[0] == first


def test_nothing_typed_offers_something_and_never_more_than_the_limit() -> None:
    assert 0 < len(Resolver.load().suggest("", limit=5)) <= 5
    assert len(Resolver.load().suggest("a")) == 25
    assert Resolver.load().suggest("a", limit=0) == ()


@given(st.text(max_size=200))
def test_any_prefix_gives_places_held_each_once(prefix: str) -> None:
    offered = Resolver.load().suggest(prefix)
    assert len(set(offered)) == len(offered) <= 25
    assert set(offered) <= set(places())
