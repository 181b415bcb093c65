"""Revisions as a card: newest first, ten a page, older ones one tap away."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.chat.cards.change_lines import entry_lines
from bot.chat.pressed import room_for_payload
from bot.chat.reference import Unreadable
from bot.chat.replies import Reply, card_reply
from bot.chat.views import Button, button
from bot.render.markdown import escaped
from bot.words.words import Words, words_of

if TYPE_CHECKING:
    from db.edits.history import Entry
    from db.store.engine import Database

PAGE = 10
_KINDS = {"p": "place", "f": "figure", "s": "source", "b": "by"}
_PAYLOAD = re.compile(r"(\d{0,9})\.(?:([pfsb])=([A-Za-z0-9:_.-]{1,120}))?")


@dataclass(frozen=True, slots=True)
class History:
    """Which revisions are asked for; ``before`` is the oldest of the page before."""

    place: str | None = None
    figure: str | None = None
    source: str | None = None
    by: str | None = None
    before: int | None = None

    @classmethod
    def read(cls, payload: str) -> History:
        """The page in a payload; raise Unreadable when it is none."""
        found = _PAYLOAD.fullmatch(payload)
        if found is None:
            raise Unreadable
        before, kind, value = found.groups()
        given = {_KINDS[kind]: value} if kind else {}
        return cls(before=int(before) if before else None, **given)

    def payload(self) -> str | None:
        """As the payload of a button; None where it does not fit: two filters, or a very long id."""
        given = [(kind, value) for kind, name in _KINDS.items() if (value := getattr(self, name)) is not None]
        filtered = "".join(f"{kind}={value}" for kind, value in given)
        text = f"{self.before or ''}.{filtered}"
        return text if len(given) <= 1 and len(text) <= room_for_payload("hispage") else None


async def history_reply(database: Database, asked: History, locale: str) -> Reply:
    """A page of revisions."""
    from db.edits.history import history

    entries = await history(
        database,
        place=asked.place,
        figure=asked.figure,
        source=asked.source,
        by=asked.by,
        before=asked.before,
        limit=PAGE + 1,
        changes_each=3,
    )
    words = words_of(locale)
    lines = [f"### History{_of(asked, words)}"]
    for entry in entries[:PAGE]:
        lines += entry_lines(entry, words)
    if not entries:
        lines.append("No change is recorded.")
    return card_reply("\n".join(lines), buttons=_buttons(asked, entries))


def _of(asked: History, words: Words) -> str:
    told = [words.place(asked.place) if asked.place else "", asked.figure or "", asked.source or ""]
    named = " · ".join(escaped(part) for part in told if part)
    who = f" · <@{asked.by}>" if asked.by and asked.by.isdecimal() else ""
    return (f" · {named}" if named else "") + who


def _buttons(asked: History, entries: tuple[Entry, ...]) -> list[Button]:
    made: list[Button] = []
    first = replace(asked, before=None).payload()
    if asked.before is not None and first is not None:
        made.append(button("Newest", "hispage", first))
    if len(entries) > PAGE:
        older = replace(asked, before=entries[PAGE - 1].revision.id).payload()
        if older is not None:
            made.append(button("Older", "hispage", older))
    return made
