"""Short labels for dates, sources and places, as the pictures print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bot.answers.answer import Claim
from bot.charts.words import ChartWords
from bot.places.catalogue import measures
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
    """The time that a figure speaks of, as ISO dates no finer than stated: ``2016-01 – 2016-09``, ``2015``."""
    period = figure.period
    if period.end is None or (period.start is None and figure.as_of is not None):
        period = Period(period.start, figure.as_of)
    if period.start is None:
        return words.left_to_right(str(period.end)) if period.end else words.say("no_date")
    return words.left_to_right(span_text(period))


def span_text(period: Period) -> str:
    """A period as ISO dates; whole years as years: 2013-01 to 2013-12 is 2013."""
    start, end = period.start, period.end
    if start is None or end is None:
        return f"{start or '…'} – {end or '…'}"
    if start.first.timetuple()[1:3] == (1, 1) and end.last.timetuple()[1:3] == (12, 31):
        start, end = PartialDate(start.year), PartialDate(end.year)
    return str(start) if start == end else f"{start} – {end}"


def days(figure: Figure) -> tuple[date | None, date | None]:
    """The days at which a value is drawn: a flow over its whole period, a count at its date as exactly as stated."""
    period = figure.period
    if is_flow(figure.measure) and period.start and period.end:
        return period.first, period.last
    day = figure.as_of or period.end or period.start
    return (day.first, day.last) if day else (None, None)


def all_dates(figures: Iterable[Figure], words: ChartWords) -> str:
    """The dates that several figures speak of together: ``2013-04 – 2019-11``."""
    found: list[PartialDate] = []
    for figure in figures:
        flow = is_flow(figure.measure) and not figure.period.is_open
        ends = (figure.period.start, figure.period.end) if flow else (figure.as_of or figure.period.end,)
        found += [day for day in ends if day]
    if not found:
        return words.say("no_date")
    first, last = min(found, key=lambda day: day.first), max(found, key=lambda day: day.last)
    return words.left_to_right(span_text(Period(first, last)))


def short_publisher(publisher: str) -> str:
    """A publisher's name for a label: its own acronym when the name is long and prints one; never cut."""
    acronym = _ACRONYM.search(publisher)
    if acronym and len(publisher) > _LONG:
        return acronym[1]
    return _ASIDE.sub("", publisher) or publisher


def source_name(key: str, sources: Mapping[str, Source]) -> str:
    """The name of a source or origin by its id; an origin may be only a name."""
    source = sources.get(key)
    return short_publisher(source.publisher or source.title) if source else key.replace("_", " ")


def cited(source: Source, words: ChartWords) -> str:
    """A source in a few words: who published it, and when."""
    date_text = str(source.published) if source.published else words.say("undated")
    return words.left_to_right(f"{short_publisher(source.publisher or source.title)}, {date_text}")


def cited_claim(claim: Claim, sources: Mapping[str, Source], words: ChartWords) -> str:
    """Who says so: the document read, and the origin that it relays when there is one."""
    document = cited(claim.source, words)
    if len(claim.relay_chain) < 2:
        return document
    origin = words.left_to_right(source_name(claim.relay_chain[-1], sources))
    return words.say("via", source=origin, relay=document)


def year_middle(start: date, end: date) -> date:
    """The day in the middle of a stretch of time."""
    return start + timedelta(days=(end - start).days // 2)
