"""What is counted of a conversation, and nothing of it kept: for a bot whose numbers nobody can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Counts:
    """Where counts go; here nowhere. ``bot.ops.metrics`` keeps them, and takes 10 ms and 1.4 MiB of a start."""

    @contextmanager
    def answering(self, door: str) -> Iterator[None]:
        """Time one answer at a door: ``ask``, ``mention``, ``figure``, ``autocomplete`` …"""
        yield

    def answered(self, door: str, outcome: str) -> None:
        """Count one answer by its outcome."""

    def failed(self, kind: str) -> None:
        """Count a fault by the name of its kind."""

    def edited(self, command: str) -> None:
        """Count a change of the dataset."""

    def announced(self, result: str) -> None:
        """Count an announcement or notice: ``sent``, ``retried`` or ``given_up``."""

    def second_reader(self, result: str) -> None:
        """Count what became of a question that a second reader might have read: ``used``, ``unfit``, ``late`` …"""
