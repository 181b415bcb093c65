"""Meanings of the rules of ``times.tsv`` that go by an event, by the war or by a feast that moves."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from bot.questions.stretches import DAY, Open, Span, Stretch, back, from_to, month_end, shifted, whole_year


def year_of(event: Stretch) -> Stretch | None:
    return whole_year(event.first.year) if event.first else None


def month_of(event: Stretch) -> Stretch | None:
    day = event.first
    return Stretch(day.replace(day=1), month_end(day.year, day.month)) if day else None


def event_then(event: Stretch, told: Stretch) -> Stretch | None:
    """ "the Paris attacks (13 November 2015)"."""
    first, last = told.first or told.last, told.last
    return event if event.first and first and last and first <= event.first <= last else None


def event_of(year: int, event: Stretch) -> Stretch | None:
    """ "the 2015 Paris attacks"."""
    return event if event.first and event.first.year == year else None


def event_in(part: Open, year: int, event: Stretch) -> Stretch | None:
    """ "the November 2015 Paris attacks"."""
    return event_of(year, event) if event.first and event.first.month == part.month else None


def first_year_of(event: Stretch) -> Stretch | None:
    return Stretch(event.first, shifted(event.first, 12) - DAY) if event.first else None


def nth_year_of(number: str, start: str) -> Stretch:
    """ "the second year of the war"."""
    first = shifted(date.fromisoformat(start), 12 * (int(number) - 1))
    return Stretch(first, shifted(first, 12) - DAY)


def year_nth_of(start: str, number: str) -> Stretch:
    return nth_year_of(number, start)


def first_span_of(span: Span, start: str) -> Stretch:
    """ "the first two years of the war"."""
    first = date.fromisoformat(start)
    return Stretch(first, back(first, -span[0], span[1]) - DAY)


def first_units_of(count: int, unit: str, start: str) -> Stretch:
    return first_span_of((count, unit), start)


def span_first_of(start: str, span: Span) -> Stretch:
    return first_span_of(span, start)


@cache
def moving_feasts() -> dict[tuple[str, int], Stretch]:
    """The days of the feasts that move, by name and year."""
    rows = (files("bot.questions") / "feasts.tsv").read_text(encoding="utf-8").splitlines()
    parted = (row.split("\t") for row in rows if not row.startswith("#"))
    days = ((name, [date.fromisoformat(day) for day in pair.split("/")]) for name, *pairs in parted for pair in pairs)
    return {(name, first.year): Stretch(first, last) for name, (first, last) in days}


def moving(feast: str, year: int) -> Stretch | None:
    """ "Ramadan 2014"."""
    return moving_feasts().get((feast, year))


def moving_to(feast: str, right: Stretch) -> Stretch | None:
    """ "between Easter and Christmas 2014"."""
    left = moving(feast, right.first.year) if right.first and right.first == right.last else None
    return from_to(left, right) if left else None
