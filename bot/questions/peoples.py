"""Names of peoples that say who is counted: "Frenchwomen", "Tunesierinnen", "les Marocaines"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.questions.tokens import folded

WOMEN = frozenset({"women"})
_NAMED = frozenset({"demonym", "subnational"})
_LEADING = frozenset({"function", "asking", "follow", "without", "with", "only", "compare", "each", "rank"})
"""Senses of words that lead a noun; any other word in front is the noun that the name describes."""


@dataclass(frozen=True, slots=True)
class Feminine:
    """How one language marks women in the name of a people."""

    endings: tuple[str, ...]
    behind: bool
    """Whether its adjectives stand behind the noun."""


@cache
def feminines() -> dict[str, Feminine]:
    """The endings of each language that has them, folded."""
    text = (files("bot.questions") / "words" / "feminine.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        language: Feminine(tuple(folded(ending) for ending in endings.split("|")), behind == "yes")
        for language, behind, endings in rows
    }


def names_women(name: str, how: str, language: str, before: frozenset[str] | None) -> bool:
    """Whether a people's name means its women; ``before`` are the senses of the word in front, None without one."""
    word = folded(name.split()[-1]) if name.split() else ""
    if word.endswith(feminines()["en"].endings) and how != "typo":
        return True
    own = feminines().get(language)
    if own is None or not word.endswith(own.endings) or (how not in _NAMED and language != "ar"):
        return False
    return not own.behind or before is None or bool(before & _LEADING)
