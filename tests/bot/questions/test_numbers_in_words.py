"""Numbers in words, as German, English, Dutch, Italian and Spanish put them together."""

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


WAYS: list[tuple[Callable[[int], str], list[int]]] = [
    (english, [*range(1, 1000), *range(1000, 100_000, 997)]),
    (german, [*range(1, 1000), *range(1000, 100_000, 997)]),
    (dutch, [*range(1, 1000), *range(1000, 100_000, 997)]),
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
