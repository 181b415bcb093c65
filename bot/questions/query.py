"""The typed question: what a text was read as, and the ways in which reading can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from db.model.records import Destination, Who
from db.model.values import Period


class Intent(StrEnum):
    """What the member wants done with the figures."""

    LOOKUP = "lookup"
    COMPARE = "compare"
    RANK = "rank"
    TREND = "trend"
    TOTAL = "total"
    SHARE = "share"
    SOURCES = "sources"
    DISPUTES = "disputes"
    COVERAGE = "coverage"
    DEFINE = "define"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Query:
    """One question, fully typed; two equal queries on one revision have the same answer."""

    intent: Intent
    places: tuple[str, ...] = ()
    measure: str | None = None
    """A measure id; None when the question names none (answers then start from ``travelled``)."""
    who: Who = Who.EVERYONE
    destination: Destination | None = None
    period: Period = field(default_factory=Period)
    per_million: bool = False
    top: int | None = None
    bottom: int | None = None
    known_on: date | None = None
    """Answer as the dataset stood at the end of this day."""
    style: str | None = None
    """A citation style, for intent ``sources``."""
    publisher: str | None = None
    value: int | None = None
    """The number that the member asks about ("source for 2400 Russians")."""
    chart: bool = False
    peak: bool = False
    """Whether the highest value is asked for ("at the peak", "when did it peak")."""
    without: tuple[str, ...] = ()
    """What is left out: place ids and groups ("the EU without the UK" leaves out ``GB``, "no women" ``women``)."""
    measures: tuple[str, ...] = ()
    """Measures asked beside ``measure`` ("returned or were killed": ``returned``, then ``killed`` here)."""
    groups: tuple[Who, ...] = ()
    """Groups asked beside ``who`` ("men and women": ``men``, then ``women`` here)."""
    times: tuple[Period, ...] = ()
    """Times set beside each other ("2013 against 2016"), in the order named; ``period`` spans them all."""
    publishers: tuple[str, ...] = ()
    """Publishers asked beside ``publisher``."""
    values: tuple[int, ...] = ()
    """Rival numbers that the member names beside ``value``."""

    @property
    def all_measures(self) -> tuple[str, ...]:
        """Every measure that is named, in the order asked; none where that is left open."""
        return tuple(one for one in (self.measure, *self.measures) if one)

    @property
    def all_publishers(self) -> tuple[str, ...]:
        """Every publisher that is named, in the order asked."""
        return tuple(one for one in (self.publisher, *self.publishers) if one)


class Doubt(StrEnum):
    """Why a text was not read as one query."""

    PLACE = "place"
    PLACE_MISSING = "place_missing"
    REFERENT_MISSING = "referent_missing"
    UNFINISHED = "unfinished"
    MEASURE = "measure"
    PERIOD = "period"


class Refusal(StrEnum):
    """Why a text is not answered at all."""

    OFF_TOPIC = "off_topic"
    PERSON = "person"
    PREDICTION = "prediction"
    NOT_A_COUNTRY = "not_a_country"
    NOT_MEASURED = "not_measured"
    NOT_SEPARABLE = "not_separable"
    """No source counts a group that is to be left out within the same figure."""
    OTHER_CONFLICT = "other_conflict"
    OUTSIDE_PERIOD = "outside_period"
    SOCIAL = "social"
    """Thanks, a greeting, an "ok": a kind word is due, and no number."""
    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as something else, so that the answer can say so."""

    text: str
    read_as: str
    kind: str
    """``place``, ``word`` or ``subnational``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out of a doubt: a short label key and the query it leads to."""

    label: str
    """A place id, a measure id or a period; renderers name it in the asker's locale."""
    query: Query


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same text."""

    outcome: str
    """An intent, or ``ambiguous``, ``unanswerable``, ``off_topic``, ``social``."""
    query: Query


@dataclass(frozen=True, slots=True)
class Read:
    """The text was understood as this query."""

    query: Query
    corrections: tuple[Correction, ...] = ()
    assumed: tuple[str, ...] = ()
    """Parts that the text leaves open: ``place``, ``measure``, ``period``, ``intent``."""
    flagged: bool = False
    """Whether the reader is unsure enough to say "I read it as" loudly."""
    confidence: float = 1.0
    """The probability that the whole reading is right, from 0 to 1."""
    dropped: tuple[str, ...] = ()
    """Words that were heard, could have changed the number, and are not used."""
    alternatives: tuple[Alternative, ...] = ()
    """The next best readings, likeliest first, where this one is in doubt."""
    carried: tuple[str, ...] = ()
    """Parts that the text leaves to what was asked before: ``place``, ``measure``, ``who``, ``time``, ``rate``."""
    helped: bool = False
    """Whether a language model read it; such a reading is always flagged."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Two readings are close, or a part is missing: ask."""

    doubt: Doubt
    choices: tuple[Choice, ...] = ()
    text: str = ""
    """The words in doubt."""
    partial: Query | None = None
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The text asks for something that this dataset does not and will not answer."""

    refusal: Refusal
    text: str = ""
    nearest: tuple[str, ...] = ()
    """Place ids that are close to what was written."""
    places: tuple[str, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


Reading = Read | Unclear | Refused
