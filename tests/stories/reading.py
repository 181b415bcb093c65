"""What a member sees of a reply, as plain lines, and the controls below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
from simcord import InteractionResult, MemberActor, ResponseMessage, UserHandle
from simcord.components import walk_components

Seen = InteractionResult | ResponseMessage | discord.Message


def _message(seen: Seen) -> ResponseMessage | discord.Message:
    if not isinstance(seen, InteractionResult):
        return seen
    message = seen.response or (seen.followups[-1] if seen.followups else None)
    assert message is not None, f"nothing was answered: {seen!r}"
    return message


def parts_of(seen: Seen) -> Iterator[dict[str, Any]]:
    """Every component of a reply, in reading order."""
    message = _message(seen)
    raw = message.components
    roots = [part if isinstance(part, dict) else part.to_dict() for part in raw]
    yield from walk_components(roots)


def text_of(seen: Seen) -> str:
    """All that a reply says."""
    shown = [part["content"] for part in parts_of(seen) if part.get("type") == 10]
    return "\n".join([_message(seen).content, *shown]).strip()


def labels_of(seen: Seen) -> list[str]:
    """The buttons of a reply, by label or emoji."""
    buttons = [part for part in parts_of(seen) if part.get("type") == 2]
    return [part.get("label") or (part.get("emoji") or {}).get("name", "") for part in buttons]


def id_of(seen: Seen, label: str) -> str:
    """The id of the one button with a label or emoji."""
    found = [
        part["custom_id"]
        for part in parts_of(seen)
        if part.get("type") == 2 and label in (part.get("label"), (part.get("emoji") or {}).get("name"))
    ]
    assert len(found) == 1, f"{label!r} is on {len(found)} buttons of {labels_of(seen)}"
    custom_id: str = found[0]
    return custom_id


async def further(member: MemberActor | UserHandle, seen: Seen) -> ResponseMessage | discord.Message:
    """A reply with every button, after a press of "⋯"."""
    await member.click(message_of(seen), label="⋯")
    return message_of(seen)


def message_of(seen: Seen) -> ResponseMessage | discord.Message:
    """The message that a reply is."""
    return _message(seen)
