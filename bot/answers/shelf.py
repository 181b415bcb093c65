"""Holdings made ready for answering: what an answer needs to know of a figure is worked out once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.answers.answer import Claim
from bot.answers.entries import Entry, entry_of
from bot.answers.relays import Mismatch, mismatches, touching, upstream_of
from bot.answers.times import Asked
from db.bounded import Bounded
from db.pieces import Newest, Piece, Pieces, Topic
from db.records import Destination, Figure, Headline, Holdings, Measure, Population, Source, Status, Who

CLAIMS_KEPT = 20_000
"""Claims, origins and relay chains that are kept; a dataset of a million figures has more."""


class Shelf:
    """One state of the dataset, indexed for answering; everything on it is computed at most once.

    With ``pieces`` the figures are not among the holdings: they are read as they are asked for.
    """

    def __init__(self, holdings: Holdings, *, published_by: date | None = None, pieces: Pieces | None = None) -> None:
        """``published_by`` leaves out what no source had published by the end of that day."""
        self.holdings = holdings
        self.pieces = pieces
        self._published_by = published_by
        self._places: dict[str, dict[Topic, tuple[Entry, ...]]] = {}
        self._claims: Bounded[tuple[str, bool], Claim] = Bounded(CLAIMS_KEPT)
        self._origins: Bounded[tuple[str, str | None], tuple[str, ...]] = Bounded(CLAIMS_KEPT)
        self._chains: Bounded[tuple[str, str | None], tuple[str, ...]] = Bounded(CLAIMS_KEPT)
        self._picks: dict[tuple[str, str, Who], Headline] = {
            (pick.place, pick.measure, pick.who): pick for pick in holdings.headlines
        }
        self._changes: dict[str, tuple[Mismatch, ...]] = {}
        self._documents: dict[str, list[str]] | None = None
        self._members: dict[tuple[str, date | None], tuple[str, ...]] = {}
        self.countries: tuple[str, ...] = tuple(
            sorted(place.id for place in holdings.places.values() if place.kind == "country")
        )

    def published_by(self, day: date) -> Shelf:
        """The same figures without what no source had published by the end of a day."""
        return Shelf(self.holdings, published_by=day, pieces=self.pieces)

    @property
    def held_places(self) -> tuple[str, ...]:
        """The places of which anything may be held, sorted by id."""
        return tuple(self.holdings.figures if self.pieces is None else sorted(self.holdings.places))

    def pause(self) -> None:
        """Let others be answered during a long work, where that can be."""
        if self.pieces is not None:
            self.pieces.pause()

    @property
    def is_narrowed(self) -> bool:
        """Whether what was published after some day is left out."""
        return self._published_by is not None

    def topics(self, place: str) -> Collection[Topic]:
        """The measures and whos of which anything is held of a place, in the dataset's order or sorted."""
        if self.pieces is None:
            return self.of(place).keys()
        held = sorted(self.pieces.topics(place))
        return held if self._published_by is None else [topic for topic in held if self.entries(place, *topic)]

    def of(self, place: str) -> dict[Topic, tuple[Entry, ...]]:
        """Everything held of a place, by measure and by who is counted."""
        known = self._places.get(place)
        if known is None:
            gathered: dict[Topic, list[Entry]] = {}
            for figure in self.holdings.figures.get(place, ()):
                if figure.status is not Status.WITHDRAWN and self._was_published(figure):
                    gathered.setdefault((figure.measure, figure.who), []).append(self._entry(figure))
            known = self._places[place] = {key: tuple(entries) for key, entries in gathered.items()}
        return known

    def entries(self, place: str, measure: str, who: Who, asked: Asked | None = None) -> tuple[Entry, ...]:
        """The figures of one place, measure and who, in the dataset's order.

        Where an asked time is named, those of other times may be left out.
        """
        if self.pieces is None:
            return self.of(place).get((measure, who), ())
        piece = Piece(place, measure, who, asked.years if asked is not None else None)
        return self._made(self.pieces, piece)

    def _made(self, pieces: Pieces, piece: Piece) -> tuple[Entry, ...]:
        key = (piece.place, piece)
        found: tuple[Entry, ...] | None = pieces.worked_out.get(key)
        if found is None:
            found = tuple(self._entry(figure) for figure in pieces.figures(piece))
            pieces.worked_out.put(key, found, 1 + len(found))
        if self._published_by is not None:
            found = tuple(entry for entry in found if self._was_published(entry.figure))
        return found

    def newest(
        self, piece: Piece, destinations: tuple[Destination, ...], *, is_whole: bool, most: int
    ) -> tuple[tuple[Entry, ...], int]:
        """The newest figures of some destinations, all of others, and the first year of which none is missing.

        That year is 0 where all figures are there. Not to be asked without pieces.
        """
        assert self.pieces is not None
        wanted = Newest(piece, destinations, is_whole, most)
        key = (piece.place, wanted)
        found: tuple[tuple[Entry, ...], int] | None = self.pieces.worked_out.get(key)
        if found is None:
            figures, since = self.pieces.newest(wanted)
            found = tuple(self._entry(figure) for figure in figures), since
            self.pieces.worked_out.put(key, found, 1 + len(figures))
        return found

    def sample(self, place: str, measure: str, who: Who, asked: Asked) -> Iterator[Entry]:
        """A few figures, any, where that spares the reading of all; they may come again in ``each``."""
        if self.pieces is not None and not self.is_narrowed:
            yield from map(self._entry, self.pieces.sample(Piece(place, measure, who, asked.years)))

    def each(self, place: str, measure: str, who: Who, asked: Asked) -> Iterator[Entry]:
        """The same in no order, worked out one by one: for who looks for a single one."""
        if self.pieces is None or self.is_narrowed:
            yield from self.entries(place, measure, who, asked)
        else:
            for figure in self.pieces.each(Piece(place, measure, who, asked.years)):
                yield self._entry(figure)

    def made_of(self, figures: Iterable[Figure]) -> list[Entry]:
        """Some figures with what answers need to know of them; they are not kept."""
        return [self._entry(figure) for figure in figures]

    def of_source(self, place: str, measure: str, who: Who, source: str) -> tuple[Entry, ...]:
        """The figures of one place, measure and who that one source states."""
        if self.pieces is None:
            return tuple(entry for entry in self.entries(place, measure, who) if entry.figure.source == source)
        key = (place, source, who)
        found: tuple[Entry, ...] | None = self.pieces.worked_out.get(key)
        if found is None:
            found = tuple(self._entry(figure) for figure in self.pieces.of_sources(place, (source,), (who,)))
            self.pieces.worked_out.put(key, found, 1 + len(found))
        return tuple(entry for entry in found if entry.figure.measure == measure and self._was_published(entry.figure))

    def claim(self, entry: Entry, *, exact: bool = True) -> Claim:
        """The figure as answers show it, with its origins and its relay chain."""
        key = (entry.figure.id, exact)
        claim = self._claims.get(key)
        if claim is None:
            figure = entry.figure
            claim = Claim(figure, self.source(figure.source), self.origins(figure), entry.chain, exact)
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
        if self.pieces is not None:
            return touching(self._related(self.pieces, place, shown), shown)
        return touching(self.all_changes(place), shown)

    def all_changes(self, place: str) -> tuple[Mismatch, ...]:
        """The relays of a place that changed what they relay, the weightiest first; not to be asked with pieces."""
        found = self._changes.get(place)
        if found is None:
            found = self._changes[place] = mismatches(self.of(place), self.holdings.sources)
        return found

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

    def _related(self, pieces: Pieces, place: str, shown: Sequence[Entry]) -> tuple[Mismatch, ...]:
        """The changes among the figures that some claims relay, that relay them, or that those relay too."""
        sources = self.holdings.sources
        spoken = {entry.figure.source for entry in shown}
        who = {entry.figure.who for entry in shown}  # a relay is set against counts of the same people only
        upstream = {key for entry in shown for key in upstream_of(entry.figure, sources)}
        relaying = self._relaying_documents()
        documents = {key for relayed in spoken for key in relaying.get(relayed, ())}
        downstream = {*pieces.relaying(place, spoken, who), *pieces.of_sources(place, documents, who)}
        upstream |= {key for figure in downstream for key in upstream_of(figure, sources)}
        figures = {figure.id: figure for figure in downstream}
        figures |= {entry.figure.id: entry.figure for entry in shown if entry.figure.place == place}
        figures |= {figure.id: figure for figure in pieces.of_sources(place, upstream, who)}
        gathered: dict[Topic, list[Entry]] = {}
        for _, figure in sorted(figures.items()):
            if self._was_published(figure):
                gathered.setdefault((figure.measure, figure.who), []).append(self._entry(figure))
        return mismatches(gathered, sources)

    def _relaying_documents(self) -> Mapping[str, Sequence[str]]:
        """The sources that relay others as a whole, by each that they relay."""
        if self._documents is None:
            self._documents = {}
            for key, source in self.holdings.sources.items():
                for relayed in source.relays:
                    self._documents.setdefault(relayed, []).append(key)
        return self._documents

    def _was_published(self, figure: Figure) -> bool:
        if self._published_by is None:
            return True
        stated = self.holdings.sources[figure.source].published or figure.as_of
        return stated is not None and stated.first <= self._published_by

    def _entry(self, figure: Figure) -> Entry:
        key = (figure.source, figure.relays)
        chain = self._chains.get(key)
        if chain is None:
            chain = self.holdings.relay_chain(figure)
            self._chains.put(key, chain)
        return entry_of(figure, self.holdings.measures[figure.measure].kind, self.source(figure.source), chain)
