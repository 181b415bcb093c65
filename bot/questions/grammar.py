"""A small parser: rules in a table, words in another, the longest reading of a stretch of text wins.

The rules of times stand in ``times.tsv``; what each of them means is a function of ``stretches``. Nothing here knows
about dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

Terminals = Callable[[int], Sequence[tuple[str, str, Any, int]]]
"""What the words from an index on can be: (kind, value as written in the table, value, index behind)."""
Meaning = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a rule."""

    kinds: tuple[tuple[str, str], ...]
    """The rules or kinds of words that may stand here, each with the only value that it may have, or none."""
    optional: bool
    kept: bool
    """Whether its value is handed to the meaning."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say something."""

    parts: tuple[Part, ...]
    meaning: str
    opening: frozenset[str] = frozenset()
    """The kinds of words that it may begin with."""


@cache
def rules(table: str) -> dict[str, tuple[Rule, ...]]:
    """The rules of a table by what they make."""
    found: dict[str, list[Rule]] = {}
    for line in (files("bot.questions") / table).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, parts, meaning = line.split("\t")
            found.setdefault(name, []).append(Rule(tuple(map(_part, parts.split())), meaning))
    return {name: tuple(replace(rule, opening=_opening(rule, found)) for rule in ways) for name, ways in found.items()}


def _opening(rule: Rule, table: Mapping[str, Sequence[Rule]]) -> frozenset[str]:
    kinds: set[str] = set()
    for part in rule.parts:
        for kind, _ in part.kinds:
            kinds.update(*(_opening(one, table) for one in table[kind])) if kind in table else kinds.add(kind)
        if not part.optional:
            break
    return frozenset(kinds)


def _part(written: str) -> Part:
    bare = written.strip("[]")
    kinds = tuple((kind, value) for kind, _, value in (one.partition("=") for one in bare.split("|")))
    kept = bare.split("=")[0].split("|")[0].isupper() and "=" not in bare
    return Part(tuple((kind.lower(), value) for kind, value in kinds), written != bare, kept)


class Parser:
    """Reads what a table's rules make, from any word of one text on; what was read is kept."""

    def __init__(
        self, table: str, terminals: Terminals, near: Callable[[int], bool], meanings: Callable[[str], Meaning]
    ) -> None:
        """``near(i)`` tells whether a word stands right behind the one before it."""
        self._rules = rules(table)
        self._terminals = terminals
        self._near = near
        self._meanings = meanings
        self._read: dict[tuple[str, int], list[tuple[Any, int]]] = {}

    def longest(self, name: str, at: int) -> tuple[Any, int] | None:
        """The longest reading from a word on, with the index behind it; None where there is none."""
        return next(iter(self._all(name, at)), None)

    def _all(self, name: str, at: int) -> list[tuple[Any, int]]:
        key = name, at
        found = self._read.get(key)
        if found is None:
            self._read[key] = []  # a rule that begins with itself reads nothing more
            ways: dict[tuple[Any, int], None] = {}
            kinds = {kind for kind, *_ in self._terminals(at)}
            for rule in self._rules[name]:
                if rule.opening.isdisjoint(kinds):
                    continue
                for values, end in self._parts(rule.parts, 0, at, at, ()):
                    value = self._meanings(rule.meaning)(*values)
                    if value is not None:
                        ways.setdefault((value, end))
            found = self._read[key] = sorted(ways, key=lambda way: -way[1])
        return found

    def _parts(
        self, parts: tuple[Part, ...], index: int, at: int, start: int, values: tuple[Any, ...]
    ) -> Iterator[tuple[tuple[Any, ...], int]]:
        if index == len(parts):
            yield values, at
            return
        part = parts[index]
        for value, end in self._one(part, at, start):
            yield from self._parts(parts, index + 1, end, start, (*values, value) if part.kept else values)
        if part.optional:
            yield from self._parts(parts, index + 1, at, start, values)

    def _one(self, part: Part, at: int, start: int) -> Iterator[tuple[Any, int]]:
        if at > start and not self._near(at):
            return
        for kind, only in part.kinds:
            if kind in self._rules:
                yield from self._all(kind, at)
                continue
            for named, written, value, end in self._terminals(at):
                if named == kind and only in ("", written):
                    yield value, end
