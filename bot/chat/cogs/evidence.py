"""Who says so: traces, sources, disputes, the answer again, and reading a question differently."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

import discord

from bot.chat import inputs
from bot.chat.cards.answer import trace_reply, why_reply
from bot.chat.cards.answering import Asked
from bot.chat.client import Cog
from bot.chat.cogs.choosing import KNOWN_ON, PLACE, WHO, MeasureText, Option, PlaceText, SourceText, options
from bot.chat.cogs.commanding import Asking, command, press, pressing
from bot.chat.documents import source_text
from bot.chat.errors import KindlyIn
from bot.chat.forms import Field, form
from bot.chat.guide import Group
from bot.chat.pressed import Pressed
from bot.chat.reference import Reference
from bot.chat.replies import Reply, card_reply, show_form
from bot.chat.views import remove_button
from bot.places.catalogue import measures
from bot.questions.query import Intent, Query
from bot.render.markdown import escaped
from bot.render.trace import Trace
from bot.words.words import words_of
from db.model.records import Who
from db.model.values import Period


class Evidence(Cog):
    """From a number to where it stands."""

    @command(Group.EVIDENCE, "/sources place: Russia", place=PLACE)
    @options({"measure": Option("One measure only.", MeasureText), "known_on": KNOWN_ON})
    async def sources(self, interaction: Asking, place: PlaceText, **asked: Unpack[Asked]) -> Reply:
        """The sources behind a country, grouped by origin."""
        query = self.bot.answering.read(Intent.SOURCES, [place], interaction, **asked)
        return await self.bot.answering.query(query, interaction, door="sources")

    @command(Group.EVIDENCE, "/dispute place: Tunisia", place=PLACE)
    @options({"measure": Option("What is counted.", MeasureText), "who": WHO, "known_on": KNOWN_ON})
    async def dispute(self, interaction: Asking, place: PlaceText, **asked: Unpack[Asked]) -> Reply:
        """All rival claims on one scale, grouped by origin."""
        query = self.bot.answering.read(Intent.DISPUTES, [place], interaction, **asked)
        return await self.bot.answering.query(query, interaction, door="dispute")

    @command(Group.EVIDENCE, "/source key: intelnews_2016_09", key="The source; type a word of its title or publisher.")
    async def source(self, interaction: Asking, key: SourceText) -> Reply:
        """One document: who published it, whom it relays, what it states."""
        dataset, locale = self.bot.parts.dataset, interaction.locale.value
        source = await self.bot.finder.offered_source(key)
        if source is None:
            raise KindlyIn("kind.source_unknown", source=escaped(key.strip()[:60]))
        figures = await dataset.figures_of_source(source.id)
        relayed = {relay: await dataset.source(relay) for relay in source.relays}
        known = {relay: found for relay, found in relayed.items() if found is not None}
        text = source_text(source, figures, known, words_of(locale))
        return card_reply(text, buttons=[remove_button(interaction.user.id)], private=False)

    # Presses ---------------------------------------------------------------------------------------------------

    @press("src", private=True)
    async def _trace(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await self._traced(Reference.read(pressed.payload).on_page(0), interaction)

    @press("srcp", here=True, free=True)
    async def _turn_trace(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await self._traced(Reference.read(pressed.payload), interaction)

    @press("whyp", here=True, free=True)
    async def _turn_why(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await self._reason(interaction, pressed)

    @press("why", private=True, free=True)
    async def _why(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        return await self._reason(interaction, pressed)

    async def _reason(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        reference = Reference.read(pressed.payload)
        answer = await self.bot.parts.asker.at(reference.query, reference.revision, helped=reference.helped)
        return why_reply(answer, reference, locale=reference.locale or interaction.locale.value)

    async def _traced(self, reference: Reference, interaction: discord.Interaction) -> Reply:
        parts, locale = self.bot.parts, reference.locale or interaction.locale.value
        answer = await parts.asker.at(reference.query, reference.revision, helped=reference.helped)
        numbers = {claim.figure.revision for claim in answer.claims}
        entered = {revision.id: revision for revision in await parts.dataset.revisions_by_id(numbers)}
        return trace_reply(Trace(answer, answer.claims, entered), reference, locale=locale)

    @pressing("chg", free=True)
    async def _open_change(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        query = Reference.read(pressed.payload).query
        words = words_of(interaction.locale.value)
        place = inputs.place_label(query.places[0], interaction.locale.value) if query.places else ""
        fields = [
            Field("place", "Place", value=", ".join(words.place(item) for item in query.places) or place, most=300),
            Field(
                "measure",
                "What is counted",
                value=query.measure or "travelled",
                needed=True,
                options=[(measure, words.measure(measure)) for measure in measures()],
            ),
            Field(
                "who",
                "Who is counted",
                value=query.who.value,
                needed=True,
                options=[(who.value, words.who(who)) for who in Who],
            ),
            Field(
                "period",
                "Period",
                value="" if query.period.is_open else str(query.period),
                hint="2016, 2014-06, or 2014-06 to 2015-12; empty for any time",
                most=60,
            ),
        ]
        asked = form(words.say("button.change"), "chgs", pressed.payload, fields, owner=pressed.owner)
        await show_form(interaction, asked)

    @press("chgs", here=True)
    async def _change(self, interaction: discord.Interaction, pressed: Pressed) -> Reply:
        reference = Reference.read(pressed.payload)
        query = self._changed(reference.query, pressed, interaction.locale.value)
        return await self.bot.answering.query(query, interaction, door="change", locale=reference.locale)

    def _changed(self, query: Query, pressed: Pressed, locale: str) -> Query:
        fields = pressed.fields
        places = [part for part in fields.get("place", "").split(",") if part.strip()]
        period = fields.get("period", "").strip()
        return replace(
            query,
            places=tuple(self.bot.answering.place(part, locale) for part in places),
            measure=inputs.read_measure(fields["measure"], locale) if fields.get("measure") else query.measure,
            who=Who(fields["who"]) if fields.get("who") in set(Who) else query.who,
            period=self.bot.answering.period(period) if period else Period(),
        )
