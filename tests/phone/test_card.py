"""A card on a screen of 390 by 844, in a real browser, with the chat scrolled to its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.util import find_spec

import pytest
import pytest_asyncio

from bot.chat.demo import PREVIEW
from tools.browser import PHONE, browser
from tools.screenshots import Member, opened

MOST = 560
"""Pixels of a card with its buttons: the rest of the screen is the question and what the app itself needs."""
ASKED = {
    "How many Belgians left for Syria in 2016?": "4 people",
    "Combien de Belges sont partis en Syrie en 2016 ?": "4 personnes",
    "Wie viele Belgier reisten 2016 nach Syrien?": "4 Personen",
    "كم عدد البلجيكيين الذين غادروا إلى سوريا في 2016؟": "4",
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser() is None, reason="chromium is not installed"),
    pytest.mark.skipif(
        any(find_spec(name) is None for name in PREVIEW), reason="the page of the demo needs the extra inflow[demo]"
    ),
]


@pytest_asyncio.fixture
async def member() -> AsyncIterator[Member]:
    async with opened() as found:
        yield found


async def test_the_readme_s_card_fits_a_phone_and_its_number_is_seen_after_sending(member: Member) -> None:
    for question, number in ASKED.items():
        await member.asks(question)
        assert await member.height() <= MOST, question
        place = await member.place_of(number)
        assert place is not None, question
        left, top, wide, high = place
        assert 0 <= left <= left + wide <= PHONE[0]
        assert 48 <= top <= top + high <= PHONE[1] - 60, "below the channel's name, above the line to write in"
