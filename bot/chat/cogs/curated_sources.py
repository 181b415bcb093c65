"""Sources: added by command or from a message, corrected, retracted; each with a preview first."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.client import InflowBot
from bot.chat.cogs.figures import WHY, given
from bot.chat.desk.forms import DeskForm, source_form
from bot.chat.guide import Group, told
from bot.chat.inputs import Choice, unfailing
from bot.chat.quoted import texts_from
from bot.chat.replies import Reply, respond
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
OPTIONS = {
    "kind": "Who publishes it.",
    "reliability": "How far its publisher has been right before; F (not judged) when left out.",
    "language": "Its language as a code, such as en or fr.",
    "authors": "Authors, with ; between them: Given Family, or Family, Given; {a body}.",
    "authority": "The body that counted: a country's code for its state, else its name; - empties it.",
    "doi": "Its DOI, such as 10.1000/182; - empties it.",
    "relays": "Keys of the sources that it relays, with ; between them; - empties it.",
    "archive_url": "A link to an archived copy; - empties it.",
    "accessed": "When you read it (YYYY-MM-DD).",
    "note": "What members should know; - empties it.",
    "desk_note": "What curators should know; members do not see it. - empties it.",
    "accepted": "A check that asks to look twice and why it holds, as kind: why; - empties it.",
}


class CuratedSources(commands.Cog):
    """From a document to a preview."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        bot.tree.add_command(
            app_commands.ContextMenu(
                name="Add as source",
                callback=self.add_from,
                extras=told(Group.SOURCES, "", description="Open the form of a new source with the link of a message."),
            ),
            guild=bot.home,
        )

    async def add_from(self, interaction: discord.Interaction[InflowBot], message: discord.Message) -> None:
        """Open the form of a new source with what a message says of it."""
        accessed = self.bot.parts.clock().date().isoformat()
        chosen = given(kind="news", accessed=accessed)
        await self.bot.desk.open(interaction, DeskForm("source", chosen=chosen, texts=texts_from(message)))

    @app_commands.command(
        name="source-add",
        description="Add a source: choose its kind, then write title, publisher, date and link into the form.",
        extras=told(Group.SOURCES, "/source-add kind: news reliability: C"),
    )
    @app_commands.describe(**OPTIONS)
    @app_commands.choices(kind=KINDS, reliability=RELIABILITIES)
    async def add(
        self,
        interaction: discord.Interaction[InflowBot],
        kind: str,
        reliability: str | None = None,
        language: str | None = None,
        authors: str | None = None,
        relays: str | None = None,
        archive_url: str | None = None,
        accessed: str | None = None,
        note: str | None = None,
        authority: str | None = None,
        doi: str | None = None,
        desk_note: str | None = None,
        accepted: str | None = None,
    ) -> None:
        """Open the form of a new source."""
        chosen = given(kind=kind, reliability=reliability, language=language, authors=authors)
        chosen |= given(
            relays=await self.bot.finder.source_keys(relays), archive_url=archive_url, accessed=accessed, note=note
        )
        chosen |= given(authority=authority, doi=doi, desk_note=desk_note, accepted=accepted)
        await self.bot.desk.open(interaction, DeskForm("source", chosen=chosen))

    @app_commands.command(
        name="source-edit",
        description="Correct a source: the form opens with what stands.",
        extras=told(Group.SOURCES, "/source-edit key: intelnews_2016_09 reliability: C"),
    )
    @app_commands.describe(key=KEY, **OPTIONS)
    @app_commands.choices(kind=KINDS, reliability=RELIABILITIES)
    async def edit(
        self,
        interaction: discord.Interaction[InflowBot],
        key: str,
        kind: str | None = None,
        reliability: str | None = None,
        language: str | None = None,
        authors: str | None = None,
        relays: str | None = None,
        archive_url: str | None = None,
        accessed: str | None = None,
        note: str | None = None,
        authority: str | None = None,
        doi: str | None = None,
        desk_note: str | None = None,
        accepted: str | None = None,
    ) -> None:
        """Open the form of a source with what stands."""
        chosen = given(kind=kind, reliability=reliability, language=language, authors=authors)
        chosen |= given(
            relays=await self.bot.finder.source_keys(relays), archive_url=archive_url, accessed=accessed, note=note
        )
        chosen |= given(authority=authority, doi=doi, desk_note=desk_note, accepted=accepted)
        held = await self.bot.finder.source(key)
        await self.bot.desk.open(interaction, source_form(held, chosen))

    @app_commands.command(
        name="source-retract",
        description="Withdraw a source, with its figures when asked, or restore it; nothing is ever deleted.",
        extras=told(Group.SOURCES, "/source-retract key: intelnews_2016_09 because: Taken down by its publisher"),
    )
    @app_commands.describe(
        key=KEY,
        because=WHY,
        with_figures="Withdraw the figures that cite it too; without it a cited source is refused.",
        restore="Let it stand again instead.",
    )
    async def retract(
        self,
        interaction: discord.Interaction[InflowBot],
        key: str,
        because: str,
        with_figures: bool = False,
        restore: bool = False,
    ) -> None:
        """Preview another status of a source."""

        async def preview() -> Reply:
            held = await self.bot.finder.source(key)
            retraction = RetractSource(held.id, with_figures, held.version)
            request = RestoreSource(held.id, held.version) if restore else retraction
            return await self.bot.desk.preview(interaction, request, because)

        await respond(interaction, preview(), private=True)

    @edit.autocomplete("key")
    @retract.autocomplete("key")
    @unfailing
    async def _keys(self, interaction: discord.Interaction[InflowBot], typed: str) -> list[Choice]:
        return await self.bot.finder.source_choices(typed)

    @add.autocomplete("relays")
    @edit.autocomplete("relays")
    @unfailing
    async def _relays(self, interaction: discord.Interaction[InflowBot], typed: str) -> list[Choice]:
        done, semicolon, rest = typed.rpartition(";")
        before = f"{done}{semicolon} " if semicolon else ""
        offered = await self.bot.finder.source_choices(rest)
        return [
            Choice(name=f"{before}{item.name}"[:100], value=f"{before}{item.value}")
            for item in offered
            if len(before) + len(item.value) <= 100
        ]


def cog(bot: InflowBot) -> CuratedSources:
    """The cog of this module."""
    return CuratedSources(bot)
