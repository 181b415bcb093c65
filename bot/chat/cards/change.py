"""The cards of a change: its preview with old → new and impact, what was written, what waits, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.answers.impact import Impact
from bot.chat.cards.change_lines import change_lines, listed
from bot.chat.cards.impact import impact_lines
from bot.chat.cards.imports import counts_lines
from bot.chat.documents import by_text
from bot.chat.refusals import fault_lines
from bot.chat.replies import Reply, card_reply
from bot.chat.views import Button, button
from bot.render.markdown import escaped
from bot.words.words import Words
from db.imports.plan import Plan

if TYPE_CHECKING:
    from db.desk.proposals import Proposal
    from db.edits.editing import Preview, Recorded

PREVIEW = discord.Colour(0xC98A1B)
WRITTEN = discord.Colour(0x2E7D4F)
REFUSED = discord.Colour(0xA83A32)
IN_FULL = 3
"""Changes that are shown column by column; more are a line each."""
MOST_CHANGES = 12
NOTHING_YET = "-# Nothing is written yet. This preview waits fifteen minutes for you alone."


def preview_text(
    preview: Preview | Plan, impact: Impact, words: Words, *, because: str, by: str = "", watches: int = 0
) -> str:
    """A change before it is made: what differs, why, what it does to answers, and what deserves a second look."""
    lines = [f"### {_title(preview)}", *_changes(preview, words)]
    lines.append(f"Why: {escaped(because)}" + (f" ({by_text(by)})" if by else ""))
    if preview.cautions:
        lines += ["**Look twice**", *fault_lines(preview.cautions)]
    lines += impact_lines(impact, words, watches=watches)
    if not isinstance(preview, Plan) and preview.total > len(preview.changes):
        lines.append(f"-# Compared for the first {len(preview.changes)} of {preview.total} changes.")
    return "\n".join([*lines, f"-# Made for data revision {preview.revision}.", NOTHING_YET])


def preview_reply(text: str, key: str, owner: int, *, confirm: str, more: tuple[Button, ...] = ()) -> Reply:
    """A preview whose buttons answer its author alone."""
    buttons = (
        button(confirm, "write", key, owner=owner, style=discord.ButtonStyle.success),
        button("Drop it", "drop", key, owner=owner),
        *more,
    )
    return card_reply(text, buttons=buttons, accent=PREVIEW)


def written_reply(made: Recorded, words: Words, *, owner: int, approved: bool = False) -> Reply:
    """What was written, with the ways on from there."""
    revision = made.revision
    lines = [f"### {'Approved and written' if approved else 'Written'} as data revision {revision.id}"]
    lines += listed(made.changes, words, most=MOST_CHANGES, total=made.total)
    lines.append(f"> {escaped(revision.because)}")
    if approved:
        lines.append(f"-# Proposed by {by_text(revision.by)}")
    buttons = (
        button("Announce it", "annpress", str(revision.id), owner=owner),
        button("Undo it", "undopress", str(revision.id), owner=owner),
    )
    return card_reply("\n".join(lines), buttons=buttons, accent=WRITTEN)


def proposed_reply(kept: Proposal) -> Reply:
    """A change that waits for a second person."""
    lines = [
        f"### Proposal {kept.id} waits for a second moderator",
        escaped(kept.summary),
        f"> {escaped(kept.because)}",
        f"-# Another moderator finds it with `/pending` or `/approve proposal: {kept.id}`. Nothing is written yet.",
    ]
    return card_reply("\n".join(lines), accent=PREVIEW)


def refusal_reply(text: str, buttons: tuple[Button, ...] = ()) -> Reply:
    """Why a change is not made, and the way on."""
    return card_reply(text, buttons=buttons, accent=REFUSED)


def _title(preview: Preview | Plan) -> str:
    if isinstance(preview, Plan):
        return f"Preview: import of {escaped(preview.name[:80])}"
    if preview.undoes is not None:
        return f"Preview: undo of revision {preview.undoes.id}"
    return "Preview"


def _changes(preview: Preview | Plan, words: Words) -> list[str]:
    if isinstance(preview, Plan):
        return [*counts_lines(preview), *listed(preview.changes, words, most=MOST_CHANGES, total=len(preview.changes))]
    if preview.total <= IN_FULL:
        return [line for change in preview.changes for line in change_lines(change, words)]
    return [escaped(preview.summary), *listed(preview.changes, words, most=MOST_CHANGES, total=preview.total)]
