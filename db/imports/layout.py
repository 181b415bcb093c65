"""How the columns of a file are to be read: by their own names, by wishes, or by the usual names of such columns.

Nothing is read silently: what was guessed or left out is told with the plan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.edits.entry.cells import MONTH, PERIOD, VALUE, WHEN
from db.edits.entry.names import PlaceNames
from db.edits.references import close_keys
from db.imports.content import month_column, place_column, time_column, value_column
from db.imports.faults import Faults
from db.imports.grid import MOST_COLUMNS, Cells, Grid
from db.imports.headers import find_header, first_rows, labels_of, letter, plain, time_of, usual_column
from db.model import rows
from db.model.vocabulary import Who

CAUSE = "cause"
"""An extra column of figures: why a value changes though its source stays."""
FIGURES, SOURCES = "figures", "sources"
COLUMNS = {FIGURES: (*rows.FIGURE_COLUMNS, VALUE, PERIOD, WHEN, MONTH, CAUSE), SOURCES: rows.SOURCE_COLUMNS}
PROBLEM = "problem"
"""The column of a corrected file that says what is wrong; it is passed over when the file comes back."""
_PEOPLE = frozenset(word.value for word in Who)
_OWN = frozenset(name.replace("_", " ") for name in (*COLUMNS[FIGURES], *COLUMNS[SOURCES], PROBLEM))
ENDS = ("low", "high", VALUE)
_TIMES = ("as_of", PERIOD, "period_start", "period_end", WHEN, MONTH)
_NEEDED = {FIGURES: ("place", "measure", "source"), SOURCES: ("title", "kind")}
"""What a row without id cannot do without; rows with an id may say only what changes."""
_MOST_SAMPLED = 30
"""Columns that are looked into: who has more names them."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a moderator said of a file."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """A header in the file's words, or the letter of a column → a column of the dataset; an empty one leaves it out."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Cells that hold where a row has none of its own."""
    names: Mapping[str, str] = field(default_factory=dict)
    """A place as the file writes it → its id; an empty one leaves such rows out."""
    sheet: str = ""
    header: int | None = None
    """The line of the header; 0 when there is none."""
    skip_held: bool = False
    """Whether documents that are held are passed over: a library of references brings them along."""

    def __bool__(self) -> bool:
        return self != Wishes()

    def to_json(self) -> str:
        """The wishes as text to store."""
        parts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return json.dumps(
            {name: dict(part) if isinstance(part, Mapping) else part for name, part in parts.items()}, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> Wishes:
        """Stored wishes."""
        return cls(**json.loads(text)) if text else cls()


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column of a file is read as."""

    kind: str
    """``figures`` or ``sources``."""
    columns: tuple[str, ...]
    """By position; empty where a column is left out."""
    labels: tuple[str, ...]
    """What each column is called in the file."""
    header: int
    """The line of the header, 0 without one."""
    native: bool = False
    """Whether the file names its columns as the dataset does: then each row is held to all of them."""
    across: Mapping[int, str] = field(default_factory=dict)
    """Columns whose header is a time or a place, with it: each of their cells is a value of its own."""
    across_as: str = ""
    """What the headers of such columns are."""
    remarks: tuple[str, ...] = ()
    """What was guessed and what was left out."""

    def label(self, column: str) -> str:
        """What a column of the dataset is called in the file."""
        return self.labels[self.columns.index(column)] if column in self.columns else column


def find_layout(
    grid: Grid,
    wishes: Wishes,
    names: PlaceNames | None,
    faults: Faults,
    measures: Mapping[str, str],
    kind: str | None = None,
) -> Layout | None:
    """How a file is read; what is missing is noted, and then there is none.

    ``measures`` are those that are held, by their ids and their labels.
    """
    first = first_rows(grid)
    if not first:
        faults.add(grid.file, 0, "", "holds no rows", "choose the file with the rows")
        return None
    if any(len(cells) >= MOST_COLUMNS for _, cells in first):
        faults.add(grid.file, 1, "", "has more than 300 columns", "keep the columns that are to be read")
        return None
    line, labels, own = _headed(first, wishes, names)
    kind = kind or _kind(grid.file, own, wishes) or _kind_by_content(first, line, labels, wishes, names)
    if kind is None:
        _lost(grid, first, faults)
        return None
    if not wishes and line == first[0][0] and _is_native(own, kind):
        return _native(grid, own, line, kind, faults)
    columns, told = _columns(own, labels, kind, wishes, line, grid.file, faults, measures)
    layout = Layout(kind, tuple(columns), labels, line, remarks=tuple(told))
    layout = _read_by_content(_measured(layout, wishes, measures), first, wishes, names)
    return _complete(grid, layout, wishes, faults)


def _headed(
    first: Sequence[tuple[int, Cells]], wishes: Wishes, names: PlaceNames | None
) -> tuple[int, tuple[str, ...], list[str]]:
    """The line of the header, what each column is called, and the header as the dataset would write it."""
    line, header = find_header(first, wishes.columns, wishes.header, _OWN, names)
    labels = labels_of(header if line else [""] * len(first[0][1]))
    return line, labels, [cell.strip().casefold() for cell in (header if line else ())]


def _kind_by_content(
    first: Sequence[tuple[int, Cells]], line: int, labels: tuple[str, ...], wishes: Wishes, names: PlaceNames | None
) -> str | None:
    """Figures, where the columns hold places and numbers whatever they are called."""
    layout = _read_by_content(Layout(FIGURES, ("",) * len(labels), labels, line), first, wishes, names)
    return FIGURES if "place" in layout.columns and (layout.across or VALUE in layout.columns) else None


@dataclass(frozen=True, slots=True)
class Sketch:
    """The columns of a file before it is planned."""

    first: tuple[str, ...] = ()
    """The cells of its first row: by them a file of the same kind is known again."""
    columns: tuple[tuple[str, str], ...] = ()
    """Each column as the file calls it, with what it would be read as; empty where it is left out."""


def sketch(grid: Grid, wishes: Wishes, names: PlaceNames | None) -> Sketch:
    """What the columns of a file are called and would be read as."""
    first = first_rows(grid)
    if not first or any(len(cells) >= MOST_COLUMNS for _, cells in first):
        return Sketch()
    line, labels, own = _headed(first, wishes, names)
    kind = _kind(grid.file, own, wishes) or FIGURES
    columns, _ = _columns(own, labels, kind, wishes, line, grid.file, Faults(), {})
    layout = _read_by_content(Layout(kind, tuple(columns), labels, line), first, wishes, names)
    told = tuple(pair for at, pair in enumerate(zip(labels, layout.columns, strict=True)) if at not in layout.across)
    return Sketch(tuple(first[0][1]), told)


def _kind(file: str, header: Sequence[str], wishes: Wishes) -> str | None:
    """Figures or sources, by the columns that only one of them has; by the file's name when a header shows neither."""
    read = {usual_column(name) or name for name in header}
    named = {*header, *read, *wishes.columns.values(), *wishes.fixed}
    figures = len(named.intersection(COLUMNS[FIGURES]) - set(COLUMNS[SOURCES]))
    sources = len(named.intersection(COLUMNS[SOURCES]) - set(COLUMNS[FIGURES]))
    if figures != sources:
        return FIGURES if figures > sources else SOURCES
    if "id" not in named or named - set(COLUMNS[FIGURES]) - {PROBLEM, ""}:
        return None
    return SOURCES if "source" in file.lower() else FIGURES


def _is_native(header: Sequence[str], kind: str) -> bool:
    """Whether a header speaks the dataset's own words: then a word beside them is a slip, not another column."""
    named = [name for name in header if name]
    return "id" in named or 2 * sum(name in COLUMNS[kind] for name in named) > len(named)


def _native(grid: Grid, header: list[str], line: int, kind: str, faults: Faults) -> Layout | None:
    while header and not header[-1]:
        header.pop()
    before = len(faults.found)
    for column in sorted({column for column in header if column and header.count(column) > 1}):
        faults.add(grid.file, line, column, "stands twice in the header", "keep one of them")
    for at, column in enumerate(header):
        if not column:
            faults.add(grid.file, line, f"column {letter(at)}", "has no name", "name it, or remove the column")
        elif column not in (*COLUMNS[kind], PROBLEM):
            close = close_keys(column, COLUMNS[kind])
            advice = f"did you mean {', '.join(close)}?" if close else "remove it, or rename it"
            faults.add(grid.file, line, column[:60], "is no column of this table", advice)
    for column in _missing(kind, set(header)):
        faults.add(grid.file, line, column, "is missing", "add the column, or say one value for every row")
    if len(faults.found) > before:
        return None
    return Layout(kind, tuple("" if name == PROBLEM else name for name in header), tuple(header), line, native=True)


def _missing(kind: str, held: set[str]) -> list[str]:
    """The columns that rows without an id cannot do without."""
    if "id" in held:
        return []
    missing = [column for column in _NEEDED[kind] if column not in held]
    return missing + ([VALUE] if kind == FIGURES and not held.intersection(ENDS) else [])


def _columns(
    own: Sequence[str],
    labels: Sequence[str],
    kind: str,
    wishes: Wishes,
    line: int,
    file: str,
    faults: Faults,
    measures: Mapping[str, str],
) -> tuple[list[str], list[str]]:
    """What each column is read as, and what is to be told of it."""
    wanted = {plain(name): column for name, column in wishes.columns.items()}
    met: set[str] = set()
    columns: list[str] = []
    guesses: list[str] = []
    for at, label in enumerate(labels):
        keys = [plain(label), letter(at).casefold()]
        key = next((key for key in keys if key in wanted), None)
        if key is not None:
            met.add(key)
            columns.append(wanted[key])
            continue
        name = own[at].replace(" ", "_") if at < len(own) else ""
        column = name if name in COLUMNS[kind] else usual_column(label) if line else ""
        taken = column in columns or column in wanted.values()
        columns.append("" if taken or column not in COLUMNS[kind] else column)
        if columns[-1] and columns[-1] != name:
            guesses.append(f"{label} → {column}")
    for name, column in wishes.columns.items():
        if plain(name) not in met:
            there = ", ".join(labels[:30])
            faults.add(file, line, name[:60], "is no column of this file", f"its columns are {there}")
        elif column and column not in COLUMNS[kind] and column not in measures:
            close = ", ".join(close_keys(column, COLUMNS[kind]) or COLUMNS[kind])
            faults.add(file, line, name[:60], f"cannot be read as {column[:40]!r}", f"use {close}")
    for column in wishes.fixed:
        if column not in COLUMNS[kind]:
            close = ", ".join(close_keys(column, COLUMNS[kind]) or COLUMNS[kind])
            faults.add(file, 0, column[:60], "is no column of the dataset", f"use {close}")
    known = bool(guesses) or any(
        label in wanted or label.replace(" ", "_") in COLUMNS[kind] for label in map(plain, own)
    )
    told = [f"line {line} is read as the header"] if line > 1 or (line and not known) else []
    told += [f"read by their usual names: {', '.join(guesses)}"] if guesses else []
    return columns, told


def _measured(layout: Layout, wishes: Wishes, measures: Mapping[str, str]) -> Layout:
    """Columns that are each a measure, by wish or by its label: their cells are the values."""
    if layout.kind != FIGURES or "measure" in (*layout.columns, *wishes.fixed):
        return layout
    found = {at: column for at, column in enumerate(layout.columns) if column and column not in COLUMNS[FIGURES]}
    for at, label in _free(layout, wishes).items():
        if layout.header and plain(label) in measures:
            found[at] = measures[plain(label)]
    if not found or set(ENDS).intersection((*layout.columns, *wishes.fixed)):
        return layout
    columns = tuple("" if at in found else column for at, column in enumerate(layout.columns))
    return replace(layout, columns=columns, across=found, across_as="measure")


def _free(layout: Layout, wishes: Wishes) -> dict[int, str]:
    """The columns that nothing is said of, with what they are called."""
    left_out = {plain(name) for name, column in wishes.columns.items() if not column}
    return {
        at: label
        for at, (label, column) in enumerate(zip(layout.labels, layout.columns, strict=True))
        if not column and at not in layout.across and not left_out & {plain(label), letter(at).casefold()}
    }


def _read_by_content(
    layout: Layout, first: Sequence[tuple[int, Cells]], wishes: Wishes, names: PlaceNames | None
) -> Layout:
    """Columns whose headers say nothing, by what stands in them; columns across come first."""
    if layout.kind != FIGURES:
        return layout
    body = [cells for line, cells in first if line > layout.header]
    layout = _across(layout, wishes, names)
    held = {*layout.columns, *wishes.fixed, layout.across_as}
    free = list(_free(layout, wishes))[:_MOST_SAMPLED]
    guesses: dict[str, int | None] = {}
    if "place" not in held and names is not None:
        guesses["place"] = place_column(body, free, names)
    if not held.intersection(_TIMES):
        guesses[WHEN] = time_column(body, free)
    if MONTH not in held and WHEN in {*held, *guesses}:
        guesses[MONTH] = month_column(body, free)
    if not held.intersection(ENDS) and not layout.across:
        guesses[VALUE] = value_column(body, free)
    found = {at: column for column, at in guesses.items() if at is not None}
    if not found:
        return layout
    columns = tuple(found.get(at, column) for at, column in enumerate(layout.columns))
    told = ", ".join(f"{layout.labels[at]} → {column}" for at, column in found.items())
    return replace(layout, columns=columns, remarks=(*layout.remarks, f"read by what they hold: {told}"))


def _across(layout: Layout, wishes: Wishes, names: PlaceNames | None) -> Layout:
    """Columns whose headers are times, groups or places: their cells are the values."""
    if layout.across or not layout.header or set(ENDS).intersection((*layout.columns, *wishes.fixed)):
        return layout
    free = _free(layout, wishes)
    if not set(_TIMES).intersection(layout.columns):
        times = {at: time for at, label in free.items() if (time := time_of(label))}
        if len(times) == len(set(times.values())) > 1:  # one time over two columns: nobody knows what each is
            return replace(layout, across=times, across_as=WHEN)
    if "who" not in (*layout.columns, *wishes.fixed):
        people = {at: who for at, label in free.items() if (who := plain(label).replace(" ", "_")) in _PEOPLE}
        if len(people) > 1:
            return replace(layout, across=people, across_as="who")
    if "place" not in layout.columns and names is not None:
        places = {at: label for at, label in free.items() if names(label).place}
        if len(places) > 1:
            return replace(layout, across=places, across_as="place")
    return layout


def _complete(grid: Grid, layout: Layout, wishes: Wishes, faults: Faults) -> Layout | None:
    """The layout, unless something that every row needs stands nowhere."""
    held = {*filter(None, layout.columns), *wishes.fixed, layout.across_as}
    missing = _missing(layout.kind, held | ({VALUE} if layout.across else set()))
    unread = [label for at, label in enumerate(layout.labels) if not layout.columns[at] and at not in layout.across]
    for column in missing:
        could = f"; columns that are not read yet: {', '.join(unread[:20])}" if unread else ""
        several = ", or read a column as the measure that it counts" if column == "measure" else ""
        advice = f"say which column it is, or one value for every row{several}{could}"
        faults.add(grid.file, layout.header, column, "stands in no column", advice)
    twice = {column for column in layout.columns if column and layout.columns.count(column) > 1}
    for column in sorted(twice):
        faults.add(grid.file, layout.header, column, "is read from two columns", "keep one of them")
    if missing or faults.found:
        return None
    told = list(layout.remarks)
    if layout.across:
        shown = list(layout.across.values())
        told.append(f"each of {len(shown)} columns is one {_ACROSS[layout.across_as]}: {shown[0]} to {shown[-1]}")
    if unread:
        told.append(f"left out: {', '.join(unread[:20])}")
    return replace(layout, remarks=tuple(told))


_ACROSS = {WHEN: "time", "place": "place", "measure": "measure", "who": "group"}


def _lost(grid: Grid, first: Sequence[tuple[int, Cells]], faults: Faults) -> None:
    """A file whose header says nothing."""
    line, cells = first[0]
    shown = ", ".join(f"{letter(at)}: {cell.strip()[:30]}" for at, cell in enumerate(cells[:12]))
    advice = f"say what its columns are: {', '.join(COLUMNS[FIGURES][:12])} …; line {line} holds {shown}"
    faults.add(grid.file, line, "", "is no table of figures and none of sources", advice)
