"""Forms of columns: how a cell is read and written, how the database keeps it, and what it means; each said once.

A record (``db.model.records``) names the form of each of its fields; CSV files, tables, exports, forms and the
descriptor of the package follow from there. A new column is a line in the record, a migration, and its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    kind: Literal["word", "text", "number", "grade", "flag"] = "text"
    null: bool = False
    default: str | None = None
    """What rows have that were written before there was such a column."""
    words: tuple[str, ...] = ()
    link: str = ""
    """The column that it points to."""


def _alone(value: Any) -> tuple[Any, ...]:
    return (value,)


@dataclass(frozen=True, slots=True)
class Form:
    """How one field of a record is read, written, kept and described; a field can take several columns."""

    read: Callable[[Cells, str], Any]
    about: tuple[tuple[str, str], ...]
    """Each cell (empty: the name of the field) with what it means."""
    rules: Mapping[str, Mapping[str, object]]
    """What other programs can check of a cell, as Data Packages write it."""
    kept: tuple[Kept, ...] = (Kept(),)
    loaded: Callable[..., Any] = str
    shown: Callable[[Any], tuple[str, ...]] = _alone
    stored: Callable[[Any], tuple[object, ...]] = _alone
    type: str = "string"


def key(pattern: str, form: str, about: str, *, link: str = "", unique: bool = False) -> Any:
    """A cell that has to be there and match a pattern; ``form`` says which in words."""
    compiled = re.compile(pattern)
    rules: dict[str, object] = {"required": True}
    if unique:
        rules |= {"unique": True, "pattern": f"^({pattern})$" if "|" in pattern else f"^{pattern}$"}
    kept = Kept(kind="word", link=link)
    return Form(
        lambda cells, name: cells.key(name, compiled, form), (("", about),), {"": rules}, kept=(kept,), loaded=intern
    )


def code(pattern: str, form: str, about: str) -> Any:
    """A cell that has to match a pattern; None when it is empty."""
    compiled = re.compile(pattern)
    return Form(
        lambda cells, name: cells.key(name, compiled, form, required=False) or None,
        (("", about),),
        {"": {"pattern": f"^{pattern}$"}},
        kept=(Kept(kind="word", null=True),),
        loaded=lambda value: value,
        shown=lambda value: (value or "",),
    )


def text(
    about: str,
    *,
    required: bool = False,
    pattern: str = "",
    form: str = "",
    new: bool = False,
    shared: bool = False,
    short: bool = False,
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

    kept = Kept(kind="word" if pattern or short else "text", default="" if new else None)
    return Form(read, (("", about),), {"": rules}, kept=(kept,), loaded=intern if shared else str)


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
        {"": {**({"required": True} if required else {}), "enum": [name for name in words if name]}},
        kept=(Kept(kind="word", words=words, default=None if required else fallback.value),),
        loaded=listed.__getitem__,
        shown=lambda value: (value.value,),
        stored=lambda value: (value.value,),
    )


def one_of(words: tuple[str, ...], about: str) -> Any:
    """One of some words that no enumeration names."""
    return Form(
        lambda cells, name: cells.one_of(name, words),
        (("", about),),
        {"": {"required": True, "enum": list(words)}},
        kept=(Kept(kind="word", words=words),),
        loaded=intern,
    )


def flag(about: str) -> Any:
    """Yes or no, as ``true`` or ``false``."""
    return Form(
        lambda cells, name: cells.one_of(name, ("true", "false")) == "true",
        (("", about),),
        {"": {"required": True}},
        kept=(Kept(kind="flag"),),
        loaded=bool,
        shown=lambda value: (str(value).lower(),),
        type="boolean",
    )


def whole(
    least: int,
    most: int,
    about: str,
    *,
    advice: str = "give a whole number",
    cell: str = "",
    kind: Literal["number", "grade"] = "grade",
) -> Any:
    """A whole number between two others, which has to be there; ``cell`` is its column where that has another name."""

    def read(cells: Cells, name: str) -> int | None:
        value = cells.number(cell or name, least, most)
        if value is None and not cells.text(cell or name):
            cells.fault(cell or name, "is empty", advice)
        return value

    rules: dict[str, object] = {"required": True, "minimum": least, "maximum": most}
    return Form(
        read,
        ((cell, about),),
        {cell: rules},
        kept=(Kept(kind=kind),),
        loaded=int,
        shown=lambda value: (str(value),),
        type="integer",
    )


def day(about: str) -> Any:
    """A date with its precision; None when it is not stated."""
    return Form(
        lambda cells, name: cells.date(name),
        (("", about),),
        {"": {"pattern": DATE_PATTERN}},
        kept=(Kept(kind="word"),),
        loaded=date_of,
        shown=_said,
        stored=_said,
    )


def address(about: str) -> Any:
    """One web address, or none."""

    def read(cells: Cells, name: str) -> str:
        found = cells.addresses(name)
        return found[0] if found else ""

    return Form(read, (("", about),), {"": {"pattern": f"^{ADDRESS_PATTERN}$"}})


def addresses(about: str) -> Any:
    """Web addresses, with a bar between them."""
    pattern = rf"^{ADDRESS_PATTERN}( \| {ADDRESS_PATTERN})*$"
    return Form(
        lambda cells, name: cells.addresses(name, "|"),
        (("", about),),
        {"": {"required": True, "pattern": pattern}},
        loaded=_addresses_of,
        shown=lambda value: (ADDRESSES.join(value),),
        stored=lambda value: (ADDRESSES.join(value),),
    )


def listed(about: str, *, pattern: str = "") -> Any:
    """Texts with semicolons between them."""
    return Form(
        lambda cells, name: cells.listed(name, ";"),
        (("", about),),
        {"": {"pattern": f"^{pattern}(; {pattern})*$"}} if pattern else {},
        loaded=_list_of,
        shown=lambda value: (LIST.join(value),),
        stored=lambda value: (LIST.join(value),),
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
    return Form(read, (("", about),), {}, kept=kept, loaded=loaded, shown=lambda value: (value or "",), stored=stored)


def interval(low: str, high: str, bound: str) -> Any:
    """A value: both of its ends and how the source states it."""
    words = tuple(how.value for how in Bound)

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
        {"low": {"minimum": 0}, "high": {"minimum": 0}, "bound": {"required": True, "enum": list(words)}},
        kept=(
            Kept("low", kind="number", null=True),
            Kept("high", kind="number", null=True),
            Kept("bound", kind="word", words=words),
        ),
        loaded=value_of,
        shown=lambda value: (_shown(value.low), _shown(value.high), value.bound.value),
        stored=lambda value: (value.low, value.high, value.bound.value),
        type="integer",
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

    def ends(value: Period) -> tuple[str, str]:
        return _shown(value.start), _shown(value.end)

    return Form(
        read,
        (("period_start", start), ("period_end", end)),
        {name: {"pattern": DATE_PATTERN} for name in ("period_start", "period_end")},
        kept=(Kept("period_start", kind="word"), Kept("period_end", kind="word")),
        loaded=period_of,
        shown=ends,
        stored=ends,
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


def _said(value: PartialDate | None) -> tuple[str]:
    return (_shown(value),)


def _shown(value: object | None) -> str:
    return "" if value is None else str(value)
