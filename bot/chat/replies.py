"""Sending: one reply for one question, shown as busy after a second, and as plain text where a card is refused."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any, TypeVar

import aiohttp
import discord

from bot.chat import errors
from bot.chat.options import ChatOptions
from bot.chat.views import Button, text_card

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds after which the asker is shown that work goes on; Discord gives up on an interaction after three."""


RETRY_AFTER = 0.3
"""Seconds before the one more attempt that a failing net is given; within the three of an interaction."""
FIRST_WITHIN = 1.2
"""Seconds for one attempt at a first response without files.

One that hangs, begun when patience was at its end, leaves time for another: 1.0 + 1.2 + 0.3 s is before the third
second.
"""
TYPING_EVERY = 8.0
"""Seconds after which Discord is told again that an answer is being written; it shows so for ten."""
SEND_WITHIN = 15.0
"""Seconds for one attempt at anything else, discord.py's own repetitions included."""
WAITS = "waits"
"""The mark of an interaction whose asker waits, beside what they see meanwhile."""
UNSENT = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What keeps something from being sent; where time is up, too, which is an OSError."""
LOOKED_AT = 100
"""Messages among which an earlier attempt at a post is looked for."""


class Waits(Enum):
    """What somebody sees since Discord was told that work goes on; kept with the interaction."""

    THINKING = "for all to see"
    THINKING_ALONE = "for the asker"
    UNCHANGED = "the message whose component was pressed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send: a card, which can go as an ordinary message too, or text alone."""

    text: str = ""
    view: discord.ui.LayoutView | None = None
    files: tuple[discord.File, ...] = ()
    private: bool = False
    """Shown to the asker alone, where Discord can do so."""
    plain: bool = False
    """Sent as an ordinary message from the start, for clients that do not show cards."""

    def arguments(self, *, plain: bool = False) -> dict[str, Any]:
        """The keyword arguments of discord.py's send methods."""
        chosen: dict[str, Any] = {"allowed_mentions": discord.AllowedMentions.none()}
        if self.view is not None and not (plain or self.plain):
            # A finished view is drawn but not remembered: presses are routed by their ids, so nothing piles up.
            self.view.stop()
            chosen["view"] = self.view
        elif self.view is not None:
            from bot.chat.plain_form import controls_of, text_of

            chosen |= {"content": text_of(self.view), "suppress_embeds": True, "view": controls_of(self.view)}
        else:
            chosen |= {"content": self.text[:2000] or "…", "suppress_embeds": True}
        if self.files:
            for file in self.files:
                file.reset()
            chosen["files"] = list(self.files)
        return chosen


def card_reply(
    text: str, *, buttons: Sequence[Button] = (), accent: discord.Colour | None = None, private: bool = True
) -> Reply:
    """A card of text with buttons below it, to the asker alone unless told otherwise."""
    return Reply(view=text_card(text, buttons=buttons, accent=accent), private=private)


Work = Coroutine[Any, Any, Reply]
Send = Callable[[], Awaitable[Any]]
T = TypeVar("T")


async def respond(
    interaction: discord.Interaction, work: Work, *, private: bool = False, waiting: Reply | None = None
) -> None:
    """Do the work and send its reply; acknowledge within a second whatever happens, and say what is waited for."""
    reply = await _worked(interaction, work, Waits.THINKING_ALONE if private else Waits.THINKING, waiting)
    await send(interaction, replace(reply, private=reply.private or private))


async def _worked(interaction: discord.Interaction, work: Work, waits: Waits, waiting: Reply | None = None) -> Reply:
    """The reply of some work; where it takes longer, Discord is told so meanwhile."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done and not interaction.response.is_done():
            await _acknowledge(interaction, waits)
            if waiting is not None:
                with contextlib.suppress(*UNSENT):
                    await tell_meanwhile(interaction, waiting)
        return await _result(task)
    except asyncio.CancelledError:
        await _tell_of_the_stop(interaction)
        raise
    finally:
        task.cancel()


async def _acknowledge(interaction: discord.Interaction, waits: Waits) -> None:
    """Tell Discord that work goes on, until it says that it knows or that nobody waits any more.

    Were the work given up where receipts stay away, somebody who sees "thinking" would see it for a quarter of an hour.
    """
    how = {} if waits is Waits.UNCHANGED else {"thinking": True, "ephemeral": waits is Waits.THINKING_ALONE}
    defer = partial(interaction.response.defer, **how)
    try:
        await _taken_once(defer, FIRST_WITHIN)
    except (discord.DiscordServerError, aiohttp.ClientConnectionError, OSError):
        await _taken_once(defer, SEND_WITHIN)
    interaction.extras[WAITS] = waits


async def _result(task: asyncio.Task[Reply]) -> Reply:
    """The work's result; whoever waits can be cancelled at once, though the work hangs in a thread."""
    if not task.done():
        await asyncio.wait({task})
    return task.result()


async def rewrite(interaction: discord.Interaction, work: Work) -> None:
    """Do the work and put its reply in place of the message whose component was pressed."""
    if interaction.message is None:  # a form that came from no message has none to rewrite
        await respond(interaction, work)
        return
    reply = await _worked(interaction, work, Waits.UNCHANGED)
    # A card stays a card and an ordinary message an ordinary one: Discord lets neither become the other.
    chosen = _as_edit(reply.arguments(plain=_is_ordinary(interaction.message)))
    if reply.view is not None:
        chosen.setdefault("attachments", [])
    if is_acknowledged(interaction):
        await _patiently(lambda: interaction.edit_original_response(**chosen), SEND_WITHIN, reply.files)
    else:
        await _taken_once(lambda: interaction.response.edit_message(**chosen), _first(reply.files), reply.files)


def _is_ordinary(message: discord.Message | None) -> bool:
    return message is not None and not message.flags.components_v2


def wished(client: discord.Client, reply: Reply) -> Reply:
    """The reply in the form that the operator chose: cards, or ordinary messages."""
    options = getattr(client, "options", None)
    return replace(reply, plain=True) if isinstance(options, ChatOptions) and options.plain_text else reply


def is_acknowledged(interaction: discord.Interaction) -> bool:
    """Whether Discord knows that the interaction is dealt with; the library knows it only from a receipt."""
    return WAITS in interaction.extras or interaction.response.is_done()


async def send(interaction: discord.Interaction, reply: Reply) -> None:
    """Send a reply by the way that is open: the first response, in place of "thinking", or a followup."""
    reply = wished(interaction.client, reply)
    waits = interaction.extras.get(WAITS)
    way = _followup if is_acknowledged(interaction) else _first_response
    if waits is Waits.THINKING and reply.private:
        # The public "thinking" would become public words; take it back first.
        await in_time(interaction.delete_original_response())
    elif waits in (Waits.THINKING, Waits.THINKING_ALONE):
        way = _in_place_of_thinking
    await _as_it_is_taken(reply, lambda chosen: way(interaction, chosen, reply.private))


async def tell_meanwhile(interaction: discord.Interaction, reply: Reply) -> None:
    """Show something in place of "thinking" while the work goes on; its reply comes there too."""
    await in_time(interaction.edit_original_response(**_as_edit(wished(interaction.client, reply).arguments())))


async def _first_response(interaction: discord.Interaction, chosen: dict[str, Any], private: bool) -> None:
    files = tuple(chosen.get("files", ()))
    await _taken_once(lambda: interaction.response.send_message(ephemeral=private, **chosen), _first(files), files)


async def _in_place_of_thinking(interaction: discord.Interaction, chosen: dict[str, Any], private: bool) -> None:
    # An edit, not a followup: repeated after a lost acknowledgement it is still one message.
    edit, files = _as_edit(chosen), tuple(chosen.get("files", ()))
    await _patiently(lambda: interaction.edit_original_response(**edit), SEND_WITHIN, files)


async def _followup(interaction: discord.Interaction, chosen: dict[str, Any], private: bool) -> None:
    await in_time(interaction.followup.send(ephemeral=private, **chosen))


def _as_edit(chosen: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a send as those of an edit."""
    edit = {key: value for key, value in chosen.items() if key not in ("suppress_embeds", "files")}
    return edit | {"attachments": chosen["files"]} if "files" in chosen else edit


async def in_time(sending: Awaitable[T], within: float = SEND_WITHIN) -> T:
    """What is sent once, or TimeoutError: nothing that Discord is asked may hang for longer."""
    async with asyncio.timeout(within):
        return await sending


async def show_form(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    """Open a form for the asker; it is a first response, and tried as one."""
    await _taken_once(lambda: interaction.response.send_modal(form), FIRST_WITHIN)


async def remove(interaction: discord.Interaction) -> None:
    """Take away the message whose component was pressed."""
    await _taken_once(lambda: interaction.response.defer(), FIRST_WITHIN)
    await in_time(interaction.delete_original_response())


def _first(files: Sequence[discord.File]) -> float:
    return SEND_WITHIN if files else FIRST_WITHIN


async def _taken_once(send: Send, within: float, files: Sequence[discord.File] = ()) -> None:
    """Give a first response, which Discord takes once: a second one refused shows that the first arrived."""
    try:
        await _patiently(send, within, files)
    except discord.HTTPException as error:
        if error.code != errors.ALREADY_ACKNOWLEDGED:
            raise


async def _patiently(send: Send, within: float, files: Sequence[discord.File] = ()) -> Any:
    """Try once more where the net or Discord fails or hangs; discord.py itself repeats 500, 502 and 504 only."""
    try:
        async with asyncio.timeout(within):
            return await send()
    except discord.HTTPException as error:
        # A 429 that reaches us came without the Via header, from before Discord itself.
        if error.status not in (429, 503):
            raise
        problem = f"status {error.status}"
    except (aiohttp.ClientConnectionError, ConnectionError, TimeoutError) as error:
        problem = type(error).__name__
    log.warning("sending failed (%s) and is tried once more", problem)
    await asyncio.sleep(RETRY_AFTER)
    for file in files:
        file.reset()
    async with asyncio.timeout(within):
        return await send()


async def _tell_of_the_stop(interaction: discord.Interaction) -> None:
    """Tell somebody who waits that nothing more comes; a failure of this is only logged, the stop goes on."""
    try:
        public = interaction.extras.get(WAITS) is Waits.THINKING
        await send(interaction, Reply(_stopping(interaction.locale.value), private=not public))
    except UNSENT as error:
        log.warning("could not tell of the stop: %s", type(error).__name__)


def _stopping(locale: str) -> str:
    return errors.say_in(locale, "stopping", commands=("changes",))


async def say(interaction: discord.Interaction, words: str) -> None:
    """Tell the asker alone."""
    await send(interaction, Reply(words, private=True))


async def answer_message(message: discord.Message, work: Work) -> discord.Message:
    """Reply to a message without pinging its author, typing while it takes more than a second; what was sent."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if done:
            reply = task.result()
        else:
            typing = asyncio.create_task(_typing(message.channel))
            try:
                reply = await _result(task)
            finally:
                typing.cancel()
    except asyncio.CancelledError:
        reference = message.to_reference(fail_if_not_exists=False)
        locale = message.guild.preferred_locale.value if message.guild else "en"
        await post(message.channel, Reply(_stopping(locale)), reference=reference, mention_author=False)
        raise
    finally:
        task.cancel()
    # The question may have been deleted meanwhile; its answer is then posted without a reference.
    reference = message.to_reference(fail_if_not_exists=False)
    return await post(message.channel, reply, reference=reference, mention_author=False)


async def amend(message: discord.Message, reply: Reply) -> None:
    """Put a reply in place of what a message of ours says; a card stays a card, an ordinary message an ordinary one."""
    if reply.view is None and not _is_ordinary(message):
        reply = replace(reply, view=text_card(reply.text))
    chosen = _as_edit(reply.arguments(plain=_is_ordinary(message))) | {"attachments": list(reply.files)}
    await _patiently(lambda: message.edit(**chosen), SEND_WITHIN, reply.files)


async def _typing(channel: discord.abc.Messageable) -> None:
    """Show that an answer is being written; nobody waits for that, and its failing matters to nobody."""
    with contextlib.suppress(*UNSENT):
        while True:
            await in_time(channel.typing(), FIRST_WITHIN)
            await asyncio.sleep(TYPING_EVERY)


async def post(channel: discord.abc.Messageable, reply: Reply, **further: Any) -> discord.Message:
    """Put a reply into a channel, as an ordinary message where the card is refused."""
    try:
        return await _as_it_is_taken(reply, lambda chosen: _post_once(channel, chosen | further))
    except discord.HTTPException as error:
        if error.code != errors.MAY_NOT_REPLY or not further:
            raise
        # Without the right to read the channel's history, an answer stands by itself.
        return await post(channel, reply)


async def post_to(where: discord.abc.Messageable, reply: Reply, *, nonce: str) -> discord.Message:
    """Post something that nobody waits for, once; as plain text where its card is refused."""
    return await _as_it_is_taken(reply, lambda chosen: in_time(where.send(**chosen, nonce=nonce)))


async def posted_before(
    where: discord.abc.Messageable, reply: Reply, *, nonce: str, since: datetime, by: int
) -> discord.Message | None:
    """The post of an earlier attempt whose receipt was lost; None where there is none, or it may not be looked.

    Discord itself knows a nonce again for some minutes only.
    """
    from bot.chat.plain_form import text_of

    text = reply.text if reply.view is None else text_of(reply.view)
    try:
        async with asyncio.timeout(SEND_WITHIN):
            async for message in where.history(limit=LOOKED_AT, after=since):
                if message.author.id == by and (message.nonce == nonce or _shown_text(message) == text):
                    return message
    except discord.Forbidden:
        log.warning("it cannot be seen whether an update was posted before: I may not read that channel's history")
    return None


def _shown_text(message: discord.Message) -> str:
    """What a message of ours says, whether it is a card or an ordinary one."""
    from bot.chat.quoted import shown_in

    return "\n".join(filter(None, (message.content, *shown_in(message))))


async def _post_once(channel: discord.abc.Messageable, chosen: dict[str, Any]) -> discord.Message:
    # One nonce for every attempt: Discord keeps a message that it took although its acknowledgement was lost.
    chosen["nonce"] = secrets.token_hex(12)
    sent: discord.Message = await _patiently(
        lambda: channel.send(**chosen), SEND_WITHIN, tuple(chosen.get("files", ()))
    )
    return sent


async def _as_it_is_taken(reply: Reply, send: Callable[[dict[str, Any]], Awaitable[T]]) -> T:
    """Send a reply as it is, or once more as plain text where Discord refuses its card."""
    try:
        return await send(reply.arguments())
    except discord.HTTPException as error:
        is_card = reply.view is not None and not reply.plain
        if error.status != 400 or not is_card or error.code in (errors.ALREADY_ACKNOWLEDGED, errors.MAY_NOT_REPLY):
            raise
        log.warning("a card was refused and sent as text: %s", error.text[:300])
        return await send(reply.arguments(plain=True))
