"""Importing on the desk: a file is planned and shown, and written only when its moderator confirms that plan."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.chat.cards import change as change_cards
from bot.chat.cards import imports as import_cards
from bot.chat.desk.changes import Desk, signature
from bot.chat.desk.drafts import GONE
from bot.chat.desk.file_forms import FileDraft
from bot.chat.desk.long_work import LongWork
from bot.chat.errors import Kindly
from bot.chat.pressed import Pressed
from bot.chat.replies import Reply, respond, rewrite, show_form
from bot.chat.views import button
from bot.places.entering import place_names
from bot.render.markdown import escaped
from bot.words.words import words_of
from db.edits.change import Cause
from db.imports.importing import ImportFile, Wishes
from db.imports.plan import MOST_BYTES

if TYPE_CHECKING:
    from db.imports.layout import Sketch
    from db.imports.plan import Plan

CONFIRM = "Import it"
READ_AS = "Say how to read it"


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A plan that was shown, and the file that it was made of."""

    plan: Plan
    draft: FileDraft

    async def confirmed(self, desk: Desk, interaction: discord.Interaction) -> Reply:
        """Apply the plan in one transaction, or propose the file where a second person decides."""
        from db.desk import proposals
        from db.imports.importing import apply_import

        parts, by, file = desk.parts, signature(interaction.user), self.draft.file
        at, because = parts.clock(), self.draft.because
        if desk.options.second_person:
            names = place_names(parts.resolver)
            kept = await proposals.submit_import(parts.database, file, by=by, because=because, at=at, names=names)
            return change_cards.proposed_reply(kept)
        made = await apply_import(parts.database, self.plan, by=by, because=because, at=at)
        parts.metrics.edited("Import")
        return change_cards.written_reply(made, words_of(interaction.locale.value), owner=interaction.user.id)


class Imports:
    """The plans that wait, one for each moderator: a plan may be large."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._waiting: dict[int, tuple[str, ...]] = {}
        self._long = LongWork()

    async def planned(
        self, interaction: discord.Interaction, file: discord.Attachment, because: str, cause: Cause | None
    ) -> Reply:
        """The plan of a file, with every fault, or with a button that applies it."""
        from db.edits.checks import require_reason
        from db.imports.mappings import READ_AGAIN, kept_mapping

        require_reason(signature(interaction.user), because)
        data, wishes = await asyncio.to_thread(_referenced, await read_attachment(file))
        draft = FileDraft(ImportFile(data, file.filename, cause, wishes), because.strip())
        if wishes:
            return await self._plan(interaction, draft)
        known = await kept_mapping(self.desk.parts.database, (await self._sketch(draft)).first)
        draft = replace(draft, file=replace(draft.file, wishes=known or wishes))
        return await self._plan(interaction, draft, READ_AGAIN if known else "")

    async def open(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Show how a file was read, to be changed."""
        draft = self._draft(interaction, pressed)
        await show_form(interaction, draft.modal(pressed.payload, interaction.user.id))

    async def submitted(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Plan a file again, read as the form says."""
        draft = self._draft(interaction, pressed).filled(pressed.fields)
        await respond(interaction, self._plan(interaction, draft), private=True)

    async def stop(self, interaction: discord.Interaction, pressed: Pressed) -> None:
        """Stop reading a file."""
        await rewrite(interaction, self._long.stopped(interaction.user.id))

    def _draft(self, interaction: discord.Interaction, pressed: Pressed) -> FileDraft:
        draft = self.desk.drafts.look(pressed.payload, interaction.user.id)
        if not isinstance(draft, FileDraft):
            raise Kindly(GONE)
        return draft

    async def _sketch(self, draft: FileDraft) -> Sketch:
        from db.imports.opening import sketch_file

        names = place_names(self.desk.parts.resolver)
        return await asyncio.to_thread(sketch_file, draft.file, names)

    async def _plan(self, interaction: discord.Interaction, draft: FileDraft, remark: str = "") -> Reply:
        from db.imports.importing import plan_import
        from db.imports.mappings import keep_mapping

        parts, words = self.desk.parts, words_of(interaction.locale.value)
        sketched = await self._sketch(draft)
        draft = replace(draft, columns=sketched.columns)
        names = place_names(parts.resolver)

        begin = partial(plan_import, parts.database, draft.file, at=parts.clock(), names=names)
        plan = await self._long.done(interaction, lambda progress: begin(progress=progress), draft.file.name)
        if remark:
            plan = replace(plan, remarks=(remark, *plan.remarks))
        listing = await asyncio.to_thread(import_cards.list_file, plan, words)
        files = (listing,) if listing else ()
        author = interaction.user.id
        for key in self._waiting.pop(author, ()):
            self.desk.drafts.drop(key)
        again = self.desk.drafts.keep(author, draft)
        self._waiting[author] = (again,)
        is_table = draft.columns and not draft.file.wishes.skip_held
        buttons = (button(READ_AS, "readas", again, owner=author),) if is_table else ()
        if plan.refused:
            text = import_cards.refused_text(plan)
            return replace(change_cards.refusal_reply(text, buttons), files=files)
        if draft.file.wishes:
            await keep_mapping(parts.database, sketched.first, draft.file.wishes, at=parts.clock())
        if not plan.changes:
            more = buttons if plan.remarks else ()
            return change_cards.refusal_reply(import_cards.unchanged_text(plan), more)
        text = await self.desk.preview_text(plan, draft.because, words)
        key = self.desk.drafts.keep(author, ImportDraft(plan, draft))
        self._waiting[author] = (again, key)
        label = self.desk.confirm_label if self.desk.options.second_person else CONFIRM
        more = buttons if plan.remarks else ()
        return replace(change_cards.preview_reply(text, key, author, confirm=label, more=more), files=files)


def _referenced(data: bytes) -> tuple[bytes, Wishes]:
    """A reference file as the table that it means; documents that are held are passed over."""
    from bot.citations.references import BrokenReferences, table_of_references

    try:
        table = table_of_references(data)
    except BrokenReferences as problem:
        raise Kindly(
            f"This reference file is broken: {escaped(str(problem))}. Please export it again; nothing was written."
        ) from problem
    return (data, Wishes()) if table is None else (table, Wishes(skip_held=True))


async def read_attachment(file: discord.Attachment) -> bytes:
    """The content of an attachment; raise Kindly when it is too large or gone."""
    if file.size > MOST_BYTES:
        raise Kindly(
            f"{escaped(file.filename[:80])} has {file.size / 1_000_000:.0f} MB, and I read up to "
            f"{MOST_BYTES // 1_000_000} MB. Nothing was written; please import it in parts."
        )
    try:
        return await file.read()
    except (discord.NotFound, discord.Forbidden) as error:
        raise Kindly("Discord no longer has that file. Please attach it again; nothing was written.") from error
