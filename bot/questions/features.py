"""What the models look at: named features of a text and of each span, pure and without numbers of their own.

A feature is a word such as ``sense:returned`` or ``next:PLACE``; it is there or it is not. Names of places, times and
numbers stand as placeholders, so that what is learned about Belgium holds for Kosovo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.questions.lexicon import cluster_of
from bot.questions.spans import Place, Spans

REGION = "R:"
_FEW = 3
_LENGTHS = (2, 4, 7, 11, 16, 24, 40)
_LARGE = 99
_PART = 4


def marks(spans: Spans) -> list[str]:
    """One mark for each token: its word, or what its span is."""
    shown = [token.word for token in spans.tokens]
    for at in range(len(shown)):
        if at in spans.place_at:
            shown[at] = _place_mark(spans.place_at[at]) if spans.place_at[at].first == at else ""
        elif at in spans.time_at:
            time = spans.time_at[at]
            shown[at] = ("TIME" if time.is_closed else "SINCE" if time.start else "BY") if time.first == at else ""
        elif at in spans.number_at:
            number = spans.number_at[at]
            shown[at] = ("MANY" if number.value > _LARGE else "FEW") if number.first == at else ""
    return shown


def _place_mark(place: Place) -> str:
    if place.candidates:
        return "DOUBT"
    if place.ids and place.ids[0] in ("SY", "IQ"):
        return "THERE"
    if place.how == "lower" or place.how == "upper":
        return "CODE"
    if place.ids == ("R:world",):
        return "WORLD"
    return "REGION" if place.ids[0].startswith(REGION) or len(place.ids) > 1 else "PLACE"


def of_text(spans: Spans) -> set[str]:
    """The features of the whole text, for its outcome, intent, measure and group."""
    found: set[str] = {"bias"}
    shown = marks(spans)
    inside = [at for at, where in enumerate(spans.clause_of) if where == spans.proper]
    proper = [shown[at] for at in inside if shown[at]]
    every = [mark for mark in shown if mark]
    found.update(f"w:{mark}" for mark in every)
    found.update(f"p:{mark}" for mark in proper)
    found.update(f"p2:{a} {b}" for a, b in pairwise(["<", *proper, ">"]))
    found.update(f"p3:{a} {b} {c}" for a, b, c in zip(proper, proper[1:], proper[2:], strict=False))
    found.update(f"w2:{a} {b}" for a, b in pairwise(every))
    found.update(f"g:{part}" for word in set(every) if word.islower() for part in _parts(word))
    found.update(_of_clusters(spans))
    found.update(_of_senses(spans, shown, set(inside)))
    found.update(_of_counts(spans))
    found.update(_of_shape(spans, proper))
    return found


def _parts(word: str) -> Iterator[str]:
    """The stretches of four letters of a word, its ends marked: what slips and endings leave of it."""
    marked = f"^{word}$"
    yield from (marked[at : at + _PART] for at in range(max(1, len(marked) - _PART + 1)))


def _of_clusters(spans: Spans) -> Iterator[str]:
    """What words mean, whatever the word and the language."""
    for at, token in enumerate(spans.tokens):
        if at in spans.place_at or at in spans.time_at or at in spans.number_at:
            continue
        cluster = cluster_of(token.word)
        if cluster is not None:
            yield f"c:{cluster}"
            if spans.clause_of[at] == spans.proper:
                yield f"cp:{cluster}"


def _of_senses(spans: Spans, shown: Sequence[str], inside: set[int]) -> Iterator[str]:
    order: list[str] = []
    for at, mark in enumerate(shown):
        sense = spans.sense_at.get(at)
        if sense is not None and sense.first == at:
            for tag in sense.tags:
                yield f"s:{tag}"
                yield f"{'in' if at in inside else 'out'}:{tag}"
            if at in inside:
                order.append("+".join(sorted(sense.tags - {"function"})))
        elif at in inside and mark.isupper():
            order.append(mark)
    order = [one for one in order if one]
    yield from (f"o:{a}>{b}" for a, b in pairwise(["<", *order, ">"]))
    if order:
        yield f"first:{order[0]}"
        yield f"last:{order[-1]}"
    yield from (f"both:{a}&{b}" for a, b in _pairs(sorted(set(order))))


def _pairs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(names[:8]):
        for other in names[at + 1 : 8]:
            yield one, other


def _of_counts(spans: Spans) -> Iterator[str]:
    named = [place for place in spans.places if place.ids and place.ids[0] not in ("SY", "IQ")]
    countries = sum(not place.ids[0].startswith(REGION) for place in named)
    regions = len(named) - countries
    yield f"countries:{min(countries, _FEW)}"
    yield f"regions:{min(regions, 2)}"
    yield f"places:{min(countries, _FEW)},{min(regions, 2)}"
    yield f"doubt:{sum(bool(place.candidates) for place in spans.places) > 0}"
    for place in spans.places:
        yield f"how:{place.how}"
    yield f"times:{min(len(spans.times), _FEW)}"
    for time in spans.times:
        yield f"time:{'both' if time.is_closed else 'since' if time.start else 'by' if time.stop else 'open'}"
    large = sum(number.value > _LARGE for number in spans.numbers)
    yield f"large:{min(large, 2)}"
    yield f"small:{min(len(spans.numbers) - large, 2)}"


def _of_shape(spans: Spans, proper: Sequence[str]) -> Iterator[str]:
    clause = spans.clauses[spans.proper] if spans.clauses else None
    yield f"asks:{bool(clause and clause.asks)}"
    yield f"clauses:{min(len(spans.clauses), 4)}"
    yield f"length:{sum(len(spans.tokens) > size for size in _LENGTHS)}"
    yield f"proper:{sum(len(proper) > size for size in _LENGTHS)}"
    unread = [at for at in spans.unread() if len(spans.tokens[at].word) > 2]
    yield f"unread:{min(len(unread), 5)}"
    yield f"unread_in:{min(sum(spans.clause_of[at] == spans.proper for at in unread), _FEW)}"
    if proper:
        yield f"begins:{proper[0]}"
        yield f"ends:{proper[-1]}"
        yield f"begins2:{' '.join(proper[:2])}"
        yield f"ends2:{' '.join(proper[-2:])}"
