"""A second, plain evaluator: what the JSON of an answer says is worked out anew from the rows of the data files.

No code of the program is used here: rows are dicts of text, numbers are Decimals, an answer is the object that
`inflow ask --json` prints. ``faults`` says everything that does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from tests.audit.files import (
    LAST_DAY,
    THEATRE,
    WORLD,
    Json,
    Line,
    bodies,
    defined,
    ends,
    ever_members,
    figures,
    in_time,
    members,
    origins,
    padded,
    printed,
    table,
    was_out,
    wide,
)
from tests.audit.numbers import compare_faults, rank_faults, share_faults, total_faults, trend_faults


def faults(query: Json, answer: Json) -> list[str]:
    """Everything that is wrong with an answer to a query, as sentences."""
    query = {**query, "given": _given(query, answer)}
    found = [
        *_stored(answer["claims"]),
        *(f for block in answer["blocks"] for f in _CHECKS.get(block["type"], _nothing)(query, block)),
    ]
    found += _headline(query, answer)
    found += _range(answer)
    found += [
        f"{claim['figure']} was not known on {query['known_on']}"
        for claim in answer["claims"]
        if not was_out(figures()[claim["figure"]], query.get("known_on"))
    ]
    found += [
        f"{left_out} is left out and added"
        for block in answer["blocks"]
        if block["type"] == "total"
        for left_out in {row["place"] for row in block["rows"]} & set(query["without"])
    ]
    found += _departures(query, answer)
    if answer["outcome"] == "no_data":
        found += _no_data(query)
    return found


def _given(query: Json, answer: Json) -> set[str]:
    """The measures that may answer: the one asked, and one of which the answer says that it stands in its place."""
    said = {
        note["values"]["given" if note["kind"] == "other_count_only" else "measure"]
        for note in answer["notes"]
        if note["kind"] in ("other_count_only", "measure_assumed")
    }
    if query["measure"] == "travelled_in_period" and len(query["places"]) > 1:
        said |= {"travelled", "monthly_rate"}  # under their own names, behind the place that opens
    return said | ({query["measure"]} if query["measure"] else {"travelled"})


def _departures(query: Json, answer: Json) -> Iterator[str]:
    """All who had gone stand for departures in a time only where no departures over half of that time are held."""
    if query["measure"] != "travelled_in_period" or query["period_start"] is None:
        return
    start, end = padded(query["period_start"], last=False), padded(query["period_end"] or LAST_DAY, last=True)
    for block in answer["blocks"]:
        if block["type"] != "claims" or block["measure"] == query["measure"]:
            continue
        for line in figures().values():
            if (line["place"], line["measure"], line["who"]) != (block["place"], query["measure"], query["who"]):
                continue
            unfit = line["destination"] not in THEATRE or line["status"] == "disputed"
            if unfit or not line["period_start"] or not line["period_end"]:
                continue
            first, last = padded(line["period_start"], last=False), padded(line["period_end"], last=True)
            if start <= first and last <= end and 2 * _days(first, last) >= _days(start, end):
                yield f"{line['id']} counts the departures that are said not to be held"


def _days(first: str, last: str) -> int:
    """About how many days lie between two dates; a padded month has 31."""
    (year, month, day), (start, since, begun) = (map(int, text.split("-")) for text in (last, first))
    return (year - start) * 365 + (month - since) * 30 + day - begun + 1


def _range(answer: Json) -> Iterator[str]:
    """A range leads only instead of a number, spans rows of one thing, and only where they are far apart."""
    leading = answer["range"]
    if leading is None:
        return
    lines = [figures()[key] for key in leading["figures"]]
    if answer["headline"] is not None or len({line["source"] for line in lines}) < 2:
        yield "a range leads beside a number, or is of one source"
    if len({(line["place"], line["measure"], line["who"]) for line in lines}) > 1:
        yield "a range of several things"
    if ends(leading) != printed(lines):
        yield f"the range {leading} of {printed(lines)}"
    values = [ends(line) for line in lines]
    if not any(two[0] > one[1] * Decimal("1.5") - 1 for one in values for two in values if one[1] is not None):
        yield f"{[line['id'] for line in lines]} are not far apart"


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
        if set(claim["origins"]) != origins(claim["figure"]):
            yield f"{claim['figure']} goes back to {sorted(origins(claim['figure']))}, printed {claim['origins']}"


def _headline(query: Json, answer: Json) -> Iterator[str]:
    head = answer["headline"]
    if head is None or query["intent"] not in ("lookup", "sources", "disputes", "trend"):
        return
    first = next((block for block in answer["blocks"] if block["type"] == "claims"), None)
    if first and answer["headline_rule"] == "only" and (len(first["figures"]) > 1 or first["earlier"]):
        yield "a claim among others is called the only one"
    if head["place"] not in query["places"] and not any(head["place"] in members(place) for place in query["places"]):
        yield f"opens with {head['place']}"
    loose = query["intent"] in ("disputes", "sources")  # what is held, where no measure is named
    if head["measure"] not in query["given"] and (query["measure"] or not loose):
        yield f"opens with {head['measure']}"
    if head["who"] != query["who"]:
        yield f"opens with {head['who']}"


def _topic(query: Json, block: Json) -> Iterator[str]:
    if block["who"] != query["who"] or (query["measure"] and block["measure"] not in query["given"]):
        yield f"{block['type']} of {block['measure']}, {block['who']}"


def _claims(query: Json, block: Json) -> Iterator[str]:
    yield from _topic(query, block) if query["intent"] != "share" else ()
    lines = [figures()[key] for key in block["figures"]]
    for line in (*lines, *(figures()[key] for key in block["earlier"])):
        if (line["place"], line["measure"], line["who"]) != (block["place"], block["measure"], block["who"]):
            yield f"{line['id']} among claims of {block['place']}"
        if not in_time(query, line):
            yield f"{line['id']} is of another time"
    counted = frozenset[str]().union(*(bodies(key) for key in block["figures"]))
    if block["origins"] != len(counted):
        yield f"{block['origins']} bodies are printed of {sorted(counted)}"
    yield from _span(block["span"], [line for line in lines if defined(line) <= max(1, defined(lines[0]))])


def _span(span: Json | None, lines: Sequence[Line]) -> Iterator[str]:
    if span is not None and ends(span) != printed(lines):
        yield f"span {span} of {printed(lines)}"


def _disputes(query: Json, block: Json) -> Iterator[str]:
    yield from _topic(query, block)
    lines = [figures()[key] for group in block["groups"] for key in group["figures"]]
    if len({line["id"] for line in lines}) != len(lines):
        yield "a claim in two groups"
    for line in lines:
        if (line["place"], line["measure"], line["who"]) != (block["place"], block["measure"], block["who"]):
            yield f"{line['id']} among disputes of {block['place']}"
    yield from _span(block["span"], lines)
    if block["agree"] and any(_disagree(one, other) for one in lines for other in lines):
        yield "claims of one day that exclude each other agree"
    if not block["agree"] and not any(_exclude(one, other) for one in lines for other in lines):
        yield "claims that overlap disagree"


def _disagree(one: Line, other: Line) -> bool:
    """Whether two counts of one thing and one day exclude each other."""
    same = all(one[key] == other[key] for key in ("as_of", "period_start", "period_end", "counts", "status"))
    same = same and len(one["as_of"]) > 4  # a bare year may be of before some growth
    if not (same and one["as_of"] and defined(one) == defined(other) and _exclude(one, other)):
        return False
    below, above = wide(one)[1], wide(other)[0]
    return below is not None and 50 * (above - below) > above  # a fiftieth is no dispute


def _exclude(one: Line, other: Line) -> bool:
    high, low = wide(one)[1], wide(other)[0]
    strict = one["bound"] == "fewer_than" or other["bound"] == "more_than"
    return high is not None and (high < low or (strict and high == low))


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


def _coverage(query: Json, block: Json) -> Iterator[str]:
    place = block["place"] or WORLD
    searched = {place, *members(place, padded(query["period_end"] or LAST_DAY, last=True))}
    known = [line for line in figures().values() if was_out(line, query.get("known_on"))]
    held = [line for line in known if line["place"] in searched or place == WORLD]
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
        if query["without"] and place.startswith("R:"):  # what was published of the whole holds what is left out
            continue
        measure = query["measure"] or "travelled"
        asked = THEATRE if query.get("destination") in THEATRE else query.get("destination") and (query["destination"],)
        held = [
            line["id"]
            for line in figures().values()
            if (line["place"], line["measure"], line["who"]) == (place, measure, query["who"])
            and line["destination"] in (asked or (*THEATRE, "IQ", "wider"))
            and was_out(line, query.get("known_on"))
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
        asked = query["given"] if key == "measure" and query[key] else {query[key] or claim[key]}
        if claim[key] not in asked and key not in block["differs"] and query["intent"] == "lookup":
            yield f"{claim['figure']} is offered without saying that its {key} differs"


def _nothing(query: Json, block: Json) -> Iterator[str]:
    return iter(())


_CHECKS: dict[str, Callable[[Json, Json], Iterator[str]]] = {
    "claims": _claims,
    "disputes": _disputes,
    "sources": _sources,
    "total": total_faults,
    "rank": rank_faults,
    "compare": compare_faults,
    "share": share_faults,
    "trend": trend_faults,
    "coverage": _coverage,
    "definition": _definition,
    "offer": _offer,
}
