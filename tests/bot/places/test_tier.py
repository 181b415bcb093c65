"""Names held as text are found as a list of them would be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.places.tier import Tier

NAMES = st.lists(st.text("abcé€𐍈", min_size=1, max_size=6), unique=True).map(sorted)


@given(NAMES, st.text("abcé€𐍈 ", max_size=4))
def test_what_begins_so_and_what_is_held(names: list[str], text: str) -> None:
    tier = Tier(names)
    assert sorted(tier) == names
    assert (text in tier) == (text in names)
    shorter_first = sorted(names, key=len)
    assert list(tier.beginning(text)) == [name for name in shorter_first if text and name.startswith(text)]


@given(NAMES, st.integers(0, 6), st.integers(0, 6))
def test_names_of_a_length(names: list[str], shortest: int, longest: int) -> None:
    tier = Tier(names)
    within = [name for name in names if shortest <= len(name) <= longest]
    assert sorted(tier.sized("", shortest, longest)) == within
    found = tier.sized("a", shortest, longest)
    assert sorted(found) == [name for name in within if name.startswith("a")]
    assert found == sorted(found, key=len)
