"""Changes that wait for their author's confirmation: held for a while, in memory, and never written by themselves."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.errors import Kindly

HELD_SECONDS = 15 * 60.0
"""As long as Discord lets the preview be answered."""
DRAFTS_HELD = 500

GONE = (
    "That preview is no longer held: it was confirmed already, or waited for more than fifteen minutes or through a "
    "restart. `/changes` tells whether it was written; if not, please give the command again."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A change as its author saw it."""

    author: int
    change: object
    until: float


class Drafts:
    """The drafts of one running bot, the oldest forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, held: int = DRAFTS_HELD) -> None:
        self._clock = clock
        self._held = held
        self._drafts: OrderedDict[str, Draft] = OrderedDict()

    def keep(self, author: int, change: object) -> str:
        """Hold a change and return its key, which nobody can guess."""
        self.forget_old()
        key = secrets.token_urlsafe(9)
        self.put_back(key, author, change)
        while len(self._drafts) > self._held:
            self._drafts.popitem(last=False)
        return key

    def put_back(self, key: str, author: int, change: object) -> None:
        """Hold a change that was taken and could not be used."""
        self._drafts[key] = Draft(author, change, self._clock() + HELD_SECONDS)

    def take(self, key: str, author: int) -> object:
        """The change behind a key, once; raise Kindly when it is gone or another's."""
        change = self.look(key, author)
        del self._drafts[key]
        return change

    def look(self, key: str, author: int) -> object:
        """The change behind a key, which stays held; raise Kindly when it is gone or another's."""
        draft = self._drafts.get(key)
        if draft is None or draft.until < self._clock() or draft.author != author:
            raise Kindly(GONE)
        return draft.change

    def forget_old(self) -> None:
        """Let go of what nobody confirmed in time: a large import takes hundreds of megabytes."""
        now = self._clock()
        for key in [key for key, draft in self._drafts.items() if draft.until < now]:
            del self._drafts[key]

    def drop(self, key: str) -> None:
        """Forget a change."""
        self._drafts.pop(key, None)
