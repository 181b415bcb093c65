"""What is computed in an answer, worked out anew: sums, ranks, comparisons, shares and changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from tests.audit.files import (
    THEATRE,
    WORLD,
    Ends,
    Json,
    Line,
    added,
    close,
    defined,
    ends,
    ever_members,
    figures,
    in_time,
    inhabitants,
    nearest_year,
    padded,
    printed,
    wide,
)

LITTLE_MORE = Decimal("1.00001")
"""Printed rates have six digits."""


def total_faults(query: Json, block: Json) -> Iterator[str]:
    lines = [figures()[row["figure"]] for row in block["rows"]]
    places = [line["place"] for line in lines]
    for row in block["rows"]:
        yield from _row_value(row, False)
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
    low, high = added(printed(_lines(row)) for row in block["rows"])
    if not close(ends(block)[0], low) or not close(block["high"], high):
        yield f"the sum of {low} to {high} is printed as {block['low']} to {block['high']}"
    yield from _coverage_of(block["coverage"], set(places))


def _coverage_of(coverage: Json, places: set[str]) -> Iterator[str]:
    if places & set(coverage["missing"]):
        yield "a place is missing and held"
    if len(places) > 1 and coverage["with_figures"] + len(coverage["missing"]) != coverage["of"]:
        yield f"coverage {coverage['with_figures']} + {len(coverage['missing'])} of {coverage['of']}"


def rank_faults(query: Json, block: Json) -> Iterator[str]:
    lines = [figures()[row["figure"]] for row in block["rows"]]
    held = ever_members(block["region"]) if block["region"] else frozenset()  # countries that were named
    for row, line in zip(block["rows"], lines, strict=True):
        if line["place"] != row["place"] or (held and row["place"] not in held):
            yield f"{row['place']} is ranked in {block['region']}"
        yield from _row_value(row, block["per_million"])
        yield from _reach(query, row)
        if not 1 <= row["rank_from"] <= row["rank_to"] <= block["coverage"]["with_figures"]:
            yield f"{row['place']} is {row['rank_from']} to {row['rank_to']}"
    if {(line["measure"], line["who"]) for line in lines} - {(block["measure"], block["who"])}:
        yield "several kinds are ranked together"
    if len(block["rows"]) == block["coverage"]["with_figures"]:
        yield from _order(block["rows"], from_bottom=block["from_bottom"])


def _order(rows: Sequence[Json], *, from_bottom: bool = False) -> Iterator[str]:
    """The best rank of each row: behind those that are above it by every claim of the time."""
    for one in rows:
        before = sum(_is_below(other, one, endless=True) if from_bottom else _is_below(one, other) for other in rows)
        if one["rank_from"] != 1 + before:
            yield f"{one['place']} is at best {1 + before}, printed {one['rank_from']}"


def _is_below(one: Json, other: Json, *, endless: bool = False) -> bool:
    mine, its = one["reach"] or one, other["reach"] or other
    (least, high), low = ends(mine), ends(its)[0]
    if high is None and not one["covered"] and not endless:
        high = least  # a floor alone states no more, and among the fewest it has no end
    strict = mine["bound"] == "fewer_than" or (its["bound"] == "more_than" and mine["bound"] != "more_than")
    return one is not other and high is not None and (high < low or (strict and high == low))


def _lines(row: Json) -> list[Line]:
    return [figures()[key] for key in (row["figure"], *row["others"])]


def _row_value(row: Json, per_million: bool) -> Iterator[str]:
    """A row's number is its claim, the range of those that leave none to open, or the sum of a region's countries."""
    lines = _lines(row)
    if row["covered"]:
        by_place: dict[str, list[Line]] = {}
        for line in lines:
            by_place.setdefault(line["place"], []).append(line)
        if not by_place.keys() <= ever_members(row["place"]) or len(by_place) != row["covered"]["with_figures"]:
            yield f"{sorted(by_place)} are added for {row['place']}"
        low, high = added(printed(some) for some in by_place.values())
    else:
        if {line["place"] for line in lines} != {row["place"]}:
            yield f"{row['place']} stands with a figure of another place"
        low, high = printed(lines)
    scale = Decimal(1)
    if per_million:
        year = int(_year(lines[0]))
        if not row["place"].startswith("R:") and row["population_year"] != nearest_year(row["place"], year):
            yield f"{row['place']} is divided by inhabitants of {row['population_year']}, counted {year}"
        if inhabitants(row["place"], row["population_year"]) != row["population"]:
            yield f"{row['place']} has no {row['population']} inhabitants in {row['population_year']}"
            return
        scale = Decimal(1_000_000) / row["population"]
    if not close(ends(row)[0], low * scale) or not close(row["high"], None if high is None else high * scale):
        yield f"{row['place']} is printed as {row['low']} to {row['high']}"


def _year(line: Line) -> str:
    return (line["period_end"] or line["as_of"] or line["period_start"])[:4]


def _holds(outer: Ends, inner: Ends, scale: Decimal) -> bool:
    """Whether a value reaches as far as another one does, up to the six digits that are printed."""
    (low, high), (least, most) = outer, inner
    below = low <= least * scale * LITTLE_MORE
    return below and (high is None or (most is not None and most * scale <= high * LITTLE_MORE))


def _reach(query: Json, row: Json) -> Iterator[str]:
    """What decides an order holds the rounding of the row's own claims, and ends where a claim of the place ends."""
    if row["reach"] is None or row["covered"]:
        return
    scale = Decimal(1_000_000) / row["population"] if row["population"] else Decimal(1)
    low, high = ends(row["reach"])
    lines = _lines(row)
    for line in lines:
        least, most = wide(line)
        if not _holds((low, high), (least, least if most is None else most), scale):
            yield f"the reach {low} to {high} of {row['place']} does not hold {line['id']}"
    first = lines[0]
    rivals = [
        line
        for line in figures().values()
        if all(line[key] == first[key] for key in ("place", "measure", "who"))
        and in_time(query, line)
        and defined(line) <= max(1, defined(first))
    ]
    same_day = [line for line in rivals if line["as_of"] and line["as_of"] == first["as_of"] and not defined(line)]
    for line in same_day if first["destination"] in THEATRE and not first["period_start"] else ():
        if line["destination"] not in THEATRE or line["period_start"] or line["period_end"] != first["period_end"]:
            continue
        if line["high"] and not _holds((low, high), wide(line), scale):
            yield f"the reach {low} to {high} of {row['place']} leaves {line['id']} out"
    told = [end * scale for line in rivals for end in wide(line) if end is not None]
    for end in (row["reach"]["low"], row["reach"]["high"]):
        if end is not None and not any(close(end, number) for number in told):
            yield f"nothing says the end {end} of {row['place']}"


def compare_faults(query: Json, block: Json) -> Iterator[str]:
    held = {place for asked in query["places"] for place in (asked, *ever_members(asked))}
    for row in block["rows"]:
        if row["place"] not in held:
            yield f"{row['place']} is compared"
        if row["place"] == WORLD and row["covered"]:
            yield "a few countries are compared as the world"
        for line in _lines(row):
            if (line["measure"], line["who"]) != (block["measure"], block["who"]):
                yield f"{line['id']} is of another kind"
        yield from _row_value(row, block["per_million"])
        yield from _reach(query, row)
        if (
            row["covered"]
            and row["covered"]["with_figures"] < row["covered"]["of"]
            and row["reach"]["high"] is not None
        ):
            yield f"a sum that leaves countries of {row['place']} out has a ceiling"
    if len(block["rows"]) > 1:
        yield from _order(block["rows"])
    rows = block["rows"]
    if block["certain"] and not all(_is_below(a, b) or _is_below(b, a) for a, b in combinations(rows, 2)):
        yield "a certain order of values that overlap"


def share_faults(query: Json, block: Json) -> Iterator[str]:
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
    for total in (block["part_sum"], block["whole_sum"]):
        if total is not None:
            yield from total_faults(query, total)
    if block["part_sum"] and not block["whole_sum"] and block["part_sum"]["coverage"]["missing"] and high is not None:
        yield "a share is bounded above though parts are missing"


def _side(key: str | None, total: Json | None) -> list[Line]:
    return [figures()[key]] if key else [figures()[row["figure"]] for row in total["rows"]] if total else []


def _added(lines: Sequence[Line]) -> Ends:
    return added(ends(line) for line in lines)


def trend_faults(query: Json, block: Json) -> Iterator[str]:
    lines = {point["figure"]: figures()[point["figure"]] for point in block["points"]}
    series = {point["figure"]: point["series"] for point in block["points"]}
    for line in lines.values():
        if (line["place"], line["measure"], line["who"]) != (block["place"], block["measure"], block["who"]):
            yield f"{line['id']} is a point of {block['place']}"
        if not in_time(query, line):
            yield f"{line['id']} lies outside of the asked time"
    if block["change"] is None:
        return
    first, last = block["first"], block["last"]
    if series.get(first) != series.get(last):
        yield "a change over rival sources"
    (low, high), (least, most) = ends(figures()[first]), ends(figures()[last])
    sizes = [abs(two - one) for one in (low, high) for two in (least, most) if one is not None and two is not None]
    changes = [Decimal(str(end)) for end in (block["change"]["low"], block["change"]["high"]) if end is not None]
    if not all(any(close(end, size) for size in sizes) for end in changes):
        yield f"a change of {changes}, not of {sizes}"
