"""Long work that writes nothing: its moderator sees how far it is, and may stop it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import discord

from bot.chat.errors import Kindly
from bot.chat.replies import UNSENT, Reply, card_reply, is_acknowledged, tell_meanwhile
from bot.chat.views import button
from bot.render.markdown import escaped

TOLD_EVERY = 3.0
"""Seconds between two looks at how far it is; edits of one message are few by Discord's rule."""
T = TypeVar("T")
Begin = Callable[[Callable[[int, int], None]], Coroutine[Any, Any, T]]


class LongWork:
    """The work that runs, one for each moderator: beginning another stops the one before."""

    def __init__(self) -> None:
        self._running: dict[int, asyncio.Task[Any]] = {}
        self._stopped: set[asyncio.Task[Any]] = set()

    async def done(self, interaction: discord.Interaction, begin: Begin[T], name: str) -> T:
        """The result of work that tells its progress; raises Kindly when its moderator stopped it."""
        who, reached = interaction.user.id, [0, 0]

        def progress(rows: int, of: int) -> None:
            reached[:] = rows, of

        self._stop(who)
        work = asyncio.create_task(begin(progress), name="long work")
        told = asyncio.create_task(_tell(interaction, reached, name), name="telling progress")
        self._running[who] = work
        try:
            return await work
        except asyncio.CancelledError:
            if work not in self._stopped:  # the bot itself stops
                raise
            raise Kindly(f"Stopped reading {escaped(name[:80])}. Nothing was written.") from None
        finally:
            told.cancel()
            work.cancel()
            self._stopped.discard(work)
            if self._running.get(who) is work:
                del self._running[who]

    async def stopped(self, who: int) -> Reply:
        """Stop somebody's work, and say so."""
        stopped = self._stop(who)
        return card_reply("Stopping …" if stopped else "Nothing of yours is being read.")

    def _stop(self, who: int) -> bool:
        work = self._running.pop(who, None)
        if work is None:
            return False
        self._stopped.add(work)
        return work.cancel()


async def _tell(interaction: discord.Interaction, reached: list[int], name: str) -> None:
    """Show how far the work is, once Discord shows that it takes longer; nobody waits for that."""
    while True:
        await asyncio.sleep(TOLD_EVERY)
        rows, of = reached
        if not (rows and is_acknowledged(interaction)):
            continue
        count = f"{rows:,} of about {of:,} rows" if of else f"{rows:,} rows"
        text = f"### Reading {escaped(name[:80])}\n{count}. Nothing is written."
        told = card_reply(text, buttons=(button("Stop", "readstop", owner=interaction.user.id),))
        with contextlib.suppress(*UNSENT):
            await tell_meanwhile(interaction, told)
