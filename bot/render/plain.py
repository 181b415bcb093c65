"""An answer as plain text within one ordinary message, for clients where cards cannot be shown."""

from __future__ import annotations

from bot.answers.answer import Answer
from bot.render.markdown import escaped
from bot.render.outline import Line, Role, cut_lists
from bot.render.telling import tell
from bot.render.words import words_of

LIMIT = 2_000
"""Characters in an ordinary Discord message."""
_MOST_ITEMS = 5


def to_plain(answer: Answer, locale: str = "en") -> str:
    """The answer in at most 2,000 characters, markdown escaped, no links; lists are cut before sentences are."""
    words = words_of(locale)
    lines = tell(answer, locale)
    for most in range(_MOST_ITEMS, -1, -1):
        kept = cut_lists(
            lines,
            {Role.ITEM: most, Role.EARLIER: 0, Role.NOTE: most, Role.FINE: most},
            lambda left: words.count("more", left),
        ).lines
        text = "\n".join(words.line(_drawn(line)) for line in kept)
        if len(text) <= LIMIT:
            return text
    return _cut_to_limit(text, words.say("cut"))


def _drawn(line: Line) -> str:
    text = escaped(line.text)
    if line.role is Role.HEADLINE:
        return f"**{text}**"
    if line.role is Role.HEADING:
        return f"__{text}__"
    if line.role in (Role.ITEM, Role.EARLIER, Role.OFFER, Role.CHOICE):
        return f"• {text}"
    return text


def _cut_to_limit(text: str, ending: str) -> str:
    kept = text[: LIMIT - len(ending) - 1].rsplit("\n", 1)[0]
    return f"{kept}\n{ending}"
