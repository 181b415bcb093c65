"""Points in time inside a text: a day, a month, a season, a part of a year, an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.questions.calendar_words import calendar_phrases, event_phrases
from bot.questions.numbers import small_number, spoken_year
from bot.questions.stretches import Point, fraction, iso, month_end, months, of_event, one_day, part
from bot.questions.tokens import Token

FIRST_YEAR, LAST_YEAR = 1990, 2049
_EARLIEST = 1900
"""The first year that is read behind a word of time only: "in 1985" is a year, 1910 alone may be a count."""
_BEFORE_A_YEAR = frozenset("in since by before until till after during from".split())
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_LEADING = frozenset({"by", "since", "before", "after"})
_FIRST = frozenset("first opening initial premiers ersten primeros eerste".split())
_LAST = frozenset("last final closing derniers letzten ultimos laatste".split())
_SIDES = _FIRST | _LAST
_ENDING = frozenset("to ending until through till end ended".split())
_BEFORE_A_SPAN = frozenset("in over during for the year 12 twelve".split())
_A_MONTH = 31
_REACH = 3
"""Characters between two words with nothing but spaces and marks between them."""


class Points:
    """Finds what single expressions name; the words that bind them are read by who reads the period."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._phrases: dict[int, list[tuple[int, tuple[tuple[str, str], ...]]]] = {}

    def _point(self, at: int) -> Point | None:
        at = self._skip(at, ("the", "le", "la", "el", "der", "dem", "den", "de", "het", "year", "jahr", "annee"))
        if at >= len(self._tokens):
            return None
        named = self._counted_months(at) or self._event(at)
        if named is not None:
            return named
        for length, kinds in self._calendar(at):
            for kind, value in kinds:
                if kind == "part":
                    point = self._point(at + length)
                    return part(value, point) if point is not None else None
                if kind in ("quarter", "half"):
                    year, end = self._year(at + length)
                    if year is not None:
                        return fraction(kind, int(value), year, end)
                if kind == "season":
                    year, end = self._year(at + length)
                    if year is not None:
                        return months(year, _SEASONS[value], 3, self._next_year(value, year, end))
        return self._day(at) or self._year_point(at)

    def _counted_months(self, at: int) -> Point | None:
        """ "the first six months of 2015", "the last 3 months of 2014"."""
        at = self._skip(at, ("the", "les", "die", "der", "los", "de"))
        words = [token.word for token in self._tokens[at : at + 3]]
        if (
            len(words) < 3
            or not _SIDES & set(words[:2])
            or ("unit", "months") not in {kind for _, kinds in self._calendar(at + 2) for kind in kinds}
        ):
            return None
        number = next((n for n in map(small_number, words[:2]) if n is not None), 0)
        year, end = self._year(at + 3)
        if year is None or not 1 <= number <= 12:
            return None
        if _FIRST & set(words[:2]):
            return months(year, 1, number, end)
        return months(year, 13 - number, number, end) if _LAST & set(words[:2]) else None

    def _year_to(self, at: int) -> Point | None:
        """ "the year to June 2015", "twelve months ending in June 2015"."""
        if self._tokens[at].word not in _BEFORE_A_SPAN:
            return None
        at = self._skip(self._skip(at, ("in", "over", "during", "for")), ("the",))
        words = [token.word for token in self._tokens[at : at + 2]]
        spoken = 1 if words[:1] == ["year"] else 2 if words in (["12", "months"], ["twelve", "months"]) else 0
        if not spoken or at + spoken >= len(self._tokens) or self._tokens[at + spoken].word not in _ENDING:
            return None
        end = self._point(self._skip(at + spoken + 1, ("in", "at", "on")))
        if end is None or end.first is None or (end.last - end.first).days > _A_MONTH:
            return None
        year, month = divmod(end.last.year * 12 + end.last.month - 12, 12)
        return Point(date(year, month + 1, 1), end.last, end.end)

    def _event(self, at: int) -> Point | None:
        for phrase, event in event_phrases().get(self._tokens[at].word, ()):
            if self._matches(phrase, at) and (not event.only_behind or self._is_behind(at)):
                return of_event(event, at + len(phrase))
        return None

    def _is_behind(self, at: int) -> bool:
        """Whether "since", "before", "after" or the like leads to a word, with or without an article."""
        for back in (1, 2):
            if at >= back and {kind for _, kinds in self._calendar(at - back) for kind, _ in kinds} & _LEADING:
                return True
        return False

    def _day(self, at: int) -> Point | None:
        """An ISO date, "12 September 2016", "September 12, 2016" or a month with its year."""
        word = self._tokens[at].word
        if "-" in word:
            return iso(word, at + 1)
        if word.isdigit() and len(word) <= 2:
            behind = self._skip(at + 1, ("th", "st", "nd", "rd", "er"))
            month, end = self._month(self._skip(behind, ("of", "de")))
            year, end = self._year(end) if month else (None, end)
            if month and year:
                return one_day(year, month, int(word), end)
            return self._numeric_day(at)
        month, end = self._month(at)
        if month is None:
            return None
        year, after = self._year(end)
        if year is not None:
            return Point(date(year, month, 1), month_end(year, month), after)
        if end < len(self._tokens) and self._tokens[end].word.isdigit() and len(self._tokens[end].word) <= 2:
            year, after = self._year(self._skip(end + 1, ("th", "st", "nd", "rd")))
            if year is not None:
                return one_day(year, month, int(self._tokens[end].word), after)
        return None

    def _numeric_day(self, at: int) -> Point | None:
        """12.09.2016 or 12/09/2016: day, month, year."""
        if at + 2 < len(self._tokens) and self._is_dash(at + 1) and self._is_dash(at + 2):
            day, month, year = (self._tokens[at + i].word for i in range(3))
            if len(year) == 4 and year.isdigit() and month.isdigit() and len(month) <= 2:
                return one_day(int(year), int(month), int(day), at + 3)
        return None

    def _year_point(self, at: int) -> Point | None:
        year, end = self._year(at)
        if year is None:
            return None
        # A quarter or a month may follow its year: "2016 Q1", "2016 September".
        for length, kinds in self._calendar(end):
            for kind, value in kinds:
                if kind in ("quarter", "half"):
                    return fraction(kind, int(value), year, end + length)
                if kind == "part" and value == "end" and self._tokens[end].word == "sonu":
                    return Point(None, date(year, 12, 31), end + length)
        return Point(date(year, 1, 1), date(year, 12, 31), end)

    def _next_year(self, season: str, year: int, end: int) -> int:
        """Behind the second year of "winter 2014/15"."""
        after = self._tokens[end].word if end < len(self._tokens) else ""
        return end + 1 if season == "winter" and after in (str(year + 1), str(year + 1)[2:]) else end

    def _year(self, at: int) -> tuple[int | None, int]:
        at = self._skip(at, ("of", "de", "des", "del", "von", "van", "in", "the", "jahr", "year", "عام", "سنه"))
        if at < len(self._tokens):
            word = self._tokens[at].word
            led = at > 0 and self._tokens[at - 1].word in _BEFORE_A_YEAR
            if len(word) == 4 and word.isdigit() and (_EARLIEST if led else FIRST_YEAR) <= int(word) <= LAST_YEAR:
                return int(word), at + 1
            spoken = spoken_year(word, self._tokens[at + 1].word) if at + 1 < len(self._tokens) else None
            if spoken is not None:
                return spoken, at + 2
        return None, at

    def _month(self, at: int) -> tuple[int | None, int]:
        for length, kinds in self._calendar(at):
            for kind, value in kinds:
                if kind == "month":
                    return int(value), at + length
        return None, at

    def _day_and_month(self, at: int) -> tuple[int | None, int | None, int]:
        """A day, a month or both without a year, with the index behind them."""
        month, after = self._month(at)
        day, behind = self._ordinal(after if month else at)
        if day is None:
            return None, month, after
        if month is None:
            month, after = self._month(self._skip(behind, ("of", "de")))
            behind = after if month else behind
        return day, month, behind

    def _ordinal(self, at: int) -> tuple[int | None, int]:
        word = self._tokens[at].word if at < len(self._tokens) else ""
        if not word.isdigit() or len(word) > 2 or not 1 <= int(word) <= 31:
            return None, at
        return int(word), self._skip(at + 1, ("th", "st", "nd", "rd", "er"))

    def _is_dash(self, at: int) -> bool:
        """Whether only a dash or a slash stands between two tokens."""
        if not 0 < at < len(self._tokens):
            return False
        if self._tokens[at].dashed:
            return True
        between = self._tokens[at].start - self._tokens[at - 1].end
        return between == 1 and self._tokens[at].is_number and self._tokens[at - 1].is_number

    def _calendar(self, at: int) -> list[tuple[int, tuple[tuple[str, str], ...]]]:
        """Every calendar phrase that starts here, longest first, as (length, what it can be)."""
        found = self._phrases.get(at)
        if found is None:
            entries = calendar_phrases().get(self._tokens[at].word, ()) if at < len(self._tokens) else ()
            found = [(len(phrase), kinds) for phrase, kinds in entries if self._matches(phrase, at)]
            self._phrases[at] = found
        return found

    def _beside(self, at: int) -> bool:
        """Whether a word that binds stands right before what it binds: in "from France 2015" a name is between."""
        return at < len(self._tokens) and self._tokens[at].start - self._tokens[at - 1].end <= _REACH

    def _matches(self, phrase: tuple[str, ...], at: int) -> bool:
        return at + len(phrase) <= len(self._tokens) and all(
            self._tokens[at + i].word == word for i, word in enumerate(phrase)
        )

    def _skip(self, at: int, words: tuple[str, ...]) -> int:
        return at + 1 if at < len(self._tokens) and self._tokens[at].word in words else at
