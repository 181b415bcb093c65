"""Makes the pictures of the documentation from the demo page, as a phone shows it: python -m tools.screenshots [NAME …]

Needs chromium (apt-get install chromium) and the extra "demo"; nothing of it runs in the bot. Each picture is what
stands on a screen of 390 by 844 with the chat at its end, and carries in a text chunk where on it the number is.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import open_parts
from bot.chat.demo import Stage, open_page, open_stage, welcome
from bot.chat.options import ChatOptions
from config.settings import Settings
from tools.browser import PHONE, Page, open_browser

if TYPE_CHECKING:
    from simcord import Preview

HERE = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
CHUNK = "inflow"
"""The key of the text chunk that says what to find on a picture, and where."""
COLOURS = 200
TRIES = 3
"""How often Enter is pressed: a page that is busy takes no key."""
COMPOSER = "document.querySelector('#channel-composer-input')"
MESSAGES = "[...document.querySelectorAll('#channel-message-list > article')]"
QUIET = (
    '!document.querySelector(\'article[aria-busy="true"], article button[aria-disabled="true"]\')'
    " && [...document.images].every(image => image.complete && image.naturalWidth)"
)
PLACE = """(() => {{
  const card = {messages}.at(-1), walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
    const at = node.data.indexOf({text}), range = document.createRange();
    if (at < 0 || node.parentElement.closest('.message-reply')) continue;
    range.setStart(node, at); range.setEnd(node, at + {text}.length);
    const box = range.getBoundingClientRect();
    return [box.x, box.y, box.width, box.height].map(Math.round);
  }}
  return null;
}})()"""


class Member:
    """Somebody at the page: writes, taps, looks."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page = page
        self.stage = stage

    async def arrives(self, preview: Preview) -> None:
        """Open the page and leave only the channel on the screen."""
        await self.page.open(preview.url)
        await self.page.wait_for(f"{COMPOSER}?.placeholder.startsWith('Message #')")
        await asyncio.sleep(1.5)  # its scripts settle after that
        await self.settles()

    async def asks(self, text: str) -> None:
        """Write a question and wait for its answer."""
        before = await self.count()
        await self.page.run(COMPOSER + ".focus()")
        await self.page.send("Input.insertText", text=text)
        for _ in range(TRIES):
            for kind in ("keyDown", "keyUp"):
                await self.page.send("Input.dispatchKeyEvent", type=kind, key="Enter", windowsVirtualKeyCode=13)
            with suppress(TimeoutError):
                await self.page.wait_for(f"{MESSAGES}.length >= {before + 2}", 20)
                break
        await self.settles()

    async def taps(self, label: str) -> None:
        """Tap the last button with a label and wait until the page is quiet."""
        await self.page.run(
            f"[...document.querySelectorAll('button')].filter(one => one.textContent.trim() === {json.dumps(label)})"
            ".at(-1).click()"
        )
        await asyncio.sleep(0.5)
        await self.settles()

    async def settles(self) -> None:
        """Wait until the page is quiet, at its newest message."""
        await self.page.run(
            "document.querySelectorAll('[data-workbench]').forEach(part => part.style.display = 'none')"
        )
        await self.page.wait_for(QUIET)
        await self.page.run(f"{MESSAGES}.at(-1)?.scrollIntoView({{block: 'end'}})")
        await self.page.run("document.activeElement?.blur()")
        await asyncio.sleep(0.3)

    async def count(self) -> int:
        """How many messages stand there."""
        return int(await self.page.run(f"{MESSAGES}.length"))

    async def height(self) -> float:
        """How high the newest message is, its card and buttons included."""
        return float(await self.page.run(f"{MESSAGES}.at(-1).getBoundingClientRect().height"))

    async def place_of(self, text: str) -> list[int] | None:
        """Where a text of the newest message stands on the screen: left, top, width, height."""
        found: list[int] | None = await self.page.run(PLACE.format(messages=MESSAGES, text=json.dumps(text)))
        return found


@dataclass(frozen=True, slots=True)
class Scene:
    """What is asked and tapped, and which text of the newest message a reader looks for."""

    looked_for: str = ""
    asked: str = ""
    tapped: str = ""
    from_top: bool = False

    async def play(self, member: Member) -> None:
        """Ask, tap, and look at the end or the top of what came."""
        if self.asked:
            await member.asks(self.asked)
        if self.tapped:
            await member.taps(self.tapped)
        if self.from_top:
            await member.page.run(f"{MESSAGES}.at(-1).scrollIntoView({{block: 'start'}})")


_BELGIANS = "How many Belgians left for Syria in 2016?"
SCENES = {
    "answer": Scene("4 people", _BELGIANS),
    "whole": Scene("4 people", _BELGIANS, "All figures", from_top=True),
    "sources": Scene("HLN", _BELGIANS, "Sources", from_top=True),
    "doubt": Scene("Congo", "congo"),
    "typo": Scene("6,000", "Tunisa 2015"),
    "refusal": Scene("person", "who is the most wanted fighter"),
    "rank": Scene("37.4", "top 5 western europe per million"),
    "chart": Scene(asked="Tunisia over time", tapped="Chart"),
    "arabic": Scene("4", "كم عدد البلجيكيين الذين غادروا إلى سوريا في 2016؟"),
    "greeting": Scene("Hello"),
}


@asynccontextmanager
async def opened() -> AsyncIterator[Member]:
    """A member at a phone in front of the demo, with a database of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = Settings(database_url=f"sqlite+aiosqlite:///{folder}/inflow.db", _env_file=None)
        async with open_parts(settings) as parts, open_stage(parts, ChatOptions(announcer_seconds=0)) as stage:
            await welcome(stage)
            async with (
                open_page(stage, port=0, width=PHONE[0], height=PHONE[1]) as preview,
                open_browser(*PHONE) as page,
            ):
                member = Member(page, stage)
                await member.arrives(preview)
                yield member


async def make(names: list[str], out: Path) -> None:
    """Play each scene on a fresh stage and write what is seen."""
    for name in names:
        async with opened() as member:
            await SCENES[name].play(member)
            text = SCENES[name].looked_for
            place = await member.place_of(text) if text else None
            seen = {"text": text, "place": place, "height": await member.height()}
            picture = small(await member.page.shoot(), json.dumps(seen))
        await asyncio.to_thread((out / f"{name}-phone.png").write_bytes, picture)
        print(f"{name}-phone.png", len(picture) // 1024, "kB", seen, flush=True)


def small(picture: bytes, note: str) -> bytes:
    """A picture with as few colours as a page of text needs, and a note inside."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with Image.open(io.BytesIO(picture)) as seen:
        few = seen.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    packed, told = io.BytesIO(), PngInfo()
    told.add_text(CHUNK, note)
    few.save(packed, "PNG", optimize=True, pnginfo=told)
    return packed.getvalue()


if __name__ == "__main__":
    asyncio.run(make(sys.argv[1:] or list(SCENES), HERE))
