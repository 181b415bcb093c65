"""What the checks of a change look up: measures, places and sources as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from db import reading
from db.recording import Writer
from db.records import Measure, Place, Source
from db.tables import SOURCE_VERSION


@dataclass(frozen=True, slots=True)
class Known:
    """The rows that figures and sources may point to."""

    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    """Every source as it stands, withdrawn ones included."""

    def with_sources(self, sources: Iterable[Source]) -> Known:
        """The same with some sources added or exchanged, for files that bring both."""
        return replace(self, sources={**self.sources, **{source.id: source for source in sources}})


async def read_known(reader: Writer) -> Known:
    """Read what the checks look up; inside a write transaction it holds until the commit."""
    measures = [reading.measure_of(row) for row in await reader.execute(reading.select_measures())]
    places = [reading.place_of(row) for row in await reader.execute(reading.select_places())]
    live = SOURCE_VERSION.c.superseded.is_(None)
    sources = [reading.source_of(row) for row in await reader.execute(reading.select_sources().where(live))]
    return Known(
        {measure.id: measure for measure in measures},
        {place.id: place for place in places},
        {source.id: source for source in sources},
    )


def close_keys(key: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three known keys that look like a mistyped one.

    >>> close_keys("tsg_2051", ["tsg_2015", "tsc_2017", "un_s2014_815"])
    ('tsg_2015', 'tsc_2017')
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    return tuple(folded[match] for match in get_close_matches(key.casefold(), folded, n=3, cutoff=0.6))


def close_places(text: str, places: Mapping[str, Place]) -> tuple[str, ...]:
    """At most three place ids whose id or name looks like a text.

    >>> close_places("Belgum", {"BE": Place("BE", "country", "Belgium")})
    ('BE',)
    """
    names = {place.name.casefold(): place.id for place in places.values()}
    names |= {id_.casefold(): id_ for id_ in places}
    found = get_close_matches(text.casefold(), names, n=3, cutoff=0.6)
    return tuple(dict.fromkeys(names[match] for match in found))
