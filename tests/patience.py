"""How long a test waits for what has no deadline of its own, and what a busy machine withholds from a process."""

from __future__ import annotations

from pathlib import Path

PATIENCE = 180.0
"""Seconds after which what is waited for will not come: far more than any machine needs, so that none fails by it."""


def withheld(pid: int) -> float:
    """The seconds that a process's threads were ready to run and the machine ran others; 0 where it does not say.

    What is promised in seconds is measured without them: a machine's other work is no fault of ours.
    """
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((task / "schedstat").read_text(encoding="ascii").split()[1]) for task in tasks) / 1e9
    except (OSError, IndexError):
        return 0.0
