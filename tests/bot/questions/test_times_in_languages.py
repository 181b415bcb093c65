"""A stretch of the calendar is the same one in every language, in every year, in each way that people write it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.places.resolve import Resolver
from bot.questions.times import spanned, times_of
from bot.questions.tokens import tokens_of

TODAY = date(2020, 5, 20)
WAYS = {
    "{y}-01-01..{y}-06-30": (
        "first half of {y}", "H1 {y}", "1er semestre {y}", "premier semestre de {y}", "im ersten Halbjahr {y}",
        "in der ersten Hälfte {y}", "el primer semestre de {y}", "nel primo semestre del {y}",
        "in de eerste helft van {y}",
        "{y}'in ilk yarısında", "{y} yılının ilk yarısında", "в первом полугодии {y}", "за первое полугодие {y} года",
        "في النصف الأول من {y}", "النصف الاول من عام {y}",
    ),
    "{y}-10-01..{y}-12-31": (
        "Q4 {y}", "the last quarter of {y}", "4e trimestre {y}", "im vierten Quartal {y}", "cuarto trimestre de {y}",
        "quarto trimestre {y}", "vierde kwartaal {y}", "{y} son çeyreğinde", "в четвертом квартале {y}",
    ),
    "{y}-09-01..{y}-09-30": (
        "September {y}", "sept {y}", "septembre {y}", "septiembre de {y}", "settembre {y}", "сент {y}",
        "в сентябре {y} года",
        "Eylül {y}'te", "سبتمبر {y}", "09/{y}",
    ),
    "{y}-01-01..{n}-06-30": (
        "January {y} to June {n}", "von Januar {y} bis Juni {n}", "de janvier {y} à juin {n}",
        "da gennaio {y} a giugno {n}",
        "между январём {y} и июнем {n}", "с января {y} по июнь {n}", "Ocak {y}'ten Haziran {n}'e kadar",
        "tussen januari {y} en juni {n}", "entre enero de {y} y junio de {n}",
    ),
    "{y}-01-01..{n}-12-31": ("{y}-{n}", "{y}→{n}", "{y}..{n}", "per year {y}-{n}", "{y} … {n}", "zwischen {y} und {n}"),
    "..{y}-12-31": (
        "by the end of {y}", "t/m {y}", "по {y}", "al {y}", "к концу {y}", "entro il {y}", "hasta finales de {y}",
        "{y} sonuna kadar", "حتى نهاية {y}", "bis spätestens {y}", "{y} at the latest", "{y} au plus tard",
    ),
    "..{y}-06-30": ("as at 30/6/{s}", "Stichtag 30.06.{s}", "arrêté au 30 juin {y}", "entro fine giugno {y}"),
    "{n}-01-01..": ("after {y}", "despues del {y}", "dopo il {y}", "{y}'ten sonra", "بعد {y}", "nach {y}", "после {y}"),
    "{y}-12-31..{y}-12-31": ("31.12.{s}", "31/12/{y}", "12/31/{s}", "31 December {y}", "31 décembre {y}"),
}  # fmt: skip


def told(text: str) -> str:
    period = spanned(times_of(tokens_of(text), TODAY))
    return f"{period.first or ''}..{period.last or ''}"


@pytest.mark.parametrize("year", range(2012, 2019))
@pytest.mark.parametrize("said", WAYS)
def test_a_stretch_is_the_same_in_every_language(said: str, year: int) -> None:
    fields = {"y": year, "n": year + 1, "s": f"{year % 100:02}"}
    read = {way.format(**fields): told(way.format(**fields)) for way in WAYS[said]}
    assert read == dict.fromkeys(read, said.format(**fields))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("since the Sousse attack", "2015-06-26"), ("na de aanslag in Sousse", "2015-06-27"),
        ("منذ هجمات باريس", "2015-11-13"), ("после теракта в Париже", "2015-11-14"),
        ("seit den Anschlägen von Brüssel", "2016-03-22"), ("depuis les attentats de Nice", "2016-07-14"),
        ("Ekim 2015 Ankara saldırısından bugüne", "2015-10-10"),
        ("since the November 2015 Paris attacks", "2015-11-13"),
    ],
)  # fmt: skip
def test_an_attack_stands_for_its_day(text: str, day: str) -> None:
    assert told(text) == f"{day}.."


def test_a_name_takes_in_no_word_that_only_joins_it_to_the_next() -> None:
    resolver = Resolver.load()
    names = ("Jordan", "Germany", "Iran", "Mali", "Oman", "Chad", "Niger", "Cuba", "Kenya", "India", "Sudan", "Peru")
    taken = {name: [found.text for found in resolver.find(f"do {name} and the UN agree")] for name in names}
    assert taken == {name: [name] for name in names}
