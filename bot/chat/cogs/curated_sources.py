"""Sources: added by command or from a message, corrected, retracted; each with a preview first."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.chat.client import Cog
from bot.chat.cogs.choosing import Option, SourcesText, SourceText, options
from bot.chat.cogs.commanding import Asking, acting, command, in_menu
from bot.chat.cogs.figures import WHY, given
from bot.chat.desk.forms import DeskForm, source_form
from bot.chat.guide import Group
from bot.chat.inputs import Choice
from bot.chat.quoted import texts_from
from bot.chat.replies import Reply
from db.edits.requests import RestoreSource, RetractSource
from db.model.records import SOURCE_KINDS

KEY = "The source; type a word of its title or publisher."
KINDS = [Choice(name=kind.replace("_", " "), value=kind) for kind in SOURCE_KINDS]
RELIABILITIES = [
    Choice(name=f"{grade}: {meaning}", value=grade)
    for grade, meaning in {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "cannot be judged",
    }.items()
]
CELLS = {
    "kind": Option("Who publishes it.", choices=KINDS),
    "reliability": Option(
        "How far its publisher has been right before; F (not judged) when left out.", choices=RELIABILITIES
    ),
    "language": Option("Its language as a code, such as en or fr."),
    "authors": Option("Authors, with ; between them: Given Family, or Family, Given; {a body}."),
    "relays": Option("Keys of the sources that it relays, with ; between them; - empties it.", SourcesText),
    "archive_url": Option("A link to an archived copy; - empties it."),
    "accessed": Option("When you read it (YYYY-MM-DD)."),
    "note": Option("What members should know; - empties it."),
    "authority": Option("The body that counted: a country's code for its state, else its name; - empties it."),
    "doi": Option("Its DOI, such as 10.1000/182; - empties it."),
    "desk_note": Option("What curators should know; members do not see it. - empties it."),
    "accepted": Option("A check that asks to look twice and why it holds, as kind: why; - empties it."),
}
"""The columns of a source that are chosen before its form is written."""


class CuratedSources(Cog):
    """From a document to a preview."""

    @in_menu("Add as source", Group.SOURCES)
    async def add_from(self, interaction: Asking, message: discord.Message) -> None:
        """Open the form of a new source with the link of a message."""
        accessed = self.bot.parts.clock().date().isoformat()
        chosen = given(kind="news", accessed=accessed)
        await self.bot.desk.open(interaction, DeskForm("source", chosen=chosen, texts=texts_from(message)))

    @acting(Group.SOURCES, "/source-add kind: news reliability: C")
    @options(CELLS, needed=("kind",))
    async def add(self, interaction: Asking, /, **cells: str | None) -> None:
        """Add a source: choose its kind, then write title, publisher, date and link into the form."""
        await self.bot.desk.open(interaction, DeskForm("source", chosen=await self._chosen(cells)))

    @acting(Group.SOURCES, "/source-edit key: intelnews_2016_09 reliability: C", key=KEY)
    @options(CELLS)
    async def edit(self, interaction: Asking, /, key: SourceText, **cells: str | None) -> None:
        """Correct a source: the form opens with what stands."""
        chosen = await self._chosen(cells)
        held = await self.bot.finder.source(key)
        await self.bot.desk.open(interaction, source_form(held, chosen))

    @command(
        Group.SOURCES,
        "/source-retract key: intelnews_2016_09 because: Taken down by its publisher",
        key=KEY,
        because=WHY,
        with_figures="Withdraw the figures that cite it too; without it a cited source is refused.",
        restore="Let it stand again instead.",
    )
    async def retract(
        self,
        interaction: Asking,
        key: SourceText,
        because: str,
        with_figures: bool = False,
        restore: bool = False,
    ) -> Reply:
        """Withdraw a source, with its figures when asked, or restore it; nothing is ever deleted."""
        held = await self.bot.finder.source(key)
        retraction = RetractSource(held.id, with_figures, held.version)
        request = RestoreSource(held.id, held.version) if restore else retraction
        return await self.bot.desk.preview(interaction, request, because)

    async def _chosen(self, cells: Mapping[str, str | None]) -> dict[str, str]:
        """The cells of options; documents are read kindly."""
        return given(**{**cells, "relays": await self.bot.finder.source_keys(cells["relays"])})
