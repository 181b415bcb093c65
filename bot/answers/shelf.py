"""The evidence of one revision: what an answer needs to know of a figure is worked out once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from bot.answers.answer import Claim
from bot.answers.entries import Entry, entry_of
from bot.answers.relays import Mismatch, mismatches, touching, upstream_of
from db.model.records import Figure, Headline, Holdings, Measure, Population, Source, Who
from db.store.lru import WeightedLRU
from db.store.topics import Held, Topic, Topics, Years

CLAIMS_KEPT = 20_000
"""Entries, claims, origins and relay chains that are kept of each; a dataset of a million figures has more."""


class Shelf:
    """One state of the dataset, indexed for answering; everything on it is computed at most once while it is held.

    Figures are asked for by topic: of ``topics`` where they are read as they are needed, else of the holdings.
    """

    def __init__(self, holdings: Holdings, *, published_by: date | None = None, topics: Topics | None = None) -> None:
        """``published_by`` leaves out what no source had published by the end of that day."""
        self.holdings = holdings
        self.figures: Topics = Held(holdings.figures) if topics is None else topics
        self._published_by = published_by
        self._entries: WeightedLRU[str, Entry] = WeightedLRU(CLAIMS_KEPT)
        self._claims: WeightedLRU[tuple[str, bool], Claim] = WeightedLRU(CLAIMS_KEPT)
        self._origins: WeightedLRU[tuple[str, str | None], tuple[str, ...]] = WeightedLRU(CLAIMS_KEPT)
        self._chains: WeightedLRU[tuple[str, str | None], tuple[str, ...]] = WeightedLRU(CLAIMS_KEPT)
        self._picks: dict[tuple[str, str, Who], Headline] = {
            (pick.place, pick.measure, pick.who): pick for pick in holdings.headlines
        }
        self._documents: dict[str, list[str]] | None = None
        self._members: dict[tuple[str, date | None], tuple[str, ...]] = {}
        self.countries: tuple[str, ...] = tuple(
            sorted(place.id for place in holdings.places.values() if place.kind == "country")
        )

    def published_by(self, day: date) -> Shelf:
        """The same figures without what no source had published by the end of a day."""
        return Shelf(self.holdings, published_by=day, topics=self.figures)

    @property
    def held_places(self) -> tuple[str, ...]:
        """The places of which anything may be held, sorted by id."""
        return tuple(sorted(self.holdings.places))

    def pause(self) -> None:
        """Let others be answered during a long work, where that can be."""
        self.figures.pause()

    def topics(self, place: str) -> tuple[Topic, ...]:
        """The measures and whos of which anything is held of a place, sorted."""
        held = self.figures.topics(place)
        return held if self._published_by is None else tuple(topic for topic in held if self.entries(place, *topic))

    def entries(self, place: str, measure: str, who: Who, years: Years | None = None) -> tuple[Entry, ...]:
        """The figures of one place, measure and who, in the dataset's order.

        Where years are named, those of other times may be left out.
        """
        return self._of(self.figures.figures(place, (measure, who), years))

    def read_ahead(self, places: Sequence[str], measures: Collection[str], who: Who, years: Years | None) -> None:
        """Read at once what is about to be asked of many places, or in many measures."""
        self.figures.read_ahead(places, measures, who, years)

    def newest_years(self, places: Sequence[str], measure: str, who: Who) -> Mapping[str, int]:
        """The last year that a figure speaks of, of the places of which not everything is at hand."""
        return self.figures.newest_years(places, (measure, who))

    def of_source(self, place: str, who: Who, source: str) -> tuple[Entry, ...]:
        """The figures of one place that one source states of some people, in all measures."""
        return self._of(figure for figure in self.figures.of_sources(place, (source,)) if figure.who is who)

    def claim(self, entry: Entry, *, exact: bool = True) -> Claim:
        """The figure as answers show it, with its origins and its relay chain."""
        key = (entry.figure.id, exact)
        claim = self._claims.get(key)
        if claim is None:
            figure = entry.figure
            bodies = tuple(sorted(self.holdings.authorities(figure)))
            claim = Claim(figure, self.source(figure.source), self.origins(figure), entry.chain, exact, bodies)
            self._claims.put(key, claim)
        return claim

    def source(self, key: str) -> Source:
        """The document of that id."""
        return self.holdings.sources[key]

    def origins(self, figure: Figure) -> tuple[str, ...]:
        """The independent origins behind a figure, sorted."""
        key = (figure.source, figure.relays)
        found = self._origins.get(key)
        if found is None:
            found = tuple(sorted(self.holdings.origins(figure)))
            self._origins.put(key, found)
        return found

    def changes(self, place: str, shown: Sequence[Entry]) -> tuple[Mismatch, ...]:
        """The relays of a place that changed what they relay and have a part in some claims, the weightiest first."""
        return touching(mismatches(self._related(place, shown), self.holdings.sources), shown)

    def pick(self, place: str, measure: str, who: Who) -> Headline | None:
        """A moderator's choice of headline."""
        return self._picks.get((place, measure, who))

    def measure(self, key: str) -> Measure:
        """The measure of that id."""
        return self.holdings.measures[key]

    def members(self, region: str, on: date | None) -> tuple[str, ...]:
        """The countries of a region on a day, or at any time; every country for the world."""
        if region == "R:world":
            return self.countries
        key = (region, on)
        if key not in self._members:
            self._members[key] = self.holdings.members(region, on)
        return self._members[key]

    def population(self, place: str, year: int) -> Population | None:
        """The inhabitants in that year, or in the nearest year that the table has."""
        table = self.holdings.populations
        for distance in range(12):
            found = table.get((place, year - distance)) or table.get((place, year + distance))
            if found is not None:
                return found
        return None

    def _related(self, place: str, shown: Sequence[Entry]) -> dict[Topic, list[Entry]]:
        """The figures that some claims relay, that relay them, or that those relay too, by topic."""
        sources, held = self.holdings.sources, self.figures
        spoken = {entry.figure.source for entry in shown}
        who = {entry.figure.who for entry in shown}  # a relay is set against counts of the same people only
        upstream = {key for entry in shown for key in upstream_of(entry.figure, sources)}
        relaying = self._relaying_documents()
        documents = {key for relayed in spoken for key in relaying.get(relayed, ())}
        downstream = [*held.relaying(place, spoken), *held.of_sources(place, documents)]
        upstream |= {key for figure in downstream for key in upstream_of(figure, sources)}
        figures = {figure.id: figure for figure in downstream}
        figures |= {entry.figure.id: entry.figure for entry in shown if entry.figure.place == place}
        figures |= {figure.id: figure for figure in held.of_sources(place, upstream)}
        claimed = [self.holdings.relayed_figure(figure) for figure in figures.values()]
        figures |= {figure.id: figure for figure in claimed if figure is not None}
        gathered: dict[Topic, list[Entry]] = {}
        for entry in self._of(figure for _, figure in sorted(figures.items()) if figure.who in who):
            gathered.setdefault((entry.figure.measure, entry.figure.who), []).append(entry)
        return gathered

    def _relaying_documents(self) -> Mapping[str, Sequence[str]]:
        """The sources that relay others as a whole, by each that they relay."""
        if self._documents is None:
            self._documents = {}
            for key, source in self.holdings.sources.items():
                for relayed in source.relays:
                    self._documents.setdefault(relayed, []).append(key)
        return self._documents

    def _was_published(self, figure: Figure) -> bool:
        """Whether a figure was out by the end of the day, however late an imprecise date of publication is taken.

        A document without such a date was out on the day when it was read, and no figure speaks of a day to come.
        """
        if self._published_by is None:
            return True
        source = self.source(figure.source)
        out = source.published or source.accessed
        spoken_of = [stated.first for stated in (figure.as_of, figure.period.end) if stated is not None]
        return out is not None and max(out.last, *spoken_of, date.min) <= self._published_by

    def _of(self, figures: Iterable[Figure]) -> tuple[Entry, ...]:
        return tuple(self.entry(figure) for figure in figures if self._was_published(figure))

    def entry(self, figure: Figure) -> Entry:
        """A figure with what answers need to know of it."""
        entry = self._entries.get(figure.id)
        if entry is None:
            key = (figure.source, figure.relays)
            chain = self._chains.get(key)
            if chain is None:
                chain = self.holdings.relay_chain(figure)
                self._chains.put(key, chain)
            kind = self.holdings.measures[figure.measure].kind
            entry = entry_of(figure, kind, self.source(figure.source), chain)
            self._entries.put(figure.id, entry)
        return entry
