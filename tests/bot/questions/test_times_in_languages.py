"""A stretch of the calendar is the same one in every language, in every year, in each way that people write it."""

from __future__ import annotations

import csv
import random
import re
from datetime import date
from inspect import getfullargspec
from itertools import pairwise
from pathlib import Path

import pytest

from bot.places.resolve import Resolver
from bot.questions import leaning, occasions, stretches
from bot.questions.calendar_words import calendar_phrases
from bot.questions.grammar import rules
from bot.questions.times import spanned, times_of
from bot.questions.tokens import tokens_of

TODAY = date(2020, 5, 20)
ROOMS = (stretches, leaning, occasions)
QUESTIONS = Path(__file__).parents[3] / "bot" / "questions"
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
    "..{y}-06-30": (
        "as at 30/6/{s}", "Stichtag 30.06.{s}", "arrêté au 30 juin {y}", "entro fine giugno {y}", "end of June {y}",
        "à fin juin {y}", "Ende Juni {y}", "hasta fines de junio {y}", "eind juni {y}", "Haziran {y} sonuna kadar",
        "{y} haziran sonu", "{y} Haziran ayı sonunda", "к концу июня {y} года", "بنهاية حزيران {y}", "لآخر يونيو {y}",
        "mid {y}", "mi-{y}", "Mitte {y}", "a mediados de {y}", "a metà del {y}", "halverwege {y}", "{y} ortasına kadar",
        "к середине {y}", "بمنتصف عام {y}", "before the end of June {y}", "EOM 06/{s}", "position of 30-6-{y}",
    ),
    "..{y}-12-31 ": (
        "before the end of {y}", "avant la fin de l'année {y}", "vor Ende {y}", "antes de fin de {y}",
        "prima della fine del {y}", "voor het einde van {y}", "{y} sonundan önce", "до конца {y} года", "قبل نهاية {y}",
        "before {y} was over", "avant que {y} ne s'achève", "bevor {y} endete", "antes de que acabara {y}",
        "prima che finisse il {y}", "voordat {y} voorbij was", "{y} bitmeden", "до того как закончился {y}",
        "قبل أن ينتهي {y}", "Jahresende {y}", "zum Jahresende {y}", "a fines de {y}", "alla fine dell'anno {y}",
        "{y} yılının sonunda", "на конец {y} г.", "بآخر {y}", "آخر يوم من {y}", "all'ultimo giorno del {y}", "YE{y}",
        "en {y} au plus tard", "au plus tard en {y}", "spätestens {y}", "a más tardar en {y}", "al più tardi nel {y}",
        "tegen {y}", "en geç {y}", "не позже {y} года", "بحلول عام {y}", "لين {y}", "{y} cum", "до {y} включительно",
        "eo{s}", "a fines del {s}", "turn of the year {y}/{n}", "Jahreswechsel {y}/{n}",
    ),
    "{y}-10-01..{y}-11-30": (
        "October and November {y}", "en octobre et en novembre {y}", "im Oktober und im November {y}",
        "octubre y noviembre de {y}", "a ottobre e novembre {y}", "oktober t/m november {y}", "Ekim ve Kasım {y}",
        "Ekim'den Kasım {y}'e kadar", "в октябре и ноябре {y}", "с октября по ноябрь {s}", "في أكتوبر ونوفمبر {y}",
        "بين تشرين الأول وتشرين الثاني {y}", "من تشرين الأول لتشرين الثاني {y}", "10-11/{s}",
    ),
    "{y}-01-01..{y}-08-31": (
        "the first eight months of {y}", "les huit premiers mois de {y}", "in den ersten acht Monaten {y}",
        "los primeros ocho meses de {y}", "nei primi otto mesi del {y}", "in de eerste acht maanden van {y}",
        "{y}'in ilk sekiz ayında", "за первые 8 месяцев {y} года", "في أول ثمانية أشهر من {y}",
    ),
    "{y}-12-01..{n}-02-28": (
        "winter {y}/{n}", "hiver {y}-{n}", "im Winter {y} auf {n}", "winter van {y} op {n}", "зимой {y}-{n}",
        "شتاء {y}/{n}",
    ),
    "{y}-06-01..{y}-08-31": (
        "summer of {s}", "à l'été {y}", "im Sommer {s}", "verano del {s}", "nell'estate del {y}", "zomer van {s}",
        "{y} yazında", "летом {y}", "بصيف {y}", "بالصيف {y}",
    ),
    "..{y}-12-31  ": (
        "before {n}", "до {n}", "до {n} года", "{n}'ten önce", "قبل {n}", "وقبل عام {n}", "b4 {n}", "bef. {n}",
    ),
    "{y}-01-01..": (
        "since {s}", "between {y} and today", "entre {y} et aujourd'hui", "zwischen {y} und heute", "entre {y} y hoy",
        "tra il {y} e oggi", "tussen {y} en nu", "{y}'ten bugüne", "{y} ile bugün arasında", "между {y} и сегодня",
        "بين {y} واليوم", "من {y} لليوم", "since the law of 1 January {y}",
        "since they changed the rule (1 January {y})",
    ),
    "{y}-01-01..{y}-12-31": ("FY{s}", "CY{s}", "в {s}м году", "fewer in {y} than in that year"),
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
    leap = year % 4 == 3 and said.endswith("02-28")
    assert read == dict.fromkeys(read, said.format(**fields).strip().replace("02-28", "02-29" if leap else "02-28"))


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


LEANING = {
    "2019-01-01..2019-12-31": (
        "last year", "l'an passé", "im vergangenen Jahr", "el año pasado", "l'anno scorso", "vorig jaar",
        "geçtiğimiz yıl", "в прошлом году", "السنة اللي فاتت",
    ),
    "2020-01-01..2020-12-31": (
        "this year", "cette année", "heuer", "en lo que va de año", "quest'anno", "dit jaar", "bu sene", "в этом году",
        "هالسنة",
    ),
    "2020-01-01..2020-03-31": (
        "the quarter before this one", "le trimestre dernier", "im vorigen Quartal", "el trimestre pasado",
        "nel trimestre scorso", "afgelopen kwartaal", "geçen çeyrekte", "за прошлый квартал", "الربع اللي راح",
    ),
    "2020-04-01..2020-04-30": (
        "last month", "le mois dernier", "im vorigen Monat", "el mes pasado", "nel mese scorso", "vorige maand",
        "geçtiğimiz ay", "за прошлый месяц", "الشهر اللي فات",
    ),
    "2020-05-11..2020-05-17": (
        "last week", "la semaine passée", "letzte Woche", "la semana pasada", "la settimana scorsa", "vorige week",
        "geçen hafta", "на той неделе", "الأسبوع اللي فات",
    ),
    "2019-05-20..2019-05-20": (
        "a year ago today", "il y a exactement un an", "heute vor einem Jahr", "hoy hace un año",
        "esattamente un anno fa", "precies een jaar geleden", "tam bir yıl önce", "ровно год назад", "قبل سنة بالضبط",
    ),
    "2018-01-01..2018-12-31": (
        "two years ago", "il y a deux ans", "vor zwei Jahren", "hace dos años", "due anni fa", "twee jaar geleden",
        "iki yıl önce", "два года назад", "قبل سنتين",
    ),
    "..2020-05-19": (
        "up until yesterday", "jusqu'à hier", "bis gestern", "hasta ayer", "fino a ieri", "tot gisteren", "düne kadar",
        "حتى أمس",
    ),
    "2020-01-01..": (
        "since new year", "depuis le début de l'année", "seit Jahresanfang", "desde principios de año",
        "da inizio anno", "sinds het begin van het jaar", "yılbaşından beri", "с начала года", "منذ بداية السنة",
    ),
    "2010-01-01..2019-12-31": ("the 2010s", "in den 2010er Jahren", "2010'lu yıllarda", "the decade"),
    "2014-06-28..2014-12-25": (
        "between Ramadan 2014 and Christmas 2014", "entre le ramadan 2014 et Noël 2014",
        "zwischen Ramadan 2014 und Weihnachten 2014", "بين رمضان ٢٠١٤ و عيد الميلاد ٢٠١٤",
    ),
    "2014-06-30..": (
        "30 June 2014 … since then", "le 30 juin 2014 : combien depuis lors", "am 30. Juni 2014, seitdem",
        "el 30 de junio de 2014, desde entonces", "il 30 giugno 2014, da allora", "op 30 juni 2014, sindsdien",
        "30 Haziran 2014, o zamandan beri", "30 июня 2014, с того времени", "30 يونيو 2014، منذ ذلك الحين",
    ),
    "2012-03-15..2013-03-14": (
        "the second year of the war", "la deuxième année de la guerre", "im zweiten Jahr des Krieges",
        "im zweiten Kriegsjahr", "el segundo año de la guerra", "il secondo anno di guerra",
        "het tweede jaar van de oorlog", "savaşın ikinci yılında", "во второй год войны", "السنة الثانية من الحرب",
    ),
    "2011-03-15..2013-03-14": (
        "the first two years of the war", "the war's first two years", "les deux premières années de la guerre",
        "die ersten zwei Jahre des Krieges", "los dos primeros años de la guerra", "i primi due anni di guerra",
        "de eerste twee jaar van de oorlog", "savaşın ilk iki yılında", "первые два года войны", "أول سنتين من الحرب",
    ),
    "..2014-06-30": (
        "30 June 2014 … by then", "au 30 juin 2014 : combien à cette date", "am 30. Juni 2014, bis dahin",
        "el 30 de junio de 2014, para entonces", "il 30 giugno 2014, per allora", "op 30 juni 2014, tegen die tijd",
        "30 Haziran 2014, o güne kadar", "30 июня 2014, к тому времени", "30 يونيو 2014، بحلول ذلك الوقت",
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", LEANING)
def test_a_time_that_leans_is_the_same_in_every_language(said: str) -> None:
    first, last = said.split("..")
    read = {way: told(way) for way in LEANING[said]}
    if "2014-06-30" in (first, last):  # the day itself is named beside
        leaning = {way: times_of(tokens_of(way), TODAY)[-1] for way in LEANING[said]}
        read = {way: f"{time.start or ''}..{time.stop or ''}" for way, time in leaning.items()}
    assert read == dict.fromkeys(read, f"{first}..{last}")


EVENTS = list(csv.DictReader((QUESTIONS / "events.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: row["event"])
def test_the_day_behind_an_event_only_tells_when_it_was(row: dict[str, str]) -> None:
    name = re.sub(r"{([^/}]*)/[^}]*}", r"\1", row["words"].split("|")[0])
    day = date.fromisoformat(row["day"])
    for way in (f"({day})", f"in {day:%B %Y}", f"of {day.day} {day:%B %Y}"):
        assert told(f"since the {name} {way}") == f"{day}.."


def test_a_code_in_capitals_binds_no_time() -> None:
    for code in ("AL", "AM", "IN", "IL", "TO", "BY"):
        assert told(f"{code} 2014 left") == "2014-01-01..2014-12-31", code
    assert told("HOW MANY LEFT BY 2014") == "..2014-12-31"


def test_a_stretch_never_ends_in_the_future_for_want_of_a_year() -> None:
    ends = {
        "in 2016, from January to August": "2016-08-31", "2015: how many in the second half": "2015-12-31",
        "since May 2014, and in June": "2014-06-30", "in 2013, how many by the end of that year": "2013-12-31",
        "H1 2015 against H2": "2015-12-31", "more in 2015 than the year before": "2014-12-31",
        "en 2013 : combien en juin": "2013-06-30", "2013: im Juni": "2013-06-30",
        "2013 yılı, haziran ayında": "2013-06-30",
    }  # fmt: skip
    assert {text: str(times_of(tokens_of(text), TODAY)[-1].stop) for text in ends} == ends


@pytest.mark.parametrize("place", ["the caliphate", "Raqqa", "Rakka"])
def test_where_people_went_is_no_day(place: str) -> None:
    for way in ("women in {}", "left for {}", "came back from {}", "to {}"):
        assert times_of(tokens_of(way.format(place)), TODAY) == []
    assert told(f"since {place}") != ".."


def test_each_rule_hands_on_what_its_meaning_takes() -> None:
    for name, ways in rules("times.tsv").items():
        for rule in ways:
            kept = sum(part.kept for part in rule.parts)
            meaning = next(getattr(room, rule.meaning) for room in ROOMS if hasattr(room, rule.meaning))
            takes = getfullargspec(meaning)
            assert takes.varargs or len(takes.args) == kept, (name, rule.meaning)


def test_no_rule_is_made_of_itself() -> None:
    table = rules("times.tsv")
    made_of = {
        name: {kind for rule in ways for part in rule.parts for kind, _ in part.kinds} & set(table)
        for name, ways in table.items()
    }
    for name in table:
        inside: set[str] = set()
        new = {name}
        while new := {inner for one in new for inner in made_of[one]} - inside:
            inside |= new
        assert name not in inside, name


def test_no_row_of_words_of_the_calendar_is_too_much() -> None:
    dice = random.Random(20)
    phrases = [" ".join(phrase) for phrase in calendar_phrases().phrases]
    numbers = ["2014", "15", "31", "0", "250", "2014-06", "2049", "1990", "ten"]
    for _ in range(3000):
        said = [dice.choice(phrases if dice.random() < 0.6 else numbers) for _ in range(dice.randint(2, 8))]
        text = "".join(word + dice.choice([" ", " ", ", ", "-", "/", " ("]) for word in said)
        times = times_of(tokens_of(text), date(2016, 2, 29))
        assert all(before.last <= after.first for before, after in pairwise(times)), text
