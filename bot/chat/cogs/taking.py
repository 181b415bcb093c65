"""Files to take away: the figures of an answer, of a place, or all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot.chat.client import Cog
from bot.chat.cogs.commanding import Asking, command, press
from bot.chat.errors import KindlyIn
from bot.chat.files import attach
from bot.chat.guide import Group
from bot.chat.inputs import Choice, choice, unfailing
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference
from bot.chat.replies import Reply
from bot.citations.export import ENDINGS, export_file, file_name
from bot.questions.canonical import from_canonical
from bot.render.links import reopened
from bot.words.words import words_of
from db.model.records import Figure, Holdings

ALL = "all"


class Taking(Cog):
    """From figures to a file."""

    @command(
        Group.TAKE,
        "/export what: Belgium form: csv",
        private=True,
        what="A place, the id of an answer, or: all.",
        form="The kind of file; CSV for spreadsheets when left out.",
    )
    @app_commands.choices(
        form=[
            app_commands.Choice(name="CSV (spreadsheets)", value="csv"),
            app_commands.Choice(name="JSON", value="json"),
            app_commands.Choice(name="Data package (zip)", value="package"),
            app_commands.Choice(name="SDMX-CSV 2.0", value="sdmx"),
            app_commands.Choice(name="BibTeX of the sources", value="bibtex"),
        ]
    )
    async def export(self, interaction: Asking, what: str = ALL, form: str = "csv") -> Reply:
        """Download figures as a file."""
        what = what.strip()
        given = await self.bot.answering.given(what)
        if given is not None:
            reference = Reference(from_canonical(given.canonical), given.revision)
            return await self._answered(reference, interaction.locale.value, form)
        place = None if what.casefold() == ALL else self.bot.answering.place(what, interaction.locale.value)
        return await self._exported(place, form, interaction.locale.value)

    @export.autocomplete("what")
    @unfailing
    async def _whats(self, interaction: Asking, typed: str) -> list[Choice]:
        mine = [choice("Everything", ALL)] if typed.casefold() in ALL else []
        return [*mine, *self.bot.answering.place_choices(interaction, typed)]

    async def _exported(self, place: str | None, form: str, locale: str) -> Reply:
        holdings = await self.bot.parts.dataset.holdings()
        from db.package.exporting import all_figures

        figures = all_figures(holdings) if place is None else list(holdings.of(place))
        if not figures:
            raise KindlyIn("kind.export_none")
        return await self._file(holdings, figures, form, place or ALL, locale)

    @press("dat", private=True)
    async def _data(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        reference = Reference.read(pressed.payload)
        return await self._answered(reference, reference.locale or interaction.locale.value)

    async def _answered(self, reference: Reference, locale: str, form: str = "csv") -> Reply:
        parts = self.bot.parts
        answer = await parts.asker.at(reference.query, reference.revision)
        figures = [claim.figure for claim in answer.claims]
        if not figures:
            raise KindlyIn("kind.data_none")
        holdings = await parts.dataset.holdings({figure.place for figure in figures}, revision=answer.revision)
        return await self._file(holdings, figures, form, answer.id, locale, reopened(answer)._asdict())

    async def _file(
        self,
        holdings: Holdings,
        figures: Sequence[Figure],
        form: str,
        name: str,
        locale: str,
        again: Mapping[str, str] | None = None,
    ) -> Reply:
        if form not in ENDINGS:
            raise KindlyIn("kind.form_unknown")
        database, everything = self.bot.parts.database, name == ALL
        figures, content = await export_file(database, form, holdings, figures, everything=everything, again=again)
        file_called = file_name(name, form, holdings.revision)
        file = attach(file_called, content, instead=f"inflow export {name} --format {form} -o {file_called}")
        words = words_of(locale)
        counted, revision = words.count("figures", len(figures)), words.number(holdings.revision)
        told = words.line(words.say("export.told", figures=counted, revision=revision))
        reopened_by = f"\n-# `inflow browse {name}`" if again else ""  # the address itself takes ten lines of a phone
        return Reply(told + reopened_by, files=(file,))
