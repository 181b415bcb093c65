"""The bibliography of an export: every document behind some figures, and those that these documents relay."""

from __future__ import annotations

from collections.abc import Iterable

from bot.citations.cite import cite_many
from db.records import Figure, Holdings, Source


def sources_behind(holdings: Holdings, figures: Iterable[Figure]) -> tuple[Source, ...]:
    """The cited documents and all that they relay, directly or not, sorted by id."""
    queue = [key for figure in figures for key in (figure.source, figure.relays) if key]
    found: dict[str, Source] = {}
    while queue:
        key = queue.pop()
        source = holdings.sources.get(key)
        if source is not None and key not in found:
            found[key] = source
            queue.extend(source.relays)
    return tuple(found[key] for key in sorted(found))


def bibliography(holdings: Holdings, figures: Iterable[Figure], style: str = "bibtex") -> bytes:
    """The sources behind figures as one file in UTF-8."""
    return cite_many(sources_behind(holdings, figures), style).encode()
