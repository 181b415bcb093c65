"""The one door for place names: `Resolver` reads one name, finds places in a sentence, and completes what is typed."""

from __future__ import annotations

from functools import cache

from bot.places.display import read_flag
from bot.places.index import Names, load_names
from bot.places.lookup import Lookup
from bot.places.outcomes import Mention, Outcome, Unknown
from bot.places.sentence import Finder
from bot.places.suggest import Completer


class Resolver:
    """Reads place names with the name index; it holds nothing of what people type and may be shared."""

    def __init__(self, names: Names) -> None:
        self._lookup = Lookup(names)
        self._finder = Finder(self._lookup)
        self._completer = Completer(self._lookup)

    @classmethod
    def load(cls) -> Resolver:
        """The resolver, with its index read once."""
        return _loaded()

    def resolve(self, text: str) -> Outcome:
        """What one name means."""
        found = self._lookup.exact(text)
        if found:
            return found
        if text.isascii() and ":" not in text and len(text) < 3:
            return Unknown((), text)
        code = read_flag(text.strip())
        if code:
            return self._lookup.flag(code, text)
        return self._lookup.undressed(text) or self._lookup.fuzzy(text)

    def exact(self, text: str) -> Outcome | None:
        """What a text means as it stands; None when it is no name."""
        return self._lookup.exact(text)

    def near(self, text: str) -> tuple[str, ...]:
        """Every place that a slip in a name may have been meant for, nearest first: wider than what is answered."""
        return self._lookup.near(text)

    def find(self, text: str) -> tuple[Mention, ...]:
        """The places that a sentence mentions, from left to right; offsets are those of the text as given."""
        return self._finder.find(text)

    def suggest(self, prefix: str, limit: int = 25) -> tuple[str, ...]:
        """Place ids that complete what is typed: exact, then by the start of a name, then the closest."""
        return self._completer.suggest(prefix, limit)


@cache
def _loaded() -> Resolver:
    return Resolver(load_names())
