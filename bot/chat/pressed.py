"""What a button, select or form carries in its id, and who handles it.

Ids are the whole state: a card posted before a restart works after it, and nothing is kept in memory for it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import discord

ID_LENGTH = 100
"""The most characters that Discord takes in a component id."""

_PREFIX = "i1"
_FORM = re.compile(_PREFIX + r":([a-z]{1,12}):([0-9a-z]{0,13}):(.*)", re.DOTALL)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


Component = dict[str, Any]
"""A part of a card as Discord is sent it."""


class ForgedId(ValueError):
    """A component id that this bot cannot have made."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """One press: what was asked for, by whose component, with which payload and input."""

    verb: str
    owner: int | None = None
    """The only person whom it answers; None for everybody."""
    payload: str = ""
    values: tuple[str, ...] = ()
    """What was chosen in a select."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What was written in a form, by field name."""


def component_id(verb: str, payload: str = "", *, owner: int | None = None) -> str:
    """The id of a component; raise ValueError when it would not fit."""
    made = f"{_PREFIX}:{verb}:{base36(owner) if owner else ''}:{payload}"
    if len(made) > ID_LENGTH:
        raise ValueError(f"a component id of {len(made)} characters does not fit: {made!r}")
    return made


def room_for_payload(verb: str, *, owner: int | None = None) -> int:
    """How many characters a payload may have."""
    return ID_LENGTH - len(component_id(verb, owner=owner))


def read_id(custom_id: str) -> Pressed | None:
    """What an id says; None when it is not in our form. Raises ForgedId when its owner is impossible."""
    match = _FORM.fullmatch(custom_id)
    if match is None or len(custom_id) > ID_LENGTH:
        return None
    verb, owner, payload = match.groups()
    return Pressed(verb, from_base36(owner) if owner else None, payload)


def owned_by(custom_id: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """An id with another owner, each as (base 36, decimal): where it names its owner, and where taking back does."""
    head, verb, owner, payload = custom_id.split(":", 3)
    if owner == old[0]:
        owner = new[0]
    elif verb == "del" and payload == old[1]:
        payload = new[1]
    elif verb == "more" and payload.startswith(f"{old[0]}~"):
        payload = new[0] + payload.removeprefix(old[0])
    return f"{head}:{verb}:{owner}:{payload}"


@lru_cache(maxsize=1024)
def base36(number: int) -> str:
    """A number in few characters; a Discord id of 19 digits takes 12."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"


def from_base36(text: str) -> int:
    """The number behind ``base36``; raises ForgedId on anything that is no Discord id."""
    number = int(text, 36)
    if not 0 < number < 2**64:
        raise ForgedId(text)
    return number


def data_of(interaction: discord.Interaction) -> Mapping[str, Any]:
    """What Discord sent along: its shape differs for each kind of interaction, so it is read defensively."""
    return cast("Mapping[str, Any]", interaction.data or {})


def fields_of(interaction: discord.Interaction) -> dict[str, str]:
    """The texts of a submitted form by the last part of each field's id."""
    found: dict[str, str] = {}
    pending: list[object] = list(data_of(interaction).get("components") or ())
    while pending:
        part = pending.pop()
        if not isinstance(part, Mapping):
            continue
        pending.extend(part.get("components") or ())
        pending.append(part.get("component"))
        name = part.get("custom_id")
        if isinstance(name, str):
            chosen = part.get("values")
            value = chosen[0] if isinstance(chosen, list) and chosen else part.get("value")
            found[name] = value if isinstance(value, str) else ""
    return found


PRESSES = "presses"
"""The mark of a cog's method: its verbs, each with whether only moderators may, and whether it is free."""
MENU = "menu"
"""The mark of one that stands in the menu of a message: its name there, and what the help tells of it."""
Handler = Callable[[discord.Interaction, Pressed], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Route:
    """Who handles a verb, and whether only moderators may press it."""

    handler: Handler
    moderators: bool = False
    free: bool = False
    """Whether pressing it costs nothing of the asker's allowance (taking back, turning a page)."""


class Routes:
    """Every verb of a component id with its handler."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}

    def add(self, verb: str, handler: Handler, *, moderators: bool = False, free: bool = False) -> None:
        """Register a verb once; raise ValueError when it is taken."""
        if verb in self._routes:
            raise ValueError(f"the verb {verb!r} is taken")
        self._routes[verb] = Route(handler, moderators, free)

    def find(self, verb: str) -> Route | None:
        """The route of a verb, None for one that this version does not know."""
        return self._routes.get(verb)

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every known verb in alphabetical order."""
        return tuple(sorted(self._routes))
