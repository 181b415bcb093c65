"""Importing on the desk: a file is planned and shown, and written only when its moderator confirms that plan."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from bot.chat import change_cards, import_cards
from bot.chat.desk import Desk, signature
from bot.chat.errors import Kindly
from bot.chat.replies import Reply
from bot.places.entering import place_names
from bot.render.markdown import escaped
from bot.words.words import words_of
from db.editing_errors import FaultsFound
from db.edits.change import Cause
from db.imports.plan import MOST_BYTES

if TYPE_CHECKING:
    from bot.chat.client import InflowBot
    from db.imports.plan import Plan

CONFIRM = "Import it"


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A plan that was shown."""

    plan: Plan
    because: str
    cause: Cause | None
    data: bytes
    """The file itself, where a second person is to look at it; else empty."""

    async def confirmed(self, desk: Desk, interaction: discord.Interaction) -> Reply:
        """Apply the plan in one transaction, or propose the file where a second person decides."""
        from db import proposals
        from db.importing import apply_import

        parts, by = desk.bot.parts, signature(interaction.user)
        at, because = parts.clock(), self.because
        if desk.bot.options.second_person:
            kept = await proposals.submit_import(
                parts.database,
                self.data,
                self.plan.name,
                by=by,
                because=because,
                at=at,
                cause=self.cause,
                names=place_names(parts.resolver),
            )
            return Reply(view=change_cards.proposed_card(kept), private=True)
        made = await apply_import(parts.database, self.plan, by=by, because=because, at=at)
        parts.metrics.edited("Import")
        card = change_cards.written_card(made, words_of(interaction.locale.value), owner=interaction.user.id)
        return Reply(view=card, private=True)


class Imports:
    """The plans that wait, one for each moderator: a plan may be large."""

    def __init__(self, bot: InflowBot) -> None:
        self.bot = bot
        self._waiting: dict[int, str] = {}

    async def planned(
        self, interaction: discord.Interaction, file: discord.Attachment, because: str, cause: Cause | None
    ) -> Reply:
        """The plan of a file, with every fault, or with a button that applies it."""
        from db.edits.checks import check_reason
        from db.importing import plan_import

        parts, words = self.bot.parts, words_of(interaction.locale.value)
        faults = check_reason(signature(interaction.user), because)
        if faults:
            raise FaultsFound(faults)
        data = await read_attachment(file)
        names = place_names(parts.resolver)
        plan = await plan_import(parts.database, data, file.filename, at=parts.clock(), cause=cause, names=names)
        listing = await asyncio.to_thread(import_cards.list_file, plan, words)
        files = (listing,) if listing else ()
        if plan.refused:
            return Reply(view=change_cards.refusal_card(import_cards.refused_text(plan)), files=files, private=True)
        if not plan.changes:
            return Reply(view=change_cards.refusal_card(import_cards.unchanged_text(plan)), private=True)
        text = await self.bot.desk.preview_text(plan, because, words)
        kept = data if self.bot.options.second_person else b""
        reply = self._waiting_reply(interaction, ImportDraft(plan, because.strip(), cause, kept), text)
        return replace(reply, files=files)

    def _waiting_reply(self, interaction: discord.Interaction, draft: ImportDraft, text: str) -> Reply:
        author = interaction.user.id
        self.bot.drafts.drop(self._waiting.pop(author, ""))
        key = self.bot.drafts.keep(author, draft)
        self._waiting[author] = key
        label = self.bot.desk.confirm_label if self.bot.options.second_person else CONFIRM
        return Reply(view=change_cards.preview_card(text, key, author, confirm=label), private=True)


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
