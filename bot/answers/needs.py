"""Which places' figures a query needs, so that no others are loaded."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.regions import WORLD, is_region
from bot.questions.query import Intent, Query
from db.records import Membership

WHOLE_INTENTS = (Intent.RANK, Intent.TOTAL, Intent.COVERAGE, Intent.COMPARE)
"""Intents for which the world means all of its countries."""


def places_needed(query: Query, memberships: Iterable[Membership]) -> frozenset[str] | None:
    """The asked places, the members of asked regions, and the regions around them that may be offered instead.

    None means every place. The world's share of anything needs the world's own figures only.
    """
    if query.intent in (Intent.DEFINE, Intent.HELP):
        return frozenset()
    asked = query.places or (WORLD,)
    if query.intent in WHOLE_INTENTS and WORLD in asked:
        return None
    if query.intent is Intent.RANK and len(asked) == 1 and not is_region(asked[0]):
        return None  # a country's place among all of them
    needed = set(asked)
    for membership in memberships:
        if WORLD in asked:
            needed.add(membership.region)  # the nearest to a figure of the world that is not held
        if membership.region in asked:
            needed.add(membership.place)
        if membership.place in asked:
            needed.add(membership.region)
    if query.intent is Intent.SHARE:
        needed.add(WORLD)
    return frozenset(needed)
