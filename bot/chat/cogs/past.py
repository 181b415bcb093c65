"""The past of the dataset: what changed since a day, and answers given before."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import date

import discord
from discord import ui

from bot.answers.ids import revision_of_answer
from bot.chat import inputs
from bot.chat.cards.answer import draw_aside, reply_with
from bot.chat.cards.answering import LONGEST
from bot.chat.client import Cog
from bot.chat.cogs.choosing import PlaceText
from bot.chat.cogs.commanding import Asking, command, press
from bot.chat.errors import KindlyIn
from bot.chat.guide import Group
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference, Unreadable
from bot.chat.replies import Reply
from bot.chat.views import button, cut, layout, remove_button, rows_of, turns
from bot.questions.canonical import from_canonical
from bot.questions.query import Query
from bot.render.changed import tell_changed, tell_differences
from bot.render.markdown import escaped, marked
from bot.render.outline import Line, Role
from bot.words.words import words_of
from db.model.values import PartialDate

COLOUR = discord.Colour(0x2B6C8F)
MOST_CHANGES = 200
MOST_REASONS = 10
MOST_NEWS = 550
"""Characters that tell what differs: an answer's card leaves about 600 of Discord's 4,000."""
_PAYLOAD = re.compile(r"(\d{4}-\d{2}-\d{2}|r\d{1,9})\.(\d{1,4})\.([A-Z]{2}|R:[a-z_]{1,40})?")


@dataclass(frozen=True, slots=True)
class Since:
    """A page of the changes since a day or a revision, of one place or of all."""

    start: date | int
    place: str | None
    page: int = 0

    def payload(self, page: int) -> str:
        """As the payload of a button that turns to a page."""
        start = f"r{self.start}" if isinstance(self.start, int) else self.start.isoformat()
        return f"{start}.{page}.{self.place or ''}"

    @classmethod
    def read(cls, payload: str) -> Since:
        """The page in a payload; raise Unreadable when it is none."""
        found = _PAYLOAD.fullmatch(payload)
        if found is None:
            raise Unreadable
        start, page, place = found.groups()
        try:
            return cls(int(start[1:]) if start[0] == "r" else date.fromisoformat(start), place or None, int(page))
        except ValueError as error:
            raise Unreadable from error


class Past(Cog):
    """From today's data to what stood before."""

    @command(
        Group.EVIDENCE,
        "/changes since: 2026-01-01 place: Belgium",
        since="A day (YYYY-MM-DD), or the number of a data revision.",
        place="One country or region only.",
    )
    async def changes(self, interaction: Asking, since: str, place: PlaceText | None = None) -> Reply:
        """What has changed since a day: figures, sources, by whom and why."""
        start = inputs.read_start(since)
        chosen = self.bot.answering.place(place, interaction.locale.value) if place else None
        return await self._changes(Since(start, chosen), interaction)

    @command(
        Group.EVIDENCE,
        "/answer id: pi5gareh",
        id="The id at the end of the answer, such as pi5gareh.",
        question="The question, for an answer that I have not kept.",
    )
    async def answer(self, interaction: Asking, id: str, question: str | None = None) -> Reply:
        """Open an earlier answer by its id: what it said, and what differs today."""
        parts, locale, owner = self.bot.parts, interaction.locale.value, interaction.user.id
        query, revision = await self._asked(id.strip(), question)
        then, now, changes = await parts.asker.since(query, revision)
        words = words_of(locale)
        await draw_aside(then, locale)
        reply = reply_with(then, owner=owner, locale=locale, charts=parts.charts is not None)
        lines = tell_differences(changes, then, now, words)
        news = cut("\n".join(words.line(_drawn(line)) for line in lines), MOST_NEWS)
        again = Reference(query, then.revision).payload("pick", owner=owner)
        today = button(words.say("changed.today"), "pick", again, owner=owner, style=discord.ButtonStyle.primary)
        said = list(reply.view.children) if reply.view is not None else []
        told: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(news), accent_colour=COLOUR)
        return Reply(view=layout(told, *said, *rows_of([today])))

    async def _asked(self, id: str, question: str | None) -> tuple[Query, int]:
        """The question of an answer and the data that it was given from; raise KindlyIn when neither is found."""
        parts = self.bot.parts
        given = await self.bot.answering.given(id)
        if given is not None:
            return from_canonical(given.canonical), given.revision
        shown = escaped(id[:40])
        if not question:
            raise KindlyIn("kind.answer_unkept", id=shown)
        query = (await parts.asker.ask(question[:LONGEST], today=parts.clock().date())).reading.query
        found = None if query is None else revision_of_answer(id, query, await parts.dataset.revision())
        if query is None or found is None:
            raise KindlyIn("kind.answer_unmatched", id=shown)
        return query, found

    @press("hist", here=True, free=True)
    async def _turn(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await self._changes(Since.read(pressed.payload), interaction)

    async def _changes(self, asked: Since, interaction: discord.Interaction) -> Reply:
        from bot.render.cards import lay_out

        owner = interaction.user.id
        database, words, place = self.bot.parts.database, words_of(interaction.locale.value), asked.place
        from db.edits.history import changes_since, history

        changed = await changes_since(database, asked.start, place=place, limit=MOST_CHANGES)
        entries = await history(database, since=changed.since, place=place, limit=MOST_REASONS, changes_each=1)
        start = asked.start
        named = words.number(start) if isinstance(start, int) else words.date(PartialDate.of(start))
        told = await asyncio.to_thread(tell_changed, changed, entries, named, place, words)
        card = await asyncio.to_thread(lay_out, told, words, COLOUR)
        page = min(asked.page, card.page_count - 1)
        pages = turns(words, "hist", page, card.page_count, asked.payload, owner=owner)
        return Reply(view=layout(card.container(page), *rows_of([*pages, remove_button(owner)])))


def _drawn(line: Line) -> str:
    text = marked(span._replace(url="") for span in line.spans)  # links would leave room for little else
    if line.role is Role.HEADING:
        return f"**{text}**"
    return f"- {text}" if line.role is Role.ITEM else text
