"""Telling what is in the outbox: updates to their channel, notices to whoever watches; each once, never in a loop."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.update import COLOUR, notice_text
from bot.chat.options import ChatOptions, Parts
from bot.chat.replies import UNSENT, card_reply, in_time, post_to, posted_before, wished
from bot.words.words import words_of
from db.desk.due import is_anything_due
from db.model.errors import DatasetError

if TYPE_CHECKING:
    from db.desk import announcements as outbox

log = logging.getLogger(__name__)

MOST_AT_ONCE = 20
"""Posts of one round; the rest waits for the next, so that a flood of changes is no flood of messages."""


EARLIER = timedelta(minutes=5)
"""How far before its writing an earlier attempt is looked for: clocks of two machines differ."""


class Unreachable(Exception):
    """Nobody can be told: the channel or person is gone, closed to us, or not configured."""


class Announcer:
    """One task that follows the revisions and empties the outbox."""

    def __init__(self, client: discord.Client, parts: Parts, options: ChatOptions) -> None:
        self._client = client
        self._parts = parts
        self._options = options
        self._task: asyncio.Task[None] | None = None

    def start(self, seconds: float) -> None:
        """Begin to look every so many seconds."""
        self._task = asyncio.create_task(self._run(seconds), name="announcer")

    async def stop(self) -> None:
        """End after the post that is under way; what is left is told after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def round(self) -> int:
        """Look once: follow the revisions and send what is due; gives how many were sent."""
        parts = self._parts
        if not await is_anything_due(parts.database, at=parts.clock()):
            return 0
        from db.desk import announcements as outbox

        await outbox.follow_revisions(parts.database, at=parts.clock())
        sent = 0
        for _ in range(MOST_AT_ONCE):
            post = await outbox.claim(parts.database, at=parts.clock())
            if post is None:
                break
            sent += await self.deliver(post) is not None
        return sent

    async def deliver(self, post: outbox.Post) -> discord.Message | None:
        """Send one claimed post and settle it; None when it could not be sent now."""
        from db.desk import announcements as outbox

        database, clock, metrics = self._parts.database, self._parts.clock, self._parts.metrics
        try:
            message = await self._send(post)
        except (Unreachable, discord.Forbidden, discord.NotFound) as gone:
            log.warning("post %s cannot be delivered: %s", post.id, type(gone).__name__)
            # An update waits for the operator to mend the channel; a person who closed the door is left in peace.
            final = post.kind == outbox.NOTICE
            await outbox.settle_failed(database, post, problem=type(gone).__name__, at=clock(), final=final)
            metrics.announced("given_up" if final else "retried")
            return None
        except UNSENT as failure:
            log.warning("post %s failed, attempt %s: %s", post.id, post.attempts, type(failure).__name__)
            await outbox.settle_failed(database, post, problem=type(failure).__name__, at=clock())
            metrics.announced("retried")
            return None
        await outbox.settle_sent(database, post, message=str(message.id), at=clock())
        metrics.announced("sent")
        return message

    async def _send(self, post: outbox.Post) -> discord.Message:
        from db.desk.announcements import UPDATE
        from db.desk.watches import watch_by_id, watched_places
        from db.edits.history import changes_since

        if post.kind == UPDATE:
            where = self._channel(self._options.announcement_channel)
            return await self._post(where, post, post.text)
        watch = None if post.watch is None else await watch_by_id(self._parts.database, post.watch)
        if watch is None:
            raise Unreachable
        database = self._parts.database
        places = await watched_places(database, watch)
        first, last = post.first_revision - 1, post.last_revision
        changed = await changes_since(database, first, until=last, places=places, limit=None)
        text = notice_text(changed, watch, words_of(watch.locale or "en"), places)
        return await self._post(await self._recipient(post), post, text)

    async def _post(self, where: discord.abc.Messageable, post: outbox.Post, text: str) -> discord.Message:
        """Post a text, unless an earlier attempt did, whose receipt was lost or not written down."""
        reply, user = wished(self._client, card_reply(text, accent=COLOUR, private=False)), self._client.user
        if post.attempts > 1 and user is not None:
            there = await posted_before(where, reply, nonce=post.nonce, since=post.created_at - EARLIER, by=user.id)
            if there is not None:
                log.info("post %s was there already: it is not sent again", post.id)
                return there
        return await post_to(where, reply, nonce=post.nonce)

    async def _recipient(self, post: outbox.Post) -> discord.abc.Messageable:
        number = int(post.recipient)
        if post.recipient_kind == "channel":
            return self._channel(number)
        user = self._client.get_user(number)
        return await in_time(self._client.fetch_user(number)) if user is None else user

    def _channel(self, number: int | None) -> discord.abc.Messageable:
        if number is None:
            raise Unreachable
        channel = self._client.get_channel(number)
        if isinstance(channel, discord.abc.Messageable):
            return channel
        # It may be on a shard of another process, or its server away for a while: only Discord knows that it is gone.
        return self._client.get_partial_messageable(number)

    async def _run(self, seconds: float) -> None:
        await self._client.wait_until_ready()
        while True:
            try:
                await self.round()
            except DatasetError as problem:  # locked or away: the outbox waits
                log.warning("the outbox cannot be read now: %s", type(problem).__name__)
            except Exception:
                log.exception("the announcer failed; it goes on")
            await asyncio.sleep(seconds)
