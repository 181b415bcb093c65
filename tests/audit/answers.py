"""A second, plain evaluator: what the JSON of an answer says is worked out anew from the rows of the data files.

No code of the program is used here: rows are dicts of text, numbers are Decimals, an answer is the object that
`inflow ask --json` prints. ``faults`` says everything that does not hold.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
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


def close(one: object, other: Decimal | None) -> bool:
    """Whether a printed number is a computed one, up to the six digits that are printed."""
    if one is None or other is None:
        return one is None and other is None
    return abs(Decimal(str(one)) - other) <= max(abs(other), Decimal(1)) * Decimal("0.00001")


def faults(query: Json, answer: Json) -> list[str]:
    """Everything that is wrong with an answer to a query, as sentences."""
    found = [
        *_stored(answer["claims"]),
        *(f for block in answer["blocks"] for f in _CHECKS.get(block["type"], _nothing)(query, block)),
    ]
    found += _headline(query, answer)
    if answer["outcome"] == "no_data":
        found += _no_data(query)
    return found


def _stored(claims: Sequence[Json]) -> Iterator[str]:
    """Every claim is a row, printed as it stands."""
    for claim in claims:
        line = figures().get(claim["figure"])
        if line is None:
            yield f"{claim['figure']} is no row"
            continue
        for key in ("place", "measure", "who", "destination", "low", "high", "bound", "as_of", "source"):
            stated = claim[key]
            if ("" if stated is None else str(stated)) != line[key]:
                yield f"{claim['figure']}: {key} is {line[key]!r}, printed {stated!r}"


def _headline(query: Json, answer: Json) -> Iterator[str]:
    head = answer["headline"]
    if head is None or query["intent"] not in ("lookup", "sources", "disputes", "trend"):
        return
    if head["place"] not in query["places"] and not any(head["place"] in members(place) for place in query["places"]):
        yield f"opens with {head['place']}"
    loose = query["intent"] in ("disputes", "sources")  # what is held, where no measure is named
    if head["measure"] != (query["measure"] or "travelled") and (query["measure"] or not loose):
        yield f"opens with {head['measure']}"
    if head["who"] != query["who"]:
        yield f"opens with {head['who']}"


def _in_time(query: Json, line: Line) -> bool:
    """Whether a row can speak of the asked time: some day of its own lies in it, a month beside it allowed."""
    start, end = query["period_start"], query["period_end"]
    days = [line[key] for key in ("period_start", "period_end", "as_of") if line[key]]
    if not days or (start is None and end is None):
        return True
    first, last = padded(min(days), last=False), max(padded(day, last=True) for day in days)
    return (end is None or first[:7] <= padded(end, last=True)[:7]) and (
        start is None or last[:7] >= padded(start, last=False)[:7]
    )


def _topic(query: Json, block: Json) -> Iterator[str]:
    if block["who"] != query["who"] or block["measure"] != (query["measure"] or block["measure"]):
        yield f"{block['type']} of {block['measure']}, {block['who']}"


def _claims(query: Json, block: Json) -> Iterator[str]:
    yield from _topic(query, block) if query["intent"] != "share" else ()
    lines = [figures()[key] for key in block["figures"]]
    for line in (*lines, *(figures()[key] for key in block["earlier"])):
        if (line["place"], line["measure"], line["who"]) != (block["place"], block["measure"], block["who"]):
            yield f"{line['id']} among claims of {block['place']}"
        if not _in_time(query, line):
            yield f"{line['id']} is of another time"
    yield from _span(block["span"], lines)


def _span(span: Json | None, lines: Sequence[Line]) -> Iterator[str]:
    if span is None:
        return
    lowest = min(int(line["low"] or line["high"]) for line in lines)
    highest = None if any(not line["high"] for line in lines) else max(int(line["high"]) for line in lines)
    printed = span["low"] if span["low"] is not None else span["high"]
    if printed != lowest or span["high"] != highest:
        yield f"span {span} of {lowest} to {highest}"


def _disputes(query: Json, block: Json) -> Iterator[str]:
    yield from _topic(query, block)
    lines = [figures()[key] for group in block["groups"] for key in group["figures"]]
    if len({line["id"] for line in lines}) != len(lines):
        yield "a claim in two groups"
    for line in lines:
        if (line["place"], line["measure"], line["who"]) != (block["place"], block["measure"], block["who"]):
            yield f"{line['id']} among disputes of {block['place']}"
    yield from _span(block["span"], lines)


def _sources(query: Json, block: Json) -> Iterator[str]:
    known = {line["id"]: line for line in table("sources")}
    for source in block["sources"]:
        line = known.get(source["source"])
        if line is None or (line["title"], line["publisher"]) != (source["title"], source["publisher"]):
            yield f"source {source['source']} is printed otherwise"
    held = {place for asked in query["places"] for place in (asked, *ever_members(asked))}
    for key in block["figures"]:
        if figures()[key]["place"] not in held:
            yield f"{key} is of another place"


def _total(query: Json, block: Json) -> Iterator[str]:
    lines = [figures()[row["figure"]] for row in block["rows"]]
    places = [line["place"] for line in lines]
    periods = [(line["period_start"], line["period_end"]) for line in lines]
    if len(set(places)) == 1 and len(lines) > 1:
        ordered = sorted((padded(start, last=False), padded(end, last=True)) for start, end in periods)
        if any(one[1] >= two[0] for one, two in pairwise(ordered)):
            yield "periods that overlap are added"
    elif len(set(places)) != len(places):
        yield "a place is added twice"
    if len(set(places)) > 1 and any(place.startswith("R:") for place in places):
        yield "a region is added to countries"
    asked = {country for place in block["places"] for country in ever_members(place)}
    if not set(places) <= asked | set(block["places"]):
        yield f"added {sorted(set(places) - asked)}"
    if {(line["measure"], line["who"]) for line in lines} != {(block["measure"], block["who"])}:
        yield "what is added is of several kinds"
    if len({line["destination"] in THEATRE for line in lines}) != 1:
        yield "two theatres are added"
    low = sum((ends(line)[0] for line in lines), Decimal(0))
    highs = [ends(line)[1] for line in lines]
    high = None if None in highs else sum((end for end in highs if end is not None), Decimal(0))
    if not close(ends(block)[0], low) or not close(block["high"], high):
        yield f"the sum of {low} to {high} is printed as {block['low']} to {block['high']}"
    yield from _coverage_of(block["coverage"], set(places))


def _coverage_of(coverage: Json, places: set[str]) -> Iterator[str]:
    if places & set(coverage["missing"]):
        yield "a place is missing and held"
    if len(places) > 1 and coverage["with_figures"] + len(coverage["missing"]) != coverage["of"]:
        yield f"coverage {coverage['with_figures']} + {len(coverage['missing'])} of {coverage['of']}"


def _rank(query: Json, block: Json) -> Iterator[str]:
    lines = [figures()[row["figure"]] for row in block["rows"]]
    held = ever_members(block["region"])
    for row, line in zip(block["rows"], lines, strict=True):
        if line["place"] != row["place"] or (held and row["place"] not in held):
            yield f"{row['place']} is ranked in {block['region']}"
        yield from _row_value(row, line, block["per_million"])
        if not 1 <= row["rank_from"] <= row["rank_to"] <= block["coverage"]["with_figures"]:
            yield f"{row['place']} is {row['rank_from']} to {row['rank_to']}"
    if {(line["measure"], line["who"]) for line in lines} - {(block["measure"], block["who"])}:
        yield "several kinds are ranked together"
    if len(block["rows"]) == block["coverage"]["with_figures"]:
        for one, line in zip(block["rows"], lines, strict=True):
            below = sum(_is_below(one, line, other, its) for other, its in zip(block["rows"], lines, strict=True))
            if one["rank_from"] != 1 + below:
                yield f"{one['place']} is at best {1 + below}, printed {one['rank_from']}"


def _is_below(one: Json, line: Line, other: Json, its: Line) -> bool:
    high, low = ends(one)[1], ends(other)[0]
    strict = line["bound"] == "fewer_than" or its["bound"] == "more_than"
    return one is not other and high is not None and (high < low or (strict and high == low))


def _row_value(row: Json, line: Line, per_million: bool) -> Iterator[str]:
    low, high = ends(line)
    scale = Decimal(1)
    if per_million:
        if inhabitants(row["place"], row["population_year"]) != row["population"]:
            yield f"{row['place']} has no {row['population']} inhabitants in {row['population_year']}"
            return
        scale = Decimal(1_000_000) / row["population"]
    if not close(ends(row)[0], low * scale) or not close(row["high"], None if high is None else high * scale):
        yield f"{row['place']} is printed as {row['low']} to {row['high']}"


@cache
def inhabitants(place: str, year: int) -> int:
    """The inhabitants of a place in a year; of a region those of its countries that have a figure."""
    held = {line["place"]: int(line["population"]) for line in table("population") if line["year"] == str(year)}
    return held.get(place) or sum(held.get(country, 0) for country in members(place, f"{year}-12-31"))


def _compare(query: Json, block: Json) -> Iterator[str]:
    lines = [figures()[row["figure"]] for row in block["rows"]]
    held = {place for asked in query["places"] for place in (asked, *ever_members(asked))}
    for row, line in zip(block["rows"], lines, strict=True):
        if line["place"] != row["place"] or row["place"] not in held:
            yield f"{row['place']} is compared"
        if (line["measure"], line["who"]) != (block["measure"], block["who"]):
            yield f"{line['id']} is of another kind"
        yield from _row_value(row, line, block["per_million"])
    if block["certain"]:
        values = sorted((ends(row) for row in block["rows"]), key=lambda value: (value[0], value[1] or Decimal("inf")))
        if any(one[1] is None or one[1] > two[0] for one, two in pairwise(values)):
            yield "a certain order of values that overlap"


def _share(query: Json, block: Json) -> Iterator[str]:
    parts, whole = _side(block["part"], block["part_sum"]), _side(block["whole"], block["whole_sum"])
    if not parts or not whole or {line["id"] for line in parts} == {line["id"] for line in whole}:
        yield "a share without two sides"
        return
    inner = {country for line in parts for country in ever_members(line["place"])}
    outer = {country for line in whole for country in ever_members(line["place"])}
    one, other = parts[0], whole[0]
    by_place = (one["measure"], one["who"]) == (other["measure"], other["who"])
    if by_place and not (inner < outer or any(line["place"] == WORLD for line in whole)):
        yield "the whole does not contain its part"
    if not by_place and (not inner <= outer or (other["measure"] != "travelled" and other["who"] != "everyone")):
        yield "the whole is of something else"
    percent = block["percent"]
    low, high = percent["low"], percent["high"]
    if any(end is not None and not 0 <= end <= 100 for end in (low, high)):
        yield f"a share of {low} to {high} percent"
    least, most = _added(parts)
    if {line["id"] for line in parts} < {line["id"] for line in whole}:
        rest = _added([line for line in whole if line["id"] not in {each["id"] for each in parts}])
        bottom = None if rest[1] is None else least + rest[1]
        top = None if most is None else most + rest[0]
    else:
        bottom, top = _added(whole)[1], _added(whole)[0]
    computed_low = least * 100 / bottom if bottom else None
    computed_high = min(most * 100 / top, Decimal(100)) if most is not None and top else None
    if low is not None and (computed_low is None or not close(low, computed_low)):
        yield f"a share of at least {low}, not {computed_low}"
    if high is not None and high != 100 and (computed_high is None or not close(high, computed_high)):
        yield f"a share of at most {high}, not {computed_high}"
    for added in (block["part_sum"], block["whole_sum"]):
        if added is not None:
            yield from _total(query, added)
    if block["part_sum"] and not block["whole_sum"] and block["part_sum"]["coverage"]["missing"] and high is not None:
        yield "a share is bounded above though parts are missing"


def _side(key: str | None, added: Json | None) -> list[Line]:
    return [figures()[key]] if key else [figures()[row["figure"]] for row in added["rows"]] if added else []


def _added(lines: Sequence[Line]) -> Ends:
    highs = [ends(line)[1] for line in lines]
    return sum((ends(line)[0] for line in lines), Decimal(0)), (
        None if None in highs else sum((end for end in highs if end is not None), Decimal(0))
    )


def _trend(query: Json, block: Json) -> Iterator[str]:
    lines = {point["figure"]: figures()[point["figure"]] for point in block["points"]}
    series = {point["figure"]: point["series"] for point in block["points"]}
    for line in lines.values():
        if (line["place"], line["measure"], line["who"]) != (block["place"], block["measure"], block["who"]):
            yield f"{line['id']} is a point of {block['place']}"
        if not _in_time(query, line):
            yield f"{line['id']} lies outside of the asked time"
    if block["change"] is None:
        return
    first, last = block["first"], block["last"]
    if series.get(first) != series.get(last):
        yield "a change over rival sources"
    (low, high), (least, most) = ends(figures()[first]), ends(figures()[last])
    sizes = [abs(two - one) for one in (low, high) for two in (least, most) if one is not None and two is not None]
    printed = [Decimal(str(end)) for end in (block["change"]["low"], block["change"]["high"]) if end is not None]
    if not all(any(close(end, size) for size in sizes) for end in printed):
        yield f"a change of {printed}, not of {sizes}"


def _coverage(query: Json, block: Json) -> Iterator[str]:
    place = block["place"] or WORLD
    searched = {place, *members(place, padded(query["period_end"] or LAST_DAY, last=True))}
    held = [line for line in figures().values() if line["place"] in searched or place == WORLD]
    held = [line for line in held if query["measure"] in (None, line["measure"])]
    held = [line for line in held if query["who"] in ("everyone", line["who"])]
    if query["period_start"] is None and query["period_end"] is None:
        if (len(held), len({line["source"] for line in held})) != (block["figures"], block["sources"]):
            yield f"{len(held)} figures are held of {place}, {block['figures']} are counted"
        for row in block["rows"]:
            if row["figures"] != sum(line["measure"] == row["measure"] for line in held):
                yield f"{row['figures']} figures of {row['measure']}"
        missing = members(place) - {line["place"] for line in held}
        if set(block["missing"]) != missing:
            yield f"missing are {sorted(missing ^ set(block['missing']))[:5]} too, or not"
    if sum(row["figures"] for row in block["rows"]) != block["figures"]:
        yield "the counts of the measures do not add up"
    if set(block["places"]) & set(block["missing"]):
        yield "a place is held and missing"


def _no_data(query: Json) -> Iterator[str]:
    """No data on one country, or on a region's every country, though a row says it at any time."""
    if query["intent"] not in ("lookup", "coverage", "sources", "disputes", "trend"):
        return
    if query["period_start"] is not None or query["period_end"] is not None:
        return
    for place in query["places"]:
        measure = query["measure"] or "travelled"
        asked = THEATRE if query.get("destination") in THEATRE else query.get("destination") and (query["destination"],)
        held = [
            line["id"]
            for line in figures().values()
            if (line["place"], line["measure"], line["who"]) == (place, measure, query["who"])
            and line["destination"] in (asked or (*THEATRE, "IQ", "wider"))
        ]
        if held:
            yield f"no data on {place}, though {held[0]} is held"


def _definition(query: Json, block: Json) -> Iterator[str]:
    known = {line["id"]: line["definition"] for line in table("measures")}
    if block["measure"] and known[block["measure"]] != block["definition"]:
        yield f"{block['measure']} is defined otherwise"
    if block["region"] and block["region"] != WORLD and not set(block["members"]) <= ever_members(block["region"]):
        yield f"{block['region']} has other members"


def _offer(query: Json, block: Json) -> Iterator[str]:
    yield from _stored([block["claim"]])
    claim = block["claim"]
    for key in ("measure", "who"):
        asked = query[key] or claim[key]
        if claim[key] != asked and key not in block["differs"] and query["intent"] == "lookup":
            yield f"{claim['figure']} is offered without saying that its {key} differs"


def _nothing(query: Json, block: Json) -> Iterator[str]:
    return iter(())


_CHECKS: dict[str, Callable[[Json, Json], Iterator[str]]] = {
    "claims": _claims,
    "disputes": _disputes,
    "sources": _sources,
    "total": _total,
    "rank": _rank,
    "compare": _compare,
    "share": _share,
    "trend": _trend,
    "coverage": _coverage,
    "definition": _definition,
    "offer": _offer,
}
