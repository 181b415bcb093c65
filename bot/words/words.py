"""The words of one locale: numbers, dates, places, measures and sentences, ready to be laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from bot.words.catalogue import Catalogue, catalogue_of, language_of_tag, ordinal_category, plural_category
from bot.words.names import LONGEST_NAME, short_name
from bot.words.writing import coarsest, grouped, rounded_outward, spell, spell_range
from db.model.records import Destination, Who
from db.model.values import Bound, Interval, Number, PartialDate, Period

_FSI, _PDI, _RLM = "\u2068", "\u2069", "\u200f"
_SPANISH_E = re.compile(r"h?i(?![ae])", re.IGNORECASE)
"""Spanish says "e" for "y" before the sound of i: "Francia e Italia", yet "y Hielo"."""
_VIA = re.compile(r"(.+) \((?:[^(]+, )?via (.+)\)")
_LATIN = re.compile("[A-Za-zÀ-ž](?:[A-Za-zÀ-ž0-9/ .-]*[A-Za-zÀ-ž0-9])?")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Words:
    """One locale's words. Every method returns text without markup; callers escape what they embed."""

    __slots__ = ("_keys", "calendar", "catalogue", "locale", "numerals", "rtl")

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.locale = catalogue.locale
        self.rtl = catalogue.rtl
        self.numerals = catalogue.numerals
        self.calendar = catalogue.calendar
        self._keys = catalogue.words

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def say(self, key: str, **values: str) -> str:
        """The sentence of a key; KeyError when the key or one of its values is missing."""
        sentence = self._keys[key]
        return sentence.format_map(values) if values else sentence

    def count(self, key: str, number: Number, **values: str) -> str:
        """The sentence of a key in the plural form of a number, which it takes as ``{n}``."""
        keys = self._keys
        form = keys.get(f"{key}_{plural_category(self.locale, number)}") or keys.get(f"{key}_other") or keys[key]
        return form.format_map({"n": self.number(number), **values})

    def number(self, number: Number) -> str:
        """A number, grouped as the locale writes it, in the digits 0–9."""
        return self.embed(grouped(number, self.numerals))

    def value(self, value: Interval, *, none_known: bool = False) -> str:
        """An interval as its source bounds it: "more than 30,000", "420–516", "none"; never a midpoint."""
        if value.is_zero:
            return self._keys["value.none_known" if none_known else "value.none"]
        return self._bounded(rounded_outward(value))

    def percent(self, value: Interval) -> str:
        """An interval of percentages; a percentage is "less than", never "fewer than"."""
        shown = rounded_outward(value)
        if shown.bound is Bound.FEWER_THAN and shown.high is not None:
            return self.numerals.percent.format(n=self.say("value.less_than", n=self.number(shown.high)))
        return self.numerals.percent.format(n=self._bounded(shown))

    @property
    def relays(self) -> str:
        """The arrow from a document back to those whom it relays; it points at the document in either direction."""
        return " → " if self.rtl else " ← "

    def _bounded(self, value: Interval) -> str:
        low, high = value.low, value.high
        keys = self._keys
        if value.bound is Bound.RANGE and low is not None and high is not None:
            return keys["value.range"].format(low=self.number(low), high=self.number(high))
        number = high if low is None else low
        assert number is not None  # an Interval states at least one end
        return keys[f"value.{value.bound}"].format(n=self.number(number))

    def counted(self, value: Interval, noun: str, *, none_known: bool = False) -> str:
        """An interval with what it counts: "more than 30,000 people", "no women"."""
        if value.is_zero:
            if none_known:
                return self._keys["value.none_known"]
            return self._keys.get(f"value.none.{noun}") or self._keys["value.none"]
        shown, keys = rounded_outward(value), self._keys
        pattern = keys.get(f"noun.{noun}_{self._category(shown)}") or keys[f"noun.{noun}_other"]
        return pattern.format(n=self._bounded(shown))

    def form(self, key: str, value: Interval, **values: str) -> str:
        """The sentence of a key in the form that a counted value asks for; languages may deny a zero otherwise."""
        keys = self._keys
        form = "zero" if value.is_zero else self._category(rounded_outward(value))
        return (keys.get(f"{key}_{form}") or keys.get(f"{key}_other") or keys[key]).format_map(values)

    def _category(self, shown: Interval) -> str:
        """The plural category of a value: that of its upper end, where it has one."""
        number = shown.low if shown.high is None else shown.high
        assert number is not None  # an Interval states at least one end
        return plural_category(self.locale, number)

    def date(self, day: PartialDate, *, short: bool = False) -> str:
        """A date at the precision at which it was stated."""
        return spell(day, self.calendar, short=short)

    def period(self, period: Period, *, short: bool = False) -> str:
        """A period, said with the coarsest dates that mean the same days; empty when it is open at both ends."""
        period = coarsest(period)
        if period.start and period.end:
            if self.rtl and period.start != period.end:  # a dash between numbers could be read either way
                start, end = (self.date(day, short=short) for day in (period.start, period.end))
                return self.say("time.range", start=start, end=end)
            return spell_range(period.start, period.end, self.calendar, short=short)
        if period.end:
            return self.at("time.up_to", period.end, short=short)
        if period.start:
            return self.at("time.since", period.start, short=short)
        return ""

    def within(self, period: Period) -> str:
        """A period as part of a sentence: "in 2016", "between January and September 2016", "since 2014"."""
        period = coarsest(period)
        start, end = period.start, period.end
        if start and end:
            if start == end:
                return self.at("time.in", start)
            once = start.year == end.year and start.month is not None and end.month is not None
            return self.say("time.between", start=self._point(start, year=not once), end=self._point(end))
        if end:
            return self.at("time.up_to", end)
        return self.at("time.since", start) if start else ""

    def _point(self, day: PartialDate, *, year: bool = True) -> str:
        """One end of a stretch of time; its year is left out where the other end says it."""
        text = self.date(day)
        if not year and day.month is not None:
            month = self.calendar.months[day.month - 1]
            text = month if day.day is None else self.calendar.day_of_month.format(d=day.day, month=month)
        key = "time.point_day" if day.day is not None else "time.point"
        return self.say(key if key in self._keys else "time.point", date=text)

    def at(self, key: str, day: PartialDate, *, short: bool = False) -> str:
        """A phrase with its date; some languages say it otherwise of a month or a day ("jusqu'au 12 juillet")."""
        dated = f"{key}_{day.precision}"
        return self.say(dated if dated in self._keys else key, date=self.date(day, short=short))

    def place(self, place: str) -> str:
        """A place's name in this locale."""
        return self.embed(_place_name(place, self.locale))

    def from_place(self, place: str) -> str:
        """Where people come from, as part of a sentence: "from Belgium", "from the United Kingdom"."""
        origins = self.catalogue.origins
        return (origins.get(place) or origins[""]).format(place=self.place(place))

    def body(self, publisher: str, *, listed: bool = False) -> str:
        """Who said something, as part of a sentence: "the Belgian Interior Ministry"; shorter among others.

        A name that this language does not hold stands as in the original, and is marked so in a sentence.
        """
        held, relay = self._held_body(publisher)
        if held:
            label = held.rpartition("|")[2]
            short = short_name(label, LONGEST_NAME) if listed else label
            name = held.partition("||")[0].replace("|", "") if short == label else short
            return self._relayed(self._isolated(name), relay)
        if listed:
            return self.embed(short_name(publisher))
        return self.original(short_name(publisher, LONGEST_NAME))

    def original(self, text: str) -> str:
        """A text of the dataset as it stands there, in English or a tongue of its own, and marked so."""
        return self.say("sentence.original", name=self.embed(text)) if text else ""

    def names(self, publisher: str) -> bool:
        """Whether this language has a name of its own for a body."""
        return bool(self._held_body(publisher)[0])

    def body_name(self, publisher: str, *, whole: bool = False) -> str:
        """A publisher as a label, in this language where it is held; cut where it is very long, unless ``whole``."""
        held, relay = self._held_body(publisher)
        if held:
            return self._relayed(self._isolated(short_name(held.rpartition("|")[2], LONGEST_NAME)), relay)
        short = short_name(publisher)
        return self.embed(publisher if whole and short.endswith("…") else short)

    def _held_body(self, publisher: str) -> tuple[str, str]:
        """The name of a body in this language, and through whom it is quoted: "Supo (via Iltalehti)"."""
        held = self.catalogue.bodies.get(publisher)
        quoted = None if held else _VIA.fullmatch(publisher)
        if quoted is None:
            return held or "", ""
        return self.catalogue.bodies.get(quoted[1], ""), quoted[2]

    def _relayed(self, name: str, relay: str) -> str:
        if not relay:
            return name
        via = self.say("sentence.via", publisher=self.embed(relay))
        return f"{name[:-1]}{self.say('list.comma')}{via})" if name.endswith(")") else f"{name} ({via})"

    def _isolated(self, name: str) -> str:
        """A name of this language, its Latin letters (an acronym) isolated where the language is written otherwise."""
        return _LATIN.sub(lambda found: self.embed(found[0]), name) if self.rtl else name

    def measure(self, measure: str) -> str:
        """A measure's short name; an unknown id stays as it is."""
        return self._keys.get(f"measure.{measure}") or measure.replace("_", " ")

    def who(self, who: Who) -> str:
        """Who is counted."""
        return self._keys[f"who.{who}"]

    def destination(self, destination: Destination) -> str:
        """Where they went, as a label."""
        return self._keys[f"dest.{destination}"]

    def rank(self, first: int, last: int) -> str:
        """A rank, or the range of ranks that overlapping values allow: "2nd to 4th"."""
        if first == last:
            return self.say("rank.single", from_=self._ordinal(first))
        return self.say("rank.range", from_=self._ordinal(first), to=self._ordinal(last))

    def _ordinal(self, number: int) -> str:
        keys = self._keys
        form = keys.get(f"rank_ordinal_{ordinal_category(self.locale, number)}") or keys["rank_ordinal_other"]
        return form.format(n=self.number(number))

    def listed(self, parts: Iterable[str]) -> str:
        """A list in words: "Belgium, France and Germany"."""
        items = list(parts)
        if len(items) < 2:
            return "".join(items)
        before = self._keys["list.comma"].join(items[:-1])
        if "list.pair_e" in self._keys and _SPANISH_E.match(items[-1]):
            return self.say("list.pair_e", a=before, b=items[-1])
        return self.say("list.pair" if len(items) == 2 else "list.more", a=before, b=items[-1])

    def several(self, parts: Iterable[str], most: int = 8, joint: str = "list.comma") -> str:
        """A list cut after some items: "Oman, Qatar and 12 more"; items with a comma inside take another joint."""
        items = list(parts)
        if len(items) > most + 1:
            return f"{self._keys[joint].join(items[:most])} {self.count('more', len(items) - most)}"
        return self.listed(items) if joint == "list.comma" else self._keys[joint].join(items)

    def embed(self, text: str) -> str:
        """Foreign text inside of this locale's: isolated where its direction could reorder what stands beside it."""
        if self.rtl:
            return f"{_FSI}{text}{_PDI}" if text and not text.startswith(_FSI) else text
        if text.isascii() or _RTL_LETTER.search(text) is None:
            return text
        return f"{_FSI}{text}{_PDI}"

    def line(self, text: str) -> str:
        """A whole line, its direction fixed at both ends where the locale is written from right to left."""
        return f"{_RLM}{text}{_RLM}" if self.rtl and text else text


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def plain(text: str) -> str:
    """The text without the marks that isolate what is written in the other direction: to be typed."""
    return text.replace(_FSI, "").replace(_PDI, "")


@lru_cache(maxsize=2048)
def _place_name(place: str, locale: str) -> str:
    from bot.places.display import display_name

    return display_name(place, locale)


def words_of(locale: str) -> Words:
    """The words of a locale tag (``fr``, ``fr-CA``, ``en_GB``), English where there is no catalogue."""
    return _words(language_of_tag(locale))


@cache
def _words(language: str) -> Words:
    return Words(catalogue_of(language))
