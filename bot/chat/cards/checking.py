"""A claim that was typed, or stands in a message, checked and drawn as a card."""

from __future__ import annotations

from bot.answers.claim_check import check_text
from bot.answers.claim_words import claim_words, words_in
from bot.chat.errors import KindlyIn
from bot.chat.options import Parts
from bot.chat.replies import Reply, card_reply
from bot.render.checked import check_lines
from bot.render.markdown import marked
from bot.render.outline import Role
from bot.words.in_english import in_english
from bot.words.words import words_of

_PREFIX = {Role.HEADLINE: "", Role.TEXT: "> ", Role.FINE: "-# ", Role.ITEM: "- "}


async def checked(parts: Parts, text: str, locale: str, *, private: bool = False) -> Reply:
    """Each number of a text with how it stands to what is held; raises KindlyIn where it states none."""
    found = await check_text(text, parts.asker, parts.resolver, today=parts.clock().date())
    if not found:
        raise KindlyIn("kind.no_number")
    words = words_of(locale)
    lines = [words.line(_PREFIX[line.role] + marked(line.spans)) for line in check_lines(found, words)]
    text = "\n".join([*lines, *(f"-# {line}" for line in filter(None, [in_english(locale)]))])
    return card_reply(text, private=private)


def claim_to_check(text: str) -> str | None:
    """What is left of a text behind "check this:"; empty where it says no more; None where it asks something else."""
    words = words_in(text)
    count = claim_words().at("check", words, 0, text)
    if not count or any(map(str.isalnum, text[: words[0].start])):
        return None
    rest = text[words[count - 1].end :].strip()
    if not any(map(str.isalnum, rest)):
        return ""
    return rest[1:].strip() if rest.startswith(":") else None
