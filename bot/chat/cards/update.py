"""An update as members read it: a moderator's own words, the changed figures old → new, and why they changed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.change_lines import change_line
from bot.chat.documents import by_text
from bot.chat.views import cut
from bot.render.markdown import escaped
from bot.words.names import cut as shortened
from bot.words.words import Words
from db.edits.change import Change, FigureChange

if TYPE_CHECKING:
    from db.desk.watches import Watch
    from db.edits.history import Changed, Entry

COLOUR = discord.Colour(0x2B6C8F)
MOST_CHANGES = 15
MOST_REASONS = 5
LONGEST_TEXT = 1_500
LIMIT = 3_000


def update_text(changed: Changed, entries: Sequence[Entry], words: Words, *, text: str = "", by: str = "") -> str:
    """The text of an update; the figures come before sources and picks, since members ask for those."""
    lines = ["### Update of the dataset"]
    if text.strip():
        lines += [f"> {escaped(line)}" for line in text.strip()[:LONGEST_TEXT].splitlines() if line.strip()]
    lines += change_items(changed.changes, words, total=changed.total)
    reasons = list(dict.fromkeys(shortened(entry.revision.because, 160) for entry in entries))
    lines += [f"-# Why: {escaped(reason)}" for reason in reasons[:MOST_REASONS]]
    since, until = changed.since, changed.until
    who = f" · {by_text(by)}" if by else ""
    tail = f"-# Data revision {since} → {until} · `/changes since: r{since}` tells all{who}"
    return f"{cut(chr(10).join(lines), LIMIT)}\n{tail}"


def notice_text(changed: Changed, watch: Watch, words: Words, places: Container[str]) -> str:
    """What changed at a watched place, or in a watched region, for whoever watches it."""
    subject = words.place(watch.place)
    if watch.measure:
        subject += f" · {words.measure(watch.measure)}"
    chosen = [
        change
        for change in changed.changes
        if isinstance(change, FigureChange)
        and any(
            side.place in places and watch.measure in ("", side.measure)
            for side in (change.before, change.after)
            if side is not None
        )
    ]
    lines = [f"### {escaped(subject)}: the figures changed", *change_items(chosen, words, total=len(chosen))]
    tail = f"-# Data revision {changed.since} → {changed.until} · `/unwatch` ends this"
    return f"{cut(chr(10).join(lines), LIMIT)}\n{tail}"


def change_items(changes: Iterable[Change], words: Words, *, total: int) -> list[str]:
    """The changes on a line each, figures first, and how many more there are."""
    ordered = sorted(changes, key=lambda change: not isinstance(change, FigureChange))
    lines = [f"- {change_line(change, words)}" for change in ordered[:MOST_CHANGES]]
    if not lines:
        return ["Nothing that members see has changed."]
    return lines + ([f"-# and {total - len(lines)} more"] if total > len(lines) else [])
