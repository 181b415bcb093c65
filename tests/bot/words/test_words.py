"""Code finds every word that it asks for; numbers and dates are written as the language's own data says."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from bot.answers.notes import HeadlineRule, NoteKind
from bot.questions.query import Doubt, Intent, Refusal
from bot.render.notes import _SLOTS
from bot.words.catalogue import languages, ordinal_category, plural_category
from bot.words.words import words_of
from bot.words.writing import coarsest, rounded, rounded_outward
from db.model.records import Destination, Status, Who
from db.model.values import Bound, Interval, PartialDate, Period
from tests.built_in import built_in
from tools.languages import FIRST_GROUPS

BABEL = {"en": "en_GB"}
"""English dates are written day first; all other locales are Babel's own."""


@pytest.mark.parametrize("locale", languages())
def test_every_word_that_code_asks_for_is_there(locale: str) -> None:
    words = words_of(locale)
    measures = [measure.id for measure in built_in().measures]
    keys = [f"measure.{measure}" for measure in measures] + [f"meaning.{measure}" for measure in measures]
    keys += [f"who.{who}" for who in Who] + [f"status.{status}" for status in Status]
    keys += [f"dest.{way}{to}" for way in ("", "to.", "in.", "from.") for to in Destination]
    keys += [f"rule.{rule}" for rule in HeadlineRule] + [f"intent.{intent}" for intent in Intent]
    keys += [f"ask.{doubt}" for doubt in Doubt] + [f"refusal.{refusal}" for refusal in Refusal]
    keys += [f"value.{bound}" for bound in Bound if bound is not Bound.RANGE]
    keys += [f"grade.{grade}" for grade in "ABCDEF123456"]
    assert [key for key in keys if key not in words] == []
    assert [m for m in measures if f"says.{m}" not in words and f"says.{m}_other" not in words] == []


def test_every_note_has_its_sentence() -> None:
    words = words_of("en")
    assert set(_SLOTS) == set(NoteKind)
    missing = [kind for kind in NoteKind if not any(key.startswith(f"note.{kind}") for key in words.catalogue.words)]
    assert missing == []


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("number", [0, 4, 999, 1_000, 30_000, 1_234_567, Decimal("38.65"), Decimal("12345.5")])
def test_numbers_are_grouped_as_babel_groups_them(locale: str, number: int | Decimal) -> None:
    shown = words_of(locale).number(number).strip("\u2068\u2069")
    four_digits = -10_000 < number < 10_000 and locale in FIRST_GROUPS
    assert shown == format_decimal(number, locale=locale, numbering_system="latn", group_separator=not four_digits)


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("number", [1_910, -1_910, Decimal("1910.5"), 9_999, 10_000])
def test_four_digits_are_grouped_where_cldr_says_so(locale: str, number: int | Decimal) -> None:
    shown = words_of(locale).number(number)
    is_grouped = words_of(locale).numerals.group in shown.partition(words_of(locale).numerals.decimal)[0]
    assert is_grouped == (number >= 10_000 or locale in ("en", "fr", "de", "nl", "ar"))


@pytest.mark.parametrize("locale", languages())
def test_percentages_are_signed_as_babel_signs_them(locale: str) -> None:
    shown = words_of(locale).percent(Interval(12, 12, Bound.EXACT))
    assert shown.replace("\u2068", "").replace("\u2069", "") == format_percent(0.12, locale=locale)


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_written_as_babel_writes_them(locale: str, month: int) -> None:
    words, day, babel = words_of(locale), date(2016, month, 9), BABEL.get(locale, locale)
    assert words.date(PartialDate.of(day)) == format_date(day, "long", locale=babel)
    assert words.date(PartialDate(2016, month)) == format_skeleton("yMMMM", day, locale=babel)
    if locale != "en":  # "9 Sep 2016": the day first, as in Britain, the month in three letters
        assert words.date(PartialDate.of(day), short=True) == format_skeleton("yMMMd", day, locale=locale)
    abbreviated = Locale.parse(locale).months["format"]["abbreviated"]
    assert words.calendar.short_months[month - 1] == abbreviated[month]


@pytest.mark.parametrize("locale", languages())
def test_plurals_and_ordinals_are_those_of_babel(locale: str) -> None:
    babel = Locale.parse(locale)
    whole = [*range(1_003), 1_011, 30_000, 1_000_000, 1_000_001]
    for n in (*whole, *(Decimal(n) / 10 for n in range(11, 130))):
        assert plural_category(locale, n) == babel.plural_form(n), n
    for n in whole:
        assert ordinal_category(locale, n) == babel.ordinal_form(n), n


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Interval(4, 4, Bound.EXACT), "4"),
        (Interval(2_000, 2_000, Bound.ABOUT), "about 2,000"),
        (Interval(30_000, None, Bound.MORE_THAN), "more than 30,000"),
        (Interval(150, None, Bound.AT_LEAST), "at least 150"),
        (Interval(None, 500, Bound.AT_MOST), "at most 500"),
        (Interval(None, 10, Bound.FEWER_THAN), "fewer than 10"),
        (Interval(420, 516, Bound.RANGE), "420–516"),
        (Interval(0, 0, Bound.EXACT), "none"),
        (Interval(0, 4, Bound.RANGE), "0–4"),
    ],
)
def test_a_value_is_said_as_its_source_bounds_it(value: Interval, shown: str) -> None:
    assert words_of("en").value(value) == shown


def test_none_known_is_not_none() -> None:
    words = words_of("en")
    assert words.value(Interval(0, 0, Bound.EXACT), none_known=True) == "none seen by then"
    assert words.counted(Interval(0, 0, Bound.EXACT), "women") == "no women"
    assert words.counted(Interval(1, 1, Bound.EXACT), "women") == "1 woman"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("38.6512", "38.7"), ("214.4", "214"), ("9.876", "9.88"), ("0.0473", "0.047"), ("12.0", "12"), ("0.5", "0.5")],
)
def test_a_computed_rate_has_two_decimals_at_most(number: str, shown: str) -> None:
    assert words_of("en").number(rounded(Decimal(number))) == shown


def test_rounding_a_computed_range_loses_no_possible_value() -> None:
    value = rounded_outward(Interval(Decimal("9.871"), Decimal("12.34"), Bound.RANGE))
    assert value == Interval(Decimal("9.87"), Decimal("12.4"), Bound.RANGE)
    assert rounded_outward(Interval(Decimal("0.999"), None, Bound.MORE_THAN)).low == Decimal("0.99")


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2016", "2016", "2016"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2016-01", "2016-12", "2016"),
        ("2011", "2015", "2011–2015"),
        ("2016-01", "2016-09", "January–September 2016"),
        ("2016-01-01", "2016-09-30", "January–September 2016"),
        ("2016-01", "2016-09-12", "January – 12 September 2016"),
        ("2016-09-03", "2016-09-12", "3–12 September 2016"),
        ("2012", "2016-02", "2012 – February 2016"),
        ("2015-11", "2016-02", "November 2015 – February 2016"),
        (None, "2015-12-31", "up to December 2015"),
        ("2016-01", None, "since January 2016"),
        (None, None, ""),
    ],
)
def test_a_period_is_said_once_and_no_more_exactly_than_stated(start: str | None, end: str | None, shown: str) -> None:
    period = Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)
    assert words_of("en").period(period) == shown


ENDS = [
    PartialDate(2016),
    *(PartialDate(2016, month) for month in range(1, 13)),
    *(PartialDate(2016, month, day) for month in (1, 2, 10, 12) for day in (1, 2, 16, 29)),
    PartialDate(2016, 10, 31),
    PartialDate(2016, 12, 31),
    PartialDate(2018),
    PartialDate(2018, 5),
    PartialDate(2018, 10, 16),
]
SEVERAL = [Period(start, end) for start in ENDS for end in ENDS if start.first <= end.last]


@pytest.mark.parametrize("language", languages())
def test_two_ends_of_a_time_name_a_year_and_a_month_once_and_neither_lies_within_the_other(language: str) -> None:
    words = words_of(language)
    assert len(SEVERAL) > 500
    for period in SEVERAL:
        whole = coarsest(period)
        start, end = whole.start, whole.end
        assert start is not None
        assert end is not None
        assert (start.first, end.last) == (period.start.first, period.end.last), "the same days"  # type: ignore[union-attr]
        assert start == end or start.last < end.first, f"{period}: {whole}"
        for text in (words.period(period), words.period(period, short=True)):
            named = re.findall(r"[^\W\d]{3,}", text.replace("\u2068", ""))
            if not words.rtl:
                assert text.count(str(end.year)) == 1, text
                assert len(set(named)) == len(named) or start.year != end.year, text


def test_a_short_english_date_takes_three_letters() -> None:
    words = words_of("en")
    assert words.date(PartialDate(2016, 9, 12), short=True) == "12 Sep 2016"
    assert words.period(Period(PartialDate(2016, 11, 30), PartialDate(2016, 11, 30)), short=True) == "30 Nov 2016"


def test_spanish_says_e_before_the_sound_of_i() -> None:
    words = words_of("es")
    assert words.listed(["Francia", "Italia"]) == "Francia e Italia"
    assert words.listed(["Francia", "Bélgica"]) == "Francia y Bélgica"


def test_languages_that_decline_a_day_say_it_so() -> None:
    until = Period(None, PartialDate(2016, 7, 12))
    assert words_of("fr").period(until) == "jusqu’au 12 juillet 2016"
    assert words_of("de").period(until) == "bis zum 12. Juli 2016"
    assert words_of("es").period(Period(None, PartialDate(2016, 7))) == "hasta julio de 2016"


@pytest.mark.parametrize("tag", ["fr-CA", "FR", "fr_BE"])
def test_a_regional_tag_finds_its_language(tag: str) -> None:
    assert words_of(tag).locale == "fr"


@pytest.mark.parametrize("tag", ["sv", "pt-BR", "", "xx"])
def test_a_language_without_words_is_answered_in_english(tag: str) -> None:
    assert words_of(tag).locale == "en"


def test_arabic_isolates_numbers_and_foreign_names() -> None:
    words = words_of("ar")
    assert words.value(Interval(420, 516, Bound.RANGE)) == "بين \u2068420\u2069 و\u2068516\u2069"
    assert words.embed("The Washington Post") == "\u2068The Washington Post\u2069"
    assert words.line("مرحبا").startswith("\u200f")
    assert words_of("en").embed("الحرة") == "\u2068الحرة\u2069"
    assert words_of("en").embed("Le Monde") == "Le Monde"


def test_arabic_numbers_take_the_noun_in_the_right_form() -> None:
    words = words_of("ar")
    shown = [words.counted(Interval(n, n, Bound.EXACT), "everyone").split()[-1] for n in (2, 4, 11, 100, 2_000)]
    assert shown == ["الأشخاص", "أشخاص", "شخصًا", "شخص", "شخص"]


@pytest.mark.parametrize(
    ("language", "place", "said"),
    [
        ("it", "DK", "dalla Danimarca"),
        ("it", "ZA", "dal Sudafrica"),
        ("it", "MK", "dalla Macedonia del Nord"),
        ("it", "KH", "dalla Cambogia"),
        ("it", "BE", "dal Belgio"),
        ("it", "CU", "da Cuba"),
        ("en", "R:caribbean", "from the Caribbean"),
        ("de", "R:caribbean", "aus der Karibik"),
        ("fr", "R:caribbean", "des Caraïbes"),
        ("es", "R:caribbean", "del Caribe"),
    ],
)
def test_people_come_from_a_place_with_its_article(language: str, place: str, said: str) -> None:
    assert words_of(language).from_place(place) == said
