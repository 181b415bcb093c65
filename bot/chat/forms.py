"""Forms: windows to write in, whose ids say everything that submitting them needs, so they outlive a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.chat.pressed import component_id

LABEL_LENGTH = 45


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; with options it is a select, else a line or a paragraph to write."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    needed: bool = False
    long: bool = False
    most: int = 200
    options: Sequence[tuple[str, str]] = ()
    """Value and label of each option."""


def form(title: str, verb: str, payload: str, fields: Sequence[Field], *, owner: int | None = None) -> ui.Modal:
    """A form of up to five fields, filled with what is known."""
    modal = ui.Modal(title=title[:LABEL_LENGTH], custom_id=component_id(verb, payload, owner=owner))
    for field in fields:
        modal.add_item(
            ui.Label(
                text=field.label[:LABEL_LENGTH],
                description=field.hint[:100] or None,
                component=_select(field) if field.options else _line(field),
            )
        )
    # Submissions are routed by id; nothing waits for this object.
    modal.stop()
    return modal


def _line(field: Field) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(
        custom_id=field.name,
        default=field.value[: field.most] or None,
        required=field.needed,
        max_length=field.most,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
    )


def _select(field: Field) -> ui.Select[ui.Modal]:
    options = [
        discord.SelectOption(label=label[:100], value=value[:100], default=value == field.value)
        for value, label in field.options[:25]
    ]
    return ui.Select(custom_id=field.name, options=options, required=field.needed, min_values=int(field.needed))
