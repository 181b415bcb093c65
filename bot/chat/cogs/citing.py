"""Citations: of a source, or of the dataset, in the styles that people paste."""

from __future__ import annotations

import asyncio

from discord import app_commands

from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, command
from bot.chat.errors import KindlyIn
from bot.chat.files import attach
from bot.chat.guide import Group
from bot.chat.inputs import CHOICES, Choice, choice, unfailing
from bot.chat.replies import Reply
from bot.citations.cite import cite, cite_answer, cite_dataset
from bot.citations.registry import styles
from bot.questions.canonical import from_canonical
from bot.words.words import plain, words_of

DATASET = "dataset"
_ENDINGS = {"bibtex": "bib", "ris": "ris", "csl-json": "json"}
_THE_DATASET = "The dataset"
_IN_MESSAGE = 1_800


class Citing(Cog):
    """From a document to a citation."""

    @command(
        Group.EVIDENCE,
        "/cite what: dataset style: apa",
        private=True,
        what="A source (type a word of its title or publisher), the id of an answer, or: dataset.",
        style="The citation style; APA when left out.",
    )
    @app_commands.choices(style=[choice(style, style) for style in styles()])
    async def cite(self, interaction: Asking, what: str, style: str = "apa") -> Reply:
        """Cite a source, an answer or the dataset."""
        dataset, finder, what = self.bot.parts.dataset, self.bot.finder, what.strip()
        if what.casefold() in (DATASET, _THE_DATASET.casefold()):
            view = await dataset.view()
            text = await asyncio.to_thread(cite_dataset, view.revision, view.recorded_at.date(), style)
        elif (source := await finder.offered_source(what)) is not None:
            text = await asyncio.to_thread(cite, source, style)
        elif (given := await self.bot.answering.given(what)) is not None:
            answer = await self.bot.parts.asker.at(from_canonical(given.canonical), given.revision)
            text = await asyncio.to_thread(cite_answer, answer, style)
        else:
            raise KindlyIn("kind.cite_unknown")
        return citation_reply(text, style, interaction.locale.value)

    @cite.autocomplete("what")
    @unfailing
    async def _whats(self, interaction: Asking, typed: str) -> list[Choice]:
        """What the member was last shown first: the answer, then its sources; then all other sources."""
        seen = self.bot.answering.seen.get(interaction.user.id)
        mine = [choice(_THE_DATASET, DATASET)] if typed.casefold() in DATASET else []
        if seen is not None and seen.id.startswith(typed.strip().casefold()):
            words = words_of(interaction.locale.value)
            footer = words.say("footer", id=seen.id, revision=words.number(seen.revision))
            mine.insert(0, choice(plain(footer), seen.id))
        return [*mine, *await self.bot.finder.source_choices(typed, seen.sources if seen else ())][:CHOICES]


def citation_reply(text: str, style: str, locale: str) -> Reply:
    """A citation to copy: in the message, or as a file where it is long or meant for a program."""
    if len(text) > _IN_MESSAGE:
        file = attach(f"citation.{_ENDINGS.get(style, 'txt')}", text.encode(), instead="inflow cite")
        return Reply(words_of(locale).say("export.cited"), files=(file,))
    return Reply("```\n" + text.replace("```", "'''") + "\n```")
