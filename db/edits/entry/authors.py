"""The names of authors as somebody wrote them: a person's parts, or a body that is never taken apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_ASIDE = re.compile(r"\s*\(([^)]*)\)\s*$")
_EDITORS = re.compile(r"\beds?\.?$", re.IGNORECASE)
_MARKED = re.compile(r"\{(.*)\}")
_JOINED = re.compile(r"\s(?:and|&|und|et)\s")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,2}\.?")
"""One or two letters with their stops: R, R., J.-P."""


class Told(StrEnum):
    """How sure it is what a name is."""

    STATED = "stated"
    """Written as ``Family, Given``, as ``{a body}``, or plainly a body."""
    GUESSED = "guessed"
    """A given and a family name as it seems: some bodies look like that, too."""
    UNTOLD = "untold"
    """It may be a person or a body, or several; it is cited as it was written."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person by the parts of the name, or a body by its whole name."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    particle: str = ""
    """What stands before the family name and not with it: Beethoven, Ludwig *van*."""
    body: str = ""
    told: Told = Told.STATED

    @property
    def written(self) -> str:
        """The name in the form in which it is kept: read again, it is the same.

        >>> read_author("Martin King, Jr.").written
        'King, Martin, Jr.'
        """
        if self.body:
            return self.body if self.told is Told.UNTOLD or self == OTHERS else f"{{{self.body}}}"
        return ", ".join(part for part in (self.family, f"{self.given} {self.particle}".strip(), self.suffix) if part)

    @property
    def spoken(self) -> str:
        """The name as people say it: given name first."""
        return self.body or " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))


OTHERS = Author(body="et al.")
"""Those who are not named."""


def read_authors(listed: Iterable[str]) -> tuple[list[Author], bool]:
    """Authors, and whether they are editors: "(eds)" after one of them makes editors of all.

    >>> [author.written for author in read_authors(["Peter R. Neumann et al."])[0]]
    ['Neumann, Peter R.', 'et al.']
    """
    authors: list[Author] = []
    editors = False
    for text in listed:
        aside = _ASIDE.search(text)
        editors = editors or bool(aside and _EDITORS.search(aside[1]))
        for name in _without_others(_ASIDE.sub("", text) if aside and _EDITORS.search(aside[1]) else text):
            authors.append(OTHERS if name == OTHERS.body else read_author(name))
    if OTHERS in authors:
        authors = [author for author in authors if author != OTHERS] + [OTHERS]
    return authors, editors


def read_author(text: str) -> Author:
    """One name: "Family, Given" and "{a body}" are taken as such, what cannot be told stays as it was written.

    Ranks and remarks in brackets are left out of persons' names: "Maj. Gen. Peter Gersten".

    >>> read_author("Bibi van Ginkel").family, read_author("Human Rights Watch").body
    ('van Ginkel', 'Human Rights Watch')
    """
    text = " ".join(text.split())
    marked = _MARKED.fullmatch(text)
    if marked:
        return Author(body=marked[1].strip())
    named = _ASIDE.sub("", text)
    if _is_body(named):
        return Author(body=text)
    parts = [part.strip() for part in re.split("[,،]", named)]
    suffixes = [part for part in parts[1:] if _plain(part) in _words()["suffixes"]]
    rest = [part for part in parts if part not in suffixes]
    if len(suffixes) > 1 or len(rest) > 2 or not all(rest) or _JOINED.search(named):
        return Author(body=text, told=Told.UNTOLD)
    suffix = "".join(suffixes)
    return _of_two(rest[0], rest[1], suffix) if len(rest) == 2 else _of_one(rest[0].split(), suffix, text)


def _of_two(family: str, given: str, suffix: str) -> Author:
    """A name whose parts are stated; a suffix may stand with the family name, particles behind the given one."""
    words = _without_ranks(given.split())
    families = family.split()
    if not suffix and len(families) > 1 and _plain(families[-1]) in _words()["suffixes"]:
        suffix = families.pop()
    first = len(words)
    while first > 1 and words[first - 1] in _words()["particles"]:
        first -= 1
    return Author(" ".join(families), " ".join(words[:first]), suffix, " ".join(words[first:]))


def _of_one(words: Sequence[str], suffix: str, text: str) -> Author:
    """A name with the given name first, as far as it tells where the family name begins."""
    words = _without_ranks(words)
    if len(words) > 2 and not suffix and _plain(words[-1]) in _words()["suffixes"]:
        words, suffix = words[:-1], words[-1]
    if len(words) < 2:
        return Author(body=" ".join(words) or text)
    first = len(words) - 1
    while first > 0 and words[first - 1].casefold() in _words()["particles"]:
        first -= 1
    plain = all(_INITIAL.fullmatch(word) for word in words[1:first]) and _plain(words[-1]) not in _words()["bodies"]
    has_case = words[-1].lower() != words[-1].upper()  # in a script without capitals a given name is made no initial
    if first == 0 or not plain or not has_case or _has_acronym(words):
        return Author(body=text, told=Told.UNTOLD)
    return Author(" ".join(words[first:]), " ".join(words[:first]), suffix, told=Told.GUESSED)


def _is_body(text: str) -> bool:
    """Whether a name says that it is no person's: by a word such as Ministry, small words, an acronym, a number."""
    head, comma, last = text.rpartition(",")
    words = text.split()
    if _plain(last if comma else words[-1]) in _words()["firms"]:
        return True
    if comma and len(head.split()) < 2:
        return False  # "Press, Eyal": a family name stands alone before its comma
    named = sum(_plain(word) in _words()["bodies"] for word in words)
    if comma or len(words) < 2:
        return named > 0
    if _has_small_word(words) or any(character.isdigit() for character in text):
        return True
    return named > (len(words) == 2 and not _has_acronym(words))  # of two, the last may be a family name: Eyal Press


def _has_acronym(words: Sequence[str]) -> bool:
    """Whether a word before the last is written in capitals while others are not."""
    acronym = any(len(word) > 1 and word.isalpha() and word.isupper() for word in words[:-1])
    return acronym and not all(word.isupper() for word in words)


def _has_small_word(words: Sequence[str]) -> bool:
    """Whether a word that is no particle begins small: "Department for Education"."""
    small = [word for word in words if word[:1].islower() and "-" not in word and "’" not in word and "'" not in word]
    return any(_plain(word) not in _words()["particles"] and not _JOINED.search(f" {word} ") for word in small)


def _without_ranks(words: Sequence[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and _plain(kept[0]) in _words()["ranks"]:
        kept = kept[1:]
    return kept


def _without_others(text: str) -> Iterator[str]:
    """A name, and "et al." where it ends so."""
    plain = text.strip().rstrip(".").casefold()
    for ending in _words()["others"]:
        if plain == ending:
            yield OTHERS.body
            return
        if plain.endswith(f" {ending}"):
            yield text.strip().rstrip(".")[: -len(ending)].strip(" ,")
            yield OTHERS.body
            return
    yield text


def _plain(word: str) -> str:
    return word.strip(" .,").casefold().replace("'", "’").replace(".", "")


@cache
def _words() -> dict[str, frozenset[str]]:
    held = json.loads((files("db.edits.entry") / "author_words.json").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in held.items()}
