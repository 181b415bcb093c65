"""A card as an ordinary message: the same words and the same buttons, where Discord or a client takes no cards."""

from __future__ import annotations

from discord import ui

LIMIT = 2_000
"""Characters in an ordinary message."""
_ROWS = 5


def text_of(view: ui.LayoutView) -> str:
    """All that a card says, in its order, ended at a line where it is too long for one message."""
    texts = [part.content for part in view.walk_children() if isinstance(part, ui.TextDisplay)]
    text = "\n".join(texts)
    if len(text) <= LIMIT:
        return text or "…"
    return text[: LIMIT - 2].rpartition("\n")[0] + "\n…"


def controls_of(view: ui.LayoutView) -> ui.View:
    """The buttons and selects of a card, row by row; their ids are the same, so pressing them does the same."""
    controls = ui.View(timeout=None)
    rows = [part for part in view.walk_children() if isinstance(part, ui.ActionRow)]
    for number, row in enumerate(rows[:_ROWS]):
        for item in row.children:
            if isinstance(item, ui.Button):
                controls.add_item(
                    ui.Button(
                        label=item.label, custom_id=item.custom_id, style=item.style, emoji=item.emoji, row=number
                    )
                )
            elif isinstance(item, ui.Select):
                hint, options = item.placeholder, item.options
                controls.add_item(ui.Select(custom_id=item.custom_id, row=number, placeholder=hint, options=options))
    controls.stop()  # drawn and not remembered: presses are routed by their ids
    return controls
