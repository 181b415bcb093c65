"""Finding figures, revisions and proposals as a moderator types: labels, and back from what was typed."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.chat.errors import Kindly
from bot.chat.inputs import CHOICES, NAME_LENGTH, Choice, choice
from bot.render.fragments import when
from bot.words.words import words_of
from db.edits.errors import NotHeld
from db.edits.summary import value_text
from db.model.records import Figure, Holdings, Source

if TYPE_CHECKING:
    from db.store.figures import FigureStore

LISTED_WITHIN = 1.5
"""Seconds for making the list of a large dataset anew after a change: a form has to open within three."""
STILL_LISTING = (
    "The figures are being listed anew after a change. Please try again in a moment, or give the figure by its id; "
    "nothing was written."
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure or a source as it is offered, its id, and what typing is held against."""

    label: str
    id: str
    words: str

    @property
    def choice(self) -> Choice:
        """As Discord is told of it; an id beyond its limit is found again by its beginning."""
        return choice(self.label, self.id)


@dataclass(slots=True)
class Finder:
    """The figures and the sources of the newest revision, labelled once."""

    dataset: FigureStore
    _revision: int = -1
    _figures: list[Labelled] = field(default_factory=list)
    _labelling: asyncio.Task[None] | None = None
    _sources: tuple[int, list[Labelled]] = (-1, [])

    async def figure_choices(self, typed: str) -> list[Choice]:
        """Figures whose place, measure, value, source or id holds every word that is typed."""
        return [item.choice for item in itertools.islice(_fitting(await self._labelled(), typed), CHOICES)]

    async def figure(self, text: str) -> Figure:
        """The figure that is meant by an id, by the cut id of a suggestion, or by words that fit one figure only.

        Raises NotHeld, with what comes close, or Kindly while a large dataset is listed.
        """
        said = text.strip()
        figure = await self.dataset.figure(said)
        if figure is not None:
            return figure
        try:
            async with asyncio.timeout(LISTED_WITHIN):
                labelled = await self._labelled()
        except TimeoutError as late:
            raise Kindly(STILL_LISTING) from late
        fitting = [item.id for item in labelled if item.choice.name == said]
        fitting = fitting or [item.id for item in labelled if len(said) == NAME_LENGTH and item.id.startswith(said)]
        fitting = fitting or [item.id for item in itertools.islice(_fitting(labelled, said), 5)]
        if len(fitting) == 1 and (figure := await self.dataset.figure(fitting[0])):
            return figure
        raise NotHeld("figure", said[:NAME_LENGTH], fitting)

    async def source(self, text: str) -> Source:
        """The source of a key or of a shown name; raises NotHeld, with the keys that come close."""
        said = text.strip()
        source = await self.offered_source(said)
        if source is None:
            held = (await self.dataset.view()).common.sources
            close = [key for key in held if said.casefold()[:6] in key][:5] if said else []
            raise NotHeld("source", said[:80], close)
        return source

    async def source_choices(self, typed: str, first: Sequence[str] = ()) -> list[Choice]:
        """Sources whose publisher, title or key holds every word that is typed: some first, then the newest."""
        place = {key: position for position, key in enumerate(first)}
        fitting = sorted(_fitting(await self._source_labels(), typed), key=lambda item: place.get(item.id, len(place)))
        return [item.choice for item in fitting[:CHOICES]]

    async def offered_source(self, text: str) -> Source | None:
        """The source of a key, or of the name under which it was offered: Discord sends either."""
        said = text.strip()
        if (source := await self.dataset.source(said)) is not None:
            return source
        shown = [item.id for item in await self._source_labels() if item.choice.name == said]
        return await self.dataset.source(shown[0]) if len(shown) == 1 else None

    async def source_keys(self, text: str | None) -> str | None:
        """Keys or shown names, parted by semicolons, as keys; what is neither stays as it is written, to be refused."""
        if text is None:
            return None
        if (whole := await self.offered_source(text)) is not None:
            return whole.id
        parts = [(part, await self.offered_source(part)) for part in text.split(";")]
        return "; ".join(source.id if source else part.strip() for part, source in parts)

    async def _source_labels(self) -> list[Labelled]:
        if self._sources[0] != await self.dataset.revision():
            held = (await self.dataset.view()).common
            self._sources = (held.revision, list(_source_labels(held.sources.values())))
        return self._sources[1]

    async def _labelled(self) -> list[Labelled]:
        """Read once for each revision: a large dataset is more than the reads hold on to."""
        if self._revision != await self.dataset.revision():
            if self._labelling is None or self._labelling.done():
                self._labelling = asyncio.create_task(self._label(), name="labelling figures")
            # A keystroke that waits too long gives up; the labels are made for the next one all the same.
            await asyncio.shield(self._labelling)
        return self._figures

    async def _label(self) -> None:
        holdings = await self.dataset.holdings()
        self._figures = await asyncio.to_thread(lambda: list(_labels(holdings)))
        self._revision = holdings.revision


def _labels(holdings: Holdings) -> Iterator[Labelled]:
    words = words_of("en")
    for place in sorted(holdings.figures, key=words.place):
        for figure in holdings.figures[place]:
            source = holdings.sources.get(figure.source)
            who = [] if figure.who == "everyone" else [words.who(figure.who)]
            publisher = source.publisher if source and source.publisher else figure.source
            told = [words.place(place), words.measure(figure.measure), *who, value_text(figure)]
            label = " · ".join([*told, when(figure, words, short=True), publisher])
            yield Labelled(label, figure.id, f"{label} {figure.id}".casefold())


def _source_labels(sources: Iterable[Source]) -> Iterator[Labelled]:
    """The newest first."""
    newest = sorted(sources, key=lambda source: (str(source.published or ""), source.id), reverse=True)
    for source in newest:
        label = f"{source.publisher or source.id} · {source.published or '?'} · {source.title}"
        words = f"{source.publisher} {source.title} {source.id} {source.published}".casefold()
        yield Labelled(label, source.id, words)


def _fitting(labelled: Iterable[Labelled], typed: str) -> Iterator[Labelled]:
    wanted = typed.casefold().split()
    return (item for item in labelled if all(word in item.words for word in wanted))
