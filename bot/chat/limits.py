"""How often a person and a server may ask: token buckets held by the running bot, never shared between bots."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.words.words import words_of
from db.store.lru import WeightedLRU

FREE = 30
"""Keystrokes, turned pages and the like that a member may send for each question: ten a second at the usual setting."""
BUCKETS_HELD = 10_000
"""The most askers remembered at once; the longest unheard of is forgotten first, so memory stays bounded."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a question may be answered now."""

    allowed: bool
    wait: float = 0.0
    """Seconds until the next question is welcome; 0 when allowed."""
    tell: bool = False
    """Whether the asker should hear of it: once a pause, so that a flood of questions is not met by a flood."""
    server: bool = False
    """Whether the whole server, not one member, asks too fast."""


class Limits:
    """Two token buckets for each question: one of the member, one of the server; what is free has one of the member."""

    def __init__(
        self,
        per_member: int,
        per_server: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        held: int = BUCKETS_HELD,
    ) -> None:
        self._rates = {"member": per_member, "server": per_server, "free": FREE * per_member}
        self._clock = clock
        self._buckets = WeightedLRU[tuple[str, int], _Bucket](held)

    def take(self, member: int, server: int | None, *, free: bool = False) -> Verdict:
        """Take one question's worth from both buckets, or from neither; or one of the much that is free."""
        mine = self._bucket("free" if free else "member", member)
        ours = self._bucket("server", server) if server is not None and not free else None
        for bucket, kind in ((mine, "member"), (ours, "server")):
            if bucket is not None and bucket.tokens < 1:
                wait = (1 - bucket.tokens) * 60 / self._rates["free" if free else kind]
                tell, bucket.told = not bucket.told, True
                return Verdict(False, wait=wait, tell=tell, server=kind == "server")
        for bucket in (mine, ours):
            if bucket is not None:
                bucket.tokens -= 1
                bucket.told = False
        return Verdict(True)

    def _bucket(self, kind: str, key: int) -> _Bucket:
        rate, now = self._rates[kind], self._clock()
        bucket = self._buckets.get((kind, key)) or _Bucket(float(rate), now)
        bucket.tokens = min(float(rate), bucket.tokens + (now - bucket.at) * rate / 60)
        bucket.at = now
        self._buckets.put((kind, key), bucket)
        return bucket


def pause_words(verdict: Verdict, locale: str = "en") -> str:
    """What an asker beyond the limit is told."""
    seconds = max(1, round(verdict.wait))
    return words_of(locale).count("pause.server" if verdict.server else "pause.member", seconds)
