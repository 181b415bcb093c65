"""Frozen, fully loaded records: what every reader of the dataset gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated

from db.model import columns
from db.model.columns import is_figure_id
from db.model.values import Interval, PartialDate, Period
from db.model.vocabulary import Counts as Counts
from db.model.vocabulary import Destination as Destination
from db.model.vocabulary import Kind as Kind
from db.model.vocabulary import Official as Official
from db.model.vocabulary import Status as Status
from db.model.vocabulary import Who as Who
from db.model.vocabulary import Zero as Zero

SOURCE_KINDS = ("government", "un", "think_tank", "academic", "news", "dataset")
PLACE_KINDS = ("country", "region", "world")
RELIABILITIES = tuple("ABCDEF")

FIGURE_ID = r"[a-z0-9][a-z0-9_.-]{0,119}"
SOURCE_ID = r"[a-z0-9][a-z0-9_]{0,79}"
PLACE_ID = r"[A-Z]{2}|R:[a-z0-9_]{1,60}"
PLACE_FORM = "an ISO 3166-1 alpha-2 code or R:region"
MEASURE_ID = "[a-z_]+"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in which unit, and how it may be used."""

    id: Annotated[str, columns.key(MEASURE_ID, "lower-case letters and underscores", "The measure's key.", unique=True)]
    kind: Annotated[Kind, columns.word(Kind, "The kind of count.")]
    label: Annotated[str, columns.text("Its name for readers.", required=True, short=True)]
    unit: Annotated[str, columns.text("What one unit is.", required=True, short=True)]
    definition: Annotated[str, columns.text("What exactly is counted.", required=True)]
    summable: Annotated[bool, columns.flag("Whether figures of different countries may be added up.")]
    part_of: Annotated[
        str,
        columns.text(
            "The measure among whose people these are; nobody is in two of its parts at once. Empty: none.",
            pattern=MEASURE_ID,
            form="a measure",
            new=True,
        ),
    ] = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a region or the world."""

    id: Annotated[
        str,
        columns.key(PLACE_ID, PLACE_FORM, "ISO 3166-1 alpha-2, XK for Kosovo, or R: and a region's name.", unique=True),
    ]
    kind: Annotated[str, columns.one_of(PLACE_KINDS, "country, region or world.")]
    name: Annotated[str, columns.text("The name in English.", required=True, short=True)]
    iso3: Annotated[
        str | None, columns.code("[A-Z]{3}", "three capital letters", "ISO 3166-1 alpha-3 of a country.")
    ] = None
    note: Annotated[str, columns.text("What a reader must know of it.")] = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A country's stated membership of a region, dated where it changed."""

    region: Annotated[str, columns.key(PLACE_ID, "R:region", "The region.", link="place.id")]
    place: Annotated[str, columns.key(PLACE_ID, "an ISO 3166-1 alpha-2 code", "The member country.", link="place.id")]
    member_from: Annotated[PartialDate | None, columns.day("First date of membership, empty when always.")] = None
    member_until: Annotated[PartialDate | None, columns.day("Last date of membership, empty when still.")] = None
    note: Annotated[str, columns.text("Why, where it is not evident.")] = ""

    def holds_on(self, day: date) -> bool:
        """Whether the country was a member on that day."""
        return Period(self.member_from, self.member_until).covers(day)


@dataclass(frozen=True, slots=True)
class Source:
    """A document, and the other sources that it relays."""

    id: Annotated[
        str,
        columns.key(
            SOURCE_ID, "lower-case letters, digits and underscores", "The source's key.", unique=True, link="source.id"
        ),
    ]
    title: Annotated[str, columns.text("Its title, or a description in parentheses.", required=True)]
    publisher: Annotated[str, columns.text("Who published it.", shared=True)]
    authors: Annotated[
        tuple[str, ...],
        columns.listed("Authors or speakers, separated by semicolons: Given Family, or Family, Given; {a body}."),
    ]
    published: Annotated[PartialDate | None, columns.day("Date of publication, as exactly as known.")]
    accessed: Annotated[PartialDate | None, columns.day("Date on which it was read, where recorded.")]
    kind: Annotated[str, columns.one_of(SOURCE_KINDS, "The kind of publisher.")]
    url: Annotated[
        str, columns.address("Address of the page that was read; empty when the document itself was not seen.")
    ]
    archive_url: Annotated[str, columns.address("Address of a copy that does not change.")]
    language: Annotated[
        str,
        columns.text(
            "Language of that page (BCP 47), empty where not recorded.",
            pattern="[a-z]{2,3}(-[A-Za-z0-9]+)*",
            form="a language code such as en or pt-BR",
            shared=True,
        ),
    ]
    reliability: Annotated[
        str,
        columns.one_of(RELIABILITIES, "Admiralty grade of the source, A (reliable) to E, F when it cannot be judged."),
    ]
    relays: Annotated[
        tuple[str, ...],
        columns.listed("Keys of the sources that this one passes on, separated by semicolons.", pattern="[a-z0-9_]+"),
    ]
    authority: Annotated[
        str,
        columns.text(
            "The body that counted: a country's code for its state, else the body's name; empty: the document itself.",
            new=True,
            shared=True,
        ),
    ] = ""
    doi: Annotated[
        str, columns.text("Its DOI, as 10.…/….", pattern=r"10\.\d{4,9}/\S+", form="a DOI such as 10.1000/182", new=True)
    ] = ""
    status: Annotated[Status, columns.word(Status, "What the moderators say of it.")] = Status.CURRENT
    status_reason: Annotated[str, columns.text("Why it is disputed or withdrawn.")] = ""
    note: Annotated[str, columns.text("What members should know of it.")] = ""
    desk_note: Annotated[str, columns.text("What curators should know of it; not shown to members.", new=True)] = ""
    accepted: Annotated[
        str, columns.text("Checks that were looked at and hold, each as kind: why, separated by semicolons.", new=True)
    ] = ""
    version: int = 1
    revision: int = 0
    """The revision that recorded this version."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim by one source."""

    id: Annotated[
        str,
        columns.key(
            FIGURE_ID, "lower-case letters, digits, dots, hyphens and underscores", "The figure's key.", unique=True
        ),
    ]
    place: Annotated[str, columns.key(PLACE_ID, PLACE_FORM, "The place of origin.", link="place.id")]
    measure: Annotated[str, columns.key(MEASURE_ID, "the key of a measure", "What is counted.", link="measure.id")]
    who: Annotated[Who, columns.word(Who, "Who is counted.")]
    destination: Annotated[Destination, columns.word(Destination, "Where they went: SY, IQ, both, or wider.")]
    value: Annotated[
        Interval,
        columns.interval(
            "The least that the source's wording allows; empty when it states no lower end.",
            "The most that the source's wording allows; empty when it states no upper end.",
            "How the source states the value.",
        ),
    ]
    as_of: Annotated[
        PartialDate | None,
        columns.day("The date that a stock or cumulative count speaks of; not the date of publication."),
    ]
    period: Annotated[
        Period,
        columns.stretch(
            "The first day, month or year of the period counted.", "The last day, month or year of the period counted."
        ),
    ]
    source: Annotated[str, columns.key(SOURCE_ID, "the key of a source", "The source that says so.", link="source.id")]
    relays: Annotated[
        str | None,
        columns.upstream(SOURCE_ID, FIGURE_ID, "The source, or the figure, that it relies on for this figure."),
    ]
    basis: Annotated[str, columns.text("How the source says it was counted, in its words.", shared=True)]
    locator: Annotated[str, columns.text("Page, table or passage.", shared=True)]
    seen: Annotated[
        str,
        columns.one_of(
            ("primary", "secondary"),
            "primary: the publisher's own text was read; secondary: another page quotes it.",
        ),
    ]
    evidence: Annotated[
        tuple[str, ...], columns.addresses("Addresses of the pages that were read, separated by a bar.")
    ]
    credibility: Annotated[
        int,
        columns.whole(
            1,
            6,
            "Admiralty grade of the information, 1 (confirmed) to 5 (improbable), 6 when it cannot be judged.",
            advice="grade it 1 to 6; 6 when it cannot be judged",
        ),
    ]
    status: Annotated[Status, columns.word(Status, "What the moderators say of it.")] = Status.CURRENT
    status_reason: Annotated[str, columns.text("Why it is disputed or withdrawn.")] = ""
    zero: Annotated[Zero, columns.word(Zero, "What a zero says: none, or none known.", empty=Zero.NOT_ZERO)] = (
        Zero.NOT_ZERO
    )
    counts: Annotated[
        Counts, columns.word(Counts, "What is counted beyond the measure's own words.", empty=Counts.AS_MEASURED)
    ] = Counts.AS_MEASURED
    official: Annotated[Official, columns.word(Official, "Whether a state says so.", empty=Official.UNSTATED)] = (
        Official.UNSTATED
    )
    grade_reason: Annotated[
        str, columns.text("Why a moderator's credibility is not the one that the rule gives.", new=True)
    ] = ""
    note: Annotated[str, columns.text("What members should know of it.")] = ""
    desk_note: Annotated[str, columns.text("What curators should know of it; not shown to members.", new=True)] = ""
    accepted: Annotated[
        str, columns.text("Checks that were looked at and hold, each as kind: why, separated by semicolons.", new=True)
    ] = ""
    version: int = 1
    revision: int = 0
    """The revision that recorded this version."""

    @property
    def documents(self) -> tuple[str, ...]:
        """The sources that it names: the one that states it, and the one that it relays."""
        if self.relays is None or is_figure_id(self.relays):
            return (self.source,)
        return self.source, self.relays

    @property
    def speaks_of(self) -> Period:
        """The time that the value describes: its period, else the time up to (or at) its as-of date."""
        if not self.period.is_open:
            return self.period
        return Period(None, self.as_of)


@dataclass(frozen=True, slots=True)
class Population:
    """Inhabitants of a country in a year, with the series it comes from."""

    place: Annotated[str, columns.key(PLACE_ID, "an ISO 3166-1 alpha-2 code", "The country.", link="place.id")]
    year: Annotated[int, columns.whole(1900, 2100, "The year.")]
    inhabitants: Annotated[int, columns.whole(1, 10_000_000_000, "Inhabitants.", cell="population", kind="number")]
    source: Annotated[str, columns.key(SOURCE_ID, "the key of a source", "The series.", link="source.id")] = (
        "worldbank_sp_pop_totl"
    )


@dataclass(frozen=True, slots=True)
class Headline:
    """A moderator's choice of the figure that opens the answer, with the reason."""

    place: str
    measure: str
    who: Who
    figure: str
    reason: str
    revision: int


LOADER = "data package"
"""Who enters what came with the program."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of the dataset: who, when and why; append-only."""

    id: int
    at: datetime
    by: str
    because: str
    summary: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """The part of the dataset that a question needs, at one revision: what answers read."""

    revision: int
    recorded_at: datetime
    known_on: date | None
    figures: Mapping[str, tuple[Figure, ...]]
    """Current and disputed figures by place id, in a stable order; withdrawn ones are left out."""
    sources: Mapping[str, Source]
    """Every source that the figures cite or relay, directly or not."""
    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    memberships: tuple[Membership, ...] = ()
    populations: Mapping[tuple[str, int], Population] = field(default_factory=dict)
    headlines: tuple[Headline, ...] = ()
    relayed: Mapping[str, Figure] = field(default_factory=dict)
    """Figures that others relay, by id, where the figures themselves are not among the holdings."""

    def of(self, place: str, measure: str | None = None, who: Who | None = None) -> tuple[Figure, ...]:
        """The figures of one place, narrowed to a measure and to who is counted."""
        return tuple(
            figure
            for figure in self.figures.get(place, ())
            if (measure is None or figure.measure == measure) and (who is None or figure.who is who)
        )

    def members(self, region: str, on: date | None = None) -> tuple[str, ...]:
        """The countries of a region, on a day when one is given, in alphabetical order of id."""
        return tuple(
            sorted(
                {
                    membership.place
                    for membership in self.memberships
                    if membership.region == region and (on is None or membership.holds_on(on))
                }
            )
        )

    def origins(self, figure: Figure) -> frozenset[str]:
        """The roots of the relay graph behind one figure: the sources that relay nobody further.

        A figure's own relay link wins over its document's, which may be about other figures.
        """
        claim = self._last_claim(figure)[-1]
        return self.roots((claim.relays or claim.source,))

    def authorities(self, figure: Figure) -> frozenset[str]:
        """The bodies that counted, behind one figure: corroboration is counted in these, never in documents.

        A compiler that prints a state's own number prints that state's count.
        """
        claim = self._last_claim(figure)[-1]
        if claim.official is Official.YES and self._is_country(claim.place):
            return frozenset((claim.place,))
        return frozenset(self.authority(key) for key in self.roots((claim.relays or claim.source,)))

    def authority(self, source: str) -> str:
        """The body that counted for a document; the document itself where none is named."""
        held = self.sources.get(source)
        return (held.authority if held else "") or source

    def _is_country(self, place: str) -> bool:
        held = self.places.get(place)
        return held is not None and held.kind == "country"

    def roots(self, start: tuple[str, ...]) -> frozenset[str]:
        """The origins reached from some sources along their relay links; a cycle ends where it closes."""
        found: set[str] = set()
        seen: set[str] = set()
        queue = list(start)
        while queue:
            key = queue.pop()
            if key in seen:
                continue
            seen.add(key)
            source = self.sources.get(key)
            onward = [relay for relay in source.relays if relay not in seen] if source else []
            if onward:
                queue.extend(onward)
            else:
                found.add(key)
        return frozenset(found)

    def relay_chain(self, figure: Figure) -> tuple[str, ...]:
        """The documents from the citing source to its origin, nearest first (the first relay of each)."""
        claims = self._last_claim(figure)
        chain = list(dict.fromkeys(claim.source for claim in claims))
        key = claims[-1].relays or self._first_relay(claims[-1].source)
        while key is not None and key not in chain:
            chain.append(key)
            key = self._first_relay(key)
        return tuple(chain)

    def relayed_figure(self, figure: Figure) -> Figure | None:
        """The figure that one relays; None where it relays a document or nothing, or the figure is not shown."""
        if figure.relays is None or not is_figure_id(figure.relays):
            return None
        known = self.relayed.get(figure.relays)
        return known or next((row for row in self.figures.get(figure.place, ()) if row.id == figure.relays), None)

    def _last_claim(self, figure: Figure) -> list[Figure]:
        """A figure and those that it relays, one after the other; the last one relays a document or nothing."""
        claims = [figure]
        while (upstream := self.relayed_figure(claims[-1])) is not None and upstream not in claims:
            claims.append(upstream)
        if claims[-1].relays is not None and is_figure_id(claims[-1].relays):  # withdrawn, or a circle: it ends here
            claims[-1] = replace(claims[-1], relays=None)
        return claims

    def _first_relay(self, source: str) -> str | None:
        record = self.sources.get(source)
        return record.relays[0] if record and record.relays else None
