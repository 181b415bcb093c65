"""Sending: one reply for one question, shown as busy after a second, and as plain text where a card is refused."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord

from bot.chat import errors

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds after which the asker is shown that work goes on; Discord gives up on an interaction after three."""


RETRY_AFTER = 0.5
"""Seconds before the one more attempt that a failing net is given; within the three of an interaction."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send: a card, or text; a card may carry the text to fall back on."""

    text: str = ""
    view: discord.ui.LayoutView | None = None
    files: tuple[discord.File, ...] = ()
    private: bool = False
    """Shown to the asker alone, where Discord can do so."""

    def arguments(self, *, plain: bool = False) -> dict[str, Any]:
        """The keyword arguments of discord.py's send methods."""
        chosen: dict[str, Any] = {"allowed_mentions": discord.AllowedMentions.none()}
        if self.view is not None and not plain:
            # A finished view is drawn but not remembered: presses are routed by their ids, so nothing piles up.
            self.view.stop()
            chosen["view"] = self.view
        else:
            chosen |= {"content": self.text[:2000] or "…", "suppress_embeds": True}
        if self.files:
            for file in self.files:
                file.reset()
            chosen["files"] = list(self.files)
        return chosen


@dataclass(frozen=True, slots=True)
class Silence:
    """No reply at all: the work has already answered."""

    reason: str = field(default="answered elsewhere")


Work = Coroutine[Any, Any, Reply | Silence]


async def respond(interaction: discord.Interaction, work: Work, *, private: bool = False) -> None:
    """Do the work and send its reply; acknowledge within a second whatever happens."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done and not interaction.response.is_done():
            await interaction.response.defer(ephemeral=private, thinking=True)
        reply = await task
    finally:
        task.cancel()
    if isinstance(reply, Reply):
        await send(interaction, reply, deferred_private=private)


async def rewrite(interaction: discord.Interaction, work: Work) -> None:
    """Do the work and put its reply in place of the message whose component was pressed."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done and not interaction.response.is_done():
            await interaction.response.defer()
        reply = await task
    finally:
        task.cancel()
    if not isinstance(reply, Reply):
        return
    chosen = reply.arguments()
    chosen.pop("suppress_embeds", None)
    if "files" in chosen:
        chosen["attachments"] = chosen.pop("files")
    elif reply.view is not None:
        chosen["attachments"] = []
    if interaction.response.is_done():
        await interaction.edit_original_response(**chosen)
    else:
        await interaction.response.edit_message(**chosen)


async def send(interaction: discord.Interaction, reply: Reply, *, deferred_private: bool = False) -> None:
    """Send a reply by the way that is open: the first response, or a followup."""
    thinking = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    if thinking and reply.private and not deferred_private:
        # The public "thinking" would become public words; take it back first.
        await interaction.delete_original_response()
    try:
        await _send_once(interaction, reply.arguments(), reply.private or deferred_private)
    except discord.HTTPException as error:
        if not _card_refused(error, reply):
            raise
        log.warning("a card was refused and sent as text: %s", error.text[:300])
        await _send_once(interaction, reply.arguments(plain=True), reply.private or deferred_private)


async def _send_once(interaction: discord.Interaction, chosen: dict[str, Any], private: bool) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=private, **chosen)
        return
    try:
        await _patiently(lambda: interaction.response.send_message(ephemeral=private, **chosen))
    except discord.HTTPException as error:
        # The first attempt was taken, and only its acknowledgement was lost.
        if error.code != errors.ALREADY_ACKNOWLEDGED:
            raise


async def _patiently(send: Callable[[], Awaitable[Any]]) -> None:
    """Try once more where the net or Discord fails for a moment; discord.py itself repeats 500, 502 and 504 only."""
    try:
        await send()
    except discord.HTTPException as error:
        if error.status != 503:
            raise
    except (aiohttp.ClientConnectionError, ConnectionError):
        pass
    else:
        return
    await asyncio.sleep(RETRY_AFTER)
    await send()


async def say(interaction: discord.Interaction, words: str) -> None:
    """Tell the asker alone."""
    await send(interaction, Reply(words, private=True))


async def answer_message(message: discord.Message, work: Work) -> None:
    """Reply to a message without pinging its author, typing while it takes more than a second."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if done:
            reply = task.result()
        else:
            async with message.channel.typing():
                reply = await task
    finally:
        task.cancel()
    if not isinstance(reply, Reply):
        return
    try:
        await _reply_once(message, reply.arguments())
    except discord.HTTPException as error:
        if not _card_refused(error, reply):
            raise
        log.warning("a card was refused and sent as text: %s", error.text[:300])
        await _reply_once(message, reply.arguments(plain=True))


async def _reply_once(message: discord.Message, chosen: dict[str, Any]) -> None:
    # The question may have been deleted meanwhile; its answer is then posted without a reference.
    reference = message.to_reference(fail_if_not_exists=False)
    # One nonce for every attempt: Discord keeps a message that it took although its acknowledgement was lost.
    chosen["nonce"] = secrets.token_hex(12)
    await _patiently(lambda: message.channel.send(reference=reference, mention_author=False, **chosen))


def _card_refused(error: discord.HTTPException, reply: Reply) -> bool:
    return (
        error.status == 400
        and reply.view is not None
        and bool(reply.text)
        and error.code != errors.ALREADY_ACKNOWLEDGED
    )
