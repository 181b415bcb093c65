"""Numbers in words, as seven languages put them together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.questions.numbers import number_at
from bot.questions.tokens import tokens_of

ENGLISH = (
    "one two three four five six seven eight nine "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
GERMAN = (
    "ein zwei drei vier fünf sechs sieben acht neun "
    "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
DUTCH = (
    "een twee drie vier vijf zes zeven acht negen "
    "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien"
)
DUTCH_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
SPANISH_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
SPANISH = "uno dos tres cuatro cinco seis siete ocho nueve"


def english(number: int) -> str:
    ones, tens = ENGLISH.split(), ENGLISH_TENS.split()
    if number >= 1000:
        return f"{english(number // 1000)} thousand" + (f" {english(number % 1000)}" if number % 1000 else "")
    if number >= 100:
        return f"{ones[number // 100 - 1]} hundred" + (f" and {english(number % 100)}" if number % 100 else "")
    if number < 20:
        return ones[number - 1]
    return tens[number // 10 - 2] + (f"-{ones[number % 10 - 1]}" if number % 10 else "")


def joined(number: int, ones: list[str], tens: list[str], joiner: str, hundred: str, thousand: str) -> str:
    """A number as one word: ones before tens, as German and Dutch have it."""
    rest: Callable[[int], str] = lambda left: joined(left, ones, tens, joiner, hundred, thousand) if left else ""  # noqa: E731
    if number >= 1000:
        return rest(number // 1000) + thousand + rest(number % 1000)
    if number >= 100:
        return ones[number // 100 - 1] + hundred + rest(number % 100)
    if number < 20:
        return ones[number - 1]
    return (ones[number % 10 - 1] + joiner if number % 10 else "") + tens[number // 10 - 2]


def german(number: int) -> str:
    return joined(number, GERMAN.split(), GERMAN_TENS.split(), "und", "hundert", "tausend")


def dutch(number: int) -> str:
    return joined(number, DUTCH.split(), DUTCH_TENS.split(), "en", "honderd", "duizend")


def spanish(number: int) -> str:
    """From thirty on, but for one hundred, which has a word of its own."""
    hundreds = SPANISH_HUNDREDS.split()[number // 100 - 1] + " " if number >= 100 else ""
    ten, one = number % 100 // 10, number % 10
    return hundreds + SPANISH_TENS.split()[ten - 3] + (f" y {SPANISH.split()[one - 1]}" if one else "")


FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
FRENCH_TENS = "vingt trente quarante cinquante soixante".split()
ITALIAN = (
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove"
).split()
ITALIAN_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split()
ARABIC = "واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
ARABIC_TENS = "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين".split()
ARABIC_HUNDREDS = "مئة مئتين ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة".split()


def french(number: int) -> str:
    if number >= 1000:
        return " ".join(
            filter(None, (french(number // 1000) if number >= 2000 else "", "mille", french(number % 1000)))
        )
    if number >= 100:
        many = f"{FRENCH[number // 100 - 1]} " if number >= 200 else ""
        return f"{many}cent {french(number % 100)}".strip()
    if number < 20:
        return FRENCH[number - 1] if number else ""
    if number >= 80:
        return f"quatre-vingt-{french(number - 80)}".rstrip("-")
    ten = FRENCH_TENS[min(number // 10, 6) - 2]
    rest = number - 10 * min(number // 10, 6)
    return f"{ten} et {french(rest)}" if rest in (1, 11) else f"{ten}-{french(rest)}".rstrip("-")


def italian(number: int) -> str:
    if number >= 1000:
        return ("mille" if number < 2000 else f"{italian(number // 1000)}mila") + italian(number % 1000)
    if number >= 100:
        return (ITALIAN[number // 100 - 1] if number >= 200 else "") + "cento" + italian(number % 100)
    if number < 20:
        return ITALIAN[number - 1] if number else ""
    ten, one = ITALIAN_TENS[number // 10 - 2], number % 10
    return (ten[:-1] if one in (1, 8) else ten) + italian(one)


def arabic(number: int) -> str:
    parts = []
    if number >= 1000:
        many = number // 1000
        parts.append(
            "ألف" if many == 1 else "ألفين" if many == 2 else f"{arabic(many)} {'آلاف' if many < 11 else 'ألف'}"
        )
    if number % 1000 >= 100:
        parts.append(ARABIC_HUNDREDS[number % 1000 // 100 - 1])
    rest = number % 100
    if 0 < rest < 11:
        parts.append(ARABIC[rest - 1])
    elif rest < 20:
        parts += [f"{ARABIC[rest - 11]} عشر"] if rest else []
    else:
        parts += ([ARABIC[rest % 10 - 1]] if rest % 10 else []) + [ARABIC_TENS[rest // 10 - 2]]
    return " و".join(parts)


WAYS: list[tuple[Callable[[int], str], list[int]]] = [
    (english, [*range(1, 1000), *range(1000, 100_000, 997)]),
    (german, [*range(1, 1000), *range(1000, 100_000, 997)]),
    (dutch, [*range(1, 1000), *range(1000, 100_000, 997)]),
    (french, [*range(1, 1000), *range(1000, 1_000_000, 9973)]),
    (italian, [*range(7, 1000), *range(1000, 1_000_000, 9973)]),
    (arabic, [n for n in (*range(1, 1000), *range(1000, 1_000_000, 9973)) if n % 100 != 11 and n // 1000 % 100 != 11]),
    (spanish, [number for number in range(30, 1000) if number % 100 >= 30]),
]


@pytest.mark.parametrize(("say", "numbers"), WAYS, ids=[say.__name__ for say, _ in WAYS])
def test_a_number_in_words_is_that_number(say: Callable[[int], str], numbers: list[int]) -> None:
    wrong = {}
    for number in numbers:
        tokens = tokens_of(say(number))
        read = number_at(tokens, 0)
        if read != (number, len(tokens)):
            wrong[say(number)] = read
    assert not wrong


@pytest.mark.parametrize(
    ("text", "value"),
    [("двух тысяч", 2000), ("пятисот", 500), ("трёхсот двадцати", 320), ("bin dört yüz", 1400), ("beşyüz", 500),
     ("zesenhalfduizend", 6500), ("viereinhalbtausend", 4500), ("dreissig", 30)],
)  # fmt: skip
def test_numbers_are_read_in_cases_and_as_they_are_said(text: str, value: int) -> None:
    assert number_at(tokens_of(text), 0) == (value, len(tokens_of(text)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vingt-sept mille", 27_000),
        ("sept cents", 700),
        ("septante-cinq", 75),
        ("nonante", 90),
        ("une vingtaine", 20),
        ("veintiún mil", 21_000),
        ("mil doscientas", 1200),
        ("ventunomila", 21_000),
        ("خمسطعش", 15),
        ("الثلاثين الف", 30_000),
    ],
)
def test_other_ways_to_say_a_number(text: str, value: int) -> None:
    tokens = tokens_of(text)

    assert number_at(tokens, 0) == (value, len(tokens))


@pytest.mark.parametrize("half_more", ["полторы", "полтора", "anderthalb", "eineinhalb", "anderhalf"])
@pytest.mark.parametrize(
    ("times", "number"), [("тысячи", 1500), ("tausend", 1500), ("duizend", 1500), ("million", 1_500_000)]
)
def test_one_and_a_half_of_what_follows(half_more: str, times: str, number: int) -> None:
    assert number_at(tokens_of(f"{half_more} {times}"), 0) == (number, 2)


@pytest.mark.parametrize("word", ["un", "two", "drei", "пять", "خمسة", "dix"])
@pytest.mark.parametrize("digits", ["200", "1000", "30"])
def test_a_small_number_in_words_adds_nothing_to_digits(digits: str, word: str) -> None:
    assert number_at(tokens_of(f"{digits} {word}"), 0) == (int(digits), 1)


@pytest.mark.parametrize("opening", "'’\"«")
@pytest.mark.parametrize("tens", range(10, 30))
def test_a_quoted_number_is_no_year(opening: str, tens: int) -> None:
    assert number_at(tokens_of(f"{opening}{tens} 000 gone"), 0) == (tens * 1000, 2)


@pytest.mark.parametrize(("text", "number"), [("5OO", 500), ("1O0", 100), ("12OO", 1200)])
def test_a_letter_that_was_read_for_a_nought_is_one(text: str, number: int) -> None:
    read = number_at(tokens_of(text), 0)
    assert read is not None
    assert read[0] == number
