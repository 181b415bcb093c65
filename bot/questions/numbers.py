"""Whole numbers in digits and in words: "6,000", "6k", "2.4k", "thirty thousand", "a hundred"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.questions.tokens import Token, folded

_LONGEST = 12
_SMALL = 250
_HUNDRED = 100


@cache
def number_words() -> dict[str, int]:
    """What each word for a number stands for, folded, in all languages."""
    text = (files("bot.questions") / "words" / "numbers.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {folded(word): int(value.lstrip("*")) for value, words in rows for word in words.split("|")}


@cache
def _only_behind() -> frozenset[str]:
    """Words that count only behind another number: the "k" of "6k"."""
    text = (files("bot.questions") / "words" / "numbers.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.startswith("*"))
    return frozenset(folded(word) for _, words in rows for word in words.split("|"))


def small_number(word: str) -> int | None:
    """The number up to 250 that a folded word stands for, in digits or letters."""
    if word.isdigit():
        return int(word) if len(word) <= 3 and 0 < int(word) <= _SMALL else None
    value = number_words().get(word)
    return value if value is not None and 0 < value < _HUNDRED else None


def spoken_year(first: str, second: str) -> int | None:
    """The year of "twenty sixteen"."""
    century, rest = number_words().get(first), number_words().get(second)
    if century != 20 or rest is None or not 10 <= rest < 20:
        return None
    return century * _HUNDRED + rest


def number_at(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The number that starts at a token and the index behind it; None where none does."""
    total = part = 0
    end = at
    while end < len(tokens):
        read = _digits(tokens, end) if tokens[end].is_number else None
        if read is not None:
            if end > at:
                break
            part, end = read
            continue
        value = number_words().get(tokens[end].word)
        if (
            value is None
            or (end == at and tokens[end].word in _only_behind())
            or (end > at and tokens[end].start - tokens[end - 1].end > 1)
        ):
            break
        if value >= _HUNDRED:
            part = (part or 1) * value
            if value > _HUNDRED * 5:
                total, part = total + part, 0
        elif part % _HUNDRED and (part % 10 or value > 9):
            break
        else:
            part += value
        end += 1
    return (total + part, end) if end > at else None


def _digits(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    digits = tokens[at].word.replace(",", "").replace(".", "")
    if not digits.isdigit() or len(digits) > _LONGEST:
        return None
    after = tokens[at + 1 : at + 3]
    if len(after) == 2 and after[0].is_number and after[0].start - tokens[at].end == 1:
        times = number_words().get(after[1].word, 0)
        if times >= _HUNDRED and after[0].word.isdigit():  # "2.4k"
            return int(digits) * times + int(after[0].word) * times // 10 ** len(after[0].word), at + 3
    end = at + 1
    while end < len(tokens) and len(digits) <= 9 and _goes_on(tokens, end):  # "40 000"
        digits, end = digits + tokens[end].word, end + 1
    return int(digits), end


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether three digits stand one space behind a group of one to three."""
    near = tokens[at].start - tokens[at - 1].end == 1 and not tokens[at].dashed
    first = (len(tokens[at - 1].word) <= 3 and tokens[at - 1].word[0] != "0") or len(tokens[at - 1].word) == 3
    return near and first and len(tokens[at].word) == 3 and tokens[at].word.isdigit()
