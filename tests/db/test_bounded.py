"""A bounded cache forgets what was not used for longest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.bounded import Bounded, Key, Stamped


def test_the_least_recently_used_goes_first() -> None:
    cache: Bounded[str, int] = Bounded(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_heavier_than_the_limit_is_not_held_and_pushes_nothing_out() -> None:
    cache: Bounded[str, int] = Bounded(5)
    cache.put("a", 1, 3)
    cache.put("big", 2, 6)
    assert (cache.get("a"), cache.get("big")) == (1, None)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6)), max_size=60))
def test_the_weight_is_the_sum_of_what_is_held_and_within_the_limit(puts: list[tuple[int, int]]) -> None:
    cache: Bounded[int, int] = Bounded(10)
    for key, weight in puts:
        cache.put(key, key, weight)
        assert cache.weight == sum(weight for _, _, weight in cache.items()) <= 10
    assert len(cache) == len(list(cache.items()))


def test_states_share_what_has_the_same_stamp() -> None:
    shared: Bounded[Key, str] = Bounded(3)
    stamps = {"old": {"BE": 1, "FR": 1}, "new": {"BE": 2, "FR": 1}}
    old, new = (Stamped(shared, stamps[name].__getitem__) for name in ("old", "new"))
    old.put(("BE", "a"), "before")
    old.put(("FR", "a"), "same")
    assert (new.get(("BE", "a")), new.get(("FR", "a"))) == (None, "same")
    new.put(("BE", "a"), "after")
    assert (old.get(("BE", "a")), new.get(("BE", "a"))) == ("before", "after")
    new.put(("FR", "b"), "more")
    assert old.get(("FR", "b")) == "more"
    assert new.weight == 3
