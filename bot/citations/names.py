"""Authors' names as the dataset writes them, as CSL names and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, cast

from db.edits.entry.authors import OTHERS, Author, Told, read_authors

CslName = TypedDict(
    "CslName", {"family": str, "given": str, "suffix": str, "dropping-particle": str, "literal": str}, total=False
)
"""A person by the parts of the name, or a body by its literal name."""


def read_names(authors: Iterable[str]) -> tuple[list[CslName], list[CslName]]:
    """Authors and editors; "(eds)" after a name makes editors of all."""
    read, editors = read_authors(authors)
    names = [_csl_name(author) for author in read]
    return ([], names) if editors else (names, [])


def _csl_name(author: Author) -> CslName:
    if author.body:
        return {"literal": author.body}
    parts = {"given": author.given, "suffix": author.suffix, "dropping-particle": author.particle}
    return cast("CslName", {"family": author.family} | {name: part for name, part in parts.items() if part})


def written(name: CslName) -> str:
    """A CSL name as the dataset writes it: "Family, Given", or a body in braces."""
    return author_of(name).written


def inverted(name: CslName) -> str:
    """A name with the family first, as reference managers read it."""
    author = author_of(name)
    return author.body or author.written


def author_of(name: CslName) -> Author:
    """A CSL name as an author; parts that others keep apart are put together."""
    literal = name.get("literal", "")
    if literal:
        return OTHERS if is_others(name) else Author(body=literal)
    return Author(
        name.get("family", ""),
        name.get("given", ""),
        name.get("suffix", ""),
        name.get("dropping-particle", ""),
        told=Told.STATED,
    )


def is_others(name: CslName) -> bool:
    """Whether it stands for those who are not named."""
    return name.get("literal", "").rstrip(".").casefold() == OTHERS.body.rstrip(".")
