"""The gap board as a card: what is asked and not answered, most asked first, with a choice of what to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.answers.weak import notice_weak_spots
from bot.chat.desk.changes import signature
from bot.chat.documents import by_text
from bot.chat.replies import Reply, card_reply
from bot.chat.views import button, chooser, rows_of, text_card, turns
from bot.render.markdown import escaped
from bot.words.names import cut
from bot.words.words import Words, words_of
from db.desk.gap_board import Gap, gap_board, release_gap, take_gap

if TYPE_CHECKING:
    from bot.chat.options import Parts

SHOWN = 15
KINDS = {
    "problem": "problem reported",
    "unanswered": "not answered",
    "stale": "no newer figure",
    "single_origin": "one origin only",
}


async def board_reply(parts: Parts, interaction: discord.Interaction, page: int = 0) -> Reply:
    """A page of the board, with what the answers given so far show to be thin."""
    if not page:
        await notice_weak_spots(parts.database, parts.dataset, at=parts.clock())
    found = await gap_board(parts.database, limit=SHOWN + 1, offset=page * SHOWN)
    gaps, by = found[:SHOWN], signature(interaction.user)
    if not gaps:
        return card_reply("### Gap board\nNothing is open.")
    words = words_of(interaction.locale.value)
    lines = ["### Gap board", *(line for gap in gaps for line in gap_lines(gap, words))]
    options = [
        discord.SelectOption(label=f"{gap.id} · {cut(gap.text, 80)}"[:100], value=str(gap.id))
        for gap in gaps
        if gap.state == "open" or gap.taken_by == by  # one's own can be opened again
    ]
    view = text_card("\n".join(lines))
    if options:
        view.add_item(chooser("gaptake", options, owner=interaction.user.id, hint="Take one"))
    pages = page + 1 + (len(found) > SHOWN)
    for row in rows_of(turns(words, "gappage", page, pages, owner=interaction.user.id)):
        view.add_item(row)
    return Reply(view=view, private=True)


async def released_reply(parts: Parts, interaction: discord.Interaction, number: int) -> Reply:
    """Give a gap back to the board."""
    gap = await release_gap(parts.database, number, by=signature(interaction.user))
    lines = ["### On the board again" if gap.state == "open" else f"### It is {gap.state}"]
    return card_reply("\n".join([*lines, *gap_lines(gap, words_of(interaction.locale.value))]))


async def taken_reply(parts: Parts, interaction: discord.Interaction, number: int) -> Reply:
    """Take a gap, or tell who was first."""
    by, words = signature(interaction.user), words_of(interaction.locale.value)
    gap = await take_gap(parts.database, number, by=by)
    if gap.taken_by != by or gap.state != "taken":
        who = f"{by_text(gap.taken_by)} has it" if gap.state == "taken" else f"It is {gap.state}"
        return card_reply("\n".join([f"### {who}", *gap_lines(gap, words)]))
    owner = interaction.user.id
    buttons = (
        button("It is done", "gapdone", str(gap.id), owner=owner, style=discord.ButtonStyle.success),
        button("Nothing to do", "gapdrop", str(gap.id), owner=owner),
        button("Give it back", "gapfree", str(gap.id), owner=owner),
    )
    return card_reply("\n".join(["### Yours", *gap_lines(gap, words)]), buttons=buttons)


def gap_lines(gap: Gap, words: Words) -> list[str]:
    """One gap: its kind, how often it came up, what it is about, who has it."""
    about = [words.place(gap.place) if gap.place else "", words.measure(gap.measure) if gap.measure else ""]
    parts = [KINDS.get(gap.kind, gap.kind), f"{gap.asked}×", *filter(None, about), f"{gap.last_at:%Y-%m-%d}"]
    if gap.answer:
        parts.append(f"answer `{gap.answer}`")
    if gap.state == "taken":
        parts.append(f"taken by {by_text(gap.taken_by)}")
    head = " · ".join(part if "`" in part or "<@" in part else escaped(part) for part in parts)
    return [f"**{gap.id}** · {head}", f"> {escaped(cut(gap.text, 200))}"]
