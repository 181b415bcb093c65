"""Texts and pages stay within Discord's limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.views import cut


@given(st.text(max_size=400), st.integers(10, 300))
def test_a_cut_text_fits_and_a_short_one_stays(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == (text or "…") or len(text) > limit
