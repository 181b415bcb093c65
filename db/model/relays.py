"""Where the relays of documents lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.model.records import Source


def sources_behind(keys: Iterable[str], known: Mapping[str, Source]) -> dict[str, Source]:
    """The sources of some keys, and all that those relay, directly or not."""
    due = set(keys) & known.keys()
    found: dict[str, Source] = {}
    while due:
        found |= {key: known[key] for key in sorted(due)}
        due = {relay for key in due for relay in known[key].relays if relay in known} - found.keys()
    return found


def leads_back(key: str, relays: Iterable[str], known: Mapping[str, Source]) -> bool:
    """Whether relay links that start at a source come back to it."""
    listed = list(relays)
    return key in listed or any(key in source.relays for source in sources_behind(listed, known).values())
