"""Faults that the twin commits on request, each a small rule that is used up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["status", "commit_then_fail", "hang", "reset", "slow"]


@dataclass(slots=True)
class Fault:
    """One fault for requests whose ``METHOD /path`` matches; it happens ``times`` times."""

    matches: str
    kind: Kind
    times: int = 1
    status: int = 500
    seconds: float = 0.0
    """How long a slow answer or a hang lasts, how late a lost reply fails, and what a 429 asks to wait."""
    everywhere: bool = False
    """For a 429: the global limit."""
    via: bool = True
    """For a 429: whether it carries the Via header, without which it looks like a block by the edge."""
    code: int = 0
    """Discord's own number of the error, beside the status."""
    happened: int = 0

    def applies(self, request: str) -> bool:
        """Whether this request meets the fault now."""
        return self.happened < self.times and re.search(self.matches, request) is not None


@dataclass(slots=True)
class Faults:
    """The faults that are planned."""

    planned: list[Fault] = field(default_factory=list)

    def plan(self, fault: Fault) -> Fault:
        """Add a fault; the first that matches a request happens."""
        self.planned.append(fault)
        return fault

    def take(self, request: str) -> Fault | None:
        """The fault that this request meets, counted as happened."""
        for fault in self.planned:
            if fault.applies(request):
                fault.happened += 1
                return fault
        return None
