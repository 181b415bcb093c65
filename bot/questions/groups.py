"""Names of several countries at once, and of parts of the world that no one region held stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.questions.tokens import Token, words_of


@dataclass(frozen=True, slots=True)
class Group:
    """What such a name stands for: each of its countries, or one of several regions, which the asker chooses."""

    places: tuple[str, ...]
    is_choice: bool
    is_code: bool = False
    """Whether its name counts only in capitals: "WE" is Western Europe, "we" is not."""


@cache
def group_names() -> dict[str, list[tuple[tuple[str, ...], Group]]]:
    """The names by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Group]]] = {}
    text = (files("bot.questions") / "words" / "groups.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        kind, places, names = line.split("\t")
        group = Group(tuple(places.split(",")), kind == "which", kind == "code")
        for words in map(words_of, names.split("|")):
            found.setdefault(words[0], []).append((words, group))
    for named in found.values():
        named.sort(key=lambda pair: -len(pair[0]))
    return found


def group_at(tokens: Sequence[Token], at: int) -> tuple[Group, int] | None:
    """The group whose name starts at a token, and the index behind it."""
    for words, group in group_names().get(tokens[at].word, ()):
        if group.is_code and not tokens[at].given.isupper():
            continue
        if tuple(token.word for token in tokens[at : at + len(words)]) == words:
            return group, at + len(words)
    return None
