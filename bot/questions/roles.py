"""What each span does in the question: asked, left out, set as the destination, or mere context.

A role is chosen from left to right by a small trained model that sees the words around the span, the clause it stands
in and the role of the span before it: in "without Italy, Spain and France" each name inherits what binds the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.questions import lexicon
from bot.questions.company import Company
from bot.questions.features import marks
from bot.questions.lexicon import PUBLISHER, cluster_of
from bot.questions.spans import Number, Place, Span, Spans
from bot.questions.times import Time

ASKED, WITHOUT, THERE, ONLY, KNOWN, OTHER = "asked", "without", "there", "only", "known", "other"
TOP, BOTTOM, VALUE = "top", "bottom", "value"
ADULTS, SEXES = "adults", "sexes"
GROUPS = ("women_and_minors", "women", "minors", "men", ADULTS, SEXES)
"""The senses of who is counted; adults are everyone without minors, and sexes are women and men beside each other."""
KINDS = ("place", "time", "number", "group", "publisher", "measured")
MEASURES, GOING = lexicon.MEASURES, lexicon.GOING
_REACH = 6
_SHORT_WORD = 4
_SIZES = (0, 1, 12, 99, 2020)


def slots_of(spans: Spans) -> dict[str, list[Span]]:
    """The spans of each kind that take roles, from left to right."""
    groups = [sense for sense in spans.senses if not sense.tags.isdisjoint(GROUPS)]
    publishers = [sense for sense in spans.senses if any(tag.startswith(PUBLISHER) for tag in sense.tags)]
    measured = [sense for sense in spans.senses if not sense.tags.isdisjoint(MEASURES | GOING)]
    return {
        "place": list(spans.places),
        "time": list(spans.times),
        "number": list(spans.numbers),
        "group": sorted(groups, key=lambda sense: sense.first),
        "publisher": sorted(publishers, key=lambda sense: sense.first),
        "measured": sorted(measured, key=lambda sense: sense.first),
    }


class Surroundings:
    """The marks and tags of a text, looked up once for all of its spans."""

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self.marks = marks(spans)
        self._tags = [
            sorted(spans.sense_at[at].tags - {"function"}) if at in spans.sense_at else []
            for at in range(len(self.marks))
        ]
        self._lists: dict[str, tuple[list[tuple[int, int]], int]] = {}
        self._company: dict[str, Company] = {}

    def features(self, kind: str, all_of_kind: Sequence[Span], at: int, before: str) -> set[str]:
        """The features of one span; ``before`` is the role of the span of its kind before it."""
        span = all_of_kind[at]
        found = {"bias", f"before:{before}"}
        found.update(self._position(kind, all_of_kind, at))
        found.update(self._near(span))
        found.update(_itself(kind, span, self.spans))
        found.update(f"{name}&before:{before}" for name in self._link(span, all_of_kind, at))
        found.update(self._run(kind, all_of_kind, at))
        if kind not in self._company:
            self._company[kind] = Company(self.spans, self.marks, self._tags, all_of_kind)
        found.update(self._company[kind].features(at))
        return found

    def lists(self, kind: str, all_of_kind: Sequence[Span]) -> list[tuple[int, int]]:
        """Of each span of a kind the first and the last of the list that it stands in."""
        return self._whole(kind, all_of_kind)[0]

    def _whole(self, kind: str, all_of_kind: Sequence[Span]) -> tuple[list[tuple[int, int]], int]:
        """Of each span of a kind the first and the last of its list, and how many stand in the question proper.

        Worked out once for all of them, so that a text of a thousand codes is read in proportion to its length.
        """
        if kind not in self._lists:
            runs: list[tuple[int, int]] = []
            while len(runs) < len(all_of_kind):
                first = last = len(runs)
                while last + 1 < len(all_of_kind) and self._joined(all_of_kind[last], all_of_kind[last + 1]):
                    last += 1
                runs += [(first, last)] * (last + 1 - first)
            proper = sum(self.spans.clause_with(span) == self.spans.proper for span in all_of_kind)
            self._lists[kind] = runs, proper
        return self._lists[kind]

    def _position(self, kind: str, all_of_kind: Sequence[Span], at: int) -> Iterator[str]:
        where = self.spans.clause_with(all_of_kind[at])
        clause = self.spans.clauses[where] if self.spans.clauses else None
        proper = where == self.spans.proper
        yield f"clause:{clause.kind if clause else ''},{'proper' if proper else 'aside'}"
        yield f"index:{min(at, 3)}"
        yield f"count:{min(len(all_of_kind), 4)}"
        yield f"last:{at == len(all_of_kind) - 1}"
        if not proper:
            yield f"side:{'early' if where < self.spans.proper else 'late'}"
        yield f"proper_has:{min(self._whole(kind, all_of_kind)[1], 2)},{proper}"

    def _near(self, span: Span) -> Iterator[str]:
        behind = [mark for mark in self.marks[max(0, span.first - 12) : span.first] if mark][-_REACH:]
        ahead = [mark for mark in self.marks[span.last : span.last + 12] if mark][:_REACH]
        for steps, mark in enumerate(reversed(behind[-3:]), start=1):
            yield f"b{steps}:{mark}"
            yield from _cluster(f"bc{steps}", mark)
        yield f"bb:{' '.join(behind[-2:])}"
        for steps, mark in enumerate(ahead[:3], start=1):
            yield f"a{steps}:{mark}"
            yield from _cluster(f"ac{steps}", mark)
        yield f"aa:{' '.join(ahead[:2])}"
        yield f"around:{' '.join(behind[-1:])}_{' '.join(ahead[:1])}"
        if not behind:
            yield "opens"
        if not ahead:
            yield "closes"
        text, tokens = self.spans.text, self.spans.tokens
        start = getattr(span, "start", None)
        begin = start if isinstance(start, int) else tokens[span.first].start
        finish = span.end if isinstance(span, Place) else tokens[span.last - 1].end
        yield f"mark_before:{text[:begin].rstrip()[-1:] if begin else ''}"
        yield f"mark_after:{text[finish:].lstrip()[:1]}"
        for at in range(max(0, span.first - _REACH), span.first):
            for tag in self._tags[at]:
                yield f"tag_before:{tag}"
                yield f"tag_before:{tag},{'near' if span.first - at <= 2 else 'far'}"
        for at in range(span.last, min(len(self._tags), span.last + 4)):
            for tag in self._tags[at]:
                yield f"tag_after:{tag},{'near' if at - span.last <= 1 else 'far'}"

    def _link(self, span: Span, all_of_kind: Sequence[Span], at: int) -> Iterator[str]:
        """What parts the span from the one before it: the marks of a list, a word, or many words."""
        if not at:
            return
        before = all_of_kind[at - 1]
        between = [mark for mark in self.marks[before.last : span.first] if mark]
        same = self.spans.clause_with(before) == self.spans.clause_with(span)
        yield f"link:{'_'.join(between) if len(between) <= 2 else 'far'}"
        yield f"same_clause:{same}"

    def _run(self, kind: str, all_of_kind: Sequence[Span], at: int) -> Iterator[str]:
        """What stands before and behind the list that the span is part of: "Germany and France not counted"."""
        first, last = self._whole(kind, all_of_kind)[0][at]
        yield f"run:{min(last - first, 3)},{'end' if at == last else 'start' if at == first else 'inside'}"
        start, end = all_of_kind[first].first, all_of_kind[last].last
        behind = [mark for mark in self.marks[max(0, start - 4) : start] if mark][-2:]
        ahead = [mark for mark in self.marks[end : end + 4] if mark][:2]
        for name, found in (("run_before", behind), ("run_after", ahead)):
            yield f"{name}:{' '.join(found)}"
            for mark in found:
                yield f"{name}1:{mark}"
                yield from _cluster(f"{name}c", mark)
        for where, reach in (("run_before", range(max(0, start - 4), start)), ("run_after", range(end, end + 4))):
            tags = {tag for one in reach if one < len(self._tags) for tag in self._tags[one]}
            yield from (f"{where}_tag:{tag}" for tag in tags)

    def _joined(self, left: Span, right: Span) -> bool:
        """Whether only a mark or one short word parts two spans of a list."""
        between = [mark for mark in self.marks[left.last : right.first] if mark]
        return not between or (len(between) == 1 and len(between[0]) <= _SHORT_WORD)


def _cluster(name: str, mark: str) -> Iterator[str]:
    cluster = cluster_of(mark)
    if cluster is not None:
        yield f"{name}:{cluster}"


def _itself(kind: str, span: Span, spans: Spans) -> Iterator[str]:
    if isinstance(span, Place):
        what = "doubt" if span.candidates else span.ids[0] if span.ids[0] in ("SY", "IQ") else ""
        scale = what or ("region" if span.ids[0].startswith("R:") else "country")
        yield f"is:{scale},{span.how}"
        yield f"is:{scale}"
        yield f"how:{span.how}"
        if span.how in ("upper", "lower"):
            yield f"code:{span.text.lower()}"
            yield f"shouted:{span.how == 'upper' and not any(char.islower() for char in spans.text)}"
            yield f"codes:{min(3, sum(place.how in ('upper', 'lower', 'code') for place in spans.places))}"
    elif isinstance(span, Time):
        yield f"is:{'both' if span.is_closed else 'since' if span.start else 'by' if span.stop else 'open'}"
        days = (span.stop - span.start).days if span.start and span.stop else -1
        yield f"span:{'day' if 0 <= days < 3 else 'year' if days > 300 else 'short' if days >= 0 else 'open'}"
        words = (spans.tokens[at] for at in range(span.first, span.last))
        yield f"said:{' '.join(token.word for token in words if not token.is_number)}"
    elif isinstance(span, Number):
        size = span.value
        yield f"size:{sum(size > limit for limit in _SIZES)}"
        token = spans.tokens[span.first]
        yield f"digits:{token.is_number}"
        yield f"like_year:{1990 <= size <= 2030}"
    else:
        yield from (f"is:{tag}" for tag in span.tags)
        yield f"word:{' '.join(span.phrase)}"
