"""From spans to scored readings: each a typed query, or a refusal or question back, with what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.places.catalogue import members
from bot.questions import ranking, roles
from bot.questions.hearing import Heard
from bot.questions.lexicon import PUBLISHER, Sense
from bot.questions.query import Intent, Query
from bot.questions.roles import ASKED, BOTTOM, KNOWN, TOP, VALUE, WITHOUT
from bot.questions.scorer import Model
from bot.questions.spans import Number, Place, Span
from bot.questions.times import Time, spanned
from bot.questions.varying import varied
from db.model.records import Destination, Who
from db.model.values import Period

WORLD = "R:world"
_PLAIN = frozenset({"ambiguous", "unanswerable", "off_topic", "social"})
NO_PLACES = frozenset({Intent.DEFINE, Intent.HELP})
ONE_MEASURE = frozenset({Intent.SHARE, Intent.SOURCES, Intent.COVERAGE, Intent.HELP})
"""What is asked of one thing that is counted; a share has its whole beside it."""
ORIGINS = "origin_countries"
GONE = ("travelled", "travelled_in_period")
"""What verbs of going count: all who ever went, or those who went in a time that has a beginning."""
_THERE = frozenset({"SY", "IQ"})
_NAMED = 1 / 3
"""How likely a rate must be that is named in so many words."""
_VARIED = 2
"""So many of the likeliest outcomes are tried with other roles."""
_WEIGHED = 14
"""So many readings are weighed against each other."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One reading of a text with its probability."""

    outcome: str
    """An intent, or ``ambiguous``, ``unanswerable``, ``off_topic``, ``social``."""
    query: Query
    score: float
    """The logarithm of its probability among the readings that were weighed."""
    roles: Mapping[str, Sequence[str]]
    """The role that it gives each span."""


def drafts(heard: Heard, models: Mapping[str, Model], *, most: int = 4) -> list[Draft]:
    """The likeliest readings that differ, best first; their probabilities add up to one."""
    apart: dict[tuple[str, Query], Draft] = {}
    for draft in sorted(_composed(heard, models, most), key=lambda draft: -draft.score):
        apart.setdefault((draft.outcome, replace(draft.query, chart=False)), draft)
    return weighed(heard, list(apart.values())[:_WEIGHED], models.get("rank"))


def weighed(heard: Heard, found: Sequence[Draft], model: Model | None) -> list[Draft]:
    """The readings in the order that the whole of each gives them, by the model of ``ranking``."""
    scores = ranking.ranked([draft.score for draft in found], [signs(heard, draft) for draft in found], model)
    ordered = [replace(draft, score=score) for draft, score in zip(found, scores, strict=True)]
    return sorted(ordered, key=lambda draft: -draft.score)


def signs(heard: Heard, draft: Draft) -> set[str]:
    """What a reading is weighed by."""
    return ranking.features(draft.outcome, draft.query, heard.slots, draft.roles)


def _composed(heard: Heard, models: Mapping[str, Model], most: int) -> Iterator[Draft]:
    """The readings of the likeliest outcomes and measures."""
    ranked = sorted(heard.intents.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    for rank, (outcome, odds) in enumerate(ranked):
        measures = models["measure"].probabilities(heard.text_features | bound_features(heard, outcome))
        best = sorted(measures.items(), key=lambda pair: (-pair[1], pair[0]))[: 1 if outcome in _PLAIN else 2]
        for place, (measure, likely) in enumerate(best):
            score = math.log(max(odds, 1e-9)) + math.log(max(likely, 1e-9))
            first = Draft(outcome, compose(heard, outcome, measure), score, heard.roles)
            yield first
            if place == 0 and rank < _VARIED and outcome not in _PLAIN:
                yield from _varied(heard, first, measure, pairs=rank == 0)


def _varied(heard: Heard, best: Draft, measure: str, *, pairs: bool) -> Iterator[Draft]:
    """A draft with other roles for some spans, or with the other length of a list."""
    for less, given in varied(heard, pairs=pairs):
        yield Draft(best.outcome, compose(heard.given(given), best.outcome, measure), best.score + less, given)
    if best.outcome == Intent.RANK and not heard.having("number", TOP) and not heard.having("number", BOTTOM):
        odds = heard.wants["first"]
        chosen = max(odds, key=lambda name: odds[name])
        for name in odds.keys() - {chosen}:
            top, bottom = (1 if name == TOP else None), (1 if name == BOTTOM else None)
            query = replace(best.query, top=top, bottom=bottom)
            yield replace(best, query=query, score=best.score + math.log(max(odds[name], 1e-9) / odds[chosen]))


def bound_features(heard: Heard, outcome: str) -> set[str]:
    """Features for the measure: the outcome, and how the asked time is bounded beside each sense of the subject."""
    period = spanned([time for time in heard.having("time", ASKED) if isinstance(time, Time)])
    bound = "both" if period.start and period.end else "since" if period.start else "by" if period.end else "open"
    tags = {tag for sense in heard.spans.senses for tag in sense.tags} - {"function"}
    found = {f"outcome:{outcome}", f"bound:{bound}", f"bound:{bound}&outcome:{outcome}"}
    found.update(f"bound:{bound}&s:{tag}" for tag in tags)
    found.update(f"outcome:{outcome}&s:{tag}" for tag in tags)
    return found


def compose(heard: Heard, outcome: str, measure: str) -> Query:
    """The query of one outcome and measure, with all that the spans say."""
    intent = Intent(outcome) if outcome in set(Intent) else Intent.LOOKUP
    places = _places(heard)
    if intent in NO_PLACES:  # of what is defined only a region is a place: which countries it holds
        places = tuple(one for one in places if one.startswith("R:") and one != WORLD)
    if not places and intent not in NO_PLACES and outcome not in _PLAIN:
        places = (WORLD,)
    period, times = _period(heard, intent)
    measures = _measures(heard, intent, measure or None, is_stretch=period.start is not None)
    who, groups = _who(heard, intent, has_sides=len(places) > 1 or len(measures) > 1 or bool(times))
    top, bottom = _list_length(heard, intent)
    publishers, values = _publishers(heard), _values(heard)
    without = _without(heard, places)
    return Query(
        intent,
        places=places,
        measure=measures[0],
        who=who,
        destination=_destination(heard, without),
        period=period,
        per_million=_wants_rate(heard),
        top=top,
        bottom=bottom,
        known_on=_known_on(heard),
        style=next(reversed(_named(heard, "style")), None),
        publisher=publishers[0] if publishers else None,
        value=values[0] if values else None,
        chart=_wants(heard, "chart"),
        peak=_tagged(heard, "peak"),
        without=without,
        measures=tuple(one for one in measures[1:] if one is not None),
        groups=groups,
        times=times,
        publishers=publishers[1:],
        values=values[1:],
    )


def _places(heard: Heard) -> tuple[str, ...]:
    asked = [place for place in heard.having("place", ASKED) if isinstance(place, Place)]
    left = {one for place in heard.having("place", WITHOUT) if isinstance(place, Place) for one in place.ids}
    named = tuple(dict.fromkeys(one for place in asked for one in place.ids))
    return tuple(one for one in named if one not in left) or named


def _without(heard: Heard, places: tuple[str, ...]) -> tuple[str, ...]:
    """What is left out: places of a region or of the world (of countries alone none can be), and groups."""
    whole = any(place.startswith("R:") for place in places)
    left = [place for place in heard.having("place", WITHOUT) if isinstance(place, Place) and whole]
    adults = [Who.MINORS for span in heard.having("group", ASKED) if _group(span) == roles.ADULTS]
    groups = _both(tuple(dict.fromkeys([*_groups(heard, WITHOUT), *adults])))
    named = [one for place in left for one in place.ids if one not in _THERE or _is_an_origin(place, places)]
    return tuple(dict.fromkeys([*named, *groups]))


def _is_an_origin(place: Place, places: Sequence[str]) -> bool:
    """Whether Syria or Iraq is left out as a country that people come from: of a region it is in, or its people."""
    inside = any(set(place.ids) & members().get(one, frozenset()) for one in places)
    return inside or place.how == "demonym"


def _groups(heard: Heard, role: str) -> list[Who]:
    found: list[Who] = []
    for group in (_group(span) for span in heard.having("group", role)):
        found += (Who.WOMEN, Who.MEN) if group == roles.SEXES else [Who(group)] if group != roles.ADULTS else []
    return found


def _group(span: Span) -> str:
    assert isinstance(span, Sense)
    return next(group for group in roles.GROUPS if group in span.tags)


def _both(groups: tuple[Who, ...]) -> tuple[Who, ...]:
    """Women and minors are one group where they are not set beside each other."""
    parts = {Who.WOMEN, Who.MINORS}
    return (Who.WOMEN_AND_MINORS,) if set(groups) - {Who.WOMEN_AND_MINORS} == parts else groups


def _who(heard: Heard, intent: Intent, *, has_sides: bool) -> tuple[Who, tuple[Who, ...]]:
    """Who is counted; women and minors are two where nothing else is compared: "women and children apart"."""
    asked = tuple(dict.fromkeys(_groups(heard, ASKED)))
    if intent is not Intent.COMPARE:
        asked = _both(asked)
    elif not has_sides and (asked == (Who.WOMEN_AND_MINORS,) or _is_list_with_men(heard)):
        parts = {Who.WOMEN_AND_MINORS: (Who.WOMEN, Who.MINORS)}
        asked = tuple(part for one in asked for part in parts.get(one, (one,)))
    return (asked[0], asked[1:]) if asked else (Who.EVERYONE, ())


def _is_list_with_men(heard: Heard) -> bool:
    """Whether nothing parts men from women and minors: "men, women and minors"."""
    named = [(_group(span), span) for span in heard.having("group", ASKED)]
    return any(
        {one, other} == {Who.MEN, Who.WOMEN_AND_MINORS} and left.last == right.first
        for (one, left), (other, right) in pairwise(named)
    )


def _measures(
    heard: Heard, intent: Intent, measure: str | None, *, is_stretch: bool
) -> tuple[str | None, *tuple[str, ...]]:
    """What is counted: the measure, or each of those that the words set beside each other, in their order."""
    if intent is Intent.RANK and measure == ORIGINS:  # "top countries of origin" are ranked, not counted
        measure = None
    going = measure if measure in GONE else GONE[is_stretch]
    named = []
    for sense in heard.having("measured", ASKED) if intent not in ONE_MEASURE else ():
        assert isinstance(sense, Sense)
        named += sorted(sense.tags & roles.MEASURES) or [going]
    settled = (measure or going) in named or (intent is Intent.DEFINE and set(named) - set(GONE))
    first, *others = dict.fromkeys(named) if settled else [measure]
    return (
        first if others or (not measure and first != going) else measure,
        *(one for one in others if one is not None),
    )


def _period(heard: Heard, intent: Intent) -> tuple[Period, tuple[Period, ...]]:
    """The asked time, and each of several that stand beside each other: years, or days up to which is compared."""
    asked = [time for time in heard.having("time", ASKED) if isinstance(time, Time) and (time.start or time.stop)]
    ended = [time for time in asked if time.is_closed or (time.stop and intent is Intent.COMPARE)]
    each = tuple(dict.fromkeys(Period.between(time.start, time.stop) for time in ended))
    return spanned(asked), each if 1 < len(ended) == len(asked) else ()


def _known_on(heard: Heard) -> date | None:
    known = [time for time in heard.having("time", KNOWN) if isinstance(time, Time)]
    return next((time.stop or time.start for time in known if time.stop or time.start), None)


def _values(heard: Heard) -> tuple[int, ...]:
    said = (number.value for number in heard.having("number", VALUE) if isinstance(number, Number))
    return tuple(dict.fromkeys(said))


def _list_length(heard: Heard, intent: Intent) -> tuple[int | None, int | None]:
    """(top, bottom): the number said, or 1 where one place is asked for."""
    for role in (TOP, BOTTOM):
        said = [number.value for number in heard.having("number", role) if isinstance(number, Number)]
        if said and 0 < said[0] <= 250:
            return (said[0], None) if role == TOP else (None, said[0])
    if intent is not Intent.RANK:
        return None, None
    odds = heard.wants["first"]
    best = max(odds, key=lambda name: odds[name])
    return (1, None) if best == TOP else (None, 1) if best == BOTTOM else (None, None)


def _destination(heard: Heard, without: Sequence[str]) -> Destination | None:
    only = {one for place in heard.having("place", roles.ONLY) if isinstance(place, Place) for one in place.ids}
    left = {one for place in heard.having("place", WITHOUT) if isinstance(place, Place) for one in place.ids}
    if not only and not set(without) & _THERE and left & _THERE:  # "in Syria, leave out Iraq"
        only = set(_THERE - left)
    only &= _THERE
    return Destination(next(iter(only))) if len(only) == 1 else None


def _wants(heard: Heard, flag: str) -> bool:
    odds = heard.wants[flag]
    return odds["yes"] > odds["no"]


def _wants_rate(heard: Heard) -> bool:
    """Whether a rate is wanted; one that is named is dropped only where it is clearly context ("not per head")."""
    return _wants(heard, "rate") or (_tagged(heard, "per_million") and heard.wants["rate"]["yes"] > _NAMED)


def _tagged(heard: Heard, tag: str) -> bool:
    return any(tag in sense.tags for sense in heard.spans.senses)


def _named(heard: Heard, kind: str) -> list[str]:
    """What the words name of a kind: the styles, the publishers, each by the end of its tag."""
    tags = [tag for sense in heard.spans.senses for tag in sorted(sense.tags) if tag.startswith(f"{kind}_")]
    return list(dict.fromkeys(tag.removeprefix(f"{kind}_") for tag in tags))


def _publishers(heard: Heard) -> tuple[str, ...]:
    asked = [sense for sense in heard.having("publisher", ASKED) if isinstance(sense, Sense)]
    return tuple(dict.fromkeys(name for sense in asked for name in publishers_of(sense)))


def publishers_of(sense: Sense) -> list[str]:
    """The publishers that a word names."""
    tags = sorted(tag for tag in sense.tags if tag.startswith(PUBLISHER))
    return [tag.removeprefix(PUBLISHER).replace("_", " ") for tag in tags]
