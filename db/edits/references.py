"""What the checks of a change look up: measures, places and sources as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from db.edits.entry.names import PlaceNames
from db.model.records import Measure, Place, Source
from db.store import reading
from db.store.recording import Writer

MOST_GUESSES = 300


@dataclass(frozen=True, slots=True)
class Known:
    """The rows that figures and sources may point to."""

    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    """Every source as it stands, withdrawn ones included."""
    names: PlaceNames | None = field(default=None, compare=False, repr=False)
    """Who reads the names of places; without it only ids are known."""
    guesses: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What was suggested for unknown keys; looking for close ones is slow, so a file gets some hundred guesses."""

    def near(self, column: str, key: str) -> tuple[str, ...]:
        """At most three known keys that look like a mistyped place, measure or source."""
        if (column, key) not in self.guesses:
            if len(self.guesses) >= MOST_GUESSES:
                return ()
            self.guesses[column, key] = self._near(column, key)
        return self.guesses[column, key]

    def _near(self, column: str, key: str) -> tuple[str, ...]:
        match column:
            case "place":
                return ()  # whoever reads names was asked already
            case "measure":
                return tuple(self.measures)
            case _:
                return close_keys(key, self.sources)

    def with_sources(self, sources: Iterable[Source]) -> Known:
        """The same with some sources added or exchanged, for files that bring both."""
        more = {source.id: source for source in sources}
        return replace(self, sources={**self.sources, **more}, guesses={})


async def read_known(reader: Writer, names: PlaceNames | None = None) -> Known:
    """Read what the checks look up; inside a write transaction it holds until the commit."""
    measures, places = await reading.MEASURES.read(reader), await reading.PLACES.read(reader)
    sources = await reading.SOURCE.where(reader, reading.SOURCE.live)
    return Known(
        {measure.id: measure for measure in measures},
        {place.id: place for place in places},
        {source.id: source for source in sources},
        names,
    )


def is_storable(text: str) -> bool:
    """Whether any database could hold a text as a key: no control characters, no halves of a surrogate pair.

    >>> is_storable("tsg_2015"), is_storable("tsg" + chr(0)), is_storable(chr(0xD800))
    (True, False, False)
    """
    return text.isprintable() or all(ord(sign) > 31 and not 0xD800 <= ord(sign) <= 0xDFFF for sign in text)


def close_keys(key: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three known keys that look like a mistyped one.

    >>> close_keys("tsg_2051", ["tsg_2015", "tsc_2017", "un_s2014_815"])
    ('tsg_2015', 'tsc_2017')
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    return tuple(folded[match] for match in get_close_matches(key.casefold(), folded, n=3, cutoff=0.6))
