"""Counters and timings for Prometheus, taken at the edge; nothing a member wrote is ever a label."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.ops.counts import Counts

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 3.0, 10.0)


class Metrics(Counts):
    """The counts of one bot, kept: a registry of its own, so that two bots in a process never share a count."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "inflow_questions", "Questions answered, by door and outcome.", ("door", "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "inflow_answer_seconds",
            "Time from a question's arrival to its reply being handed to Discord.",
            ("door",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._failures = Counter(
            "inflow_failures", "Faults that a member was told of, by kind.", ("kind",), registry=self.registry
        )
        self._edits = Counter(
            "inflow_edits", "Changes of the dataset, by command.", ("command",), registry=self.registry
        )
        self._posts = Counter(
            "inflow_announcements",
            "Announcements handled, by what became of them.",
            ("result",),
            registry=self.registry,
        )
        self._second: Counter | None = None  # made when it first counts: most operators have no second reader
        self._revision = Gauge(
            "inflow_dataset_revision", "The revision that answers come from.", registry=self.registry
        )
        self._ready = Gauge("inflow_ready", "1 while connected to Discord and able to answer.", registry=self.registry)
        self._lag = Gauge(
            "inflow_event_loop_lag_seconds", "The longest recent delay of the event loop.", registry=self.registry
        )

    @contextmanager
    def answering(self, door: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self._seconds.labels(door).observe(time.perf_counter() - started)

    def answered(self, door: str, outcome: str) -> None:
        self._questions.labels(door, outcome).inc()

    def failed(self, kind: str) -> None:
        self._failures.labels(kind).inc()

    def edited(self, command: str) -> None:
        self._edits.labels(command).inc()

    def announced(self, result: str) -> None:
        self._posts.labels(result).inc()

    def second_reader(self, result: str) -> None:
        if self._second is None:
            about = "Questions that the second reader might have read, by what became of them."
            self._second = Counter("inflow_second_reader", about, ("result",), registry=self.registry)
        self._second.labels(result).inc()

    def show_revision(self, revision: int) -> None:
        """The revision that answers come from now."""
        self._revision.set(revision)

    def show_ready(self, ready: bool) -> None:
        """Whether the bot is connected and able to answer."""
        self._ready.set(1 if ready else 0)

    def show_lag(self, seconds: float) -> None:
        """The longest delay of the event loop since it was last asked."""
        self._lag.set(seconds)

    def page(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)
