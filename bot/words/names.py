"""Names of publishers and official bodies: short where they are long, and in the reader's language where held."""

from __future__ import annotations

import re
from functools import lru_cache

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z/&-]{1,11})\)\s*$")
_LONG_NAME = 42
LONGEST_NAME = 90
"""Of a name inside of a sentence, which is cut only where it is a list of names."""


@lru_cache(maxsize=1024)
def short_name(publisher: str, longest: int = _LONG_NAME) -> str:
    """A publisher's name for one line: its own acronym when it prints one, else the name, cut where it is very long."""
    acronym = _ACRONYM.search(publisher)
    if acronym and len(publisher) > 24 and _is_acronym(acronym[1]):
        return acronym[1]
    if len(publisher) <= longest:
        return publisher
    publisher = publisher.partition(";")[0].partition(" via ")[0].partition(" (")[0]
    first, several, _ = publisher.partition(" and ")
    if several and " " in first and len(publisher) > longest:  # "Trinidad and Tobago Ministry …" is one body
        return f"{first} et al."
    return cut(publisher, longest)


def cut(text: str, most: int) -> str:
    """The text cut at a word end, with an ellipsis where something was left out."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _is_acronym(text: str) -> bool:
    return sum(letter.isupper() for letter in text) >= len(text) / 2
