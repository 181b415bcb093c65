"""Reading the name of a place that is to be written down: only what is plain is taken, the rest is offered."""

from __future__ import annotations

import re

from bot.places.catalogue import places
from bot.places.fold import fold
from bot.places.outcomes import Ambiguous, Found
from bot.places.resolve import Resolver
from db.edits.entry.names import NamedPlace, PlaceNames

_PLAIN = frozenset({"code", "flag", "exact", "alias", "demonym", "region"})
"""How a name may be found and be taken; a slip or a part of a country is a question."""
_MOST = 5
_STRETCHED = re.compile(r"([^\W\d_])\1\1")
"""A key that was held down; in a question it is read kindly, here it is a slip like another."""


def place_names(resolver: Resolver) -> PlaceNames:
    """The reader of names for commands, forms and files that enter figures."""

    own = {fold(place.name): place.id for place in places().values()}

    def named(text: str) -> NamedPlace:
        text = text[:200]
        if fold(text) in own:  # "Guinea" in a table is Guinea, though a question may mean another
            return NamedPlace(own[fold(text)])
        outcome = resolver.resolve(text)
        if isinstance(outcome, Found) and _is_plain(outcome):
            return NamedPlace(outcome.place)
        if isinstance(outcome, Ambiguous) and outcome.how != "typo":
            return NamedPlace(None, outcome.candidates[:_MOST])
        if isinstance(outcome, Found) and outcome.how == "subnational":
            return NamedPlace(None)  # a part's figure is none of the country's
        return NamedPlace(None, resolver.near(text)[:_MOST])

    return named


def _is_plain(found: Found) -> bool:
    return found.how in _PLAIN and found.changed is None and not _STRETCHED.search(found.text)
