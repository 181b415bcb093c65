"""Log-linear models: named features in, one probability for each class out. Plain integers, no dependency.

The weights of a model are rows of small integers, one row a feature, one column a class; a score is the sum of the
rows of the features that are there. They are made by ``python -m tools.train_reader`` and never written by hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Model:
    """One trained model."""

    classes: tuple[str, ...]
    scale: float
    """What an integer of 1 is worth in log odds."""
    rows: dict[str, Sequence[int] | str]
    """A row stays as it is written until it is first asked for: most never are, and numbers take more room."""

    def scores(self, features: Iterable[str]) -> list[float]:
        """The log-linear score of each class."""
        found = [row for row in map(self._row, features) if row is not None]
        columns = map(sum, zip(*found, strict=True)) if found else [0] * len(self.classes)
        return [column * self.scale for column in columns]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each class."""
        scores = self.scores(features)
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return {name: power / total for name, power in zip(self.classes, powers, strict=True)}

    def reasons(self, features: Iterable[str], chosen: str, rival: str) -> list[tuple[str, float]]:
        """What each feature adds to one class over another, weightiest first; the parts add up to the difference."""
        one, other = self.classes.index(chosen), self.classes.index(rival)
        parts = [
            (name, (row[one] - row[other]) * self.scale)
            for name in features
            if (row := self._row(name)) is not None and row[one] != row[other]
        ]
        return sorted(parts, key=lambda part: (-abs(part[1]), part[0]))

    def _row(self, feature: str) -> Sequence[int] | None:
        row = self.rows.get(feature)
        if isinstance(row, str):
            row = self.rows[feature] = unpacked(row)
        return row


_ZERO = 80
"""The character of a weight of nothing: what lies near it takes one byte."""
_NEAR = 46
_FAR = 0x200


def packed(row: Iterable[int]) -> str:
    """A row of weights, each from -127 to 127, as one character a weight."""
    return "".join(chr(one + (_ZERO if abs(one) <= _NEAR else _FAR)) for one in row)


def unpacked(row: str) -> tuple[int, ...]:
    """The weights that a row's characters stand for."""
    return tuple(one - (_ZERO if one < 2 * _ZERO else _FAR) for one in map(ord, row))


def read_model(text: str) -> Model:
    """A model from its file: the classes and the scale in the first line, then a feature and its row a line."""
    head, _, rows = text.partition("\n")
    _, scale, *classes = head.split("\t")
    parts = rows.rstrip("\n").replace("\n", "\t").split("\t")
    same: dict[str, str] = {}  # most rows are those of other features too
    shared = (same.setdefault(row, row) for row in parts[1::2])
    return Model(tuple(classes), float(scale), dict(zip(parts[::2], shared, strict=True)))


@cache
def model(name: str) -> Model:
    """A built-in model, by its name in ``weights/``."""
    return read_model((files("bot.questions") / "weights" / f"{name}.tsv").read_text(encoding="utf-8"))
