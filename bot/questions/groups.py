"""Names of several countries at once, and of parts of the world that no one region held stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.questions.phrases import Phrase, PhraseTable
from bot.questions.tokens import Token, words_of

_LANGUAGE = 2
"""Letters of the code of a language."""


@dataclass(frozen=True, slots=True)
class Group:
    """What such a name stands for: each of its countries, or one of several regions, which the asker chooses."""

    places: tuple[str, ...]
    is_choice: bool
    is_code: bool = False
    """Whether its name counts only in capitals: "WE" is Western Europe, "we" is not."""
    language: str = ""
    """The only language in which its name is one: "denen" are Danes in Dutch, "ab" is the EU in Turkish."""


@cache
def group_names(language: str = "") -> PhraseTable[Group]:
    """The names of the groups; with a language those that are names in it alone."""
    found: dict[Phrase, Group] = {}
    text = (files("bot.questions") / "words" / "groups.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        kind, places, names = line.split("\t")
        kinds = kind.split()
        spoken = next((one for one in kinds if len(one) == _LANGUAGE), "")
        group = Group(tuple(filter(None, places.split(","))), "which" in kinds, "code" in kinds, spoken)
        if language == group.language:
            for words in map(words_of, names.split("|")):
                found.setdefault(words, group)
    return PhraseTable(found)


def group_at(tokens: Sequence[Token], words: Sequence[str], at: int, language: str = "") -> tuple[Group, int] | None:
    """The group whose name starts at a token, and the index behind it; ``words`` are the tokens' own.

    With a language it is one whose name is a name in that language only; one that stands for no place counts in small
    letters.
    """
    found = group_names(language).at(words, at)
    return next((pair for pair in found if _is_written(pair[0], tokens[at])), None)


def _is_written(group: Group, token: Token) -> bool:
    if group.is_code:
        return token.given.isupper()
    return bool(group.places) or token.given.islower()
