"""Authors' names as the dataset writes them, as CSL names and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypedDict

_PARTICLES = frozenset(
    ("van", "von", "de", "der", "den", "del", "della", "di", "da", "du", "la", "le", "al", "el", "ben", "bin", "zu")
)
_RANKS = re.compile(r"^(?:(?:Maj|Gen|Lt|Col|Brig|Capt|Adm|Sgt|Dr|Prof|Sir|Mr|Mrs|Ms)\.?\s+)+")
_ASIDE = re.compile(r"\s*\(([^)]*)\)\s*$")
_EDITORS = re.compile(r"\beds?\.?$")
_GROUP = re.compile(r"\b(staff|team|group|contributors|ministry|office|agency|council)\b", re.IGNORECASE)
_LATIN = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff’]*$")


class CslName(TypedDict, total=False):
    """A person by family and given name, or a body by its literal name."""

    family: str
    given: str
    literal: str


def read_names(authors: Iterable[str]) -> tuple[list[CslName], list[CslName]]:
    """Authors and editors; "(eds)" after the last name makes editors of all.

    Ranks and remarks in brackets are left out: "Maj. Gen. Peter Gersten", "Peter Neumann (project lead)".
    """
    names: list[CslName] = []
    editors = False
    for text in authors:
        aside = _ASIDE.search(text)
        if aside:
            editors = editors or _EDITORS.search(aside[1]) is not None
            text = text[: aside.start()]
        names += [read_name(part) for part in text.split(" and ") if part.strip()]
    return ([], names) if editors else (names, [])


def read_name(text: str) -> CslName:
    """One name: "Bibi van Ginkel" is van Ginkel, Bibi; a group, one word or a name in another script stays whole."""
    text = _RANKS.sub("", text.strip())
    words = text.split()
    if len(words) < 2 or _GROUP.search(text) or not _LATIN.match(text):
        return {"literal": text}
    first = len(words) - 1
    while first > 1 and words[first - 1].lower().rstrip(".") in _PARTICLES:
        first -= 1
    return {"family": " ".join(words[first:]), "given": " ".join(words[:first])}


def write_names(names: Iterable[CslName]) -> list[str]:
    """CSL names as the dataset writes them, given name first."""
    return [name.get("literal") or f"{name.get('given', '')} {name.get('family', '')}".strip() for name in names]


def inverted(name: CslName) -> str:
    """A name with the family first, as reference managers read it."""
    literal = name.get("literal")
    if literal:
        return literal
    return f"{name.get('family', '')}, {name['given']}" if name.get("given") else name.get("family", "")
