"""Makes the pictures of the documentation from the demo page: python docs/screenshots/make.py [NAME …]

Needs chromium (apt-get install chromium) and the extra "demo"; nothing of it runs in the bot.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE)]

from browser import DESK, PHONE, Page, open_browser  # noqa: E402
from PIL import Image  # noqa: E402

from bot.app import open_parts  # noqa: E402
from bot.chat.demo import Stage, open_page, open_stage  # noqa: E402
from bot.chat.options import ChatOptions  # noqa: E402
from config.settings import Settings  # noqa: E402

MESSAGES = "[...document.querySelectorAll('#channel-message-list > *')]"


class Member:
    """Somebody at the page: writes, taps, looks."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page = page
        self.stage = stage

    async def bare(self) -> None:
        """Leave only the channel on the screen."""
        await self.page.run(
            "document.querySelectorAll('[data-workbench]').forEach(part => part.style.display = 'none')"
        )

    async def asks(self, text: str) -> None:
        """Write a question and wait for its answer."""
        before = await self._count()
        await self._writes(text)
        await self._presses("Enter")
        await self.page.wait_for(f"{MESSAGES}.length >= {before + 2}")
        await self.settles()

    async def taps(self, label: str) -> None:
        """Tap the last button with a label and wait until the page is quiet."""
        await self.page.run(
            f"[...document.querySelectorAll('button')].filter(one => one.textContent.trim() === {json.dumps(label)})"
            ".at(-1).click()"
        )
        await self.settles()

    async def looks(self, width: int) -> bytes:
        """The whole conversation as a picture, however long it is."""
        tall = await self.page.run(
            "document.querySelector('#channel-message-list').getBoundingClientRect().height"
            " + document.querySelector('.channel-header').offsetHeight"
            " + document.querySelector('#channel-composer').offsetHeight"
        )
        await self.page.size(width, max(500, min(round(tall) + 60, 3000)))
        await asyncio.sleep(0.6)
        await self.bare()
        await self.page.run("document.activeElement?.blur()")
        await asyncio.sleep(0.2)
        return await self.page.shoot()

    async def runs(self, command: str) -> None:
        """Write a command without options and send it."""
        await self._writes(f"/{command}")
        await asyncio.sleep(1.0)
        for _ in range(3):
            await self._presses("Enter")
            await asyncio.sleep(1.0)
        await self.settles()

    async def _writes(self, text: str) -> None:
        await self.page.run("document.querySelector('#channel-composer-input').focus()")
        await self.page.send("Input.insertText", text=text)

    async def _presses(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            await self.page.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=13)

    async def _count(self) -> int:
        return int(await self.page.run(f"{MESSAGES}.length"))

    async def settles(self) -> None:
        """Wait until the page is quiet, at its newest message."""
        await asyncio.sleep(1.0)
        await self.bare()
        await self.page.run(f"{MESSAGES}.at(-1).scrollIntoView({{block: 'end'}})")
        await asyncio.sleep(0.3)


async def answer(member: Member) -> None:
    """An answer with rival claims."""
    await member.asks("How many Belgians left for Syria in 2016?")


async def whole(member: Member) -> None:
    """The same answer with every figure and remark."""
    await member.asks("How many Belgians left for Syria in 2016?")
    await member.taps("All figures")


async def sources(member: Member) -> None:
    """Where an answer comes from."""
    await member.asks("How many Belgians left for Syria in 2016?")
    await member.taps("Sources")


async def doubt(member: Member) -> None:
    """A question back."""
    await member.asks("congo")


async def typo(member: Member) -> None:
    """A typo is read, and the answer says how."""
    await member.asks("Tunisa 2015")


async def relay(member: Member) -> None:
    """Two reports of one assessment that do not say the same."""
    await member.asks("inflow 2016")


async def refusal(member: Member) -> None:
    """A kind refusal with questions to tap."""
    await member.asks("who is the most wanted fighter")


async def change(member: Member) -> None:
    """Reading a question differently."""
    await member.asks("Belgium 2016")
    await member.taps("Change the question")


async def rank(member: Member) -> None:
    """A ranking."""
    await member.asks("top 5 western europe per million")


async def chart(member: Member) -> None:
    """A chart."""
    await member.asks("Tunisia over time")
    await member.taps("Chart")


async def thread(member: Member) -> None:
    """A long answer goes on in a thread."""
    await member.asks("how many people had gone by end of 2015")
    await member.taps("Thread")


async def greeting(member: Member) -> None:
    """What a new server sees first."""
    bot = member.stage.env.bot
    bot.dispatch("guild_join", bot.get_guild(member.stage.server.id))
    await asyncio.sleep(1.0)
    await member.page.run("location.reload()")  # the page hears of what its own people do only
    await member.page.wait_for(f"{MESSAGES}.length >= 1")
    await member.settles()


async def commands(member: Member) -> None:
    """The help."""
    await member.runs("help")


SCENES: dict[str, Callable[[Member], Awaitable[None]]] = {
    scene.__name__: scene
    for scene in (answer, whole, sources, doubt, typo, relay, refusal, change, rank, chart, thread, greeting, commands)
}
COLOURS = 200
SIZES = {"phone": PHONE, "desk": DESK}


@asynccontextmanager
async def opened() -> AsyncIterator[Stage]:
    """The bot on its stage, with a database of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = Settings(database_url=f"sqlite+aiosqlite:///{folder}/inflow.db", _env_file=None)
        async with open_parts(settings) as parts, open_stage(parts, ChatOptions(announcer_seconds=0)) as stage:
            yield stage


async def make(names: list[str], out: Path) -> None:
    """Play each scene at each size on a fresh stage and write what is seen."""
    for name in names:
        for size, (width, height) in SIZES.items():
            async with (
                opened() as stage,
                open_page(stage, port=0, width=width, height=height) as preview,
                open_browser(width, height) as page,
            ):
                await page.open(preview.url)
                await page.wait_for(
                    "document.querySelector('#channel-composer-input')?.placeholder.startsWith('Message #')"
                )
                await asyncio.sleep(1.5)  # its scripts settle after that
                member = Member(page, stage)
                await SCENES[name](member)
                picture = await member.looks(width)
            picture = small(picture)
            await asyncio.to_thread((out / f"{name}-{size}.png").write_bytes, picture)
            print(f"{name}-{size}.png", len(picture) // 1024, "kB", flush=True)


def small(picture: bytes) -> bytes:
    """A picture with as few colours as a page of text needs."""
    with Image.open(io.BytesIO(picture)) as seen:
        few = seen.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


if __name__ == "__main__":
    asyncio.run(make(sys.argv[1:] or list(SCENES), HERE))
