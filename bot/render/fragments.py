"""The pieces of wording that every renderer shares: a claim, its time, who says so, the reading, a grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bot.answers.answer import Answer, Claim, ClaimsBlock, Row, TrendBlock
from bot.places.catalogue import places
from bot.render.outline import Span
from bot.words.words import Words
from bot.words.writing import coarsest
from db.model.records import Counts, Figure, Kind, Official, Source, Who, Zero
from db.model.values import Interval, PartialDate, Period, Precision

MANY = 20
"""Places that are named; more are only counted."""
SEPARATOR = " · "
ORDINARY, UNJUDGED = ("C", "F"), 6
"""Grades that say nothing to a member: a fairly reliable or an unknown source, a figure that nothing compares with."""
_FINENESS = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2}


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer together with the words to tell it in."""

    answer: Answer
    words: Words
    claims: Mapping[str, Claim]
    flags: bool = False
    """Whether a country's flag stands before its name."""

    @classmethod
    def of(cls, answer: Answer, words: Words, *, flags: bool = False) -> Telling:
        """Prepare an answer for telling."""
        claims = {claim.figure.id: claim for claim in answer.claims}
        for block in answer.blocks:
            if isinstance(block, ClaimsBlock):
                claims.update((claim.figure.id, claim) for claim in block.earlier)
        return cls(answer, words, claims, flags)

    def place(self, place: str) -> str:
        """A place's name, its flag before it where flags are drawn."""
        name = self.words.place(place)
        mark = flag_of(place) if self.flags else ""
        return f"{mark} {name}" if mark else name

    def source(self, key: str) -> Source | None:
        """A source named by the answer."""
        return self.answer.sources.get(key)


@lru_cache(maxsize=512)
def flag_of(place: str) -> str:
    """A country's flag; empty for a region or the world."""
    from bot.places.display import flag

    return flag(place)


def unit_noun(measure: str, who: Who) -> str:
    """The key of what a measure counts: people of some kind, countries, or records."""
    if measure == "origin_countries":
        return "countries"
    if measure == "sample_records":
        return "records"
    return str(who)


def value_text(figure: Figure, telling: Telling) -> str:
    """A figure's value for a list: "none known", "about 2,000 a month", "4"."""
    known = figure.zero is Zero.NONE_KNOWN
    return _value_text(figure.value, known, figure.measure == "monthly_rate", telling.words)


def rate_text(row: Row, telling: Telling) -> str:
    """The rate of a place; of none at all, what its source calls that."""
    if row.value.is_zero:
        return value_text(row.claim.figure, telling)
    return telling.words.say("value.per_million", value=telling.words.value(row.value))


@lru_cache(maxsize=4096)
def _value_text(value: Interval, none_known: bool, monthly: bool, words: Words) -> str:
    text = words.value(value, none_known=none_known)
    return words.say("value.a_month", value=text) if monthly and not value.is_zero else text


def counted_period(period: Period, as_of: PartialDate | None) -> Period:
    """The time that a figure counts; a count made before its period's stated end reaches only to its as-of date."""
    start, end = period.start, period.end
    if as_of is None:
        return period
    if end is None:
        return Period(start, as_of) if start is not None and start.first <= as_of.last else period
    if _FINENESS[as_of.precision] > _FINENESS[end.precision] and end.first <= as_of.first <= end.last:
        return Period(start, as_of)
    return period


def when(figure: Figure, words: Words, *, short: bool = False, counted: bool = True) -> str:
    """The time that a figure speaks of, and when it was counted if that is later."""
    return _when(figure.period, figure.as_of, figure.measure in _CUMULATIVE, words, short, counted)


@lru_cache(maxsize=8192)
def _when(period: Period, as_of: PartialDate | None, cumulative: bool, words: Words, short: bool, counted: bool) -> str:
    period = counted_period(period, as_of)
    if period.is_open:
        if as_of is None:
            return words.say("time.unknown")
        return words.at("time.by" if cumulative else "time.as_of", as_of, short=short)
    if cumulative and period.start is None and period.end is not None:
        return words.at("time.by", coarsest(period).end or period.end, short=short)
    text = words.period(period, short=short)
    if not counted or cumulative or as_of is None or period.end is None or as_of.first <= period.end.last:
        return text
    return f"{text}{words.say('list.comma')}{words.at('time.counted', as_of, short=short)}"


def entry_text(value: str, source: str, figure: Figure, words: Words) -> str:
    """One figure of a list: its value, who says so, and the time that it speaks of."""
    return words.say("sentence.entry", value=value, source=source, when=when(figure, words, short=True, counted=False))


def is_cumulative(measure: str) -> bool:
    """Whether a measure counts everybody up to a date."""
    return measure in _CUMULATIVE


_CUMULATIVE = frozenset({"travelled", "returned", "killed", "prevented", "origin_countries", "sample_records"})


def publisher_of(source: Source | None, key: str, words: Words) -> str:
    """The name by which a source is cited in one line."""
    if source is None:
        return words.embed(key)
    return words.body_name(source.publisher or source.title or key)


def body_of(key: str, words: Words) -> str:
    """A body that counted: the state of a country by its code, anybody else by name."""
    return words.say("source.state", place=words.place(key)) if key in places() else words.body_name(key)


def citation(source: Source, words: Words, *, short: bool = False) -> str:
    """A short citation: who published it and when."""
    return _citation(source.publisher or source.title or source.id, source.published, words, short)


@lru_cache(maxsize=4096)
def _citation(name: str, published: PartialDate | None, words: Words, short: bool) -> str:
    return f"{words.body_name(name)}{words.say('list.comma')}{_published(published, words, short)}"


def _published(published: PartialDate | None, words: Words, short: bool) -> str:
    return words.date(published, short=short) if published else words.say("time.undated")


def citation_spans(claim: Claim, telling: Telling, *, short: bool = False) -> tuple[Span, ...]:
    """The short citation as a link, then the chain of those whom it relays: "HLN ← Interior Ministry"."""
    words, source = telling.words, claim.source
    cited: tuple[Span, ...] = (Span(citation(source, words, short=short), False, source.url),)
    if short:
        # In a list the figure's own date counts; when its document came out is the first thing to leave out.
        dated = f"{words.say('list.comma')}{_published(source.published, words, short)}"
        cited = (Span(publisher_of(source, source.id, words), False, source.url), Span(dated, extra=True))
    further = claim.relay_chain[1:]
    if not further:
        return cited
    names = _chain(tuple(name_of(telling.source(key), key) for key in (source.id, *further)), words)
    # Whose figure it is stands at the end; who passed it on between them is left out before that.
    return (*cited, *(Span(words.relays + name, extra=name is not names[-1]) for name in names))


def name_of(source: Source | None, key: str) -> str:
    """The name that the dataset has for who published a source."""
    return (source.publisher or source.title or key) if source else key


@lru_cache(maxsize=2048)
def _chain(publishers: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """The relayed publishers after the first, each said once in a row; a long chain keeps its ends."""
    names = [name for name, _ in groupby(words.body_name(publisher) for publisher in publishers)][1:]
    if len(names) > 3:
        names = [names[0], "…", names[-1]]
    return tuple(names)


def differences(claim: Claim, lead: Claim | None, telling: Telling) -> list[str]:
    """What sets a claim apart from the one that opens its list, which counts the same people: scope, origin, status."""
    words, figure = telling.words, claim.figure
    found = []
    if lead is not None and lead.figure.id != figure.id:
        if figure.destination is not lead.figure.destination:
            found.append(words.destination(figure.destination))
        if claim.bodies and claim.bodies == lead.bodies:
            found.append(words.say("differs.same_origin"))
    if figure.official is Official.NO:
        found.append(words.say("differs.unofficial"))
    if figure.counts.holds_attempts:
        found.append(words.say("differs.attempts"))
    if figure.counts is Counts.WITH_FAMILIES:
        found.append(words.say("differs.families"))
    if figure.status != "current":
        found.append(words.say(f"status.{figure.status}"))
    return found


def claim_spans(claim: Claim, lead: Claim | None, telling: Telling, *, cited: bool = True) -> tuple[Span, ...]:
    """One claim on one line: value, time, who says so (unless a heading does), what differs."""
    words = telling.words
    spans = [
        Span(value_text(claim.figure, telling), strong=True),
        Span(f"{SEPARATOR}{when(claim.figure, words, short=True)}"),
    ]
    if cited:
        spans += (Span(SEPARATOR), *citation_spans(claim, telling, short=True))
    differs = differences(claim, lead, telling)
    if differs:
        spans.append(Span(SEPARATOR + words.say("list.comma").join(differs)))
    return tuple(spans)


def grade_text(claim: Claim, words: Words) -> str:
    """The two grades in words, each only where it says something."""
    reliability, credibility = claim.source.reliability, claim.figure.credibility
    told = []
    if reliability not in ORDINARY:
        told.append(words.say("grade.of_source", reliability=words.say(f"grade.{reliability}")))
    if credibility != UNJUDGED:
        told.append(words.say("grade.of_figure", credibility=words.say(f"grade.{credibility}")))
    return SEPARATOR.join(told)


def status_text(claim: Claim, words: Words) -> str:
    """The moderators' word on a claim, empty while it is current."""
    for status, reason in (
        (claim.figure.status, claim.figure.status_reason),
        (claim.source.status, claim.source.status_reason),
    ):
        if status != "current":
            label = words.say(f"status.{status}")
            return words.say("status.because", status=label, reason=words.original(reason)) if reason else label
    return ""


def reports_text(reports: int, origins: int, words: Words) -> str:
    """How many documents, and how many independent origins stand behind them: "3 reports, 2 independent origins"."""
    return f"{words.count('reports', reports)}{words.say('list.comma')}{words.count('origins', origins)}"


def period_of(text: str) -> Period | None:
    """A period from its text form (``2016``, ``2016-01/2016-09``, ``../2015``); None when it is something else."""
    start, slash, end = text.partition("/")
    try:
        if not slash:
            day = PartialDate.parse(text)
            return Period(day, day)
        ends = [None if part in ("", "..") else PartialDate.parse(part) for part in (start, end)]
        return Period(ends[0], ends[1])
    except ValueError:
        return None


def time_text(text: str, telling: Telling) -> str:
    """A date or period given in its text form, in words; text of another form stands as it is."""
    period = period_of(text)
    return telling.words.embed(text) if period is None else telling.words.period(period, short=True)


def editor(by: str, words: Words) -> str:
    """Who made a change: by name, or by role where only the number of an account is known."""
    return words.say("changed.moderator") if by.isdecimal() else words.embed(by)


def opens_with_peak(block: TrendBlock, telling: Telling) -> bool:
    """Whether a course is asked for its peak: one of departures, since of all who ever went the newest is the most."""
    query, measure = telling.answer.reading.query, telling.answer.measures.get(block.measure)
    return bool(query and query.peak and measure and measure.kind in (Kind.FLOW, Kind.RATE))
