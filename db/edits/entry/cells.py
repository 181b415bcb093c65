"""The cells that somebody wrote, as the cells of the data package; what cannot be read stays, with its fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from db.edits.entry.dates import read_date, read_period
from db.edits.entry.marks import without_mark
from db.edits.entry.names import PlaceNames
from db.edits.entry.numbers import PROSE, Marks, read_count
from db.edits.entry.unread import Unread
from db.edits.entry.values import is_missing, read_value, small, words
from db.model.cells import CellFault
from db.model.records import Place
from db.model.values import Bound, bounded

VALUE, PERIOD, WHEN, MONTH = "value", "period", "when", "month"
"""Cells that stand for other columns: they are read as a source states them."""
_ENDS = ("low", "high")
_VALUE_COLUMNS = ("low", "high", "bound")
_STRETCH = ("period_start", "period_end")
_DATES = ("as_of", *_STRETCH, "published", "accessed")
_ONE_WORD = ("measure", "who", "bound", "status", "seen", "kind")


@dataclass(frozen=True, slots=True)
class Reading:
    """A name that was taken for something, or a number without its footnote's mark: shown before it is written."""

    column: str
    written: str
    meant: str
    """The id."""
    name: str


@dataclass(slots=True)
class Entered:
    """One row as it was read."""

    cells: dict[str, str]
    faults: list[CellFault] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def with_faults(self, others: Iterable[CellFault]) -> list[CellFault]:
        """Its own faults and those that others found, each column told once."""
        told = self.faulty
        return [*self.faults, *(fault for fault in others if fault.column not in told)]

    def note(self, column: str, unread: Unread) -> None:
        """Note what could not be read."""
        self.faults.append(CellFault(column, unread.wrong, unread.advice))

    @property
    def faulty(self) -> set[str]:
        """The columns that could not be read, and those that a value or a period stands for."""
        columns = {fault.column for fault in self.faults}
        for whole, parts in ((VALUE, _VALUE_COLUMNS), (PERIOD, _STRETCH), ("low", _VALUE_COLUMNS)):
            columns |= set(parts) if whole in columns else set()
        return columns


def enter(
    written: Mapping[str, str],
    places: Mapping[str, Place],
    names: PlaceNames | None = None,
    marks: Marks = PROSE,
    flows: Collection[str] = (),
) -> Entered:
    """The cells of a row of figures or sources, read; ``flows`` are the measures that count a period.

    >>> enter({"value": "about 2,000", "as_of": "Oct 2015"}, {}).cells
    {'as_of': '2015-10', 'low': '2000', 'high': '2000', 'bound': 'about'}
    """
    entered = Entered({column: text.strip() for column, text in written.items()})
    cells = entered.cells
    if cells.get("place") and cells["place"] not in places:
        _enter_place(entered, places, names)
    for column in _ONE_WORD:
        if column in cells:
            cells[column] = cells[column].lower().replace(" ", "_")
    if month := cells.pop(MONTH, ""):  # a year and its month in two columns are one time
        year = cells.get(WHEN, "")
        cells[WHEN] = f"{year}-{month}" if month.isdigit() and year else f"{month} {year}".strip()
    if WHEN in cells:
        cells[PERIOD if cells.get("measure") in flows else "as_of"] = cells.pop(WHEN)
    for column in _DATES:
        if cells.get(column):
            read = read_date(cells[column])
            if isinstance(read, Unread):
                entered.note(column, read)
            else:
                cells[column] = str(read)
    _enter_period(entered)
    _enter_value(entered, marks)
    return entered


def _enter_place(entered: Entered, places: Mapping[str, Place], names: PlaceNames | None) -> None:
    text = entered.cells["place"]
    named = names(without_mark(text)) if names else None
    if named is None:
        return
    if named.place is not None and named.place in places:
        entered.cells["place"] = named.place
        entered.readings.append(Reading("place", text, named.place, places[named.place].name))
        return
    listed = ", ".join(f"{id} ({places[id].name})" for id in named.may_be if id in places)
    wrong = f"{text[:60]!r} is no place that is held"
    if not listed:
        entered.note(
            "place", Unread(wrong, "write a country or a region by its name or its code, or leave its rows out")
        )
    elif len(named.may_be) == 1:
        entered.note("place", Unread(wrong, f"did you mean {listed}?"))
    else:
        entered.note("place", Unread(f"{text[:60]!r} may be several places", f"write one of {listed}"))


def _enter_period(entered: Entered) -> None:
    text = entered.cells.pop(PERIOD, None)
    if text is None:
        return
    if any(entered.cells.get(column) for column in _STRETCH):
        entered.note(PERIOD, Unread("stands beside a start or an end of its own", "keep one of the two"))
        return
    if not text:
        entered.cells |= dict.fromkeys(_STRETCH, "")
        return
    period = read_period(text)
    if isinstance(period, Unread):
        entered.note(PERIOD, period)
    else:
        ends = (str(period.start or ""), str(period.end or ""))
        entered.cells |= dict(zip(_STRETCH, ends, strict=True))


def _enter_value(entered: Entered, marks: Marks) -> None:
    """The value, or each end; an end alone is read as a value, unless it is a plain number."""
    cells = entered.cells
    for column in (VALUE, *_ENDS):
        written = cells.get(column, "")
        if (plain := without_mark(written)) != written:
            cells[column] = plain
            entered.readings.append(Reading(column, written, plain, "without its mark: look what its note says"))
    whole = cells.pop(VALUE, "")
    ends = {end: cells[end] for end in _ENDS if cells.get(end)}
    if whole:
        if ends:
            entered.note(VALUE, Unread("stands beside low and high", "keep one of the two"))
        else:
            _take(entered, VALUE, whole, marks)
        return
    alone = not cells.get("bound") and len(ends) == 1
    for end, text in ends.items():
        count = read_count(text, marks)
        if isinstance(count, int):
            cells[end] = str(count)
        elif is_missing(text):
            entered.note(end, Unread(f"{text!r} says that nothing is known", "leave it empty: no data is not zero"))
        elif alone:
            _take(entered, end, text, marks)
        else:
            entered.note(end, count)


def _take(entered: Entered, column: str, text: str, marks: Marks) -> None:
    value = read_value(text, marks)
    if isinstance(value, Unread):
        entered.note(column, value)
        return
    bound = entered.cells.get("bound", "")
    if bound in Bound._value2member_map_ and value.bound is Bound.EXACT and value.low:
        value = bounded(value.low, Bound(bound))
    entered.cells |= {"low": _shown(value.low), "high": _shown(value.high), "bound": value.bound.value}
    if meaning := words("zero").get(" ".join(small(text).split())):
        entered.cells["zero"] = entered.cells.get("zero") or meaning


def _shown(end: object | None) -> str:
    return "" if end is None else str(end)
