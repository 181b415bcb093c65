"""The sentence that an answer opens with: it can be quoted alone, and says who, how many, what, when and says whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from bot.answers import answer as blocks
from bot.answers.answer import Answer, Block, Claim, Outcome, Row, Side
from bot.answers.conflicts import independent
from bot.answers.notes import NoteKind
from bot.answers.regions import WORLD
from bot.render.beside import measure_of, side_label
from bot.render.cited import Cited
from bot.render.facts import as_coarse, destination_of, fact, stretch, time_of
from bot.render.fragments import (
    MANY,
    Telling,
    entry_text,
    is_cumulative,
    opens_with_peak,
    publisher_of,
    rate_text,
    reports_text,
    unit_noun,
    value_text,
    when,
)
from bot.render.glossary import glossary_sentence
from bot.render.notes import OPENING, note_text
from bot.render.outline import Span
from bot.words.words import capital
from db.model.values import Interval, PartialDate

_NAMED = 5
"""Places or bodies that a sentence names; more are counted."""
MOST_CITED = 3
"""Entries of a list that are cited in the sentence; longer lists have their sources below it."""


class Opening(Cited):
    """Writes the opening sentence of one answer, and remembers which words of it link to a document."""

    def spans(self) -> tuple[Span, ...]:
        """The sentence, its documents linked; nothing for an answer that is a question back, a refusal or help."""
        answer = self.telling.answer
        sentence = self._sentence(answer)
        query = answer.reading.query
        if sentence and answer.outcome is Outcome.ANSWERED and query is not None and query.known_on is not None:
            date = self.words.date(PartialDate.of(query.known_on))
            sentence = self.words.say("sentence.known_on", date=date, sentence=sentence)
        told = [note_text(note, self.telling) for note in answer.notes if note.kind in OPENING]
        return self._linked(" ".join((*told, capital(sentence))) if told else sentence)

    def of_block(self, block: Block) -> tuple[Span, ...]:
        """The sentence of one block, its documents linked."""
        return self._linked(self._block(block))

    def _sentence(self, answer: Answer) -> str:
        if answer.outcome is Outcome.NO_DATA:
            refused = next((note for note in answer.notes if note.kind is NoteKind.NOT_A_PART), None)
            if refused is not None:
                return note_text(refused, self.telling)
            return self.words.say("sentence.no_data", topic=self._topic()) + self._nearest()
        if answer.outcome is not Outcome.ANSWERED:
            return ""
        first = answer.blocks[0] if answer.blocks else None
        if first is None or isinstance(first, blocks.ClaimsBlock):
            if answer.headline is not None:
                return self._instead(self._claim(answer.headline))
            if answer.disagreement:
                return self._instead(self._disagreement(answer.disagreement, answer.range))
        return "" if first is None else self._block(first)

    def _nearest(self) -> str:
        """Behind a number of which nothing is held: what comes nearest, in its own sentence."""
        query = self.telling.answer.reading.query
        offer = next((block for block in self.telling.answer.blocks if isinstance(block, blocks.OfferBlock)), None)
        if query is None or query.value is None or offer is None:
            return ""
        return " " + self.words.say("sentence.nearest", sentence=self._claim(offer.claim))

    @singledispatchmethod
    def _block(self, block: Block) -> str:
        """The sentence of a block, by its kind; empty for one that is no statement."""
        return ""

    @_block.register
    def _claims(self, block: blocks.ClaimsBlock) -> str:
        return self._claim(block.claims[0]) if block.claims else ""

    def _claim(self, claim: Claim) -> str:
        return self._said(fact(claim.figure, self.telling), claim)

    def _disagreement(self, claims: Sequence[Claim], value: Interval | None) -> str:
        """The range of claims that are too far apart for one to open; who they are, the lines below say."""
        words, ends = self.words, self._ends(claims)
        text = self._together(claims, claims[0].figure.value if value is None else value)
        if ends is None:
            return words.say("disagree", sentence=text) + words.say("sentence.end")
        return words.say("sentence.between", sentence=text, list=words.listed(ends))

    def _together(self, claims: Sequence[Claim], value: Interval) -> str:
        """What claims of one place and kind say together, of the time that all share, else of departures the asked."""
        first, times = claims[0].figure, {time_of(claim.figure, self.words) for claim in claims}
        query = self.telling.answer.reading.query
        asked = self.words.within(query.period) if query and not is_cumulative(first.measure) else ""
        time = times.pop() if len(times) == 1 else asked
        return self._fact(first.measure, first.who, value, (first.place,), destination_of(claims), time=time)

    @_block.register
    def _compare(self, block: blocks.CompareBlock) -> str:
        subject = self._subject(block.measure, block.who, None, [row.claim for row in block.rows])
        if len(block.rows) == 1 and block.per_million:
            subject = self._subject(block.measure, block.who, block.rows[0].place, [block.rows[0].claim])
        return self._list("sentence.list", subject, block.rows, block.per_million, block.missing)

    @_block.register
    def _rank(self, block: blocks.RankBlock) -> str:
        words, query = self.words, self.telling.answer.reading.query
        asked = [row for row in block.rows if query and row.place in query.places and row.place != block.region]
        if len(asked) == 1 and asked[0].rank_from is not None and asked[0].rank_to is not None:
            row = asked[0]
            subject = self._subject(block.measure, block.who, block.region, [row.claim])
            return words.count(
                "sentence.position",
                block.ranked,
                place=words.place(row.place),
                rank=words.rank(row.rank_from or 0, row.rank_to or 0),
                subject=subject,
                entry=self._entry(row, block.per_million, named=False),
            )
        subject = self._subject(block.measure, block.who, block.region, [row.claim for row in block.rows])
        if len(block.rows) == 1 and not block.from_bottom:
            row, could = block.rows[0], self._could_be_first()
            key = "sentence.leads_unsure" if could > 1 else "sentence.leads"
            entry = self._entry(row, block.per_million, named=False)
            return words.say(key, subject=subject, place=words.place(row.place), entry=entry, could=words.number(could))
        return self._list(
            "sentence.lowest" if block.from_bottom else "sentence.highest", subject, block.rows, block.per_million
        )

    def _could_be_first(self) -> int:
        """How many places could stand first, as the remark on ranks that overlap counts them."""
        ties = (note.values for note in self.telling.answer.notes if note.kind is NoteKind.TIES)
        return next((int(values.get("could", "0")) for values in ties if values.get("shown") == "1"), 0)

    def _list(self, key: str, subject: str, rows: Sequence[Row], per_million: bool, missing: Sequence[str] = ()) -> str:
        words = self.words
        shown = [self._entry(row, per_million, cited=len(rows) <= MOST_CITED) for row in rows]
        shown += [f"{words.place(place)} ({words.say('no_data')})" for place in missing]
        text = words.say(key, subject=subject, list=words.several(shown, _NAMED, "list.semicolon"))
        if len(rows) <= MOST_CITED:
            return text
        return self._sourced(text, self._bodies(claim.source for row in rows for claim in (row.claim, *row.others)))

    def _entry(self, row: Row, per_million: bool, *, named: bool = True, cited: bool = True) -> str:
        """One place of a list: name and value; of a few also who says so and of when."""
        words, claim = self.words, row.claim
        value = rate_text(row, self.telling) if per_million else value_text(claim.figure, self.telling)
        if not per_million and row.value != claim.figure.value:
            value = words.value(row.value)
        if row.covered is not None:
            held, of = map(words.number, row.covered)
            value = f"{value} ({words.say('total.sum', n=held, of=of)})"
        elif cited:
            value = entry_text(value, self._bodies(one.source for one in (claim, *row.others)), claim.figure, words)
        return f"{words.place(row.place)} {value}" if named else value

    @_block.register
    def _total(self, block: blocks.TotalBlock) -> str:
        words = self.words
        places = (block.region,) if block.region else block.places
        claims = [row.claim for row in block.parts]
        text = self._fact(block.measure, block.who, block.value, places, destination_of(claims), time="")
        if not block.period.is_open:
            text = words.say("sentence.summed_periods", fact=text, period=words.period(block.period))
            return self._sourced(text, self._bodies(claim.source for claim in claims))
        text = words.count("sentence.summed", block.of, fact=text, summed=words.number(len(block.parts)))
        return self._sourced(text, self._bodies(claim.source for claim in claims), self._dates(claims))

    @_block.register
    def _difference(self, block: blocks.DifferenceBlock) -> str:
        words, figure = self.words, block.whole.figure
        places, time = (block.place,), time_of(figure, words)
        text = self._fact(block.measure, figure.who, block.value, places, str(figure.destination), time=time)
        bodies = dict.fromkeys(publisher_of(one.source, one.source.id, words) for one in (block.whole, *block.parts))
        groups = words.listed(words.who(claim.figure.who) for claim in block.parts)
        return words.say("difference", sentence=text, groups=groups, bodies=words.several(bodies, most=_NAMED))

    @_block.register
    def _sides(self, block: blocks.SidesBlock) -> str:
        """What was asked beside each other, each with its value; what they share comes first."""
        words, first = self.words, block.sides[0]
        places = words.listed(words.place(place) for place in first.query.places)
        shared = {"place": places, "measure": words.measure(measure_of(first))}
        kept = [text for name, text in shared.items() if text and name not in block.differ]
        subject = words.say("list.comma").join(kept) or words.say("heading.sides")
        listed = words.say("list.semicolon").join(self._side_entry(side, block) for side in block.sides)
        return words.say("sentence.list", subject=subject, list=listed)

    def _side_entry(self, side: Side, block: blocks.SidesBlock) -> str:
        words, label = self.words, side_label(side, block.differ, self.telling)
        if side.value is None or not side.claims:
            return f"{label} ({words.say('no_data')})"
        claim = side.claims[0]
        if side.is_sum:
            value, source = words.value(side.value), words.say("total.sum_short", n=words.number(len(side.claims)))
        elif side.value != claim.figure.value:
            return f"{label} {words.say('disagree', sentence=words.value(side.value))}"
        else:
            value = value_text(claim.figure, self.telling)
            source = self._link(publisher_of(claim.source, claim.source.id, words), claim.source.url)
        is_other = not side.is_sum and claim.figure.measure != (side.query.measure or claim.figure.measure)
        if is_other:  # another count stands for the one asked: its name and time are told
            value = words.say("list.comma").join((value, words.measure(claim.figure.measure)))
        if side.is_sum or ("period" in block.differ and not is_other):
            return f"{label} {value} ({source})"
        return f"{label} {entry_text(value, source, claim.figure, words)}"

    @_block.register
    def _share(self, block: blocks.ShareBlock) -> str:
        words = self.words
        part, part_what = self._side(block.part, block.part_sum, block)
        whole, whole_what = self._side(block.whole, block.whole_sum, block)
        claims = [claim for claim in (block.part, block.whole) if claim]
        claims += [row.claim for added in (block.part_sum, block.whole_sum) if added for row in added.parts]
        bodies = dict.fromkeys(publisher_of(claim.source, claim.source.id, words) for claim in claims)
        return words.say(
            "sentence.share",
            place=words.listed(
                words.place(place) for place in (block.part_sum.places if block.part_sum else (block.place,))
            ),
            share=words.percent(as_coarse(block.percent, block.values)),
            part=part if part_what == whole_what else f"{part} ({part_what})",
            whole=whole,
            whole_what=whole_what,
            bodies=words.several(bodies, most=_NAMED),
        )

    def _side(self, claim: Claim | None, added: blocks.TotalBlock | None, block: blocks.ShareBlock) -> tuple[str, str]:
        """One side of a share: how many, and what they are; its place where the two sides differ in it."""
        words = self.words
        if claim is None:
            assert added is not None  # a side is a stored figure, or a sum of them
            parts = [words.place(added.region)] if added.region else []
            parts.append(words.measure(added.measure))
            if added.missing:
                parts.append(words.say("total.sum", n=words.number(len(added.parts)), of=words.number(added.of)))
            return words.counted(added.value, unit_noun(added.measure, added.who)), words.say("list.comma").join(parts)
        figure = claim.figure
        other = block.whole if claim is block.part else block.part
        parts = [words.place(figure.place)] if other is None or other.figure.place != figure.place else []
        parts += [words.measure(figure.measure), when(figure, words, short=True, counted=False)]
        return words.counted(figure.value, unit_noun(figure.measure, figure.who)), words.say("list.comma").join(parts)

    @_block.register
    def _trend(self, block: blocks.TrendBlock) -> str:
        words = self.words
        if len(block.points) == 1:
            return self._claim(block.points[0].claim)
        subject = self._subject(block.measure, block.who, block.place, [point.claim for point in block.points])
        if block.peak is not None and opens_with_peak(block, self.telling):
            time = when(block.peak.figure, words, short=True, counted=False)
            value = value_text(block.peak.figure, self.telling)
            return self._said(words.say("sentence.peak", subject=subject, when=time, value=value), block.peak)
        unclear = block.direction == "unclear" and block.turn is None
        if block.first is None or block.last is None or unclear:
            text = words.count("sentence.unclear", len(block.points), subject=subject)
            ends = self._ends(_of_one_length(block)) or self._ends([point.claim for point in block.points])
            return text if ends is None else self._lowest_and_highest(text, ends)
        course = words.say(
            "sentence.turned" if block.turn else f"sentence.{block.direction}",
            subject=subject,
            **self._point("first", block.first),
            **self._point("last", block.last),
            **(self._point("peak", block.turn) if block.turn else {}),
        )
        if block.first.source.id != block.last.source.id:  # one body's numbers in two documents: both are named
            return self._sourced(course, self._bodies([block.first.source, block.last.source]))
        return self._said(course, block.last)

    def _point(self, name: str, claim: Claim) -> dict[str, str]:
        """A point of a course as the words that a sentence takes: its value and its time."""
        time = when(claim.figure, self.words, short=True, counted=False)
        return {name: value_text(claim.figure, self.telling), f"{name}_when": time}

    def _lowest_and_highest(self, text: str, ends: tuple[str, str]) -> str:
        end = self.words.say("sentence.end")
        return self.words.say("sentence.ends", text=text.removesuffix(end), low=ends[0], high=ends[1])

    @_block.register
    def _sources(self, block: blocks.SourcesBlock) -> str:
        words = self.words
        if not block.groups:
            return ""
        reports = len({key for _, documents in block.groups for key in documents})
        text = words.say(
            "sentence.sources",
            topic=self._topic(numbered=True),
            reports=reports_text(reports, len(block.groups), words),
        )
        by_id = {source.id: source for source in block.sources}
        origins = [by_id.get(origin) or self.telling.source(origin) for origin, _ in block.groups]
        return self._sourced(text, self._bodies((source for source in origins if source), most=_NAMED))

    @_block.register
    def _dispute(self, block: blocks.DisputeBlock) -> str:
        words = self.words
        claims = block.apart or [claim for _, group in block.groups for claim in group]
        if len(claims) == 1:
            return self._claim(claims[0])
        reports = reports_text(len({claim.source.id for claim in claims}), independent(claims), words)
        ends = self._ends(claims)
        if ends is None:
            reports = words.say("list.semicolon").join((reports, self._bodies(claim.source for claim in claims)))
        text = words.say(
            "sentence.disagree" if block.apart else "sentence.agree",
            fact=self._together(claims, stretch(claims)),
            reports=reports,
        )
        return text if ends is None else self._lowest_and_highest(text, ends)

    @_block.register
    def _coverage(self, block: blocks.CoverageBlock) -> str:
        words = self.words
        held = words.say(
            "coverage.sum", figures=words.count("figures", block.figures), sources=words.count("sources", block.sources)
        )
        if block.newest is not None:
            held = words.say("coverage.newest", held=held, date=words.date(block.newest, short=True))
        place = words.place(block.place or WORLD)
        query = self.telling.answer.reading.query
        asked = words.period(query.period) if query is not None else ""
        what = words.measure(query.measure) if query is not None and query.measure else ""
        place = words.say("list.comma").join(part for part in (place, what, asked) if part)
        if not block.missing or not block.places:
            key = "sentence.coverage_all" if len(block.places) > 1 else "sentence.coverage"
            return words.say(key, place=place, held=held, n=words.number(len(block.places)))
        on, missing = self._names(block.places), self._names(block.missing)
        return words.say("sentence.coverage_of", place=place, held=held, places=on, missing=missing)

    def _names(self, places: Sequence[str]) -> str:
        """Places by name, all of them; their number where the names would fill a screen."""
        words = self.words
        return words.count("places", len(places)) if len(places) > MANY else words.listed(map(words.place, places))

    @_block.register
    def _definition(self, block: blocks.DefinitionBlock) -> str:
        words, measure = self.words, block.measure
        asked = glossary_sentence(self.telling.answer, words) if block is self.telling.answer.blocks[0] else ""
        if asked:
            return asked
        if measure is None:
            return ""
        key = f"meaning.{measure.id}"
        meaning = words.say(key) if key in words else words.embed(measure.definition)
        return words.say("sentence.define", term=words.measure(measure.id), meaning=meaning)


def _of_one_length(block: blocks.TrendBlock) -> list[Claim]:
    """The claims counted over as long a time as the highest of them: four years are not set against one."""
    lengths = {point.claim: point.series.rpartition("|")[2] for point in block.points}
    return [claim for claim, length in lengths.items() if block.peak is None or length == lengths[block.peak]]


def opening_spans(telling: Telling) -> tuple[Span, ...]:
    """The sentence that an answer opens with, its documents linked; empty where a question, refusal or help opens."""
    return Opening(telling).spans()


def block_spans(block: Block, telling: Telling) -> tuple[Span, ...]:
    """The sentence of a block that follows the first one."""
    return Opening(telling).of_block(block)
