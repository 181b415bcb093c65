"""A card that is sent again: made once for all who ask the same, with each asker's own name in its buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discord import ui

from bot.chat.pressed import Component, base36, owned_by

Components = list[Component]
"""A card as Discord is sent it."""


class KeptView(ui.LayoutView):
    """A finished card known by what is sent of it; its items are made when somebody looks at one."""

    def __init__(self, components: Components, build: Callable[[], ui.LayoutView]) -> None:
        # The parent's part is left out until it is needed: making all items takes longer than all else of an answer.
        self._components = components
        self._build = build

    def __getattr__(self, name: str) -> Any:
        """What only the items tell: make them."""
        if name.startswith("__") or "_build" not in self.__dict__:
            raise AttributeError(name)
        self.__dict__ |= self.__dict__.pop("_build")().__dict__
        self.stop()
        return getattr(self, name)

    def to_components(self) -> Components:
        """What is sent; nobody may change it."""
        return self._components

    def has_components_v2(self) -> bool:
        """Always: a card is one."""
        return True

    def is_finished(self) -> bool:
        """Always: presses are routed by their ids, and no view is remembered."""
        return True

    def stop(self) -> None:
        """Nothing: it never listened."""


def stand_in(owner: int) -> int:
    """The least owner whose name is as long as this one's: a card made for the one fits the other."""
    return max(int("1" + "0" * (len(base36(owner)) - 1), 36), int("1" + "0" * (len(str(owner)) - 1)))


def owned(components: Components, before: int, after: int) -> Components:
    """A card of one owner as that of another; what is the same is shared."""
    if before == after:
        return components
    old, new = (base36(before), str(before)), (base36(after), str(after))
    return [_owned_row(part, old, new) if part["type"] == 1 else part for part in components]


def _owned_row(row: Component, old: tuple[str, str], new: tuple[str, str]) -> Component:
    return row | {
        "components": [
            part | {"custom_id": owned_by(part["custom_id"], old, new)} if "custom_id" in part else part
            for part in row["components"]
        ]
    }
