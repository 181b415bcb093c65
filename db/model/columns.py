"""Forms of columns: how a cell is read and written, how the database keeps it, and what it means; each said once.

A record (``db.model.records``) names the form of each of its fields; CSV files, tables, exports, forms and the
descriptor of the package follow from there. A new column is a line in the record, a migration, and its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, Literal

from db.model.cells import Cells
from db.model.values import Bound, Interval, PartialDate, Period

DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
ADDRESS_PATTERN = r"https?://\S+"
LIST, ADDRESSES = "; ", " | "
"""What stands between the parts of a list in one cell."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A column of the database."""

    name: str = ""
    """Empty: the name of the field."""
    kind: Literal["word", "text", "number", "grade"] = "text"
    null: bool = False
    default: str | None = None
    """What rows have that were written before there was such a column."""
    words: tuple[str, ...] = ()
    link: str = ""
    """The column that it points to."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one field of a record is read, written, kept and described; a field can take several columns."""

    read: Callable[[Cells, str], Any]
    about: tuple[tuple[str, str], ...]
    """Each cell (empty: the name of the field) with what it means."""
    shown: Callable[[Any], tuple[str, ...]]
    kept: tuple[Kept, ...]
    stored: Callable[[Any], tuple[object, ...]]
    loaded: Callable[..., Any]
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """What other programs can check of a cell, as Data Packages write it."""
    type: str = "string"


def key(pattern: str, form: str, about: str, *, link: str = "", unique: bool = False) -> Any:
    """A cell that has to be there and match a pattern; ``form`` says which in words."""
    compiled = re.compile(pattern)
    rules: dict[str, object] = {"required": True}
    if unique:
        rules |= {"unique": True, "pattern": f"^{pattern}$"}
    return Form(
        lambda cells, name: cells.key(name, compiled, form),
        (("", about),),
        lambda value: (value,),
        (Kept(kind="word", link=link),),
        lambda value: (value,),
        intern,
        {"": rules},
    )


def text(
    about: str, *, required: bool = False, pattern: str = "", form: str = "", new: bool = False, shared: bool = False
) -> Any:
    """Free text, or text of a form when it is not empty.

    ``new`` marks a column that older rows did not have, ``shared`` one whose texts come again and again.
    """
    compiled = re.compile(pattern) if pattern else None
    rules: dict[str, object] = {"required": True} if required else {}
    if pattern:
        rules["pattern"] = f"^{pattern}$"

    def read(cells: Cells, name: str) -> str:
        if compiled is not None:
            return cells.key(name, compiled, form, required=required)
        return cells.text(name, required=required)

    kept = Kept(kind="word" if pattern else "text", default="" if new else None)
    loaded = intern if shared else str
    return Form(read, (("", about),), lambda value: (value,), (kept,), lambda value: (value,), loaded, {"": rules})


def word(choices: type[StrEnum], about: str, *, empty: StrEnum | None = None) -> Any:
    """A word of an enumeration; ``empty`` is what an empty cell means, for columns that older rows did not have."""
    words = tuple(choice.value for choice in choices)
    listed = {choice.value: choice for choice in choices}
    fallback = empty if empty is not None else next(iter(choices))
    required = empty is None

    def read(cells: Cells, name: str) -> StrEnum:
        return fallback if not required and not cells.text(name) else cells.choice(name, choices, fallback)

    return Form(
        read,
        (("", about),),
        lambda value: (value.value,),
        (Kept(kind="word", words=words, default=None if required else fallback.value),),
        lambda value: (value.value,),
        listed.__getitem__,
        {"": {**({"required": True} if required else {}), "enum": [name for name in words if name]}},
    )


def one_of(words: tuple[str, ...], about: str) -> Any:
    """One of some words that no enumeration names."""
    return Form(
        lambda cells, name: cells.one_of(name, words),
        (("", about),),
        lambda value: (value,),
        (Kept(kind="word", words=words),),
        lambda value: (value,),
        intern,
        {"": {"required": True, "enum": list(words)}},
    )


def grade(least: int, most: int, advice: str, about: str) -> Any:
    """A whole number between two others, which has to be there."""

    def read(cells: Cells, name: str) -> int | None:
        value = cells.number(name, least, most)
        if value is None and not cells.text(name):
            cells.fault(name, "is empty", advice)
        return value

    rules: dict[str, object] = {"required": True, "minimum": least, "maximum": most}
    return Form(
        read,
        (("", about),),
        lambda value: (str(value),),
        (Kept(kind="grade"),),
        lambda value: (value,),
        int,
        {"": rules},
        "integer",
    )


def day(about: str) -> Any:
    """A date with its precision; None when it is not stated."""
    return Form(
        lambda cells, name: cells.date(name),
        (("", about),),
        lambda value: (_shown(value),),
        (Kept(kind="word"),),
        lambda value: (_shown(value),),
        date_of,
        {"": {"pattern": DATE_PATTERN}},
    )


def address(about: str) -> Any:
    """One web address, or none."""

    def read(cells: Cells, name: str) -> str:
        found = cells.addresses(name)
        return found[0] if found else ""

    rules = {"": {"pattern": f"^{ADDRESS_PATTERN}$"}}
    return Form(read, (("", about),), lambda value: (value,), (Kept(),), lambda value: (value,), str, rules)


def addresses(about: str) -> Any:
    """Web addresses, with a bar between them."""
    return Form(
        lambda cells, name: cells.addresses(name, "|"),
        (("", about),),
        lambda value: (ADDRESSES.join(value),),
        (Kept(),),
        lambda value: (ADDRESSES.join(value),),
        _addresses_of,
        {"": {"required": True, "pattern": rf"^{ADDRESS_PATTERN}( \| {ADDRESS_PATTERN})*$"}},
    )


def listed(about: str, *, pattern: str = "", kept: Kept = Kept()) -> Any:
    """Texts with semicolons between them."""
    rules = {"": {"pattern": f"^{pattern}(; {pattern})*$"}} if pattern else {}
    return Form(
        lambda cells, name: cells.listed(name, ";"),
        (("", about),),
        lambda value: (LIST.join(value),),
        (kept,),
        lambda value: (LIST.join(value),),
        _list_of,
        rules,
    )


def upstream(source: str, figure: str, about: str) -> Any:
    """The source or the figure that is relayed: two columns of the database, since a link has one kind of end."""
    either = re.compile(f"{source}|{figure}")

    def read(cells: Cells, name: str) -> str | None:
        return cells.key(name, either, "the key of a source or the id of a figure", required=False) or None

    def stored(value: str | None) -> tuple[object, ...]:
        return (None, value) if value and is_figure_id(value) else (value, None)

    def loaded(document: str | None, claim: str | None) -> str | None:
        found = document or claim
        return intern(found) if found else None

    kept = (Kept(kind="word", null=True, link="source.id"), Kept("relays_figure", kind="word", null=True))
    return Form(read, (("", about),), lambda value: (value or "",), kept, stored, loaded)


def interval(low: str, high: str, bound: str) -> Any:
    """A value: both of its ends and how the source states it."""

    def read(cells: Cells, _: str) -> Interval | None:
        before = len(cells.faults)
        least, most = cells.number("low"), cells.number("high")
        how = cells.choice("bound", Bound, Bound.EXACT)
        if len(cells.faults) > before:
            return None
        try:
            return Interval(least, most, how)
        except ValueError as problem:
            cells.fault("high" if least is None else "low", str(problem), "make low, high and bound agree")
            return None

    return Form(
        read,
        (("low", low), ("high", high), ("bound", bound)),
        lambda value: (_shown(value.low), _shown(value.high), value.bound.value),
        (
            Kept("low", kind="number", null=True),
            Kept("high", kind="number", null=True),
            Kept("bound", kind="word", words=tuple(how.value for how in Bound)),
        ),
        lambda value: (value.low, value.high, value.bound.value),
        value_of,
        {
            "low": {"minimum": 0},
            "high": {"minimum": 0},
            "bound": {"required": True, "enum": [how.value for how in Bound]},
        },
        "integer",
    )


def stretch(start: str, end: str) -> Any:
    """A period by both of its ends."""

    def read(cells: Cells, _: str) -> Period | None:
        first, last = cells.date("period_start"), cells.date("period_end")
        try:
            return Period(first, last)
        except ValueError as problem:
            cells.fault("period_end", str(problem), "swap or correct the dates")
            return None

    return Form(
        read,
        (("period_start", start), ("period_end", end)),
        lambda value: (_shown(value.start), _shown(value.end)),
        (Kept("period_start", kind="word"), Kept("period_end", kind="word")),
        lambda value: (_shown(value.start), _shown(value.end)),
        period_of,
        {name: {"pattern": DATE_PATTERN} for name in ("period_start", "period_end")},
    )


def is_figure_id(relayed: str) -> bool:
    """Whether what is relayed is a figure; the keys of sources hold no hyphen, the ids of figures do."""
    return "-" in relayed


@lru_cache(maxsize=8_192)
def date_of(stored: str) -> PartialDate | None:
    """A stored date; the empty text is a date that was not stated."""
    return PartialDate.parse(stored) if stored else None


@lru_cache(maxsize=8_192)
def period_of(start: str, end: str) -> Period:
    """A stored period."""
    return Period(date_of(start), date_of(end))


@lru_cache(maxsize=16_384)
def value_of(low: int | None, high: int | None, bound: str) -> Interval:
    """A stored value."""
    return Interval(low, high, Bound(bound))


@lru_cache(maxsize=2_048)
def _addresses_of(stored: str) -> tuple[str, ...]:
    return tuple(stored.split(ADDRESSES)) if stored else ()


@lru_cache(maxsize=2_048)
def _list_of(stored: str) -> tuple[str, ...]:
    return tuple(map(intern, stored.split(LIST))) if stored else ()


def _shown(value: object | None) -> str:
    return "" if value is None else str(value)
