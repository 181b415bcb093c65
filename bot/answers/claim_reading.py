"""What each number of a text is said of: its own place, measure and time, read clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, zip_longest

from bot.answers.claim_numbers import Stated, stated_numbers
from bot.answers.claim_words import claim_words, sentences, words_in
from bot.answers.draft import DEFAULT_MEASURE
from bot.answers.offers import COUNTERPARTS
from bot.answers.regions import WORLD
from bot.answers.times import is_short
from bot.answers.trend import FLOW
from bot.places.display import display_name
from bot.places.outcomes import Found, Mention
from bot.places.resolve import Resolver
from bot.questions import roles
from bot.questions.drafting import ORIGINS
from bot.questions.lexicon import Sense
from bot.questions.query import Intent, Query, Read
from bot.questions.reader import Judged, Reader
from bot.questions.times import times_of
from bot.questions.tokens import tokens_of
from db.model.records import Destination, Who
from db.model.values import Bound, Interval, Period

THEATRE = frozenset({"SY", "IQ"})
"""Where they went; named in a claim, these are no place of origin."""
MOST_TEXT = 4_000
"""Characters that are looked at; a message of Discord has no more."""
MOST_NUMBERS = 24
ASKING = frozenset({Intent.LOOKUP, Intent.TOTAL, Intent.SOURCES, Intent.DISPUTES, Intent.COVERAGE})
"""What a plain statement may be read as."""
_STOPS = re.compile(r"[;:,()]|\s[-–—]\s|—")
_YEAR = re.compile(r"(?<![\d.,])20[0-2]\d(?![\d.,]*\d)")
_HANDLE = re.compile(r"<@[!&]?\d+>|(?<!\w)@\w+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One number of a text and what it was read as counting."""

    stated: Stated
    sentence: str
    place: str | None
    """None where the text names several, or none that is certain."""
    measure: str | None
    who: Who = Who.EVERYONE
    destination: Destination | None = None
    period: Period = field(default_factory=Period)
    to_theatre: bool = False
    """Whether Syria or Iraq is named: figures of a wider theatre are then of something else."""
    said_before: Period = field(default_factory=Period)
    """The time of an earlier sentence, where this one names none: it may be meant."""
    arrived: bool = False
    """Whether only those who arrived are spoken of."""
    peak: bool = False
    """Whether the text says that there never were more."""
    sure: bool = True
    """Whether nothing in the clause makes another reading likely."""


@dataclass(slots=True)
class _Clause:
    """A part of a sentence with one number, and what its own words say."""

    sentence: str
    start: int
    end: int
    stated: Stated
    mentions: list[Mention]
    """The places named, without those on the way."""
    hidden: list[Mention] = field(default_factory=list)
    """Places that are named and not asked about."""
    place: str | None = None
    query: Query | None = None
    said: bool = False
    """Whether its own words say what is counted."""
    theatre: bool = False
    toward: bool = False
    """Whether its place is where they went: their own only of those who came back."""
    sure: bool = True

    @property
    def is_share(self) -> bool:
        """Whether it opens with "of": its number is the whole of which the next one is a part."""
        words = words_in(self.sentence[self.start : self.stated.start])
        return len(words) in (1, 2) and claim_words().has("of", words[0].key)

    @property
    def is_whole(self) -> bool:
        """Whether its number is one of which a part was just told: "some 30 of the 135 Italians had returned"."""
        words = words_in(self.sentence[: self.stated.start])
        return not self.is_share and bool(claim_words().ending("whole", words, len(words), self.sentence))

    @property
    def origins(self) -> list[Mention]:
        """The places that people may come from."""
        return [one for one in self.mentions if not set(_places_of(one)) & THEATRE]

    @property
    def destination(self) -> Destination | None:
        """Iraq where the clause names it and not Syria: people in the one are not in the other. Else what it asks."""
        named = {key for one in self.mentions for key in _places_of(one)} & THEATRE
        return Destination.IQ if named == {"IQ"} else self.query.destination if self.query else None

    def says(self, kind: str, among: int | None = None) -> bool:
        """Whether a phrase of a kind stands in it, or among its first words."""
        text = self.sentence[self.start : self.end]
        words = words_in(text)
        return any(claim_words().at(kind, words, index, text) for index in range(len(words))[:among])

    @property
    def is_doubted(self) -> bool:
        """Whether a word denies the clause, or makes it a wish, a forecast or a difference."""
        text = f"{self.sentence[self.start : self.stated.start]}, {self.sentence[self.stated.end : self.end]}"
        words = words_in(text)
        return any(
            claim_words().at("doubt", words, index, text)
            and not _is_month(words[index].key, text[words[index].start :])
            for index in range(len(words))
        )

    def up_to(self, period: Period) -> Period:
        """The time of what had come to pass by then ("étaient partis"): nobody tells so who left in a day or month."""
        told = self.says("up_to")
        return Period(None, period.end) if told and is_short(period) else period

    def spoken(self, without: Sequence[Mention] = ()) -> str:
        """The words of the clause without its number and without some places."""
        gone = [(self.stated.start, self.stated.end), *((one.start, one.end) for one in (*self.hidden, *without))]
        kept = "".join(
            " " if any(first <= at < last for first, last in gone) else self.sentence[at]
            for at in range(self.start, self.end)
        )
        return " ".join(kept.split()).strip(" ,;.:!")


class ClaimReader:
    """Reads texts that state numbers, with the reader of questions and the finder of places."""

    def __init__(self, reader: Reader, places: Resolver) -> None:
        self._reader = reader
        self._places = places

    def read(self, text: str, *, today: date) -> tuple[Statement, ...]:
        """Every number of a text with what it is said of, in order; the first few when there are many."""
        found: list[Statement] = []
        place: str | None = None
        period = Period()
        for sentence in sentences(_HANDLE.sub(" ", text)[:MOST_TEXT]):
            clauses = self._clauses(sentence, place, today)
            statements = [
                replace(one, said_before=period if one.period.is_open else Period())
                for one in _stated(sentence, clauses)
            ]
            found += statements
            named = {one.place for one in clauses if one.place} or self._named(sentence)
            place = named.pop() if len(named) == 1 else None if named else place
            period = next((one.period for one in reversed(statements) if not one.period.is_open), period)
        return tuple(found[:MOST_NUMBERS])

    def _named(self, sentence: str) -> set[str]:
        return {key for mention in self._places.find(sentence) for key in _places_of(mention)} - THEATRE

    def _clauses(self, sentence: str, before: str | None, today: date) -> list[_Clause]:
        numbers = stated_numbers(sentence)
        if not numbers:
            return []
        mentions = self._places.find(sentence)
        starts = [0, *(_border(sentence, one, two, mentions) for one, two in pairwise(numbers)), len(sentence)]
        clauses: list[_Clause] = []
        for stated, (start, end) in zip(numbers, pairwise(starts), strict=True):
            inside = [mention for mention in mentions if start <= mention.start < end]
            clause = _Clause(
                sentence, start, end, stated, [one for one in inside if not _is_transit(one, sentence, start)]
            )
            clause.theatre = len(clause.origins) < len(clause.mentions)
            clause.hidden = [one for one in inside if one not in clause.mentions]
            self._place(clause, clauses[-1] if clauses else _before(before))
            clauses.append(clause)
        for clause, following in zip_longest(clauses, clauses[1:]):
            self._ask(clause, following, today)
        return clauses

    def _place(self, clause: _Clause, previous: _Clause) -> None:
        """The clause's own place: the one beside its number where it names several, else that of the clause before."""
        places = {key for mention in clause.origins for key in _places_of(mention)}
        if len(places) == 1:
            clause.place = places.pop()
            clause.sure = not any(
                isinstance(one.outcome, Found) and one.outcome.how == "subnational" for one in clause.origins
            )
            clause.toward = any(_is_toward(one, clause) for one in clause.origins)
        elif places:
            beside = [mention for mention in clause.origins if _follows(clause.stated, mention, clause.sentence)]
            keys = _places_of(beside[0]) if beside else ()
            clause.place = keys[0] if len(keys) == 1 else None
            clause.hidden = [*clause.hidden, *(one for one in clause.origins if _places_of(one) != (clause.place,))]
            clause.sure = False  # the number may be that of all of them, or of those who went from one to another
        elif clause.stated.countries:
            clause.place = WORLD
        else:
            clause.place, clause.sure = previous.place, previous.place is not None

    def _ask(self, clause: _Clause, following: _Clause | None, today: date) -> None:
        """Read the clause as a question: without its number, and with its place where it names none itself."""
        name = "" if clause.origins or clause.place in (None, WORLD) else f"{display_name(clause.place or '')}: "
        words = clause.spoken()
        texts = [name + words]
        if following is not None and not times_of(tokens_of(words), today):  # "900 French and 6,000 Tunisians in 2015"
            texts.append(f"{texts[0]} {following.spoken(following.mentions)}")
        if clause.stated.countries:  # "Fighters came from more than 110 countries."
            texts.append(f"how many countries of origin: {words}")
        reading = self._read(texts, today, ASKING | ({Intent.SHARE} if clause.stated.percent else set()), clause.stated)
        query = clause.query = reading.query if reading else None
        clause.said = reading is not None and "measure" not in reading.assumed
        clause.sure = clause.sure and query is not None and not clause.is_doubted and not clause.is_whole
        if clause.stated.countries or clause.origins or clause.place != WORLD:
            return
        if query is None:
            clause.place = None
        elif query.places != (WORLD,):
            clause.sure = False

    def _read(self, texts: Sequence[str], today: date, intents: Set[Intent], stated: Stated) -> Read | None:
        """What the words of a statement ask when its number is left out; None where that is not certain."""
        for words in texts:
            for asked in (words, f"how many {words}"):
                reading, judged = self._reader.considered(asked, today=today)
                if isinstance(reading, Read) and reading.query.measure == ORIGINS and not stated.countries:
                    continue  # people are counted here; the countries are those of the next number
                if isinstance(reading, Read) and (stated.countries or reading.query.intent in intents):
                    query = reading.query
                    several = query.without or query.per_million or query.groups or query.measures
                    return None if several or _loses_what_is_counted(judged) else reading
        return None


def _loses_what_is_counted(judged: Judged | None) -> bool:
    """Whether a word for what is counted was heard as asked for and counts nothing: "stopped from travelling"."""
    if judged is None:
        return False
    query = judged.drafts[0].query
    counted = {query.measure or "travelled", *query.measures}
    asked = judged.heard.having("measured", roles.ASKED)
    return any(isinstance(sense, Sense) and sense.tags & roles.MEASURES and not sense.tags & counted for sense in asked)


def _before(place: str | None) -> _Clause:
    """What stands before the first clause of a sentence: the place of earlier sentences, else the world."""
    nothing = Stated(0, Interval(0, 0, Bound.EXACT), 0, 0)
    return _Clause("", 0, 0, nothing, [], place=place or WORLD)


def _stated(sentence: str, clauses: Sequence[_Clause]) -> list[Statement]:
    """The statements of one sentence: what a clause leaves open is taken from the one that it hangs on."""
    found: list[Statement] = []
    periods = [clause.query.period if clause.query else Period() for clause in clauses]
    denies = any(claim_words().has("neither", word.key) for word in words_in(sentence))  # all that is behind it
    understood = not _unread_years(sentence, clauses, periods) and not denies
    for index, clause in enumerate(clauses):
        donor = _donor(clauses, index)
        period = periods[index]
        if period.is_open and found:
            period = found[-1].period
        if period.is_open and not clause.said and index + 1 < len(clauses):
            period = periods[index + 1]
        period = clause.up_to(period)
        said = clause.said or clause.stated.countries
        measure = clause.query.measure if clause.query else None
        if clause.stated.countries:
            measure, donor = "origin_countries", None
        sure = understood and clause.sure and not (clause.toward and measure != "returned")
        who = clause.query.who if clause.query else Who.EVERYONE
        if measure is None and donor is not None:
            given = clauses[donor].query
            measure, said = (given.measure if given else None), True
            sure = sure and (who is Who.EVERYONE or measure in COUNTERPARTS)  # "118 returned, 86 were women"
        found.append(
            Statement(
                stated=clause.stated,
                sentence=sentence,
                place=clause.place,
                measure=_in_time(measure or "travelled", period, said=said),
                who=who,
                destination=clause.destination,
                period=period,
                to_theatre=any(one.theatre for one in clauses),
                arrived=clause.says("arrived"),
                peak=clause.query is not None and clause.query.peak,
                sure=sure,
            )
        )
    return found


def _unread_years(sentence: str, clauses: Sequence[_Clause], periods: Sequence[Period]) -> bool:
    """Whether a year is named that nothing was read as counting in: the time of the numbers is not understood then."""
    counted = [(clause.stated.start, clause.stated.end) for clause in clauses]
    return any(
        not any(start <= match.start() < end for start, end in counted)
        and not any(period.overlaps(Period.year(int(match[0]))) for period in periods if not period.is_open)
        for match in _YEAR.finditer(sentence)
    )


def _donor(clauses: Sequence[_Clause], index: int) -> int | None:
    """The clause that says what a clause without a verb counts: the next in the sentence, else the last before."""
    if clauses[index].said:
        return None
    for at in range(index - 1, -1, -1):
        if clauses[at].said and not clauses[at].stated.countries:
            return at
    if clauses[index].is_share:
        return None
    for at in range(index + 1, len(clauses)):
        if clauses[at].says("among", 2) or not clauses[at].origins:
            return None  # "of whom" counts some of those of the clause before
        if clauses[at].said and not clauses[at].stated.countries:
            return at
    return None


def _in_time(measure: str, period: Period, *, said: bool) -> str:
    """People who are said to have gone in a time with a beginning are those who went in it."""
    is_swapped = measure == DEFAULT_MEASURE and said if period.start is not None else measure == FLOW
    return COUNTERPARTS[measure] if is_swapped else measure


def _border(sentence: str, one: Stated, other: Stated, mentions: Sequence[Mention]) -> int:
    """Where the clause of the second of two numbers begins: at an "and", else at a mark, else at its own words."""
    words = [word for word in words_in(sentence) if one.end <= word.start and word.end <= other.start]
    within = sentence[one.end : other.start]
    joined = [
        words[index].start
        for index in range(len(words))
        if claim_words().at("join", words, index, sentence)
        and not _joins_places(words[index].start, sentence, mentions)
    ]
    stops = [one.end + match.start() for match in _STOPS.finditer(within)]
    strong = [stop for stop in stops if sentence[stop] == ";"]
    return (strong or joined or stops or [other.start])[-1 if joined or strong else 0]


def _joins_places(at: int, sentence: str, mentions: Sequence[Mention]) -> bool:
    """Whether an "and" stands inside of a name or between two places that are named together."""
    if any(mention.start <= at < mention.end for mention in mentions):
        return True
    before = any(mention.end <= at and not sentence[mention.end : at].strip() for mention in mentions)
    rest = at + len(sentence[at:].split(None, 1)[0])
    return before and any(mention.start >= rest and not sentence[rest : mention.start].strip() for mention in mentions)


def _places_of(mention: Mention) -> tuple[str, ...]:
    outcome = mention.outcome
    return (outcome.place,) if isinstance(outcome, Found) else outcome.candidates


def _follows(stated: Stated, mention: Mention, sentence: str) -> bool:
    """Whether a place stands right behind a number ("4 Belgians left via Turkey and Jordan")."""
    return mention.start >= stated.end and len(sentence[stated.end : mention.start].split()) <= 1


def _is_transit(mention: Mention, sentence: str, start: int) -> bool:
    """Whether a place is on the way: "via Turkey", "crossed into Syria, mostly from Turkey"."""
    words = words_in(sentence[start : mention.start])
    if not words:
        return False
    table = claim_words()
    if table.has("transit", words[-1].key):
        return True
    return table.has("from", words[-1].key) and any(table.has("crossing", word.key) for word in words)


def _is_toward(mention: Mention, clause: _Clause) -> bool:
    """Whether a place is named as where they went: "to Libya", "returned to Belgium"."""
    words = words_in(clause.sentence[clause.start : mention.start])
    begins = clause.start + words[-1].start if words else 0
    inside = clause.stated.start <= begins < clause.stated.end  # "1,500 to 3,000 Tunisians"
    return bool(words) and not inside and claim_words().has("toward", words[-1].key)


def _is_month(key: str, text: str) -> bool:
    """Whether a word of doubt is the name of a month ("by May 2015")."""
    return claim_words().has("month", key) and text[:1].isupper()
