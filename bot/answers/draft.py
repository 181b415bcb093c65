"""An answer while it is being put together, and its last step: everything that a renderer needs is on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.answers.answer import (
    Answer,
    Block,
    Claim,
    ClaimsBlock,
    DefinitionBlock,
    OfferBlock,
    Outcome,
    SourcesBlock,
    claims_of,
)
from bot.answers.headline import Selection
from bot.answers.notes import HeadlineRule, Note
from bot.answers.regions import countries_of
from bot.answers.shelf import Shelf
from bot.answers.times import Asked
from bot.answers.ways import ReadingLine, Step
from bot.questions.query import Query
from db.model.records import Measure, Source

DEFAULT_MEASURE = "travelled"


@dataclass(slots=True)
class Draft:
    """What an intent's module fills in; it starts as "no data"."""

    shelf: Shelf
    query: Query
    measure: str
    """The measure that the answer is about; the query may leave it open."""
    asked: Asked
    outcome: Outcome = Outcome.NO_DATA
    headline: Claim | None = None
    disagreement: tuple[Claim, ...] = ()
    rule: HeadlineRule | None = None
    reason: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    otherwise: tuple[Step, ...] = ()
    further: tuple[Step, ...] = ()

    @property
    def opens_nothing(self) -> bool:
        """Whether neither a claim nor a range opens the answer yet."""
        return self.headline is None and not self.disagreement

    def open_with(self, selection: Selection, *, earlier_too: bool = False) -> None:
        """Let the first claim of a selection open the answer, unless another one does already.

        Where the earlier claims are shown as well, a claim that is alone at its date is the newest, not the only one.
        """
        self.outcome = Outcome.ANSWERED
        if self.opens_nothing:
            if selection.apart:
                self.disagreement = tuple(
                    selection.show(self.shelf, entry) for entry in selection.claims[: selection.apart]
                )
                self.rule = selection.rule
                return
            self.headline = selection.show(self.shelf, selection.headline)
            alone = selection.rule is HeadlineRule.ONLY and earlier_too and selection.earlier
            self.rule = HeadlineRule.NEWEST if alone else selection.rule
            self.reason = selection.reason

    def countries(self, places: Sequence[str]) -> tuple[str, ...]:
        """The countries that some places stand for, without those that the query leaves out."""
        return countries_of(self.shelf, places, self.asked, self.query.without)

    def leaves_out(self, place: str) -> bool:
        """Whether the query leaves out some of a region's countries."""
        return len(self.countries((place,))) < len(countries_of(self.shelf, (place,), self.asked))

    def remark(self, notes: Iterable[Note]) -> None:
        """Add remarks, each once."""
        for note in notes:
            if note not in self.notes:
                self.notes.append(note)


def finish(draft: Draft, *, identity: str, question: str, reading: ReadingLine) -> Answer:
    """The finished answer, with every source and measure that its blocks name."""
    holdings = draft.shelf.holdings
    # What is merely near stands behind all that was asked, whichever place was looked at first.
    blocks = tuple(sorted(draft.blocks, key=lambda block: isinstance(block, OfferBlock)))
    return Answer(
        id=identity,
        outcome=draft.outcome,
        question=question,
        reading=reading,
        revision=holdings.revision,
        headline=draft.headline,
        headline_rule=draft.rule,
        headline_reason=draft.reason,
        disagreement=draft.disagreement,
        blocks=blocks,
        notes=tuple(draft.notes),
        asked_period=draft.query.period,
        sources=_sources(draft, blocks),
        measures=_measures(draft, blocks),
        recorded_at=holdings.recorded_at,
        otherwise=draft.otherwise,
        further=draft.further,
    )


def _sources(draft: Draft, blocks: tuple[Block, ...]) -> dict[str, Source]:
    known = draft.shelf.holdings.sources
    named: dict[str, Source] = {}
    for claim in _claims(draft, blocks):
        for key in (*claim.relay_chain, *claim.origins):
            if key not in named and key in known:
                named[key] = known[key]
    for block in blocks:
        if isinstance(block, SourcesBlock):
            named.update((source.id, source) for source in block.sources)
    return named


def _measures(draft: Draft, blocks: tuple[Block, ...]) -> dict[str, Measure]:
    known = draft.shelf.holdings.measures
    ids = {draft.measure} | {claim.figure.measure for claim in _claims(draft, blocks)}
    ids |= {block.measure.id for block in blocks if isinstance(block, DefinitionBlock) and block.measure}
    ids |= {item for note in draft.notes for item in note.values.get("measures", "").split(",") if item}
    return {key: known[key] for key in sorted(ids) if key in known}


def _claims(draft: Draft, blocks: tuple[Block, ...]) -> Iterable[Claim]:
    if draft.headline is not None:
        yield draft.headline
    yield from draft.disagreement
    for block in blocks:
        yield from claims_of(block)
        if isinstance(block, ClaimsBlock):
            yield from block.earlier
