"""The counts that a text states, each with its place in the text and the interval that its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from bot.answers.claim_words import Word, claim_words, words_in
from db.model.values import Bound, Interval, bounded

YEARS = range(1990, 2041)
"""Numbers of four plain digits that are taken as years unless people are counted with them."""
MOST = 10**9
LAST_DAY = 31
_GROUP = "[,.'’٬\u00a0\u202f\u2009 ]"
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:(?P<mark>{_GROUP})\d{{3}})(?:(?P=mark)\d{{3}})*(?!\d)|\d+(?:[.,٫]\d+)?)"
    r"(?P<tail>\s?%|\s?[kK](?!\w)|(?![\w/:]|[.,]\d|-\d{1,2}-|-[^\W\d_]))(?P<plus>\+)?"
)
_DATES = re.compile(r"\b\d{4}-\d{1,2}(?:-\d{1,2})?\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}/\d{4}\b")
_ADDRESSES = re.compile(r"https?://\S+|<[@#:a][^>]*>|@\w+")
_SIGNS = {
    "~": Bound.ABOUT,
    "≈": Bound.ABOUT,
    ">": Bound.MORE_THAN,
    "<": Bound.FEWER_THAN,
    "≥": Bound.AT_LEAST,
    "≤": Bound.AT_MOST,
}
_BOUNDS = (Bound.MORE_THAN, Bound.AT_LEAST, Bound.FEWER_THAN, Bound.AT_MOST, Bound.ABOUT, Bound.EXACT)
_AFTER = {"at_least_after": Bound.AT_LEAST, "at_most_after": Bound.AT_MOST, "about_after": Bound.ABOUT}


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of a text: what it may mean, and where it stands with the words that belong to it."""

    number: int
    value: Interval
    start: int
    end: int
    percent: bool = False
    countries: bool = False
    """Whether countries are counted, not people."""
    none: bool = False
    """Whether it was said in words that there were none."""
    nearly: bool = False
    """Whether it was said to be a little less than that."""


def stated_numbers(text: str) -> tuple[Stated, ...]:
    """The counts of a text from left to right; years, dates, sums of money and spans of time are left out.

    >>> [one.number for one in stated_numbers("In 2016 some 5,000 left, on 12/09 another 2.4k and four more.")]
    [5000, 2400, 4]
    """
    blank = _ADDRESSES.sub(lambda match: " " * len(match[0]), text)
    blank = _DATES.sub(lambda match: " " * len(match[0]), blank)
    words = words_in(blank)
    found = sorted((*_in_digits(blank, words), *_in_words(blank, words)), key=lambda one: one.start)
    hedged = [_with_words(one, blank, words) for one in _apart(found)]
    return tuple(_ranges(hedged, blank))


def _apart(found: Sequence[Stated]) -> Iterator[Stated]:
    """Without those inside of another one: "6 thousand" is not a thousand as well."""
    end = -1
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


@cache
def _digits() -> re.Pattern[str]:
    """Numbers in digits, with what may stand around them; words of one letter may be written onto them in Arabic."""
    attached = "".join(letter for (letter,) in sorted(claim_words().phrases["attached"]))
    return re.compile(rf"(?:(?<![\w.,/:#$€£])|(?<=\b[{attached}]))(?<![^\W\d_]-)(?P<sign>[~≈><≥≤]\s?)?{_NUMBER}")


def _in_digits(text: str, words: list[Word]) -> Iterator[Stated]:
    table = claim_words()
    for match in _digits().finditer(text):
        tail = match["tail"].strip()
        before, after = _beside(words, match.start(), match.end())
        size, end = 1, match.end()
        if tail in ("k", "K"):
            size = 1000
        elif after is not None and after.key in table.values["times"] and not text[end : after.start].strip():
            size, end = table.values["times"][after.key], after.end
        number = _number(match["number"], match["mark"], size)
        if tail == "%" or _is_percent(text, words, end):
            yield Stated(int(number or 0), Interval(0, 100, Bound.RANGE), match.start(), match.end(), percent=True)
        if tail == "%" or number is None or number > MOST or _is_percent(text, words, end):
            continue
        plain = size == 1 and match["mark"] is None
        if _is_time(text, match.start(), match.end(), number, words, plain=plain) or _is_label(text, match, before):
            continue
        bound = _SIGNS.get((match["sign"] or "").strip()) or (Bound.AT_LEAST if match["plus"] else Bound.EXACT)
        yield Stated(number, bounded(number, bound), match.start(), end)


def _number(digits: str, mark: str | None, size: int) -> int | None:
    if mark is not None:
        return int(digits.replace(mark, "")) * size
    exact = Decimal(digits.replace(",", ".").replace("٫", ".")) * size
    return int(exact) if exact == int(exact) else None


def _in_words(text: str, words: list[Word]) -> Iterator[Stated]:
    """ "four", "thirty thousand", "none", "no Belgian"."""
    table = claim_words()
    at = 0
    while at < len(words):
        none = table.at("zero", words, at, text)
        if none:
            yield _none(words[at].start, words[at + none - 1].end)
            at += none
            continue
        follows = words[at + 1] if at + 1 < len(words) else None
        counted = follows is not None and (table.has("people", follows.key) or _is_name(text, follows))
        if table.has("zero_before", words[at].key) and counted:
            yield _none(words[at].start, words[at].end)
        elif words[at].key == "one" and counted and not (at and table.has("zero_before", words[at - 1].key)):
            yield Stated(1, Interval(1, 1, Bound.EXACT), words[at].start, words[at].end)
        else:
            number, count = _spelt(text, words, at)
            measures = at + count < len(words) and table.has("unit", words[at + count].key)
            if count and not measures and not _is_month(text, words[at]):
                first = words[at - 1] if words[at].key in table.values["times"] else words[at]
                yield Stated(number, Interval(number, number, Bound.EXACT), first.start, words[at + count - 1].end)
            at += max(count - 1, 0)
        at += 1


def _is_month(text: str, word: Word) -> bool:
    """Whether a word is a month between digits: "31 sept 2018"."""
    beside = f"{text[: word.start].rstrip(' .')[-1:]}{text[word.end :].lstrip(' .')[:1]}"
    return claim_words().has("month", word.key) and beside.isdigit()


def _none(start: int, end: int) -> Stated:
    return Stated(0, Interval(0, 0, Bound.EXACT), start, end, none=True)


def _is_name(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _spelt(text: str, words: list[Word], at: int) -> tuple[int, int]:
    """The number that some words spell, and how many they are: "two thousand four hundred", "twenty-five"."""
    table = claim_words()
    small, times = table.values["small"], table.values["times"]
    total = current = count = 0
    while at + count < len(words):
        key = words[at + count].key
        if count and text[words[at + count - 1].end : words[at + count].start] not in (" ", "-"):
            break
        if count and _and_more(words, at + count):  # "one hundred and forty-four"
            count += 1
            continue
        if key in small:
            current += small[key]
        elif key in times and len(key) > 1 and (count or (at and table.has("one", words[at - 1].key))):  # "a thousand"
            current = max(current, 1) * times[key]
            if times[key] > times["hundred"]:
                total, current = total + current, 0
        else:
            break
        count += 1
    return total + current, count


def _and_more(words: list[Word], at: int) -> bool:
    """Whether an "and" joins a hundred or a thousand to the rest of its number."""
    table = claim_words()
    times, small = table.values["times"], table.values["small"]
    return (
        table.has("and", words[at].key)
        and at + 1 < len(words)
        and words[at - 1].key in times
        and words[at + 1].key in small
    )


def _beside(words: list[Word], start: int, end: int) -> tuple[Word | None, Word | None]:
    before = [word for word in words if word.end <= start]
    after = [word for word in words if word.start >= end]
    return (before[-1] if before else None), (after[0] if after else None)


def _is_percent(text: str, words: list[Word], end: int) -> bool:
    first = next((index for index, word in enumerate(words) if word.start >= end), None)
    return (
        first is not None
        and not text[end : words[first].start].strip()
        and bool(claim_words().at("percent", words, first, text))
    )


def _is_time(text: str, start: int, end: int, number: int, words: list[Word], *, plain: bool) -> bool:
    """Whether digits are a year, the day of a month, or a length of time or of something else."""
    table = claim_words()
    before, after = _beside(words, start, end)
    near_before = before if before and not text[before.end : start].strip(" .-–'’") else None
    near_after = after if after and not text[end : after.start].strip(" -–") else None
    if near_after and table.has("unit", near_after.key):
        return True
    if not plain:
        return False
    if number <= LAST_DAY and _is_before_a_month(text, end, words):
        return True
    if number <= LAST_DAY and near_before and table.has("month", near_before.key) and near_after is None:
        return True
    if number not in YEARS or end - start != len(str(number)):
        return False
    counted = near_after is not None and (table.has("people", near_after.key) or _is_name(text, near_after))
    timed = near_before is not None and (table.has("in_time", near_before.key) or table.has("month", near_before.key))
    return timed or not (counted or number == 2000 or number > 2026)


def _is_before_a_month(text: str, end: int, words: list[Word]) -> bool:
    """Whether a month stands right behind, or behind "of": "31. Juli", "31 de julio"."""
    table = claim_words()
    following = [word for word in words if word.start >= end][:2]
    if following and table.has("of", following[0].key) and not text[end : following[0].start].strip():
        end, following = following[0].end, following[1:]
    return bool(following and not text[end : following[0].start].strip(" -–.") and table.has("month", following[0].key))


def _is_label(text: str, match: re.Match[str], before: Word | None) -> bool:
    """Whether the number only names something: "page 12", "no. 5", "top 10"."""
    if before is None or text[before.end : match.start()].strip(" ."):
        return False
    return claim_words().has("label", before.key)


def _with_words(one: Stated, text: str, words: list[Word]) -> Stated:
    """The number with "about", "more than" and the like, before or after it."""
    if one.percent or one.none:
        return one
    table = claim_words()
    here = next((index for index, word in enumerate(words) if word.start >= one.start), len(words))
    close = here > 0 and not text[words[here - 1].end : one.start].strip(" .")
    if close:
        for bound in _BOUNDS:
            count = table.ending(str(bound), words, here, text)
            if count and not _longer(here, count, text, words):
                one = replace(one, nearly=bool(table.ending("nearly", words, here, text)))
                start = words[here - count].start
                return _countries(replace(one, start=start, value=bounded(one.number, bound)), text, words)
    then = next((index for index, word in enumerate(words) if word.start >= one.end), len(words))
    if then < len(words) and not text[one.end : words[then].start].strip():
        for kind, bound in _AFTER.items():
            count = table.at(kind, words, then, text)
            if count:
                end = words[then + count - 1].end
                return _countries(replace(one, end=end, value=bounded(one.number, bound)), text, words)
    return _countries(one, text, words)


def _longer(here: int, count: int, text: str, words: list[Word]) -> bool:
    """Whether the same words end a longer phrase of another bound: "no more than" is not "more than"."""
    found = (claim_words().ending(str(bound), words, here, text) for bound in _BOUNDS)
    return any(other > count for other in found)


def _countries(one: Stated, text: str, words: list[Word]) -> Stated:
    then = [word for word in words if word.start >= one.end][:2]
    said = any(claim_words().has("countries", word.key) for word in then)
    return replace(one, countries=True) if said else one


def _ranges(found: Sequence[Stated], text: str) -> Iterator[Stated]:
    """Two numbers with "to", or with "between … and …", as one range."""
    table = claim_words()
    at = 0
    while at < len(found):
        one, other = found[at], found[at + 1] if at + 1 < len(found) else None
        if other is not None and not one.percent and not other.percent and one.number < other.number:
            between = [word.key for word in words_in(text[one.end : other.start])]
            before = [word.key for word in words_in(text[: one.start])][-1:]
            dashed = text[one.end : other.start].strip() in ("-", "–", "—")
            opened = bool(before) and table.has("between", before[0])
            to = len(between) == 1 and (
                (table.has("to", between[0]) and not (before and table.has("from", before[0])))
                or (opened and table.has("and", between[0]))
            )
            if dashed or to:
                value = Interval(one.number, other.number, Bound.RANGE)
                yield replace(one, value=value, end=other.end, countries=other.countries)
                at += 2
                continue
        yield one
        at += 1
