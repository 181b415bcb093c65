"""Holdings made ready for answering: what an answer needs to know of a figure is worked out once."""

from __future__ import annotations

from datetime import date

from bot.answers.answer import Claim
from bot.answers.entries import Entry, entry_of
from bot.answers.relays import Mismatch, mismatches
from db.records import Figure, Headline, Holdings, Measure, Population, Source, Status, Who


class Shelf:
    """One state of the dataset, indexed for answering; everything on it is computed at most once."""

    def __init__(self, holdings: Holdings, *, published_by: date | None = None) -> None:
        """``published_by`` leaves out what no source had published by the end of that day."""
        self.holdings = holdings
        self._published_by = published_by
        self._places: dict[str, dict[tuple[str, Who], tuple[Entry, ...]]] = {}
        self._claims: dict[tuple[str, bool], Claim] = {}
        self._origins: dict[tuple[str, str | None], tuple[str, ...]] = {}
        self._chains: dict[tuple[str, str | None], tuple[str, ...]] = {}
        self._picks: dict[tuple[str, str, Who], Headline] = {
            (pick.place, pick.measure, pick.who): pick for pick in holdings.headlines
        }
        self._changes: dict[str, tuple[Mismatch, ...]] = {}
        self._members: dict[tuple[str, date | None], tuple[str, ...]] = {}
        self.countries: tuple[str, ...] = tuple(
            sorted(place.id for place in holdings.places.values() if place.kind == "country")
        )

    def of(self, place: str) -> dict[tuple[str, Who], tuple[Entry, ...]]:
        """Everything held of a place, by measure and by who is counted."""
        known = self._places.get(place)
        if known is None:
            gathered: dict[tuple[str, Who], list[Entry]] = {}
            for figure in self.holdings.figures.get(place, ()):
                if figure.status is not Status.WITHDRAWN and self._was_published(figure):
                    gathered.setdefault((figure.measure, figure.who), []).append(self._entry(figure))
            known = self._places[place] = {key: tuple(entries) for key, entries in gathered.items()}
        return known

    def entries(self, place: str, measure: str, who: Who) -> tuple[Entry, ...]:
        """The figures of one place, measure and who, in the dataset's order."""
        return self.of(place).get((measure, who), ())

    def claim(self, entry: Entry, *, exact: bool = True) -> Claim:
        """The figure as answers show it, with its origins and its relay chain."""
        key = (entry.figure.id, exact)
        claim = self._claims.get(key)
        if claim is None:
            figure = entry.figure
            claim = Claim(figure, self.source(figure.source), self.origins(figure), entry.chain, exact)
            self._claims[key] = claim
        return claim

    def source(self, key: str) -> Source:
        """The document of that id."""
        return self.holdings.sources[key]

    def origins(self, figure: Figure) -> tuple[str, ...]:
        """The independent origins behind a figure, sorted."""
        key = (figure.source, figure.relays)
        found = self._origins.get(key)
        if found is None:
            found = self._origins[key] = tuple(sorted(self.holdings.origins(figure)))
        return found

    def changes(self, place: str) -> tuple[Mismatch, ...]:
        """The relays of a place that changed what they relay, the weightiest first."""
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

    def _was_published(self, figure: Figure) -> bool:
        if self._published_by is None:
            return True
        stated = self.holdings.sources[figure.source].published or figure.as_of
        return stated is not None and stated.first <= self._published_by

    def _entry(self, figure: Figure) -> Entry:
        key = (figure.source, figure.relays)
        chain = self._chains.get(key)
        if chain is None:
            chain = self._chains[key] = self.holdings.relay_chain(figure)
        return entry_of(figure, self.holdings.measures[figure.measure].kind, self.source(figure.source), chain)
