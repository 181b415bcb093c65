"""The rule that chooses the claim which opens an answer, and the name of what decided."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.answers.answer import Claim, Row
from bot.answers.entries import Days, Entry, Standing
from bot.answers.notes import HeadlineRule
from bot.answers.shelf import Shelf
from bot.answers.times import MONTH_DAYS, QUARTER_DAYS, SAME_TIME_OPEN, Asked, is_exact, is_stated, quarter
from db.model.records import Counts, Figure, Kind, Status, Who
from db.model.values import Bound, Interval, Number, between, printed_span, widened

Key = tuple[int, int, int, int, int, int, int, int, str, int, int, str]

DECIDERS = (
    HeadlineRule.DEFINITION,
    HeadlineRule.GROWTH,
    HeadlineRule.PERIOD,
    HeadlineRule.NEWEST,
    HeadlineRule.GRADE,
    HeadlineRule.TWO_SIDED,
    HeadlineRule.DATED,
    HeadlineRule.OFFICIAL,
    HeadlineRule.RELIABILITY,
    HeadlineRule.CREDIBILITY,
    HeadlineRule.ORIGIN,
    HeadlineRule.LISTED,
)
"""What each part of the key stands for, in the order in which it decides."""
COMPARABLE: Final = 5
"""The parts of the key that equal claims of one definition, time and class of grades share."""
ATTEMPTS = 2
"""From here on a figure does not count what was asked, however new it is."""
GOOD_GRADES = "ABC"
VOUCHED = range(1, 4)
"""Credibility of information that others confirm, or that is probably or possibly true."""
TENTH = 10
COUNTED = (Counts.AS_MEASURED, Counts.ARRIVALS)
"""What a figure of the definition asked counts: no attempts, no named persons alone, nothing unconfirmed."""
DISAGREE = 3
"""Claims that exclude each other by more than the third part of the larger leave no single number."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The claims that answer, in the order of the headline rule, and those kept apart from them."""

    place: str
    measure: str
    who: Who
    asked: Asked
    claims: tuple[Entry, ...]
    rule: HeadlineRule
    reason: str = ""
    """A moderator's, for a pick."""
    apart: int = 0
    """How many of the first claims the range spans that leads instead of a number; 0 where one of them opens."""
    earlier: tuple[Entry, ...] = ()
    """Of older dates, newest first; no conflict with the claims."""
    aside: tuple[tuple[Entry, str], ...] = ()
    """The best claim of another scope or stretch in the asked period, with the way in which it differs."""
    beaten: tuple[HeadlineRule, ...] = ()
    """What put each of the claims after the first behind it."""

    set_reach: Interval | None = None
    """How far it reaches where a comparison leaves only one of the claims."""

    @property
    def reach(self) -> Interval:
        """From the lowest to the highest number that claims of this time and definition state."""
        return self.set_reach or reach([entry.figure for entry in self.claims])

    @property
    def headline(self) -> Entry:
        """The claim that opens the answer."""
        return self.claims[0]

    @property
    def is_disputed(self) -> bool:
        """Whether nothing but disputed claims would answer."""
        return self.headline.figure.status is Status.DISPUTED

    @property
    def range(self) -> Interval:
        """What stands for the place in sums and ranks: the value that opens, or the range that leads."""
        return printed_span([entry.figure.value for entry in self.claims[: max(1, self.apart)]])

    def row(self, shelf: Shelf) -> Row:
        """The place's row in a sum or a list: what opens, or the range of the claims that leave none to open."""
        first, *others = self.claims[: max(1, self.apart)]
        return Row(
            self.place,
            self.show(shelf, first),
            self.range,
            reach=self.reach,
            others=tuple(self.show(shelf, entry) for entry in others),
        )

    def show(self, shelf: Shelf, entry: Entry) -> Claim:
        """An entry as the claim that an answer shows."""
        return shelf.claim(entry, exact=is_exact(entry, self.asked))


def order(
    entries: Sequence[Entry], asked: Asked, shelf: Shelf, *, peak: bool = False, less: Container[Entry] | None = None
) -> Selection:
    """Comparable claims in the order of the headline rule; a moderator's pick goes before it.

    ``less`` are those that say less than was counted before them, where there are more than these claims.

    The order: the definition asked (no attempts, no ceiling, nothing disputed, nothing that one doubtful source says
    alone; of a flow, just the asked stretch); no less than was counted before; the newest quarter, a bare year counting
    at its end; grades A to C; a value with two ends; what surely speaks of that quarter before a bare year; an official
    or own count, then a compilation, then a relay; reliability, credibility, closeness. Where the best two of one
    definition, quarter and class are far apart, neither opens.
    """
    first = entries[0].figure
    pick = shelf.pick(first.place, first.measure, first.who)
    picked = pick is not None and any(entry.figure.id == pick.figure for entry in entries)
    if len(entries) == 1 and not picked:
        return _ordered(entries, asked, HeadlineRule.ONLY, {})
    relayed = frozenset(key for entry in entries for key in entry.chain[1:])
    less = outdone(entries) if less is None else less
    keys = {entry: _key(entry, asked, relayed, less) for entry in entries}
    ranked = sorted(entries, key=keys.__getitem__)
    if pick is not None and picked:
        ranked.sort(key=lambda entry: entry.figure.id != pick.figure)
        return _ordered(ranked, asked, HeadlineRule.MODERATOR, keys, pick.reason)
    if peak:
        ranked.sort(key=lambda entry: _height(entry.figure.value), reverse=True)
        return _ordered(ranked, asked, HeadlineRule.PEAK, keys)
    rivals = [
        entry
        for entry in ranked[1:]
        if keys[entry][:COMPARABLE] == keys[ranked[0]][:COMPARABLE] and _is_rival(entry, ranked[0])
    ]
    if rivals and far_apart(ranked[0].figure.value, rivals[0].figure.value):
        apart = frozenset((ranked[0], *rivals))
        ranked.sort(key=lambda entry: entry not in apart)
        return _ordered(ranked, asked, HeadlineRule.DISAGREE, keys, apart=1 + len(rivals))
    decider = _between(keys[ranked[0]], keys[ranked[1]])
    source = ranked[0].figure.source
    ranked.sort(key=lambda entry: entry.figure.source != source)  # two counts of one source stand together
    return _ordered(ranked, asked, decider, keys)


def _ordered(
    ranked: Sequence[Entry],
    asked: Asked,
    rule: HeadlineRule,
    keys: Mapping[Entry, Key],
    reason: str = "",
    apart: int = 0,
) -> Selection:
    """The order with what put each claim behind the first: the first part of the key that tells them apart.

    Those that disagree with the first one, or stand behind a moderator's pick or a peak, do so for that alone.
    """
    first = ranked[0]
    overall = rule in (HeadlineRule.MODERATOR, HeadlineRule.PEAK)
    beaten = tuple(
        rule if overall or place < apart else _between(keys[first], keys[entry])
        for place, entry in enumerate(ranked[1:], start=1)
    )
    place, measure, who = first.figure.place, first.figure.measure, first.figure.who
    return Selection(place, measure, who, asked, tuple(ranked), rule, reason, apart=apart, beaten=beaten)


def may_be_older(entry: Entry) -> bool:
    """Whether a date is so coarse that it may be of an earlier quarter: "by 2015" counts at its end, and may be May."""
    return not entry.is_stretch and entry.moment is not None and entry.moment[1] - entry.moment[0] > QUARTER_DAYS


def _is_rival(entry: Entry, first: Entry) -> bool:
    """Whether another source's claim is sure to speak of the same time: a bare year may be of a time before growth."""
    if entry.figure.source == first.figure.source:
        return False
    if entry.is_stretch:
        return entry.period == first.period
    dates = [other.moment for other in (entry, first) if other.moment is not None]
    return len(dates) == 2 and all(last - start <= MONTH_DAYS for start, last in dates)


def far_apart(one: Interval, other: Interval, share: int = DISAGREE) -> bool:
    """Whether two values exclude each other by more than one part in ``share`` of the larger; a third by default.

    An open value reaches as far as is needed to meet the other.
    """
    if one.surely_below(other):
        below, above = one.most, other.least
    elif other.surely_below(one):
        below, above = other.most, one.least
    else:
        return False
    return below is not None and share * (above - below) > above


def reach(figures: Sequence[Figure]) -> Interval:
    """From the lowest to the highest number that figures of one time state: what may turn an order round.

    A rounded number reaches as far as its rounding. A bound alone states its own end and nothing beyond, and moves an
    end only where it contradicts the others. Claims off the definition asked, such as those that count attempts, have
    no part in it, unless the first one is of that kind.
    """
    least = off_definition(figures[0])
    values = [widened(figure.value) for figure in figures if off_definition(figure) <= least]
    first = values[0]
    ceilings = [value.high for value in values if value.low is None and value.high is not None]
    counts = [value for value in values if value.low is not None and value.high is not None]
    if first.low is None:
        return Interval(None, max([*ceilings, *(value.least for value in values)]), first.bound)
    floors = [value.least for value in values if value.low is not None]
    low = min([*(value.least for value in counts), *ceilings, *([first.least] if first.high is None else [])])
    high = max([*(value.high for value in counts if value.high is not None), *floors])
    if (low, high) in ((first.low, first.high), (first.low, first.low)):
        return first
    return between(low, high)


def shadowed(entries: Iterable[Entry]) -> frozenset[Entry]:
    """Claims that another one present stands for: relays of a source that speaks itself, unofficial twins."""
    listed = list(entries)
    sources = {entry.figure.source for entry in listed}
    official = {entry.figure.source for entry in listed if not entry.unofficial}
    return frozenset(
        entry
        for entry in listed
        if any(key in sources for key in entry.chain[1:]) or (entry.unofficial and entry.figure.source in official)
    )


def _key(entry: Entry, asked: Asked, relayed: Container[str], less: Container[Entry]) -> Key:
    return (
        level(entry),
        int(entry in less),
        int(entry.is_stretch and not is_stated(entry, asked)),
        -quarter(entry, asked),
        int(not _is_good(entry)),
        int(entry.figure.value.low is None or entry.figure.value.high is None),
        int(may_be_older(entry)),
        _standing(entry, relayed),
        *entry.rank,
    )


def outdone(entries: Iterable[Entry]) -> frozenset[Entry]:
    """Counts that only grow and say less, by a tenth or more, than one of the year before them: they tell nothing.

    A floor below that count is true and empty; a bare year may be of before it; less than a third of it counts
    something narrower. No count gives way to one of a worse class of grades, nor does what a source states beside
    another count of that date: it counts two things, and neither has fallen.
    """
    dated = [
        (entry.moment, entry.figure.value.low or 0, entry.figure.value.high, entry)
        for entry in entries
        if entry.kind is Kind.CUMULATIVE and not entry.is_stretch and entry.moment is not None
    ]
    found: set[Entry] = set()
    for days, low, high, entry in dated:
        most = low if high is None else high
        above = [
            other
            for before, least, _, other in dated
            if days[1] - SAME_TIME_OPEN <= before[1] < days[1] and TENTH * (least - most) >= least > 0
        ]
        if above and _tells_nothing(entry, most, above) and not _is_stated_with_another(entry, dated):
            found.add(entry)
    return frozenset(found)


def _tells_nothing(entry: Entry, most: Number, above: Sequence[Entry]) -> bool:
    """Whether one of some higher counts of the year before outdoes a later one."""
    first, is_good = (entry.moment or (0, 0))[0], _is_good(entry)
    for other in above:
        if level(other) or (is_good and not _is_good(other)):
            continue
        inside = may_be_older(entry) and first <= (other.moment or (0, 0))[0] and not may_be_older(other)
        if entry.figure.value.high is None or inside or DISAGREE * most < other.figure.value.least:
            return True
    return False


def _is_stated_with_another(entry: Entry, dated: Iterable[tuple[Days, Number, Number | None, Entry]]) -> bool:
    """Whether its source states another count of its date."""
    return any(
        days == entry.moment and other.figure.source == entry.figure.source and other.figure.value != entry.figure.value
        for days, _, _, other in dated
    )


def _is_good(entry: Entry) -> bool:
    return entry.rank[0] in GOOD_GRADES


def _standing(entry: Entry, relayed: Container[str]) -> int:
    """Whose count it is; what others here pass on is its source's own, and an unofficial one stands behind."""
    own = entry.standing is Standing.COMPILED and entry.figure.source in relayed
    return (Standing.OWN if own else entry.standing) + int(entry.unofficial)


def off_definition(figure: Figure) -> int:
    """How far a figure is from a count of those who arrived: a ceiling alone is, one with attempts, a disputed one."""
    if figure.status is Status.DISPUTED:
        return 3
    if figure.counts not in COUNTED:
        return ATTEMPTS
    return int(figure.value.low is None)


def is_unconfirmed(entry: Entry) -> bool:
    """Whether a source that is not reliable states it alone; it opens nothing, however new it is."""
    return not _is_good(entry) and entry.figure.credibility not in VOUCHED


def level(entry: Entry) -> int:
    """How far a claim is from one that may open: what it counts, and whether anybody vouches for it."""
    off = off_definition(entry.figure)
    return ATTEMPTS if off < ATTEMPTS and is_unconfirmed(entry) else off


def _between(winner: Key, other: Key) -> HeadlineRule:
    for decider, mine, theirs in zip(DECIDERS, winner, other, strict=True):
        if mine != theirs:
            return decider
    return HeadlineRule.LISTED


def _height(value: Interval) -> tuple[float, float, bool]:
    """How high a claim reaches; "more than 40,000" is above 40,000."""
    return float(value.least), float(value.least if value.most is None else value.most), value.bound is Bound.MORE_THAN
