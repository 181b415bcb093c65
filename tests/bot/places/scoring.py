"""Scores readings of names against tables of names and the places that are right for them.

A table has the columns ``text``, ``expected`` and ``set``: place ids joined by ``;``, ``NONE`` where refusing is right;
in sentences ``?XX`` marks a place that may be mentioned and need not be.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.places.outcomes import Ambiguous, Found
from bot.places.resolve import Resolver

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a resolver made of one text: one place, several to ask about, or none."""

    places: tuple[str, ...]

    @property
    def is_answer(self) -> bool:
        """Whether it answers without asking."""
        return len(self.places) == 1


@dataclass(slots=True)
class SetScore:
    """How one table was read, in counts of its rows."""

    rows: int = 0
    right: int = 0
    wrong: int = 0
    """Answered with a place that is not the right one, or answered where refusing was right."""
    asked: int = 0
    mistakes: list[str] = field(default_factory=list)

    def percent(self, count: int) -> float:
        """A count as a share of the rows."""
        return 100 * count / self.rows if self.rows else 0.0


def read_tables(folder: Path) -> dict[str, list[Row]]:
    """The tables of a folder by their names."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            tables[path.stem] = list(csv.DictReader(stream))
    return tables


def ours(text: str) -> Read:
    """How the shipped index reads a name."""
    return read_by(Resolver.load(), text)


def read_by(resolver: Resolver, text: str) -> Read:
    """How an index reads a name."""
    outcome = resolver.resolve(text)
    if isinstance(outcome, Found):
        return Read((outcome.place,))
    return Read(outcome.candidates if isinstance(outcome, Ambiguous) else ())


def score(name: str, rows: Iterable[Row], read: Callable[[str], Read]) -> SetScore:
    """Read every text of a table of names."""
    found = SetScore()
    for row in rows:
        expected = row["expected"].split(";")
        places = [place for place in expected if place != "NONE"]
        got = read(row["text"])
        found.rows += 1
        found.asked += len(got.places) > 1
        right = _is_right(name, places, "NONE" in expected, got)
        found.right += right
        found.wrong += got.is_answer and got.places[0] not in places
        if not right:
            found.mistakes.append(f"{row['text']!r}: wanted {row['expected']}, got {got.places}")
    return found


def _is_right(name: str, places: Sequence[str], may_refuse: bool, got: Read) -> bool:
    if name.startswith("ambig") and name != "ambig_may":
        return len(got.places) > 1 and bool(set(got.places) & set(places))
    if not places or (may_refuse and not got.is_answer):
        return not got.is_answer
    if name == "ambig_may":
        return bool(got.places) and got.places[0] in places
    return got.is_answer and got.places[0] in places


@dataclass(slots=True)
class SentenceScore:
    """How sentences were read: mentions right, missed and wrong, and sentences without a mistake."""

    rows: int = 0
    exact: int = 0
    hits: int = 0
    misses: int = 0
    extras: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over all mentions, in percent."""
        total = 2 * self.hits + self.misses + self.extras
        return 200 * self.hits / total if total else 100.0


def score_sentences(rows: Iterable[Row]) -> SentenceScore:
    """Find the places of every sentence; a name in doubt counts as its likeliest place."""
    found = SentenceScore()
    for row in rows:
        expected = set(row["expected"].split(";")) - {"", "NONE"}
        optional = {place[1:] for place in expected if place.startswith("?")}
        wanted = {place for place in expected if not place.startswith("?")}
        outcomes = [mention.outcome for mention in Resolver.load().find(row["text"])]
        got = {outcome.place if isinstance(outcome, Found) else outcome.candidates[0] for outcome in outcomes}
        found.rows += 1
        found.hits += len(got & wanted)
        found.misses += len(wanted - got)
        found.extras += len(got - wanted - optional)
        right = wanted <= got <= wanted | optional
        found.exact += right
        if not right:
            found.mistakes.append(f"{row['text']!r}: wanted {row['expected']}, got {sorted(got)}")
    return found
