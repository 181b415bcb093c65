"""Names of several countries at once, and of parts of the world that no one region held stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.questions.phrases import Phrase, PhraseTable
from bot.questions.tokens import Token, words_of


@dataclass(frozen=True, slots=True)
class Group:
    """What such a name stands for: each of its countries, or one of several regions, which the asker chooses."""

    places: tuple[str, ...]
    is_choice: bool
    is_code: bool = False
    """Whether its name counts only in capitals: "WE" is Western Europe, "we" is not."""


@cache
def group_names() -> PhraseTable[Group]:
    """The names of the groups."""
    found: dict[Phrase, Group] = {}
    text = (files("bot.questions") / "words" / "groups.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        kind, places, names = line.split("\t")
        group = Group(tuple(places.split(",")), kind == "which", kind == "code")
        for words in map(words_of, names.split("|")):
            found.setdefault(words, group)
    return PhraseTable(found)


def group_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[Group, int] | None:
    """The group whose name starts at a token, and the index behind it; ``words`` are the tokens' own."""
    found = group_names().at(words, at)
    return next((pair for pair in found if not pair[0].is_code or tokens[at].given.isupper()), None)
