"""Reading a misspelt name: which names lie near, how near, and whether one of them is plainly meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.tier import Tier
from db.store.lru import WeightedLRU

LONG = 16
"""From this length on a key may carry three edits."""
_LONGEST = 80
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEPT = 10
_ANY = 3
_WINDOWS = 512
"""Selections of names by length that are kept; all there could be would take as much as the whole index."""


class Near(NamedTuple):
    """A name near the key that was typed."""

    distance: int
    """Edits: a letter added, lost or replaced, two neighbours swapped."""
    tier: int
    """0 English names, 1 English peoples and aliases, 2 other languages."""
    unlikely: float
    """How unlikely the slip is, for ordering: a neighbouring key and a kept first letter are likelier."""
    name: str


class Fuzzy:
    """The names that misspellings may be read as, by tier, first letter and length.

    Only English names are searched whole: a slip in the first letter of anything else is rare, and the search is a
    tenth of the size without it.
    """

    def __init__(self, tiers: Sequence[Tier], others: Callable[[str, int, int], list[str]]) -> None:
        """``others`` gives the names of the last tier by first letter, least and greatest length."""
        self._tiers = tiers
        self._others = others
        self._windows = WeightedLRU[tuple[int, str, int, int], list[str]](_WINDOWS)

    def near(self, key: str) -> list[Near]:
        """The names within reach of the key, nearest first; a nearer tier first among equals."""
        found: list[Near] = []
        length = len(key)
        for tier in range(_ANY):
            reach = _reach(tier, length)
            if found:
                reach = min(reach, found[0].distance)
            for initial in _initials(tier, key) if reach else ():
                choices = self._window(tier, initial, length, reach)
                for name, distance, _ in process.extract(
                    key, choices, scorer=OSA.distance, score_cutoff=reach, limit=_KEPT
                ):
                    if distance <= _allowed(tier, len(name)):
                        found.append(Near(int(distance), tier, _unlikely(key, name), name))
            found.sort()
        return found

    def near_any(self, key: str) -> list[Near]:
        """The names of the last tier, in every language and script, and one edit beyond what is allowed there.

        Nothing when none of them is within what is allowed.
        """
        short, long = (8, 14) if key.isascii() else (5, 10)
        reach = 2 if len(key) >= long else 1 if len(key) >= short else 0
        choices = self._window(_ANY, key[0], len(key), reach) if reach else []
        matches = process.extract(key, choices, scorer=OSA.distance, score_cutoff=reach + 1, limit=_KEPT)
        near = sorted(Near(int(edits), _ANY, 0.0, name) for name, edits, _ in matches)
        return near if near and near[0].distance <= reach else []

    def within(self, key: str, distance: int) -> list[Near]:
        """The English names within a distance of the key."""
        choices = self._window(0, "", len(key), distance)
        matches = process.extract(key, choices, scorer=OSA.distance, score_cutoff=distance, limit=_KEPT)
        return [Near(int(edits), 0, _unlikely(key, name), name) for name, edits, _ in matches]

    def _window(self, tier: int, initial: str, length: int, reach: int) -> list[str]:
        window = self._windows.get((tier, initial, length, reach))
        if window is None:
            sized = self._others if tier == _ANY else self._tiers[tier].sized
            window = sized(initial, length - reach, length + reach)
            if window:  # the initials of readers' words are many, those of names are few
                self._windows.put((tier, initial, length, reach), window)
        return window


def _initials(tier: int, key: str) -> tuple[str, ...]:
    if tier == 0:
        return ("",)
    return (key[0], key[1]) if tier == 1 and key[1] != key[0] else (key[0],)


def _reach(tier: int, length: int) -> int:
    """The most edits worth looking for, by tier and by the length of what was typed."""
    if length < 3 or length > _LONGEST:
        return 0
    if tier == 0:
        return 3 if length >= LONG else 2 if length > 3 else 1
    if tier == 1:
        return 2 if length >= 8 else 1 if length >= 4 else 0
    return 2 if length >= 12 else 1 if length >= 5 else 0


def _allowed(tier: int, length: int) -> int:
    """The most edits that a name of this length may carry."""
    if tier == 0:
        return 3 if length >= LONG else 2
    if tier == 1:
        return 2 if length >= 9 else 1 if length >= 5 else 0
    return 2 if length >= 12 else 1 if length >= 6 else 0


def _unlikely(key: str, name: str) -> float:
    score = 0.5 if key[0] != name[0] else 0.0
    if len(key) == len(name):
        slips = [(typed, meant) for typed, meant in zip(key, name, strict=True) if typed != meant]
        score += sum(meant not in _beside(typed) for typed, meant in slips)
    return score


def _beside(letter: str) -> str:
    for at, row in enumerate(_ROWS):
        column = row.find(letter)
        if column >= 0:
            near = row[max(column - 1, 0) : column + 2]
            if at:
                near += _ROWS[at - 1][column : column + 2]
            if at + 1 < len(_ROWS):
                near += _ROWS[at + 1][max(column - 1, 0) : column + 1]
            return near
    return ""
