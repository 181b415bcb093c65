"""A value as sources state it: "4", "420-516", "about 2,000", ">500", "none"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from db.edits.entry.numbers import PROSE, Marks, plain_digits, read_count
from db.edits.entry.unread import Unread
from db.model.values import Bound, Interval, between, bounded

LONGEST = 80


def read_value(text: str, marks: Marks = PROSE) -> Interval | Unread:
    """The interval that a text states, or why it is none.

    >>> read_value("c. 500"), read_value("420–516").bound, read_value(">500").high
    (Interval(low=500, high=500, bound=<Bound.ABOUT: 'about'>), <Bound.RANGE: 'range'>, None)
    """
    said = " ".join(small(plain_digits(text)).split())
    if len(said) > LONGEST:
        return Unread(f"{text[:40]!r}… is too long for a value", "write the number; words belong into the note")
    if is_missing(said):
        return Unread(f"{text.strip()!r} says that nothing is known", "leave the cell empty: no data is not zero")
    if said in words("zero"):
        return Interval(0, 0, Bound.EXACT)
    for form in _ranges():
        if ranged := form.fullmatch(said):
            return _between(ranged[1], ranged[2], marks)
    bound, number = _bound(said)
    count = read_count(number, marks)
    if isinstance(count, Unread):
        return count
    return bounded(count, bound)


def small(text: str) -> str:
    """The text in small letters, with one i: Turkish capitals do not tell which of its two they were."""
    return text.casefold().replace("ı", "i").replace("\N{COMBINING DOT ABOVE}", "")


def is_missing(text: str) -> bool:
    """Whether a cell says in its way that it holds nothing, such as ``NA`` or ``..``; an empty one does too."""
    said = small(text.strip())
    return not said or said in words("missing")


@cache
def words(kind: str) -> dict[str, str]:
    """The words of one kind and what each means, the longest first."""
    table: dict[str, str] = {}
    for line in (files("db.edits.entry") / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("#"):
            continue
        row_kind, meaning, listed = line.split("\t")
        if row_kind == kind:
            table |= {small(word.strip()): meaning for word in listed.split(" | ")}
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


@cache
def _ranges() -> tuple[re.Pattern[str], ...]:
    """Two numbers with what stands between them; "and" needs a "between" before it, since "300 en 2015" is no range."""
    before, to, both = ("|".join(map(re.escape, words(kind))) for kind in ("from", "to", "and"))
    low, high = r"(\d[^a-z]{0,25}?)", r"(\d[^a-z]*)"
    plain = rf"(?:(?:{before}) )?{low} ?(?:-|–|—| (?:{to}) ) ?{high}"
    return re.compile(plain), re.compile(rf"(?:{before}) {low} (?:{both}) {high}")


def _bound(said: str) -> tuple[Bound, str]:
    """The bound that stands before or behind a number, and the number."""
    for word, meaning in words("before").items():
        rest = said.removeprefix(word)
        if rest != said and (rest[:1].isspace() or not word[-1].isalnum() or (len(word) == 1 and rest[:1].isdigit())):
            return Bound(meaning), rest.strip()
    for word, meaning in words("behind").items():
        if said.endswith(word):
            return Bound(meaning), said.removesuffix(word).strip()
    return Bound.EXACT, said


def _between(first: str, last: str, marks: Marks) -> Interval | Unread:
    low, high = read_count(first, marks), read_count(last, marks)
    if isinstance(low, Unread):
        return low
    if isinstance(high, Unread):
        return high
    if low > high:
        return Unread(f"{low} to {high} runs backwards", "write the lower number first, and both in full")
    return between(low, high, exact=True)
