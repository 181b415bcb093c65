"""Which of several whole readings is meant: the parts of each, judged together.

The models of intent, measure and roles see one part each. What no part shows is here: that a region was named and the
reading has none, that a comparison has one place, that a rate has no time. Learned from readings of rows that the other
models had not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from bot.questions import roles
from bot.questions.lexicon import Sense
from bot.questions.query import Query
from bot.questions.scorer import Model
from bot.questions.spans import Span

CLASS = "likelier"
"""The only class of the model: what a reading's parts add to the logarithm of its probability."""
_MANY = 3


def features(
    outcome: str, query: Query, slots: Mapping[str, Sequence[Span]], given: Mapping[str, Sequence[str]]
) -> set[str]:
    """The features of one reading, with the roles that it gives the spans."""
    return {*_of_shape(outcome, query), *_of_roles(outcome, given), *_of_measures(outcome, query, slots["measured"])}


def ranked(scores: Sequence[float], signs: Sequence[set[str]], model: Model | None) -> list[float]:
    """The logarithm of each reading's probability among these, from its parts' and what it has together."""
    added = [score + (model.scores(one)[0] if model else 0.0) for score, one in zip(scores, signs, strict=True)]
    highest = max(added)
    total = highest + math.log(sum(math.exp(score - highest) for score in added))
    return [score - total for score in added]


def _of_shape(outcome: str, query: Query) -> Iterator[str]:
    regions = sum(place.startswith("R:") for place in query.places)
    world = "R:world" in query.places
    places = f"{min(len(query.places) - regions, _MANY)},{min(regions - world, 2)},{world}"
    bound = f"{query.period.first is not None},{query.period.last is not None}"
    times, measures, groups = min(len(query.times), _MANY), len(query.measures), len(query.groups)
    yield outcome
    yield f"measure:{query.measure}&bound:{bound}"
    parts = {
        "places": places, "bound": bound, "measure": query.measure, "bound_measure": f"{bound},{query.measure}",
        "who": f"{query.who.value},{groups}", "measures": measures, "times": times,
        "list": f"{_length(query.top)},{_length(query.bottom)}",
        "values": min(len(query.values) + (query.value is not None), 2),
        "publishers": min(len(query.publishers) + (query.publisher is not None), 2),
        "without": min(len(query.without), 2), "destination": query.destination, "known": query.known_on is not None,
        "rate": query.per_million, "chart": query.chart, "style": query.style is not None,
        "beside": f"{places},{times},{measures},{groups}",
    }  # fmt: skip
    yield from (f"{outcome}&{name}:{value}" for name, value in parts.items())


def _length(listed: int | None) -> str:
    return str(listed) if listed in (None, 1) else "n"


def _of_roles(outcome: str, given: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """How many spans of a kind are asked for and how many are dropped."""
    for kind, found in given.items():
        counts = f"{kind}:{min(found.count(roles.OTHER), _MANY)}/{min(found.count(roles.ASKED), _MANY)}"
        yield counts
        yield f"{outcome}&{counts}"


def _of_measures(outcome: str, query: Query, measured: Sequence[Span]) -> Iterator[str]:
    """The measures that are named and not asked for."""
    named = {tag for sense in measured if isinstance(sense, Sense) for tag in sense.tags & roles.MEASURES}
    lost = named - {query.measure, *query.measures}
    yield f"{outcome}&lost:{min(len(lost), _MANY)}"
    yield from (f"lost:{one}&measure:{query.measure}" for one in lost)
