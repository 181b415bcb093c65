"""Things asked beside each other, and a count without some of those whom it counts, as lines."""

from __future__ import annotations

from bot.answers.answer import DifferenceBlock, Side, SidesBlock
from bot.render.fragments import SEPARATOR, Telling, citation_spans, claim_spans, value_text, when
from bot.render.outline import Line, Role, Span, plain_line
from bot.render.reading import named_publisher
from bot.words.words import capital


def sides_lines(block: SidesBlock, telling: Telling) -> list[Line]:
    """One line a side, in the order asked; then the further claims of each, and whether their order is certain."""
    words = telling.words
    lines = [_side_line(side, block, telling) for side in block.sides]
    ranked = sorted((side for side in block.sides if side.value is not None), key=_most)
    if len(ranked) > 1 and len({measure_of(side) for side in ranked}) == 1:
        label = side_label(ranked[-1], block.differ, telling)
        verdict = words.say("compare.highest", place=label) if block.certain else words.say("compare.uncertain")
        lines.append(plain_line(Role.SUMMARY, verdict))
    for side in block.sides:
        if len(side.claims) > 1 and not side.is_sum:
            lines.append(plain_line(Role.HEADING, side_label(side, block.differ, telling)))
            lines += (Line(Role.EARLIER, claim_spans(claim, side.claims[0], telling)) for claim in side.claims[1:])
    return lines


def side_label(side: Side, differ: tuple[str, ...], telling: Telling) -> str:
    """What tells a side from the others: "2013", "women", "Belgium · returned"."""
    words, query = telling.words, side.query
    told = {
        "place": telling.place(query.places[0]) if query.places else "",
        "measure": words.measure(measure_of(side)),
        "who": words.who(query.who),
        "period": "" if query.period.is_open else words.period(query.period, short=True),
        "publisher": words.embed(named_publisher(query.publisher or "")),
    }
    return capital(SEPARATOR.join(told[name] for name in differ if told[name]))


def difference_lines(block: DifferenceBlock, telling: Telling) -> list[Line]:
    """How it was computed, and the rows that it was computed from."""
    lines = [plain_line(Role.SUMMARY, telling.words.say("difference.computed"))]
    return [*lines, *(Line(Role.ITEM, claim_spans(claim, None, telling)) for claim in (block.whole, *block.parts))]


def _side_line(side: Side, block: SidesBlock, telling: Telling) -> Line:
    words = telling.words
    label = Span(side_label(side, block.differ, telling) + SEPARATOR)
    if side.value is None or not side.claims:
        return Line(Role.ITEM, (label, Span(words.say("no_data"))))
    figure = side.claims[0].figure
    if side.is_sum:
        parts = words.say("total.sum_short", n=words.number(len(side.claims)))
        return Line(Role.ITEM, (label, Span(words.value(side.value), strong=True), Span(SEPARATOR + parts)))
    if side.value != figure.value:
        disagree = words.say("disagree", sentence=words.value(side.value))
        return Line(Role.ITEM, (label, Span(disagree, strong=True)))
    time = Span(f"{SEPARATOR}{when(figure, words, short=True)}{SEPARATOR}")
    value = Span(value_text(figure, telling), strong=True)
    return Line(Role.ITEM, (label, value, time, *citation_spans(side.claims[0], telling, short=True)))


def measure_of(side: Side) -> str:
    """What a side counts."""
    return side.claims[0].figure.measure if side.claims else side.query.measure or "travelled"


def _most(side: Side) -> float:
    value = side.value
    return 0 if value is None else float(value.most if value.most is not None else value.least)
