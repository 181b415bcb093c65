"""The moderators' desk: every change is previewed first, confirmed by its author, and refused with words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import discord

from bot.answers.impact import Impact, impact_of
from bot.answers.shelf import Shelf
from bot.chat.cards import change as change_cards
from bot.chat.desk.announcer import Announcer
from bot.chat.desk.drafts import GONE, Drafts
from bot.chat.desk.forms import DeskForm
from bot.chat.errors import Kindly
from bot.chat.options import ChatOptions, Parts
from bot.chat.pressed import Pressed
from bot.chat.refusals import words_for_refusal
from bot.chat.replies import Reply, card_reply, respond, rewrite, show_form
from bot.chat.views import Button, button
from bot.places.entering import place_names
from bot.questions.canonical import from_canonical
from bot.questions.query import Query
from bot.words.words import Words, words_of
from db.edits.change import Change, FigureChange, SourceChange
from db.edits.errors import FaultsFound, Stale
from db.edits.requests import Request
from db.model.errors import DatabaseUnreachable
from db.model.records import Source

if TYPE_CHECKING:
    from db.desk.affected import Touched
    from db.edits.editing import Preview
    from db.imports.plan import Plan

CONFIRM = "Write it"
PROPOSE = "Propose it"
WRITING = "writing"
"""Marks an interaction that may have changed something, whatever becomes of it."""


class Waiting(Protocol):
    """Something that waits for its author's confirmation."""

    async def confirmed(self, desk: Desk, interaction: discord.Interaction) -> Reply:
        """Do it, and tell what was done; raises what the store refuses."""
        ...


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change that was previewed."""

    preview: Preview
    because: str

    async def confirmed(self, desk: Desk, interaction: discord.Interaction) -> Reply:
        """Write it, or propose it where a second person decides."""
        from db.desk import proposals
        from db.edits import editing

        parts, by = desk.parts, signature(interaction.user)
        request, at = self.preview.request, parts.clock()
        if desk.options.second_person:
            kept = await proposals.submit(parts.database, request, by=by, because=self.because, at=at)
            return change_cards.proposed_reply(kept)
        made = await editing.make(parts.database, request, by=by, because=self.because, at=at, shown=self.preview)
        parts.metrics.edited(type(request).__name__)
        return change_cards.written_reply(made, words_of(interaction.locale.value), owner=interaction.user.id)


def signature(user: discord.abc.User) -> str:
    """How a moderator signs a change: the id, which no change of name makes another person's."""
    return str(user.id)


class Desk:
    """What the moderators' commands share: the opened parts, the operator's choices, and the drafts that wait."""

    def __init__(self, parts: Parts, options: ChatOptions, announcer: Announcer) -> None:
        self.parts = parts
        self.options = options
        self.announcer = announcer
        self.drafts = Drafts()

    @property
    def confirm_label(self) -> str:
        """What confirming a change does."""
        return PROPOSE if self.options.second_person else CONFIRM

    async def preview(
        self, interaction: discord.Interaction, request: Request, because: str, form: DeskForm | None = None
    ) -> Reply:
        """A change as a preview that its author may confirm, or why it is refused and how to go on."""
        from db.edits import editing

        parts = self.parts
        by, words = signature(interaction.user), words_of(interaction.locale.value)
        names = place_names(parts.resolver)
        try:
            seen = await editing.preview(parts.database, request, by=by, because=because, at=parts.clock(), names=names)
        except (FaultsFound, Stale) as error:
            if form is None:
                raise
            return self._refused(interaction, error, form)
        text = await self.preview_text(seen, because, words)
        return self.waiting(interaction, ChangeDraft(seen, because.strip()), text, self.confirm_label)

    async def preview_text(self, seen: Preview | Plan, because: str, words: Words, *, by: str = "") -> str:
        """The text of a preview, with its impact."""
        impact, concerned = await self._impact(seen.changes)
        return change_cards.preview_text(seen, impact, words, because=because.strip(), by=by, watches=concerned.watches)

    def waiting(self, interaction: discord.Interaction, draft: Waiting, text: str, confirm: str) -> Reply:
        """A card that waits for its author's confirmation."""
        key = self.drafts.keep(interaction.user.id, draft)
        return change_cards.preview_reply(text, key, interaction.user.id, confirm=confirm)

    async def write(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Do what a preview showed; the preview becomes the receipt."""
        user = interaction.user.id
        interaction.extras[WRITING] = True
        draft = self.drafts.take(pressed.payload, user)
        try:
            await rewrite(interaction, self._written(interaction, draft))
        except DatabaseUnreachable:
            self.drafts.put_back(pressed.payload, user, draft)  # nothing was written: the button works again
            raise

    async def drop(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Forget what a preview showed."""
        self.drafts.drop(pressed.payload)
        await rewrite(interaction, _dropped())

    async def reopen(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Open a form again with what was written into it."""
        form = self.drafts.look(pressed.payload, interaction.user.id)
        if not isinstance(form, DeskForm):
            raise Kindly(GONE)
        await self.open(interaction, form)

    async def open(self, interaction: discord.Interaction, form: DeskForm) -> None:
        """Show a form to its author; what it is about waits until it is submitted."""
        key = self.drafts.keep(interaction.user.id, form)
        await show_form(interaction, form.modal(key, interaction.user.id))

    async def submitted(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Preview what a form asks for."""
        form = self.drafts.look(pressed.payload, interaction.user.id)
        if not isinstance(form, DeskForm):
            raise Kindly(GONE)
        filled = form.filled(pressed.fields)
        work = self.preview(interaction, filled.request(), filled.because, filled)
        await respond(interaction, work, private=True)

    async def _written(self, interaction: discord.Interaction, draft: object) -> Reply:
        confirmed = getattr(draft, "confirmed", None)
        if confirmed is None:
            raise Kindly(GONE)
        try:
            reply: Reply = await confirmed(self, interaction)
        except Exception as error:
            words = words_for_refusal(error)
            if words is None:
                raise
            return change_cards.refusal_reply(words)
        return reply

    def _refused(self, interaction: discord.Interaction, error: FaultsFound | Stale, form: DeskForm) -> Reply:
        """The refusal with the form to mend it in; what somebody else changed is taken over on request only."""
        again, label = (form, "Correct it") if isinstance(error, FaultsFound) else (form.on(error), "Decide again")
        key = self.drafts.keep(interaction.user.id, again)
        mend: tuple[Button, ...] = (
            button(label, "fix", key, owner=interaction.user.id, style=discord.ButtonStyle.primary),
        )
        return change_cards.refusal_reply(words_for_refusal(error) or "", mend)

    async def _impact(self, changes: Sequence[Change]) -> tuple[Impact, Touched]:
        from db.desk.affected import touched

        parts = self.parts
        sides = [side for change in changes for side in (change.before, change.after) if side is not None]
        places = {place for side in sides if (place := getattr(side, "place", None))}
        measures = {measure for side in sides if (measure := getattr(side, "measure", None))}
        concerned = await touched(parts.database, places, measures)
        view = await parts.dataset.view()
        more = await self._cited(changes, view.common.sources)
        renewed = [change.id for change in changes if isinstance(change, SourceChange)]
        citing = [figure for key in renewed for figure in await parts.dataset.figures_of_source(key)]
        past, held = _queries(concerned.questions), Shelf(view.common, topics=view)
        impact = await view.run(lambda: impact_of(held, changes, citing=citing, more=more, past=past))
        return impact, concerned

    async def _cited(self, changes: Sequence[Change], known: Mapping[str, Source]) -> dict[str, Source]:
        """The sources that changed figures cite, with whom they relay, as far as nothing else held cites them."""
        due = {key for change in changes if isinstance(change, FigureChange) for key in change.after.documents}
        found: dict[str, Source] = {}
        while due:
            missing = sorted(due - known.keys() - found.keys())
            read = [source for key in missing if (source := await self.parts.dataset.source(key))]
            found |= {source.id: source for source in read}
            due = {relay for source in read for relay in source.relays}
        return found


async def _dropped() -> Reply:
    return card_reply("Dropped. Nothing was written.")


def _queries(questions: Sequence[str]) -> list[Query]:
    found = []
    for text in questions:
        try:
            found.append(from_canonical(text))
        except ValueError:
            continue  # asked of another version, which knew more words
    return found
