"""What stands beside a span: others of its kind, the clause that it is in, what parts it from the next.

"Latvia, no, Estonia" and "my flight to Malta … Libyans by 2014" differ in the company that a name keeps. All
is counted once for a text, so that a text of a thousand codes is read in proportion to its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.questions.spans import Number, Place, Span, Spans
from bot.questions.times import Time

_LARGE = 99
_MANY = 3
_BETWEEN = 8


def sort_of(span: Span) -> str:
    """What a span is among those of its kind."""
    if isinstance(span, Place):
        if span.candidates:
            return "doubt"
        if span.ids[0] in ("SY", "IQ"):
            return "there"
        return "world" if span.ids == ("R:world",) else "region" if span.ids[0].startswith("R:") else "country"
    if isinstance(span, Time):
        return "both" if span.is_closed else "since" if span.start else "by" if span.stop else "open"
    if isinstance(span, Number):
        return "large" if span.value > _LARGE else "small"
    return "+".join(sorted(span.tags))


class Company:
    """What the spans of one kind have beside them in a text."""

    def __init__(self, spans: Spans, marks: Sequence[str], tags: Sequence[Sequence[str]], kind: Sequence[Span]) -> None:
        self._spans, self._marks, self._tags, self._kind = spans, marks, tags, kind
        self._sorts = [sort_of(span) for span in kind]
        self._clauses = [spans.clause_with(span) for span in kind]
        self._named = [
            span.ids if isinstance(span, Place) else sort for span, sort in zip(kind, self._sorts, strict=True)
        ]
        self._first = {name: at for at, name in reversed(list(enumerate(self._named)))}
        self._last = {name: at for at, name in enumerate(self._named)}
        self._count = Counter(self._sorts)
        self._inside = Counter(self._clauses)
        self._words: dict[int, list[str]] = {}
        self._heard: dict[int, set[str]] = {}
        for at, clause in enumerate(spans.clause_of):
            if marks[at]:
                self._words.setdefault(clause, []).append(marks[at])
            self._heard.setdefault(clause, set()).update(tags[at])
        self._places = Counter(spans.clause_with(place) for place in spans.places)
        self._numbers = Counter(spans.clause_with(number) for number in spans.numbers)
        self._of_text = [f"with:{tag}" for tag in set().union(*self._heard.values())]
        self._of_text.append(f"places:{min(len(spans.places), _MANY)}")
        self._of_text.append(f"times:{min(len(spans.times), _MANY)}")
        self._of_text.append(f"numbers:{min(len(spans.numbers), _MANY)}")

    def features(self, at: int) -> Iterator[str]:
        """The features of one of the spans."""
        yield from self._of_others(at)
        yield from self._of_clause(at)
        yield from self._of_text
        yield from self._of_neighbours(at)

    def _of_others(self, at: int) -> Iterator[str]:
        sort, clause = self._sorts[at], self._clauses[at]
        others = "|".join(sorted(one for one, count in self._count.items() if count > (one == sort)))
        yield f"others:{others}"
        yield f"self:{sort}&others:{others}"
        yield f"again:{self._last[self._named[at]] > at}"
        yield f"named_before:{self._first[self._named[at]] < at}"
        yield f"mix:{sort},{','.join(f'{one}{min(count, 2)}' for one, count in sorted(self._count.items()))}"
        yield f"own:{min(self._inside[clause], _MANY)},{clause == self._spans.proper},{sort}"
        yield f"proper:{min(self._inside[self._spans.proper], _MANY)},{clause == self._spans.proper},{at == 0}"
        yield f"first_of:{at == 0},{min(len(self._kind), 4)},{sort}"
        yield f"alone:{self._inside[clause] > 1},{len(self._inside) > 1}"

    def _of_clause(self, at: int) -> Iterator[str]:
        clause = self._clauses[at]
        words = self._words.get(clause, [])
        yield f"clause_begins:{' '.join(words[:2])}"
        yield f"clause_begins1:{' '.join(words[:1])}"
        yield f"clause_ends:{' '.join(words[-1:])}"
        yield f"clause_steps:{max(-_MANY, min(_MANY, clause - self._spans.proper))}"
        yield f"clause_length:{min(len(words) // _MANY, 5)}"
        following = self._words.get(clause + 1, [])
        yield f"then:{' '.join(following[:2])}"
        yield f"then1:{' '.join(following[:1])}"
        yield f"places_in:{min(self._places[clause], _MANY)},{clause == self._spans.proper}"
        yield f"numbers_in:{min(self._numbers[clause], _MANY)}"
        yield from (f"clause_tag:{tag}" for tag in self._heard.get(clause, ()))

    def _of_neighbours(self, at: int) -> Iterator[str]:
        sort = self._sorts[at]
        yield f"sort_before:{self._sorts[at - 1] if at else ''}&{sort}"
        yield f"sort_behind:{self._sorts[at + 1] if at + 1 < len(self._kind) else ''}&{sort}"
        if at:
            yield from (f"parted_before:{tag}" for tag in self._tags_between(at - 1, nearest_end=True))
        if at + 1 < len(self._kind):
            between = [mark for mark in self._marks[self._kind[at].last : self._kind[at + 1].first] if mark]
            yield f"link_behind:{'_'.join(between) if len(between) <= 2 else 'far'}"
            yield f"next_in_clause:{self._clauses[at + 1] == self._clauses[at]}"
            yield from (f"parted_behind:{tag}" for tag in self._tags_between(at, nearest_end=False))

    def _tags_between(self, at: int, *, nearest_end: bool) -> set[str]:
        first, last = self._kind[at].last, self._kind[at + 1].first
        reach = range(max(first, last - _BETWEEN), last) if nearest_end else range(first, min(last, first + _BETWEEN))
        return {tag for one in reach for tag in self._tags[one]}
