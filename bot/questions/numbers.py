"""Whole numbers in digits and in words: "6,000", "6k", "2.4k", "a hundred and ten", "zweihundertelf"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from bot.questions.tokens import Token, folded

_LONGEST = 12
_SMALL = 250
_HUNDRED = 100
_THOUSAND = 1000
_THIRTY = 30
_COMPOUND = 7
"""Letters of the shortest word that is taken apart."""
_JOINED = ("und", "en", "e")
"""What joins the parts of one word in German, Dutch and Italian."""


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


@lru_cache(maxsize=4096)
def word_value(word: str) -> int | None:
    """What a folded word for a number stands for; a word that is put together is taken apart: "einundzwanzig" is 21."""
    value = number_words().get(word)
    if value is not None or len(word) < _COMPOUND or word.isdigit():
        return value
    parts = _parts(word)
    return _summed(parts) if parts else None


def _parts(word: str) -> list[int]:
    """The numbers that a word is put together from, the longest in front; empty where something else is left over."""
    for end in range(len(word), 2, -1):
        value = number_words().get(word[:end])
        if value is None or word[:end] in _only_behind() - {"mila"}:
            continue
        if end == len(word):
            return [value]
        for joiner in ("", *_JOINED):
            if word.startswith(joiner, end) and (rest := _parts(word[end + len(joiner) :])):
                return [value, *rest]
    return []


def _summed(parts: Sequence[int]) -> int:
    total = part = 0
    for value in parts:
        part = (part or 1) * value if value >= _HUNDRED and value % _HUNDRED == 0 and part < value else part + value
        if value >= _THOUSAND:
            total, part = total + part, 0
    return total + part


def small_number(word: str) -> int | None:
    """The number up to 250 that a folded word stands for, in digits or letters."""
    if word.isdigit():
        return int(word) if len(word) <= 3 and 0 < int(word) <= _SMALL else None
    value = word_value(word)
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
        if end > at and _joins(tokens, at, end, total + part):
            end += 1
        value = word_value(tokens[end].word)
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


def _joins(tokens: Sequence[Token], at: int, end: int, so_far: int) -> bool:
    """Whether a joining word leads on to a smaller part of a number: "a hundred and ten", "treinta y cinco"."""
    if tokens[end].word not in ("and", "y", "e", "et", "und", "و") or end + 1 >= len(tokens) or tokens[at].is_number:
        return False
    value = word_value(tokens[end + 1].word)
    if value is None or not so_far:
        return False
    tens = so_far % _HUNDRED >= _THIRTY and so_far % 10 == 0 and 0 < value < 10 and tokens[end].word in ("y", "et")
    return tens or (so_far % _HUNDRED == 0 and 0 < value < _HUNDRED)


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
