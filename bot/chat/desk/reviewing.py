"""Proposals on the desk: what waits, what approving would do now, and the decision of a second person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.chat.cards import change as change_cards
from bot.chat.desk.changes import Desk, signature
from bot.chat.documents import by_text
from bot.chat.replies import Reply, card_reply
from bot.chat.views import button, chooser, text_card
from bot.places.entering import place_names
from bot.render.markdown import escaped
from bot.words.names import cut
from bot.words.words import words_of
from db.edits.errors import OwnProposal
from db.imports.plan import Plan
from db.model.errors import PackageFaults

if TYPE_CHECKING:
    from db.desk.proposals import Proposal
    from db.edits.editing import Preview

SHOWN = 25
"""As many as a select takes."""


@dataclass(frozen=True, slots=True)
class ApprovalDraft:
    """A proposal that a second person looked at."""

    proposal: int
    seen: Preview | Plan

    async def confirmed(self, desk: Desk, interaction: discord.Interaction) -> Reply:
        """Approve it: it is made in its author's name."""
        from db.desk import proposals

        parts = desk.parts
        made = await proposals.approve(
            parts.database,
            self.proposal,
            by=signature(interaction.user),
            at=parts.clock(),
            second_person=desk.options.second_person,
            shown=self.seen,
            names=place_names(parts.resolver),
        )
        words = words_of(interaction.locale.value)
        return change_cards.written_reply(made, words, owner=interaction.user.id, approved=True)


async def pending_reply(desk: Desk, interaction: discord.Interaction) -> Reply:
    """What waits for a decision, and a choice of what to look at."""
    from db.desk import proposals

    waiting = await proposals.pending(desk.parts.database, limit=SHOWN)
    if not waiting:
        return card_reply("### Nothing waits\nNo change waits for a second moderator.")
    lines = ["### Waiting for a second moderator"]
    for kept in waiting:
        lines += _lines(kept)
    view = text_card("\n".join(lines))
    options = [
        discord.SelectOption(label=f"Proposal {kept.id}", value=str(kept.id), description=cut(kept.summary, 95))
        for kept in waiting
    ]
    view.add_item(chooser("review", options, owner=interaction.user.id, hint="Look at one"))
    return Reply(view=view, private=True)


async def review_reply(desk: Desk, interaction: discord.Interaction, number: int) -> Reply:
    """A proposal as it would be made now, to approve or reject; raises what the store refuses."""
    from db.desk import proposals

    parts, words = desk.parts, words_of(interaction.locale.value)
    kept = await proposals.proposal(parts.database, number)
    seen = await proposals.review(parts.database, number, at=parts.clock(), names=place_names(parts.resolver))
    if desk.options.second_person and kept.by == signature(interaction.user):
        raise OwnProposal(number)
    if isinstance(seen, Plan) and seen.refused:
        raise PackageFaults(seen.refused)
    text = f"### Proposal {number}\n" + await desk.preview_text(seen, kept.because, words, by=kept.by)
    key = desk.drafts.keep(interaction.user.id, ApprovalDraft(number, seen))
    owner = interaction.user.id
    buttons = (
        button("Approve and write", "write", key, owner=owner, style=discord.ButtonStyle.success),
        button("Reject", "rejpress", str(number), owner=owner, style=discord.ButtonStyle.danger),
        button("Decide later", "drop", key, owner=owner),
    )
    return card_reply(text, buttons=buttons, accent=change_cards.PREVIEW)


async def rejected_reply(desk: Desk, interaction: discord.Interaction, number: int, because: str) -> Reply:
    """Decide against a proposal; its author withdraws it."""
    from db.desk import proposals

    parts = desk.parts
    by = signature(interaction.user)
    kept = await proposals.reject(parts.database, number, by=by, because=because, at=parts.clock())
    lines = [f"### Proposal {kept.id} is {kept.state}", *_lines(kept)[1:], f"Because: {escaped(kept.decided_because)}"]
    return card_reply("\n".join(lines))


def _lines(kept: Proposal) -> list[str]:
    return [
        f"**{kept.id}** · {kept.at:%Y-%m-%d} · {by_text(kept.by)}",
        f"{escaped(cut(kept.summary, 200))}",
        f"> {escaped(cut(kept.because, 200))}",
    ]
