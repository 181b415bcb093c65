"""Checking what somebody wrote: the numbers in a message beside the figures that are held."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.answer import Answer, Claim, Outcome
from db.values import Bound, Interval

MOST_SENTENCES = 8
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_NUMBER = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[,.\u202f\u00a0 ]\d{3})+|\d+)(?![\w/-]|[.,]\d)")
_YEARS = range(1900, 2101)


class Verdict(StrEnum):
    """How a number stands to what is held."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence with a number, and what is held about the same thing."""

    sentence: str
    number: int
    verdict: Verdict
    answer: Answer
    claims: tuple[Claim, ...]
    """The claims that agree; where none does, all that are held."""


def numbers_in(sentence: str) -> list[int]:
    """The counts that a sentence states: whole numbers that are not plainly years or parts of dates.

    >>> numbers_in("In 2016 some 5,000 left, on 12/09 another 40.")
    [5000, 40]
    """
    found = []
    for match in _NUMBER.finditer(sentence):
        plain = match[1].isdecimal()
        number = int(re.sub(r"\D", "", match[1])) if len(match[1]) < 15 else -1
        if number < 0 or (plain and number in _YEARS and len(match[1]) == 4):
            continue
        found.append(number)
    return found


def judge(number: int, answer: Answer) -> tuple[Verdict, tuple[Claim, ...]]:
    """How a number stands to the claims of an answer."""
    if answer.outcome is not Outcome.ANSWERED or not answer.claims:
        return Verdict.UNKNOWN, ()
    stated = Interval(number, number, Bound.EXACT)
    agreeing = tuple(claim for claim in answer.claims if claim.figure.value.overlaps(stated))
    return (Verdict.AGREES, agreeing) if agreeing else (Verdict.DIFFERS, answer.claims)


async def check(text: str, ask: Callable[[str], Awaitable[Answer]]) -> tuple[Checked, ...]:
    """Every sentence of a text that states a number, checked; the first few when there are many."""
    sentences = [part.strip() for part in _SENTENCE.split(text) if numbers_in(part)]
    checked = []
    for sentence in sentences[:MOST_SENTENCES]:
        answer = await ask(sentence)
        for number in numbers_in(sentence)[:3]:
            verdict, claims = judge(number, answer)
            checked.append(Checked(sentence, number, verdict, answer, claims))
    return tuple(checked)
