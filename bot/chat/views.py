"""Small layouts that every command shares: a text card, buttons in rows, turning pages, a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import discord
from discord import ui

from bot.chat.pressed import component_id
from bot.words.widths import text_width
from bot.words.words import Words

TEXT_LIMIT = 3800
"""Characters of text in one card; Discord takes 4,000 over all of its parts."""
LABEL_LIMIT = 80
ROW = 5
MOST_OPTIONS = 25
ROW_WIDTH, LABEL_SIZE, BUTTON_EDGES = 304, 14, 31
"""Points that buttons have side by side on a phone of 390, a gap more counted; of a label's letters; around them."""

Button = ui.Button[ui.LayoutView]


def button(
    label: str,
    verb: str,
    payload: str = "",
    *,
    owner: int | None = None,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
) -> Button:
    """A button whose id says everything that pressing it needs."""
    return ui.Button(
        label=label[:LABEL_LIMIT] or None,
        custom_id=component_id(verb, payload, owner=owner),
        style=style,
        emoji=emoji,
    )


def remove_button(owner: int) -> Button:
    """The button with which whoever asked takes an answer back; moderators of the server may press it too."""
    # Not owned in the id's own field, so that its handler can let moderators through.
    return button("", "del", str(owner), emoji="❌")


def button_width(label: str) -> float:
    """About how much of a row a button takes on a phone, the gap behind it included."""
    return text_width(label, LABEL_SIZE) + BUTTON_EDGES


def turns(
    words: Words, verb: str, page: int, pages: int, payload: Callable[[int], str] = str, *, owner: int | None = None
) -> list[Button]:
    """The buttons to the page before and the one after, where there are such; ``payload`` is what a page's carries."""
    there = (("button.previous", page - 1), ("button.next", page + 1))
    return [button(words.say(key), verb, payload(to), owner=owner) for key, to in there if 0 <= to < pages]


def rows_of(buttons: Iterable[Button]) -> list[ui.ActionRow[ui.LayoutView]]:
    """Buttons in rows of five."""
    items = list(buttons)
    return [ui.ActionRow(*items[at : at + ROW]) for at in range(0, len(items), ROW)]


def chooser(
    verb: str, options: list[discord.SelectOption], payload: str = "", *, owner: int | None = None, hint: str = ""
) -> ui.ActionRow[ui.LayoutView]:
    """A choice among as many options as Discord takes, whose id says what choosing one does."""
    made: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=component_id(verb, payload, owner=owner), placeholder=hint or None, options=options[:MOST_OPTIONS]
    )
    return ui.ActionRow(made)


def text_card(text: str, *, buttons: Sequence[Button] = (), accent: discord.Colour | None = None) -> ui.LayoutView:
    """A card of text with buttons below it; a text beyond the limit is cut at a line and says so."""
    return layout(ui.Container(ui.TextDisplay(cut(text)), accent_colour=accent), *rows_of(buttons))


def layout(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """Items below each other; the ids of what can be pressed are its whole memory, so it never expires."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def cut(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text up to a limit, ended at the last whole line."""
    if len(text) <= limit:
        return text or "…"
    head = text[: limit - 2]
    return head[: head.rfind("\n")] + "\n…" if "\n" in head else head + " …"
