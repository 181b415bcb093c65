"""The columns of one kind of record, in the order of its fields: read from cells and rows, and written to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_type_hints

from db.model.cells import CellFault, Cells
from db.model.columns import Form

R = TypeVar("R")
Check = Callable[[Cells, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record with its form and the columns that it takes."""

    name: str
    form: Form
    cells: tuple[str, ...]
    kept: tuple[str, ...]
    at: int
    """Where its columns begin in a row."""


class Layout(Generic[R]):
    """The columns of one kind of record, in the order of its fields."""

    def __init__(
        self, record: type[R], *, key: str = "id", versioned: bool = False, check: Check = lambda cells, values: None
    ) -> None:
        """``key`` is what the database calls the id; ``check`` notes what cells say against each other."""
        self._record = record
        self.key = key
        self._beside = ("version", "recorded") if versioned else ()
        self._check = check

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that have a form."""
        found: list[Field] = []
        at = 0
        for name, hint in get_type_hints(self._record, include_extras=True).items():
            form = next((part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Form)), None)
            if form is None:
                continue
            kept = tuple(self.key if name == "id" else column.name or name for column in form.kept)
            found.append(Field(name, form, tuple(cell or name for cell, _ in form.about), kept, at))
            at += len(kept)
        return tuple(found)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of a text file."""
        return tuple(cell for part in self.fields for cell in part.cells)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The columns of a row of the database, as ``record`` reads them."""
        return (*(name for part in self.fields for name in part.kept), *self._beside)

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What each column of a text file means."""
        return {cell or part.name: told for part in self.fields for cell, told in part.form.about}

    def read(self, row: Mapping[str, str]) -> R | tuple[CellFault, ...]:
        """A record from its cells, or all faults of the row."""
        cells = Cells(row)
        values = {part.name: part.form.read(cells, part.name) for part in self.fields}
        self._check(cells, values)
        return cells.outcome(lambda: self._record(**values))

    def cells(self, record: R) -> dict[str, str]:
        """The cells of a record, as the package writes them."""
        found: dict[str, str] = {}
        for part in self.fields:
            found.update(zip(part.cells, part.form.shown(getattr(record, part.name)), strict=True))
        return found

    def values(self, record: R) -> dict[str, object]:
        """What the database keeps of a record, apart from its version."""
        found: dict[str, object] = {}
        for part in self.fields:
            found.update(zip(part.kept, part.form.stored(getattr(record, part.name)), strict=True))
        return found

    def record(self, row: Sequence[Any]) -> R:
        """A record from a row of ``kept``."""
        # By place: fields are in the order of columns, the version is last. Whole datasets are read by this line.
        values = [load(row[at]) if width == 1 else load(*row[at : at + width]) for load, at, width in self._loaders]
        return self._record(*values, *row[-2:]) if self._beside else self._record(*values)

    @cached_property
    def content(self) -> Callable[[R], object]:
        """What a record says, apart from its place among its versions."""
        return attrgetter(*(part.name for part in self.fields))

    @cached_property
    def _loaders(self) -> tuple[tuple[Callable[..., Any], int, int], ...]:
        return tuple((part.form.loaded, part.at, len(part.kept)) for part in self.fields)

    def schema(self) -> list[dict[str, object]]:
        """The columns as the descriptor of a Data Package lists them."""
        found: list[dict[str, object]] = []
        for part in self.fields:
            for cell, told in part.form.about:
                rules = part.form.rules.get(cell, {})
                kind = "string" if "enum" in rules else part.form.type
                entry: dict[str, object] = {"name": cell or part.name, "type": kind, "description": told}
                found.append(entry | ({"constraints": dict(rules)} if rules else {}))
        return found
