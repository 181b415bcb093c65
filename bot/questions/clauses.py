"""The parts of a text: the question proper, what stands around it, and what is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"(?<=[^\d\W])[.](?=\s|$)|(?<=\d)[.](?=\s|$)|[?!;؟。？…]+|\n+|\s[-–—]+\s|:(?=\s)|:$|\.{2,}")
"""What ends a clause; a point inside a number or an abbreviation of one letter does not."""
_QUOTED = re.compile(r"(?<!\w)(?P<mark>['‘\"“„«])(?P<said>[^'’\"”“»«\n]{2,400})['’\"”“»](?!\w)")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,300})[)\]]")
_QUESTION = re.compile(r"[?؟？]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a text, in characters."""

    start: int
    end: int
    kind: str
    """``plain``, ``quoted`` or ``bracketed``."""
    asks: bool
    """Whether a question mark ends it."""


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text from left to right; what is quoted or bracketed is a clause of its own.

    >>> [(c.kind, c.asks) for c in clauses_of('He says "70 Danes". How many Danes left?')]
    [('plain', False), ('quoted', False), ('plain', True)]
    """
    inner = [(match.start("said"), match.end("said"), "quoted") for match in _QUOTED.finditer(text)]
    for match in _BRACKETED.finditer(text):
        if all(match.end(1) <= start or end <= match.start(1) for start, end, _ in inner):
            inner.append((match.start(1), match.end(1), "bracketed"))
    inner.sort()
    cuts = [(match.start(), match.end(), bool(_QUESTION.search(match[0]))) for match in _END.finditer(text)]
    cuts = [cut for cut in cuts if not any(start <= cut[0] < end for start, end, _ in inner)]
    clauses = [Clause(start, end, kind, "?" in text[start:end] + text[end : end + 2]) for start, end, kind in inner]
    at = 0
    for start, end, asks in [*cuts, (len(text), len(text), False)]:
        if any(char.isalnum() for char in text[at:start]) or (start == len(text) and not clauses):
            clauses.append(Clause(at, start, "plain", asks))
        at = end
    return sorted(clauses, key=lambda clause: (clause.start, -clause.end))
