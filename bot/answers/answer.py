"""The answer as data: no prose, no markup. Renderers turn it into words in the asker's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.answers.notes import HeadlineRule, Note
from bot.answers.ways import ReadingLine, Step
from bot.questions.query import Choice, Doubt, Query, Refusal
from db.model.records import Figure, Measure, Source, Who
from db.model.values import Interval, PartialDate, Period, printed_span, total


class Outcome(StrEnum):
    """How an answer ended; the four words of the JSON form."""

    ANSWERED = "answered"
    NO_DATA = "no_data"
    ASK = "ask"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Claim:
    """One stored figure as an answer shows it, with what stands behind it."""

    figure: Figure
    source: Source
    origins: tuple[str, ...]
    """Source ids of the independent origins, sorted."""
    relay_chain: tuple[str, ...]
    """From the citing document to its origin, source ids."""
    exact_period: bool = True
    """Whether the figure speaks of exactly the period that was asked."""
    bodies: tuple[str, ...] = ()
    """Those who counted, sorted: a country's code for its state, else a name; corroboration is counted in these."""


@dataclass(frozen=True, slots=True)
class ClaimsBlock:
    """The claims on one place and measure; every one that conflicts stands here, the headline first."""

    place: str
    measure: str
    who: Who
    claims: tuple[Claim, ...]
    span: Interval | None
    """From the lowest to the highest number that a claim prints, open where one is; None for a single claim."""
    origins: int
    """Independent bodies that counted, behind the claims."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(origin, ids of the figures that lead to it); a claim repeated by many is still one."""
    earlier: tuple[Claim, ...] = ()
    """When no period was asked: older claims, newest first; they are not in conflict and not in the span."""
    rule: HeadlineRule | None = None
    """Why the first claim stands first, or none does."""
    beaten: tuple[HeadlineRule, ...] = ()
    """What put each of the claims after the first behind it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place in a comparison, ranking, total or share."""

    place: str
    claim: Claim
    value: Interval
    """What is compared: the claim's value, the range of rival claims, or a rate per million."""
    rank_from: int | None = None
    rank_to: int | None = None
    """Best and worst rank that the ranges allow; equal when the rank is certain."""
    population: int | None = None
    population_year: int | None = None
    share: Interval | None = None
    """Percent of the whole, for shares of countries in a total."""
    others: tuple[Claim, ...] = ()
    """Further claims that the value spans, where sources disagree so strongly that none opens; or those of a sum."""
    reach: Interval | None = None
    """What decides ranks: from the lowest to the highest that claims of the time state, rounding included."""
    covered: tuple[int, int] | None = None
    """Of a region that was added up: how many of its countries have a figure, and how many there are."""


@dataclass(frozen=True, slots=True)
class CompareBlock:
    """Places side by side in one measure, in the order asked."""

    measure: str
    who: Who
    per_million: bool
    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    certain: bool
    """Whether the order of the values is beyond their ranges."""
    leads: bool = False
    """Whether the first one surely is, whatever the order of the others."""


@dataclass(frozen=True, slots=True)
class RankBlock:
    """Places of a region by value; ranks are ranges where values overlap."""

    region: str
    measure: str
    who: Who
    per_million: bool
    rows: tuple[Row, ...]
    """Only those shown (top or bottom n, ties included)."""
    ranked: int
    """How many places have a figure."""
    of: int
    """How many places the region has."""
    missing: tuple[str, ...]
    from_bottom: bool = False


@dataclass(frozen=True, slots=True)
class TotalBlock:
    """A sum of stored rows, each shown, with its coverage; or the published total of a region."""

    places: tuple[str, ...]
    measure: str
    who: Who
    parts: tuple[Row, ...]
    missing: tuple[str, ...]
    region: str | None = None
    """The region whose members are added up; None when the places were named one by one."""
    period: Period = field(default_factory=Period)
    """When one place's consecutive periods are added up: from the first to the last."""
    years: tuple[int, int] | None = None
    """Of such periods where they leave a gap: how many of the asked years they count, and how many were asked."""

    @property
    def value(self) -> Interval:
        """The sum."""
        return total(row.value for row in self.parts)

    @property
    def of(self) -> int:
        """How many parts there would be if all were held."""
        return len(self.parts) + len(self.missing)


@dataclass(frozen=True, slots=True)
class DifferenceBlock:
    """One source's count without some of those whom it counts, all of one time."""

    place: str
    measure: str
    whole: Claim
    parts: tuple[Claim, ...]
    value: Interval


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that were asked beside each other."""

    query: Query
    """The side's own look-up."""
    claims: tuple[Claim, ...]
    """What answers it, the opening claim first; the parts of a sum where there is no claim. Empty when none is held."""
    value: Interval | None
    """What opens: a claim's value, the range of claims that disagree, or a sum."""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class SidesBlock:
    """Times, groups, measures or publishers beside each other, in the order asked."""

    sides: tuple[Side, ...]
    differ: tuple[str, ...]
    """In what the sides differ: ``place``, ``measure``, ``who``, ``period``, ``publisher``."""
    certain: bool
    """Whether all sides count the same thing and no claim of any turns their order round."""


@dataclass(frozen=True, slots=True)
class ShareBlock:
    """One value as a percentage of another, by interval arithmetic, both shown."""

    place: str
    part: Claim | None
    whole: Claim | None
    whole_sum: TotalBlock | None
    percent: Interval
    part_sum: TotalBlock | None = None

    @property
    def values(self) -> tuple[Interval, ...]:
        """The part and the whole that were divided."""
        claims = (one.figure.value for one in (self.part, self.whole) if one)
        return (*claims, *(one.value for one in (self.part_sum, self.whole_sum) if one))


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One claim on the time axis."""

    claim: Claim
    series: str
    """Claims that may be joined by a line: same body, measure, who and way of counting."""


@dataclass(frozen=True, slots=True)
class TrendBlock:
    """Claims in time; rival sources never share a line."""

    place: str
    measure: str
    who: Who
    points: tuple[TrendPoint, ...]
    change: Interval | None = None
    """Size of the change over the longest single series, ``direction`` tells which way; None where that is open."""
    first: Claim | None = None
    last: Claim | None = None
    direction: str = "unclear"
    """``up``, ``down``, ``flat`` or ``unclear`` (the ranges overlap or the sources differ)."""
    peak: Claim | None = None
    turn: Claim | None = None
    """The highest of the longest series, where that is surely above both of its ends."""


@dataclass(frozen=True, slots=True)
class SourcesBlock:
    """The sources behind a place, figure or answer, grouped by origin."""

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """(origin, documents that lead to it)."""
    style: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeBlock:
    """All claims of one place and measure on one scale, grouped by origin."""

    place: str
    measure: str
    who: Who
    groups: tuple[tuple[str, tuple[Claim, ...]], ...]
    span: Interval
    apart: tuple[Claim, ...] = ()
    """The claims of the newest half-year in which some of one definition exclude each other; none where all agree."""
    order: ClaimsBlock | None = None
    """The same claims in the order of the headline rule."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much is held of one measure."""

    measure: str
    figures: int
    sources: int
    first: str
    last: str
    places: int


@dataclass(frozen=True, slots=True)
class CoverageBlock:
    """What is held, of a place or of everything, and what is missing."""

    place: str | None
    rows: tuple[CoverageRow, ...]
    figures: int
    sources: int
    places: tuple[str, ...]
    missing: tuple[str, ...]
    newest: PartialDate | None = None
    """When the newest of the documents was published, as exactly as known."""


@dataclass(frozen=True, slots=True)
class DefinitionBlock:
    """What a measure, or a word of the subject, means here."""

    measure: Measure | None
    term: str | None
    """A word of the subject, such as a ``who``; None for a measure or a region."""
    region: str | None = None
    members: tuple[str, ...] = ()
    """The countries that we count as the region."""


@dataclass(frozen=True, slots=True)
class OfferBlock:
    """A figure that is held near to what was asked, and how it differs."""

    claim: Claim
    differs: tuple[str, ...]
    """``period``, ``measure``, ``who``, ``destination``, ``place``."""
    query: Query


@dataclass(frozen=True, slots=True)
class AskBlock:
    """A question back, with one choice a button."""

    doubt: Doubt
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RefusalBlock:
    """A kind refusal; renderers add what can be asked."""

    refusal: Refusal
    text: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """What can be asked, with examples."""


Counted = ClaimsBlock | CompareBlock | RankBlock | TotalBlock | DifferenceBlock | SidesBlock | ShareBlock | TrendBlock
Told = SourcesBlock | DisputeBlock | CoverageBlock | DefinitionBlock | OfferBlock | AskBlock | RefusalBlock | HelpBlock
Block = Counted | Told
"""A part of an answer: numbers, or what is said of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that a renderer needs; the same for Discord, the terminal and JSON."""

    id: str
    """Short and permanent: made from the canonical query and the dataset revision."""
    outcome: Outcome
    question: str
    reading: ReadingLine
    revision: int
    headline: Claim | None = None
    headline_rule: HeadlineRule | None = None
    headline_reason: str = ""
    """A moderator's reason when the rule is ``moderator``."""
    disagreement: tuple[Claim, ...] = ()
    """The best claims of one time where they are too far apart for any to open; their range leads then."""
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    asked_period: Period = field(default_factory=Period)
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Every source named by a block or a note, by id."""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    recorded_at: datetime | None = None
    """When the dataset revision was recorded; for citing the answer."""
    otherwise: tuple[Step, ...] = ()
    """The other readings of the question that have an answer, and another one."""
    further: tuple[Step, ...] = ()
    """What may be asked next, and is held."""

    @property
    def range(self) -> Interval | None:
        """The range that leads instead of a number where sources disagree strongly."""
        return printed_span([claim.figure.value for claim in self.disagreement]) if self.disagreement else None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim shown, the headline first, each once."""
        found: dict[str, Claim] = {self.headline.figure.id: self.headline} if self.headline else {}
        for block in self.blocks:
            for claim in claims_of(block):
                found.setdefault(claim.figure.id, claim)
        return tuple(found.values())


def claims_of(block: Block) -> tuple[Claim, ...]:
    """The claims that a block shows, in its order."""
    if isinstance(block, ClaimsBlock | SourcesBlock):
        return block.claims
    if isinstance(block, CompareBlock | RankBlock | TotalBlock):
        rows = block.parts if isinstance(block, TotalBlock) else block.rows
        return tuple(claim for row in rows for claim in (row.claim, *row.others))
    if isinstance(block, DifferenceBlock):
        return (block.whole, *block.parts)
    if isinstance(block, SidesBlock):
        return tuple(claim for side in block.sides for claim in side.claims)
    if isinstance(block, ShareBlock):
        inner = tuple(claim for added in (block.part_sum, block.whole_sum) if added for claim in claims_of(added))
        return (*(claim for claim in (block.part, block.whole) if claim), *inner)
    if isinstance(block, TrendBlock):
        return tuple(point.claim for point in block.points)
    if isinstance(block, DisputeBlock):
        return tuple(claim for _, claims in block.groups for claim in claims)
    return (block.claim,) if isinstance(block, OfferBlock) else ()
