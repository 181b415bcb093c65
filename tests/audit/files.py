"""The data files as plain rows, and what can be said of a row without any code of the program."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "db" / "data"
WORLD = "R:world"
LAST_DAY = "2019-12-31"
THEATRE = ("SY", "SY+IQ")
Line = dict[str, str]
Json = dict[str, Any]
Ends = tuple[Decimal, Decimal | None]


@cache
def table(name: str) -> tuple[Line, ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return tuple(csv.DictReader(opened))


@cache
def figures() -> dict[str, Line]:
    return {line["id"]: line for line in table("figures") if line["status"] != "withdrawn"}


@cache
def countries() -> frozenset[str]:
    return frozenset(line["id"] for line in table("places") if line["kind"] == "country")


@cache
def members(place: str, day: str = LAST_DAY) -> frozenset[str]:
    """The countries that a place stands for on a day."""
    if place == WORLD:
        return countries()
    if not place.startswith("R:"):
        return frozenset({place})
    return frozenset(
        line["place"]
        for line in table("region_members")
        if line["region"] == place
        and (not line["member_from"] or line["member_from"] <= day)
        and (not line["member_until"] or padded(line["member_until"], last=True) >= day)
    )


@cache
def ever_members(place: str) -> frozenset[str]:
    """The countries of a region at any time."""
    if place == WORLD or not place.startswith("R:"):
        return members(place)
    return frozenset(line["place"] for line in table("region_members") if line["region"] == place)


def padded(day: str, *, last: bool) -> str:
    """A date of reduced precision as its first or last day, to be compared as text."""
    return (day + ("-12-31" if last else "-01-01")[len(day) - 4 :])[:10] if len(day) < 10 else day


def ends(line: Line | Json) -> Ends:
    """What a value may mean: an unstated low end is at least zero, an unstated high end is endless."""
    low, high = line["low"], line["high"]
    return Decimal(str(low)) if low not in ("", None) else Decimal(0), (
        Decimal(str(high)) if high not in ("", None) else None
    )


def defined(line: Line) -> int:
    """How far a row is from a count of those who arrived: a ceiling alone, attempts or named persons, disputed."""
    if line["status"] == "disputed":
        return 3
    return 2 if line["counts"] not in ("", "arrivals") else int(not line["low"])


def wide(line: Line) -> Ends:
    """What a row may mean with its rounding: "about 850" is what rounds to it by fifties."""
    low, high = ends(line)
    if line["bound"] != "about" or not low:
        return low, high
    zeros = len(line["low"]) - len(line["low"].rstrip("0"))
    step = 10**zeros * (5 if line["low"].rstrip("0").endswith("5") and len(line["low"]) > zeros + 1 else 1)
    return low - step // 2, low + step // 2


def printed(lines: Sequence[Line]) -> Ends:
    """From the lowest to the highest number that some rows print; the row itself where there is but one."""
    if len(lines) == 1:
        return ends(lines[0])
    low = min(Decimal(line["low"] or line["high"]) for line in lines)
    if all(not line["low"] for line in lines):
        low = Decimal(0)
    return low, None if any(not line["high"] for line in lines) else max(Decimal(line["high"]) for line in lines)


def added(values: Iterable[Ends]) -> Ends:
    """A sum of values; a part without an upper end leaves it open."""
    listed = list(values)
    highs = [high for _, high in listed]
    return sum((low for low, _ in listed), Decimal(0)), (
        None if None in highs else sum((high for high in highs if high is not None), Decimal(0))
    )


def close(one: object, other: Decimal | None) -> bool:
    """Whether a printed number is a computed one, up to the six digits that are printed."""
    if one is None or other is None:
        return one is None and other is None
    return abs(Decimal(str(one)) - other) <= max(abs(other), Decimal(1)) * Decimal("0.00001")


@cache
def inhabitants(place: str, year: int) -> int:
    """The inhabitants of a place in a year; of a region those of its countries that have a figure."""
    held = {line["place"]: int(line["population"]) for line in table("population") if line["year"] == str(year)}
    return held.get(place) or sum(held.get(country, 0) for country in members(place, f"{year}-12-31"))


def in_time(query: Json, line: Line) -> bool:
    """Whether a row can speak of the asked time: some day of its own lies in it, a month beside it allowed."""
    start, end = query["period_start"], query["period_end"]
    days = [line[key] for key in ("period_start", "period_end", "as_of") if line[key]]
    if not days or (start is None and end is None):
        return True
    first, last = padded(min(days), last=False), max(padded(day, last=True) for day in days)
    return (end is None or first[:7] <= padded(end, last=True)[:7]) and (
        start is None or last[:7] >= padded(start, last=False)[:7]
    )


def last_claim(line: Line) -> Line:
    """The end of the figures that relay each other; the ids of figures hold a hyphen, the keys of sources do not."""
    while "-" in line["relays"]:
        line = {row["id"]: row for row in table("figures")}[line["relays"]]
    return line


@cache
def onward() -> dict[str, list[str]]:
    """What each source relays."""
    return {source["id"]: source["relays"].replace("|", " ").replace(";", " ").split() for source in table("sources")}


@cache
def origins(figure: str) -> frozenset[str]:
    """The sources at the roots of a figure's relays."""
    line = last_claim(figures()[figure])
    found: set[str] = set()
    seen: set[str] = set()
    left = [line["relays"] or line["source"]]
    while left:
        key = left.pop()
        if key in seen:
            continue
        seen.add(key)
        further = [relay for relay in onward().get(key, []) if relay not in seen]
        left += further
        if not further:
            found.add(key)
    return frozenset(found)


@cache
def bodies(figure: str) -> frozenset[str]:
    """Those who counted: the state of an official count, else the authority of each origin, else the origin itself."""
    last = last_claim(figures()[figure])
    if last["official"] == "yes" and last["place"] in countries():
        return frozenset({last["place"]})
    counted = {source["id"]: source["authority"] for source in table("sources")}
    return frozenset(counted[origin] or origin for origin in origins(figure))


@cache
def nearest_year(place: str, year: int) -> int:
    """The year nearest to one of which the inhabitants of a country are held."""
    held = (int(line["year"]) for line in table("population") if line["place"] == place)
    return min(held, key=lambda known: (abs(known - year), known))


@cache
def published(source: str) -> str:
    """The last day on which a document may have come out; without a date, the day on which it was read, if any."""
    line = next(line for line in table("sources") if line["id"] == source)
    return padded(line["published"] or line["accessed"] or "9999", last=True)


def was_out(line: Line, day: str | None) -> bool:
    """Whether a row was surely published by a day and speaks of no day after it."""
    spoken = [padded(line[key], last=False) for key in ("as_of", "period_end") if line[key]]
    return day is None or max([published(line["source"]), *spoken]) <= day
