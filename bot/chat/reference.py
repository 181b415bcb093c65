"""Which answer a component belongs to, in the few characters that a component id has."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answers.answer import Answer, AskBlock, RefusalBlock
from bot.chat.errors import KindlyIn
from bot.chat.pressed import base36, room_for_payload
from bot.questions.canonical import canonical, from_canonical
from bot.questions.query import Doubt, Query, Refusal

_HELPED = "~"
_PAGE = re.compile(r"([0-9a-z]{1,8})(~?)(?:-([a-zA-Z-]{2,5}))?")
_NUMBER = re.compile(r"[0-9a-z]{1,8}")
_SHORT = {
    "i=lookup": "!l",
    "i=compare": "!c",
    "i=rank": "!r",
    "i=trend": "!t",
    "i=total": "!s",
    "i=share": "!h",
    "i=sources": "!o",
    "i=disputes": "!d",
    "i=coverage": "!v",
    "&m=travelled_in_period": "!2",
    "&m=travelled": "!1",
    "&m=monthly_rate": "!3",
    "&m=present": "!4",
    "&m=returned": "!5",
    "&m=killed": "!6",
    "&m=prevented": "!7",
    "&m=origin_countries": "!8",
    "&m=sample_records": "!9",
    "&w=women_and_minors": "!b",
    "&w=women": "!w",
    "&w=minors": "!m",
    "&w=men": "!n",
    "&p=": "!p",
    "&f=": "!f",
    "&t=": "!u",
}
"""Frequent parts of a canonical text and their codes, longer parts before those that begin like them.

The mark "!" stands in no canonical text. Codes are never reused: cards that were posted years ago still carry them.
"""
_LONG = {code: part for part, code in _SHORT.items()}
_CODE = re.compile("!(.?)", re.DOTALL)
_COUNTRIES = re.compile(r"!p([A-Z]{2}(?:,[A-Z]{2})+)(?=[!&]|$)")
_JOINED = re.compile(r"!P((?:[A-Z]{2}){2,})(?=[!&]|$)")
"""Several countries stand without their commas, under a code of their own."""


class Unreadable(KindlyIn):
    """A payload that no version of this bot made."""

    def __init__(self) -> None:
        super().__init__("kind.control_old")


class TooLong(ValueError):
    """A question that does not fit into a component id."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An answer's question, the revision it was given at, and the page shown."""

    query: Query
    revision: int
    page: int = 0
    helped: bool = False
    """Whether a language model read the question: every page of its card says so."""
    locale: str = ""
    """The language that its card is in; empty on cards that did not say so."""

    def payload(self, verb: str, *, owner: int | None = None, room: int = 0) -> str:
        """The reference as the payload of a component; raise TooLong when it does not fit into one.

        ``room`` is how many characters are wanted for something else.
        """
        marks = _HELPED * self.helped + (f"-{self.locale}" if self.locale else "")
        text = f"{base36(self.revision)}.{base36(self.page)}{marks}.{_shortened(self.query)}"
        if len(text) > room_for_payload(verb, owner=owner) - room:
            raise TooLong(text)
        return text

    @classmethod
    def read(cls, payload: str) -> Reference:
        """The reference in a payload; raise Unreadable when it is none."""
        revision, _, rest = payload.partition(".")
        page, _, text = rest.partition(".")
        marked = _PAGE.fullmatch(page)
        if marked is None or not _NUMBER.fullmatch(revision):
            raise Unreadable
        number, helped, locale = marked.groups()
        try:
            query = from_canonical(lengthen(text))
            return cls(query, int(revision, 36), int(number, 36), bool(helped), locale or "")
        except ValueError as error:
            raise Unreadable from error

    def on_page(self, page: int) -> Reference:
        """The same answer, another page."""
        return replace(self, page=max(0, page))


@lru_cache(maxsize=512)
def _shortened(query: Query) -> str:
    """A question as its shortened canonical text: each answer has half a dozen buttons that carry it."""
    return shorten(canonical(query))


def shorten(text: str) -> str:
    """A canonical text in fewer characters.

    >>> shorten("i=lookup&p=BE&m=travelled_in_period&f=2016&t=2016")
    '!l!pBE!2!f2016!u2016'
    """
    for part, code in _SHORT.items():
        text = text.replace(part, code)
    return _COUNTRIES.sub(lambda several: "!P" + several[1].replace(",", ""), text)


def lengthen(text: str) -> str:
    """The canonical text behind a shortened one; raise ValueError on a code that there is not."""

    def part(code: re.Match[str]) -> str:
        if code[0] not in _LONG:
            raise ValueError(text)
        return _LONG[code[0]]

    text = _JOINED.sub(lambda joined: "!p" + ",".join(re.findall("..", joined[1])), text)
    return _CODE.sub(part, text)


def why_unread(answer: Answer) -> Doubt | Refusal | None:
    """Why a question was refused or asked back; None where it was answered, or nothing is held of it."""
    for block in answer.blocks:
        if isinstance(block, RefusalBlock):
            return block.refusal
        if isinstance(block, AskBlock):
            return block.doubt
    return None


def unread_payload(kind: Doubt | Refusal) -> str:
    """What a component of an answer without a reading carries: its kind, since what was written is kept nowhere."""
    return f"-{kind}"


def read_unread(payload: str) -> str | None:
    """The kind in the payload of such a component; None for any other payload, which no reference begins like."""
    known = {unread_payload(kind): kind for kind in (*Doubt, *Refusal)}
    return known.get(payload)
