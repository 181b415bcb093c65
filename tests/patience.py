"""How long a test waits for what has no deadline of its own, and what a busy machine withholds from a process."""

from __future__ import annotations

from pathlib import Path

PATIENCE = 180.0
"""Seconds after which what is waited for will not come: far more than any machine needs, so that none fails by it."""


class Withheld:
    """Seconds in which threads of processes were ready to run and the machine ran others, from here on.

    What is promised in seconds is measured without them: a machine's other work is no fault of ours. Who measures is
    a process as well: an answer that came in time may have lain there unread.
    """

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._before = self._by_thread()
        self._most = 0.0

    @property
    def seconds(self) -> float:
        """How many so far; 0 where the system does not say. What a thread lost that ended between two looks is lost."""
        now = self._by_thread()
        self._most = max(self._most, sum(lost - self._before.get(thread, 0.0) for thread, lost in now.items()))
        return self._most

    @classmethod
    def ever(cls, pid: int) -> float:
        """Those of a process since it began."""
        return sum(cls(pid)._before.values())

    def _by_thread(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for pid in self._pids:
            try:
                for task in Path(f"/proc/{pid}/task").iterdir():
                    found[task.name] = int((task / "schedstat").read_text(encoding="ascii").split()[1]) / 1e9
            except (OSError, IndexError):
                continue
        return found
