"""Short labels for dates, sources and places, as the pictures print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bot.answers.answer import Claim
from bot.charts.words import ChartWords
from bot.places.catalogue import measures
from bot.words.names import short_name
from db.model.records import Figure, Kind, Source
from db.model.values import PartialDate, Period

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z/&-]{1,11})\)\s*$")
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$|;.*$")
_LONG = 24


def place_name(place: str, words: ChartWords) -> str:
    """A place's name in the picture's language."""
    from bot.places.display import display_name

    return display_name(place, words.locale)


def is_flow(measure: str) -> bool:
    """Whether a measure's values belong to a stretch of time."""
    return measures().get(measure) in (Kind.FLOW, Kind.RATE)


def when(figure: Figure, words: ChartWords) -> str:
    """The time that a figure speaks of, no finer than stated: "Jan–Sept 2016", "2015"."""
    period = figure.period
    if period.end is None or (period.start is None and figure.as_of is not None):
        period = Period(period.start, figure.as_of)
    if period.start is None:
        return words.date(period.end) if period.end else words.say("no_date")
    return words.dates(period)


def days(figure: Figure) -> tuple[date | None, date | None]:
    """The days at which a value is drawn: a flow over its whole period, a count at its date as exactly as stated."""
    period = figure.period
    if is_flow(figure.measure) and period.start and period.end:
        return period.first, period.last
    day = figure.as_of or period.end or period.start
    return (day.first, day.last) if day else (None, None)


def all_dates(figures: Iterable[Figure], words: ChartWords) -> str:
    """The dates that several figures speak of together: "Apr 2013 – Nov 2019"."""
    found: list[PartialDate] = []
    for figure in figures:
        flow = is_flow(figure.measure) and not figure.period.is_open
        ends = (figure.period.start, figure.period.end) if flow else (figure.as_of or figure.period.end,)
        found += [day for day in ends if day]
    if not found:
        return words.say("no_date")
    first, last = min(found, key=lambda day: day.first), max(found, key=lambda day: day.last)
    return words.dates(Period(first, last))


def short_publisher(publisher: str) -> str:
    """A publisher's name for a label: its own acronym when the name is long and prints one; never cut."""
    acronym = _ACRONYM.search(publisher)
    if acronym and len(publisher) > _LONG:
        return acronym[1]
    name = _ASIDE.sub("", publisher) or publisher
    short = short_name(name)
    return name if short.endswith("…") else short


def body(publisher: str, words: ChartWords) -> str:
    """A publisher's name as a label, in the picture's language where that has one."""
    held = words.catalogue.bodies.get(publisher)
    return short_publisher(held.rpartition("|")[2]) if held else words.left_to_right(short_publisher(publisher))


def source_name(key: str, sources: Mapping[str, Source], words: ChartWords) -> str:
    """The name of a source or origin by its id; an origin may be only a name."""
    source = sources.get(key)
    return body(source.publisher or source.title, words) if source else words.left_to_right(key.replace("_", " "))


def cited(source: Source, words: ChartWords) -> str:
    """A source in a few words: who published it, and when."""
    date_text = words.date(source.published) if source.published else words.say("undated")
    return f"{body(source.publisher or source.title, words)}{words.say('comma')}{date_text}"


def cited_claim(claim: Claim, sources: Mapping[str, Source], words: ChartWords) -> str:
    """Who says so: the document read, and the origin that it relays when there is one."""
    document = cited(claim.source, words)
    if len(claim.relay_chain) < 2:
        return document
    origin = source_name(claim.relay_chain[-1], sources, words)
    return words.say("via", source=origin, relay=document)


def year_middle(start: date, end: date) -> date:
    """The day in the middle of a stretch of time."""
    return start + timedelta(days=(end - start).days // 2)
