"""Short labels for dates, sources and places, as the pictures print them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.answers.answer import Claim
from bot.places.catalogue import measures
from bot.words.words import Words
from db.model.records import Figure, Kind, Source
from db.model.values import PartialDate, Period


def is_flow(measure: str) -> bool:
    """Whether a measure's values belong to a stretch of time."""
    return measures().get(measure) in (Kind.FLOW, Kind.RATE)


def when(figure: Figure, words: Words) -> str:
    """The time that a figure speaks of, no finer than stated: "Jan–Sept 2016", "2015"."""
    period = figure.period
    if period.end is None or (period.start is None and figure.as_of is not None):
        period = Period(period.start, figure.as_of)
    if period.start is None:
        return words.date(period.end, short=True) if period.end else words.say("time.unknown")
    return words.period(period, short=True)


def days(figure: Figure) -> tuple[date | None, date | None]:
    """The days at which a value is drawn: a flow over its whole period, a count at its date as exactly as stated."""
    period = figure.period
    if is_flow(figure.measure) and period.start and period.end:
        return period.first, period.last
    day = figure.as_of or period.end or period.start
    return (day.first, day.last) if day else (None, None)


def all_dates(figures: Iterable[Figure], words: Words) -> str:
    """The dates that several figures speak of together: "Apr 2013 – Nov 2019"."""
    found: list[PartialDate] = []
    for figure in figures:
        flow = is_flow(figure.measure) and not figure.period.is_open
        ends = (figure.period.start, figure.period.end) if flow else (figure.as_of or figure.period.end,)
        found += [day for day in ends if day]
    if not found:
        return words.say("time.unknown")
    first, last = min(found, key=lambda day: day.first), max(found, key=lambda day: day.last)
    return words.period(Period(first, last), short=True)


def source_name(key: str, sources: Mapping[str, Source], words: Words) -> str:
    """The name of a source or origin by its id; an origin may be only a name."""
    source = sources.get(key)
    return _named(source, words) if source else words.embed(key.replace("_", " "))


def cited(source: Source, words: Words) -> str:
    """A source in a few words: who published it, and when."""
    date_text = words.date(source.published, short=True) if source.published else words.say("time.undated")
    return f"{_named(source, words)}{words.say('list.comma')}{date_text}"


def cited_claim(claim: Claim, sources: Mapping[str, Source], words: Words) -> str:
    """Who says so: the document read, and the origin that it relays when there is one."""
    document = cited(claim.source, words)
    if len(claim.relay_chain) < 2:
        return document
    origin = source_name(claim.relay_chain[-1], sources, words)
    return words.say("chart.via", source=origin, relay=document)


def _named(source: Source, words: Words) -> str:
    return words.body_name(source.publisher or source.title, whole=True)
