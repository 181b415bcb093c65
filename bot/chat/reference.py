"""Which answer a component belongs to, in the few characters that a component id has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from bot.chat.errors import Kindly
from bot.chat.pressed import base36, room_for_payload
from bot.questions.query import Intent, Query
from db.records import Destination, Who
from db.values import PartialDate, Period

_INTENTS = {
    Intent.LOOKUP: "l",
    Intent.COMPARE: "c",
    Intent.RANK: "r",
    Intent.TREND: "t",
    Intent.TOTAL: "s",
    Intent.SHARE: "h",
    Intent.SOURCES: "o",
    Intent.DISPUTES: "d",
    Intent.COVERAGE: "v",
    Intent.DEFINE: "f",
    Intent.HELP: "p",
}
_WHO = {Who.MEN: "m", Who.WOMEN: "f", Who.MINORS: "c", Who.WOMEN_AND_MINORS: "fc"}
_PLACES = re.compile(r"(?:[A-Z]{2}|R:[a-z_]{1,40})(?:,(?:[A-Z]{2}|R:[a-z_]{1,40}))*")
_NUMBER = re.compile(r"[0-9a-z]{1,8}")


class Unreadable(Kindly):
    """A payload that no version of this bot made."""

    def __init__(self) -> None:
        super().__init__("That control is from another version of me. Please ask again; nothing was changed.")


class TooLong(ValueError):
    """A question that does not fit into a component id."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An answer's question, the revision it was given at, and the page shown."""

    query: Query
    revision: int
    page: int = 0

    def payload(self, verb: str, *, owner: int | None = None) -> str:
        """The reference as the payload of a component; raise TooLong when it does not fit into one."""
        text = f"{base36(self.revision)}.{base36(self.page)}.{pack(self.query)}"
        if len(text) > room_for_payload(verb, owner=owner):
            raise TooLong(text)
        return text

    @classmethod
    def read(cls, payload: str) -> Reference:
        """The reference in a payload; raise Unreadable when it is none."""
        revision, _, rest = payload.partition(".")
        page, _, text = rest.partition(".")
        if not (_NUMBER.fullmatch(revision) and _NUMBER.fullmatch(page)):
            raise Unreadable
        try:
            return cls(unpack(text), int(revision, 36), int(page, 36))
        except (ValueError, KeyError, IndexError) as error:
            raise Unreadable from error

    def on_page(self, page: int) -> Reference:
        """The same answer, another page."""
        return replace(self, page=max(0, page))


def pack(query: Query) -> str:
    """A query in few characters; ``unpack`` gives it back.

    >>> pack(Query(Intent.LOOKUP, ("BE",), measure="travelled_in_period", period=Period.year(2016)))
    'l;BE;mtravelled_in_period;p2016_2016'
    """
    parts = [_INTENTS[query.intent], ",".join(query.places)]
    stated: list[tuple[str, str | None]] = [
        ("m", query.measure),
        ("w", _WHO.get(query.who)),
        ("x", query.destination and query.destination.value),
        ("p", None if query.period.is_open else f"{query.period.start or ''}_{query.period.end or ''}"),
        ("t", None if query.top is None else str(query.top)),
        ("b", None if query.bottom is None else str(query.bottom)),
        ("k", query.known_on.isoformat() if query.known_on else None),
        ("s", query.style and quote(query.style, safe=" ")),
        ("u", query.publisher and quote(query.publisher, safe=" ")),
        ("v", None if query.value is None else str(query.value)),
        ("f", "".join(letter for letter, held in _flags(query) if held) or None),
    ]
    return ";".join([*parts, *(key + value for key, value in stated if value is not None)])


def _flags(query: Query) -> tuple[tuple[str, bool], ...]:
    return (("m", query.per_million), ("c", query.chart), ("k", query.peak))


def unpack(text: str) -> Query:
    """The query of a packed text; raise ValueError, KeyError or IndexError on any other text."""
    intent, places, *stated = text.split(";")
    if places and not _PLACES.fullmatch(places):
        raise ValueError(places)
    found: dict[str, Any] = {}
    for part in stated:
        name, read = _READERS[part[0]]
        found[name] = read(part[1:])
    flags = found.pop("flags", "")
    intents = {letter: intent for intent, letter in _INTENTS.items()}
    return Query(
        intents[intent],
        tuple(places.split(",")) if places else (),
        per_million="m" in flags,
        chart="c" in flags,
        peak="k" in flags,
        **found,
    )


def _period(text: str) -> Period:
    start, _, end = text.partition("_")
    return Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)


def _small(text: str) -> int:
    if len(text) > 12:
        raise ValueError(text)
    return int(text)


def _measure(text: str) -> str:
    if not re.fullmatch("[a-z_]{1,40}", text):
        raise ValueError(text)
    return text


def _who(text: str) -> Who:
    return {letter: who for who, letter in _WHO.items()}[text]


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "m": ("measure", _measure),
    "w": ("who", _who),
    "x": ("destination", Destination),
    "p": ("period", _period),
    "t": ("top", _small),
    "b": ("bottom", _small),
    "k": ("known_on", date.fromisoformat),
    "s": ("style", unquote),
    "u": ("publisher", unquote),
    "v": ("value", _small),
    "f": ("flags", str),
}
