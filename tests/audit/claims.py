"""A plain look at the data files: sentences made from their rows, true and changed, and whether any row says a thing.

No code of the program is used here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parents[2] / "db" / "data"
MONTHS = "January February March April May June July August September October November December".split()
BOUNDS = {
    "exact": "",
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "fewer_than": "fewer than ",
}
PEOPLE = {"everyone": "people", "women": "women", "minors": "children"}
DONE = {
    "travelled": "had gone to Syria",
    "returned": "had returned",
    "killed": "had been killed",
    "prevented": "had been stopped from travelling",
}
Line = dict[str, str]


@dataclass(frozen=True)
class About:
    """What a sentence says."""

    place: str
    measure: str
    who: str
    number: int
    years: tuple[int, int]


@cache
def table(name: str) -> tuple[Line, ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return tuple(csv.DictReader(opened))


@cache
def rows() -> tuple[Line, ...]:
    """The rows that a plain sentence can be made of: dated people of the theatre."""
    return tuple(
        row
        for row in table("figures")
        if row["status"] != "withdrawn"
        and row["destination"] in ("SY", "SY+IQ")
        and (row["as_of"] or row["period_end"])
        and row["who"] in PEOPLE
        and row["place"] not in ("SY", "IQ")
        and not (row["measure"] in DONE and row["period_start"] > "2012")
        and row["measure"] in (*DONE, "present", "travelled_in_period", "monthly_rate")
        and (row["as_of"] or row["period_end"]) < "2020"
    )


@cache
def names() -> dict[str, str]:
    return {row["id"]: row["name"] for row in table("places")}


def when(day: str) -> str:
    parts = day.split("-")
    month = f"{MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 else ""
    return f"{int(parts[2])} {month}{parts[0]}" if len(parts) > 2 else f"{month}{parts[0]}"


def sentence(row: Line, number: str) -> str:
    """A row's place, measure and time with a number of any kind."""
    start, end = row["period_start"], row["period_end"]
    people = f"{number} {PEOPLE[row['who']]}"
    place = "" if row["place"] == "R:world" else f" from {names()[row['place']]}"
    day = row["as_of"] or end
    if row["measure"] in DONE:
        return f"By {when(day)}, {people}{place} {DONE[row['measure']]}."
    if row["measure"] == "present":
        return f"In {when(day)}, {people}{place} were still in Syria."
    month = " a month" if row["measure"] == "monthly_rate" else ""
    whole = start[:4] == end[:4] and (len(start) == 4 or (start[5:7] == "01" and end[5:7] in ("", "12")))
    if start and end:
        time = f"In {start[:4]}" if whole else f"From {when(start)} to {when(end)}"
    else:
        time = f"In {when(day)}" if month else f"By {when(day)}"
    return f"{time}, {people}{month}{place} left for Syria."


def claims_of_row(row: Line) -> Iterator[str]:
    """What a row says, as a sentence."""
    if row["bound"] == "range":
        yield sentence(row, f"{int(row['low']):,} to {int(row['high']):,}")
    else:
        yield sentence(row, BOUNDS[row["bound"]] + f"{int(row['low'] or row['high']):,}")


def false_claims(row: Line, rng: Random) -> Iterator[tuple[str, About]]:
    """The same with another number, place, measure or year; few of them are true by chance, which ``is_said`` tells."""
    number = int(row["high"] or row["low"])
    changed = [
        (row, max(1, int(number * rng.choice((0.2, 0.5, 1.5, 3, 10, 100))))),
        (row | {"place": rng.choice(rows())["place"]}, number),
        (_in_measure(row, rng.choice((*DONE, "present", "travelled_in_period"))), number),
        (_years_later(row, rng.choice((-2, -1, 1, 2))), number),
    ]
    for line, count in changed:
        bound = rng.choice(("", "", "about ", "more than ", "fewer than "))
        day = line["as_of"] or line["period_end"]
        first = int((line["period_start"] or day)[:4]) if line["measure"] == "travelled_in_period" else int(day[:4])
        about = About(line["place"], line["measure"], line["who"], count, (first, int(day[:4])))
        if count and about.years[0] >= 2011 and about.years[1] < 2020:
            yield sentence(line, f"{bound}{count:,}"), about


def _in_measure(row: Line, measure: str) -> Line:
    day = row["as_of"] or row["period_end"]
    start, end = (
        (row["period_start"] or day, row["period_end"] or day) if measure == "travelled_in_period" else ("", "")
    )
    return row | {"measure": measure, "as_of": day, "period_start": start, "period_end": end}


def _years_later(row: Line, years: int) -> Line:
    def moved(day: str) -> str:
        return f"{int(day[:4]) + years}{day[4:]}".replace("-02-29", "-02-28") if day else day

    return row | {key: moved(row[key]) for key in ("as_of", "period_start", "period_end")}


def is_said(about: About) -> bool:
    """Whether some row of that place, measure and people, dated about those years, says about that number."""
    for row in table("figures"):
        if (row["place"], row["measure"], row["who"]) != (about.place, about.measure, about.who):
            continue
        day = row["as_of"] or row["period_end"]
        years = {int(text[:4]) for text in (row["period_end"], day) if text}
        if day[5:7] in ("01", "02"):
            years.add(int(day[:4]) - 1)  # a count of January is one of the year's end too
        if day[5:7] in ("11", "12"):
            years.add(int(day[:4]) + 1)
        if not years & set(range(about.years[0], about.years[1] + 1)):
            continue
        low, high = int(row["low"] or 0), int(row["high"] or row["low"])
        if low * 0.7 <= about.number <= high * 1.4:
            return True
    return False
