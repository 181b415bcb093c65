"""A bounded cache forgets what was not used for longest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.store.lru import WeightedLRU


def test_the_least_recently_used_goes_first() -> None:
    cache: WeightedLRU[str, int] = WeightedLRU(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_heavier_than_the_limit_is_not_held_and_pushes_nothing_out() -> None:
    cache: WeightedLRU[str, int] = WeightedLRU(5)
    cache.put("a", 1, 3)
    cache.put("big", 2, 6)
    assert (cache.get("a"), cache.get("big")) == (1, None)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6)), max_size=60))
def test_the_weight_is_the_sum_of_what_is_held_and_within_the_limit(puts: list[tuple[int, int]]) -> None:
    cache: WeightedLRU[int, int] = WeightedLRU(10)
    held: dict[int, int] = {}
    for key, weight in puts:
        cache.put(key, key, weight)
        held[key] = weight
        assert cache.weight <= 10
        assert cache.weight == sum(held[known] for known in range(10) if cache.get(known) is not None)
