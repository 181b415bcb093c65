"""What each command tells of itself, and the help made from it: nothing about a command is written twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import discord
from discord import app_commands

from bot.chat.translator import command_words, translation
from bot.words.words import Words


class Group(StrEnum):
    """The headings of the help, in its order; members' ones are translated (``guide.…`` in the catalogues)."""

    ASK = "Ask"
    EVIDENCE = "Who says so"
    TAKE = "Take it with you"
    FOLLOW = "Follow changes"
    ABOUT = "About"
    FIGURES = "Moderators: figures"
    SOURCES = "Moderators: sources"
    REVIEW = "Moderators: review and undo"
    NEWS = "Moderators: news and gaps"


_HEADINGS = {
    Group.ASK: "guide.ask",
    Group.EVIDENCE: "guide.evidence",
    Group.TAKE: "guide.take",
    Group.FOLLOW: "guide.follow",
    Group.ABOUT: "guide.about",
}
MODERATED = frozenset({Group.FIGURES, Group.SOURCES, Group.REVIEW, Group.NEWS})


def told(group: Group, example: str, *, free: bool = False, description: str = "") -> dict[str, Any]:
    """The ``extras`` of a command: its heading, an example, whether it costs no allowance, and what a menu entry does.

    Discord holds no description of menu entries, so theirs is kept here.
    """
    return {
        "group": group,
        "example": example,
        "free": free,
        "moderators": group in MODERATED,
        "description": description,
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """One command as the help and docs/commands.md show it."""

    name: str
    description: str
    group: Group
    example: str
    options: tuple[tuple[str, str, bool], ...]
    """Name, description and whether it is required."""
    menu: bool = False
    """Whether it is in the menu of a message instead of being typed."""
    shown_name: str = ""
    """The name in the member's language."""

    def title(self, words: Words) -> str:
        """As members see it."""
        name = self.shown_name or self.name
        return words.say("guide.menu", name=name) if self.menu else f"/{name}"


def entries(tree: app_commands.CommandTree[Any], home: discord.abc.Snowflake, locale: str = "en") -> tuple[Entry, ...]:
    """Every command of a bot, members' and moderators', in the order of the help, as that locale's Discord has it."""
    found: list[app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu] = []
    for guild in (None, home):
        for kind in (discord.AppCommandType.chat_input, discord.AppCommandType.message):
            found.extend(tree.get_commands(guild=guild, type=kind))
    order = list(Group)
    made = (_translated(_entry(command), locale) for command in found if not isinstance(command, app_commands.Group))
    return tuple(sorted(made, key=lambda entry: (order.index(entry.group), entry.menu)))


def _entry(command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu) -> Entry:
    extras = command.extras
    if isinstance(command, app_commands.ContextMenu):
        return Entry(
            command.name, extras.get("description", ""), extras["group"], extras.get("example", ""), (), menu=True
        )
    options = tuple((option.name, str(option.description), option.required) for option in command.parameters)
    return Entry(command.name, command.description, extras["group"], extras["example"], options)


def _translated(entry: Entry, locale: str) -> Entry:
    row = translation(entry.name, locale)
    if row is None:
        return entry
    words = command_words(locale)
    options = tuple(
        (words.get(f"option.{name}", name), words.get(f"describe.{described}", described), needed)
        for name, described, needed in entry.options
    )
    example = entry.example.replace(f"/{entry.name}", f"/{row[0]}", 1)
    for (name, _, _), (shown, _, _) in zip(entry.options, options, strict=True):
        example = example.replace(f" {name}: ", f" {shown}: ", 1)
    return replace(entry, shown_name=row[0], description=row[1], options=options, example=example)


PAGE_CHARACTERS = 900
"""Of one page of the help: about what a phone shows at once."""


def overview(shown: Iterable[Entry], words: Words) -> list[tuple[str, list[Entry]]]:
    """Pages of the help: commands on a line each under their heading, with the entries that a page names.

    A heading that goes on stands on the next page again.
    """
    pages: list[tuple[str, list[Entry]]] = []
    lines: list[str] = []
    named: list[Entry] = []
    group: Group | None = None
    for entry in shown:
        line = f"`{entry.title(words)}` {entry.description}"
        if named and sum(map(len, lines)) + len(line) > PAGE_CHARACTERS:
            pages.append(("\n".join(lines), named))
            lines, named, group = [], [], None
        if entry.group is not group:
            heading = _HEADINGS.get(entry.group)
            lines.append(f"### {words.say(heading) if heading else entry.group}")
            group = entry.group
        lines.append(line)
        named.append(entry)
    return [*pages, ("\n".join(lines), named)]


def detail(entry: Entry, words: Words) -> str:
    """One command with its options and an example to type."""
    lines = [f"### {entry.title(words)}", entry.description]
    for name, description, required in entry.options:
        need = words.say("guide.needed" if required else "guide.optional")
        lines.append(f"- `{name}` ({need}): {description}")
    lines.append(words.say("guide.example", example=f"`{entry.example}`"))
    return "\n".join(lines)
