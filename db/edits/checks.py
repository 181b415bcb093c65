"""The rules that a figure or a source has to keep; every fault is found at once, in the subject's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from db.edits.errors import FaultsFound
from db.edits.references import Known, close_keys, is_storable
from db.model import rows
from db.model.cells import CellFault
from db.model.columns import is_figure_id
from db.model.records import Figure, Kind, Source, Status
from db.model.relays import leads_back
from db.model.values import PartialDate

LONGEST_REASON = 500
_ENDS = ("low", "high")


def check_figure(
    cells: Mapping[str, str], known: Known, today: date, read: Figure | None = None
) -> Figure | tuple[CellFault, ...]:
    """A figure from its cells, or all faults: those of each cell, its links, its dates and what its measure needs.

    ``read`` is what the cells say, where somebody read them already.
    """
    outcome = read or rows.read_figure(cells)
    faults = list(outcome) if isinstance(outcome, tuple) else []
    faults += unknown_columns(cells, rows.FIGURE_COLUMNS)
    faults += _unprintable(cells)
    links = _links(cells, known)
    if any(fault.column == "place" for fault in links):  # naming the places that come close helps more than the form
        faults = [fault for fault in faults if fault.column != "place"]
    faulty = {fault.column for fault in faults}
    faults += [fault for fault in links if fault.column not in faulty]
    if isinstance(outcome, Figure):
        faults += _dates(outcome, today) + _needs(outcome, known)
    return tuple(faults) if faults or isinstance(outcome, tuple) else outcome


def check_source(cells: Mapping[str, str], known: Known, today: date) -> Source | tuple[CellFault, ...]:
    """A source from its cells, or all faults: those of each cell, its relays and its dates."""
    outcome = rows.read_source(cells)
    faults = list(outcome) if isinstance(outcome, tuple) else []
    faults += unknown_columns(cells, rows.SOURCE_COLUMNS)
    faults += _unprintable(cells)
    key = cells.get("id", "").strip()
    relays = [part.strip() for part in cells.get("relays", "").split(";") if part.strip()]
    missing = [relay for relay in relays if relay not in known.sources]
    faults += [_unknown("relays", relay, known) for relay in missing]
    if key and leads_back(key, relays, known.sources):
        faults.append(CellFault("relays", "lead back to this source", "remove the link that closes the circle"))
    if isinstance(outcome, Source):
        for column, when in (("published", outcome.published), ("accessed", outcome.accessed)):
            faults += _future(column, when, today)
        if outcome.published and outcome.accessed and outcome.accessed.last < outcome.published.first:
            faults.append(CellFault("accessed", "is before the publication", "correct one of the two dates"))
    return tuple(faults) if faults or isinstance(outcome, tuple) else outcome


def check_reason(by: str, because: str) -> tuple[CellFault, ...]:
    """The faults of who and why: each change says both, in printable words."""
    faults = []
    for column, text in (("by", by), ("because", because)):
        if not text.strip():
            faults.append(CellFault(column, "is empty", "say who makes the change and why"))
        if len(text) > LONGEST_REASON:
            faults.append(CellFault(column, f"has {len(text)} characters", f"keep it within {LONGEST_REASON}"))
        elif not is_storable(" ".join(text.split())):
            faults.append(CellFault(column, "holds a broken or a control character", "type it anew"))
    return tuple(faults)


def require_reason(by: str, because: str) -> None:
    """Raise FaultsFound where who or why is not said, or not in printable words."""
    if faults := check_reason(by, because):
        raise FaultsFound(faults)


def without_echo(faults: Iterable[CellFault], given: Mapping[str, str]) -> list[CellFault]:
    """The faults, without those of an end that nobody gave and that only repeats the other one.

    >>> wrong = [CellFault(end, "'x' is not a whole number", "write digits only") for end in ("low", "high")]
    >>> [fault.column for fault in without_echo(wrong, {"low": "x"})]
    ['low']
    """
    listed = list(faults)
    told = {fault.wrong for fault in listed if fault.column in _ENDS and given.get(fault.column)}
    return [
        fault for fault in listed if fault.column not in _ENDS or given.get(fault.column) or fault.wrong not in told
    ]


def unknown_columns(cells: Iterable[str], columns: Collection[str]) -> list[CellFault]:
    """The faults of columns that there are not."""
    return [
        CellFault(name, "is no column", "use " + ", ".join(close_keys(name, columns) or columns))
        for name in cells
        if name not in columns
    ]


def _links(cells: Mapping[str, str], known: Known) -> list[CellFault]:
    faults = []
    place, measure = cells.get("place", "").strip(), cells.get("measure", "").strip()
    if place and place not in known.places:
        faults.append(_unknown("place", place, known))
    if measure and measure not in known.measures:
        faults.append(_unknown("measure", measure, known))
    withdrawn_already = cells.get("status", "").strip() == Status.WITHDRAWN
    for column in ("source", "relays"):
        key = cells.get(column, "").strip()
        if column == "relays" and is_figure_id(key):
            continue  # looked up where the figures can be read
        if key and key not in known.sources:
            faults.append(_unknown(column, key, known))
        elif key and column == "source" and known.sources[key].status is Status.WITHDRAWN and not withdrawn_already:
            why = known.sources[key].status_reason
            faults.append(CellFault(column, f"{key!r} is withdrawn ({why})", "cite a source that stands"))
    return faults


def _dates(figure: Figure, today: date) -> list[CellFault]:
    faults = _future("as_of", figure.as_of, today) + _future("period_end", figure.period.end, today)
    faults += _future("period_start", figure.period.start, today)
    as_of, start, end = figure.as_of, figure.period.start, figure.period.end
    if as_of and start and as_of.last < start.first:
        wrong = f"{as_of} is before the period begins ({start})"
        faults.append(CellFault("as_of", wrong, "give the date that the count speaks of"))
    elif as_of and end and as_of.last < end.first:
        wrong = f"{as_of} is before the period ends ({end})"
        faults.append(CellFault("as_of", wrong, "a count cannot cover days after its own date"))
    return faults


def _needs(figure: Figure, known: Known) -> list[CellFault]:
    """What a measure's kind cannot do without: a flow its period, a count at a date that date."""
    measure = known.measures.get(figure.measure)
    if measure is None:
        return []
    if measure.kind is Kind.FLOW and figure.period.is_open:
        return [CellFault("period_start", f"is empty, and so is the end: {measure.id} counts a period", "give both")]
    dated = figure.as_of is not None or not figure.period.is_open
    if measure.kind is not Kind.RATE and not dated:
        return [CellFault("as_of", "is empty, and so is the period", "give the date that the count speaks of")]
    return []


def _future(column: str, when: PartialDate | None, today: date) -> list[CellFault]:
    if when is None or when.first <= today:
        return []
    return [CellFault(column, f"{when} is in the future", "give the date that the source states")]


def _unknown(column: str, value: str, known: Known) -> CellFault:
    close = known.near(column, value[:100])
    advice = "did you mean " + ", ".join(close) + "?" if close else "add its row first or correct the key"
    return CellFault(column, f"{value[:60]!r} is not known", advice)


def _unprintable(cells: Mapping[str, str]) -> list[CellFault]:
    """Half a surrogate pair cannot be stored as UTF-8 by any database."""
    return [
        CellFault(column, "holds a broken character", "type it anew")
        for column, text in cells.items()
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)
    ]
