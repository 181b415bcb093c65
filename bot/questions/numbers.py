"""Whole numbers in digits and in words: "6,000", "6k", "2.4k", "a hundred and ten", "zweihundertelf"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from bot.questions.tokens import Token, folded, is_written_in

_LONGEST = 12
_SMALL = 250
_HUNDRED = 100
_THOUSAND = 1000
_MILLION = 1_000_000
_TWENTY = 20
_COMPOUND = 7
"""Letters of the shortest word that is taken apart."""


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    """The table: what each number is called, folded, and under a name what joins the words of one."""
    text = (files("bot.questions") / "words" / "numbers.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {value: tuple(folded(word) for word in words.split("|")) for value, words in rows}


@cache
def number_words() -> dict[str, int]:
    """What each word for a number stands for, folded, in all languages."""
    named = ((value.lstrip("*"), words) for value, words in _rows().items())
    return {word: int(value) for value, words in named if value.isdigit() for word in words}


@cache
def _only_behind() -> frozenset[str]:
    """Words that count only behind another number: the "k" of "6k"."""
    return frozenset(word for value, words in _rows().items() if value.startswith("*") for word in words)


@lru_cache(maxsize=4096)
def word_value(word: str) -> int | None:
    """What a folded word for a number stands for; a word that is put together is taken apart: "einundzwanzig" is 21."""
    value = number_words().get(word)
    if value is None and is_written_in(word, "ar"):
        bare = (number_words().get(word[len(front) :]) for front in _rows()["carried"] if word.startswith(front))
        return next((value for value in bare if value is not None), None)
    if value is not None or len(word) < _COMPOUND or word.isdigit():
        return value
    parts = _parts(word)
    return _summed(parts) if parts else None


@cache
def _own_numbers() -> dict[tuple[str, str], str]:
    """The digits of each word that is a number in one language alone."""
    named = ((value.partition(" "), words) for value, words in _rows().items() if " " in value)
    return {(language, word): digits for (language, _, digits), words in named for word in words}


def own_number(word: str, language: str) -> str:
    """A folded word, or the digits of what it stands for in the texts of a language alone: "on" is ten in Turkish."""
    return _own_numbers().get((language, word), word)


def counts(word: str) -> bool:
    """Whether a folded word is one for a number, or for one and a half of what follows."""
    return word_value(word) is not None or word in _rows()["half_more"]


def _parts(word: str, *, opens: bool = True) -> list[int]:
    """The numbers that a word is put together from, the longest in front; empty where something else is left over."""
    for end in range(len(word), 2, -1):
        value = _part(word[:end], word[end:])
        if value is None or (opens and value >= _HUNDRED and word[:end] in _only_behind()):
            continue
        if end == len(word):
            return [value]
        for joiner in ("", *_rows()["within"]):
            if word.startswith(joiner, end) and (rest := _parts(word[end + len(joiner) :], opens=False)):
                return [value, *rest]
    return []


def _part(word: str, rest: str) -> int | None:
    """What a part of a word stands for, also where it has dropped its last vowel before what follows."""
    value = number_words().get(word)
    if value is None and rest.startswith(_rows()["eliding"]):
        return next((number_words()[word + vowel] for vowel in "ia" if word + vowel in number_words()), None)
    return value


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
    if tokens[at].word in _rows()["half_more"]:
        return _half_more(tokens, at)
    if tokens[at].is_number:
        read = _digits(tokens, at)
        if read is None:
            return None
        (part, end), total = read, 0
    elif not _opens(tokens, at):
        return None
    else:
        total, part, end = 0, 0, at
    least = _HUNDRED if tokens[at].is_number else 0  # "200 un coup"
    while end < len(tokens):
        joined = end > at and tokens[end].word in _rows()["and"] and end + 1 < len(tokens) and not tokens[at].is_number
        here = end + 1 if joined else end
        value = word_value(tokens[here].word)
        if value is None or value < least or (here > at and tokens[here].start - tokens[here - 1].end > 1):
            break
        if joined and not _joins(tokens[end].word, total + part, value):
            break
        added = _added(total, part, value, tokens[here].word, by_and=joined or _is_joined(tokens[here].word))
        if added is None:
            break
        (total, part), end = added, here + 1
    return (total + part, end) if end > at else None


def _half_more(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """One and a half of what follows: "полторы тысячи", "anderthalb tausend"."""
    times = word_value(tokens[at + 1].word) if at + 1 < len(tokens) else None
    return (times * 3 // 2, at + 2) if times in (_HUNDRED, _THOUSAND, _MILLION) else None


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word may begin a number: "mil" and "bin" only in front of hundreds, as in "mil doscientos"."""
    if tokens[at].word not in _only_behind():
        return word_value(tokens[at].word) is not None
    behind = number_at(tokens, at + 1) if at + 1 < len(tokens) and not tokens[at + 1].is_number else None
    return behind is not None and _HUNDRED <= behind[0] < _THOUSAND


def _added(total: int, part: int, value: int, word: str, *, by_and: bool) -> tuple[int, int] | None:
    """What a number and its part below a thousand become with one more word; None where the word is of another one."""
    rest = part % _HUNDRED
    if value in (_THOUSAND, _MILLION):
        counted = (part or 1) * value
        return (total + counted, 0) if not total or (total >= _MILLION > counted) else None
    if value >= _THOUSAND:
        return (total + value, 0) if not part and (not total or total >= _MILLION) else None
    if value == _HUNDRED:
        return (total, (part or 1) * value) if part < _HUNDRED else None
    if value > _HUNDRED or not rest:
        return (total, part + value) if not part or (not rest and value < _HUNDRED) else None
    if word in _rows()["score"] and rest == 4:  # "quatre-vingt"
        return total, part + 76
    after_tens = rest % 10 == 0 and value < 10 and (rest >= _TWENTY or (rest == 10 and value > 6))  # "dix-sept"
    after_score = rest in (60, 80) and 10 <= value < _TWENTY  # "soixante-dix", "quatre-vingt-onze"
    ones_first = rest < 10 and (value == 10 if not by_and else value >= _TWENTY and value % 10 == 0)
    if after_tens or after_score or (ones_first and is_written_in(word, "ar")):
        return total, part + value
    return (0, value) if part == 1 and not total and value >= 10 and not by_and else None  # "une vingtaine"


def _joins(joiner: str, so_far: int, value: int) -> bool:
    """Whether a joining word leads on to more of a number: "a hundred and ten", "treinta y cinco", "vingt et un"."""
    if is_written_in(joiner, "ar"):
        return so_far > 0
    rest = so_far % _HUNDRED
    tens = rest >= _TWENTY and rest % 10 == 0 and 0 < value < 10 and joiner in _rows()["and_ones"]
    return (
        tens
        or (joiner in _rows()["and_ones"] and (rest, value) == (60, 11))
        or (not rest and 0 < value < _HUNDRED and so_far > 0)
    )


def _is_joined(word: str) -> bool:
    """Whether an Arabic word carries its "and" in front."""
    return word[0] == "و" and word not in number_words()


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
