"""Texts and pages stay within Discord's limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.views import cut, pages_of

LINES = st.lists(st.text(st.characters(blacklist_characters="\n"), max_size=300), max_size=60)


@given(st.text(max_size=400), st.integers(10, 300))
def test_a_cut_text_fits_and_a_short_one_stays(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == (text or "…") or len(text) > limit


@given(LINES, st.integers(20, 500))
def test_pages_hold_every_line_in_order(lines: list[str], limit: int) -> None:
    pages = pages_of(lines, limit)
    assert pages
    assert all(len(page) <= limit for page in pages)
    if all(0 < len(line) <= limit for line in lines):
        assert [line for page in pages for line in page.split("\n") if line] == lines
