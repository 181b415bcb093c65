"""The one door for place names: `Resolver` reads one name, finds places in a sentence, and completes what is typed."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from bot.places.catalogue import places
from bot.places.fold import fold
from bot.places.index import Entry, load_names
from bot.places.outcomes import Ambiguous, Found, Mention, Outcome, Unknown

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST = 8
SHORT = 3


class Resolver:
    """Reads place names with the name index; it holds no state of any person and may be shared."""

    def __init__(self, names: dict[str, Entry]) -> None:
        self._names = names

    @classmethod
    def load(cls) -> Resolver:
        """The resolver, with its index read once."""
        return _loaded()

    def resolve(self, text: str) -> Outcome:
        """What one name means."""
        entry = self._names.get(fold(text))
        return _outcome(entry, text) if entry else Unknown((), text)

    def find(self, text: str) -> tuple[Mention, ...]:
        """The places that a sentence mentions, from left to right; offsets are those of the text as given."""
        words = list(_WORD.finditer(text))
        mentions: list[Mention] = []
        at = 0
        while at < len(words):
            for count in range(min(_LONGEST, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + count - 1].end()
                key = fold(text[start:end])
                entry = self._names.get(key)
                if entry and (len(key) > SHORT or text[start:end].isupper()):
                    outcome = _outcome(entry, text[start:end])
                    mentions.append(Mention(start, end, text[start:end], outcome))
                    at += count
                    break
            else:
                at += 1
        return tuple(mentions)

    def suggest(self, prefix: str, limit: int = 25) -> tuple[str, ...]:
        """Place ids that complete what is typed: exact, then by the start of a name, then the closest."""
        key = fold(prefix)
        ranked: dict[str, int] = {}
        if key in self._names:
            ranked.update((place, -1) for place in self._names[key].places)
        for row in places().values():
            name = fold(row.name)
            score = 0 if name.startswith(key) else 1 + OSA.distance(key, name[: len(key)])
            ranked.setdefault(row.id, score)
        order = sorted(ranked, key=lambda place: ranked[place])
        return tuple(order[:limit])


def _outcome(entry: Entry, text: str) -> Found | Ambiguous:
    if len(entry.places) > 1:
        return Ambiguous(entry.places, text, entry.how)
    return Found(entry.places[0], entry.how, text)


@cache
def _loaded() -> Resolver:
    return Resolver(load_names())
