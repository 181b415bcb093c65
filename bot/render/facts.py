"""What a figure says as a clause, and the parts of it that every opening sentence shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from bot.answers.answer import Claim
from bot.answers.regions import WORLD
from bot.render.fragments import Telling, counted_period, is_cumulative, unit_noun
from bot.words.words import Words
from bot.words.writing import coarsest
from db.model.records import Figure, Who, Zero
from db.model.values import Bound, Interval, Number, between


def fact(figure: Figure, telling: Telling) -> str:
    """What a figure says, as a clause: "4 people from Belgium went to Syria in 2016"."""
    words = telling.words
    text = fact_text(
        words,
        figure.measure,
        figure.who,
        figure.value,
        [figure.place],
        str(figure.destination),
        time_of(figure, words),
    )
    known = figure.value.is_zero and figure.zero is Zero.NONE_KNOWN
    return words.say("says.known", sentence=text) if known else text


def fact_text(
    words: Words,
    measure: str,
    who: Who,
    value: Interval,
    places: Iterable[str],
    destination: str,
    time: str,
    left_out: str = "",
) -> str:
    """A counted value in the sentence of its measure; what is left out stands in brackets behind the places."""
    noun = unit_noun(measure, who)
    text = words.form(
        f"says.{measure}",
        value,
        people=words.counted(value, noun),
        from_=from_places(places, words) + left_out,
        to=words.say(f"dest.to.{destination}"),
        in_=words.say(f"dest.in.{destination}"),
        back=words.say(f"dest.from.{destination}"),
        when=time,
    )
    return close(text)


def time_of(figure: Figure, words: Words) -> str:
    """The time of a figure inside of a sentence: "in 2016", "by July 2016", "between January and September 2016"."""
    period, as_of = counted_period(figure.period, figure.as_of), figure.as_of
    cumulative = is_cumulative(figure.measure)
    if period.is_open:
        if as_of is None:
            return words.say("sentence.no_date")
        return words.at("time.by" if cumulative else "time.in", as_of)
    if cumulative and period.start is None and period.end is not None:
        return words.at("time.by", coarsest(period).end or period.end)
    return words.within(period)


def stretch(claims: Sequence[Claim]) -> Interval:
    """From the lowest to the highest number that claims print; open upwards where one is."""
    values = [claim.figure.value for claim in claims]
    low, high = scale_of([value for value in values if value.low is not None] or values)  # no zero that nobody printed
    high = max(high, scale_of(values)[1])
    return between(low, None if any(value.high is None for value in values) else high, exact=True)


def ends_of(claims: Sequence[Claim]) -> tuple[Claim, Claim]:
    """The claims that print the lowest and the highest number; an open end prints none."""
    printed = {
        claim: [float(end) for end in (claim.figure.value.low, claim.figure.value.high) if end is not None]
        for claim in claims
    }
    return min(claims, key=lambda claim: min(printed[claim])), max(claims, key=lambda claim: max(printed[claim]))


def scale_of(values: Sequence[Interval]) -> tuple[int, int]:
    """The printed ends between which all values lie."""
    ends = [int(end) for value in values for end in (value.low, value.high) if end is not None]
    lows = [int(value.least) for value in values]
    return (min(lows, default=0), max(ends, default=0))


def from_places(places: Iterable[str], words: Words) -> str:
    """Where people came from, in words; empty for the whole world."""
    named = [words.from_place(place) for place in places if place != WORLD]
    return words.listed(named)


def destination_of(claims: Sequence[Claim]) -> str:
    """The theatre that all claims count, else both."""
    found = {str(claim.figure.destination) for claim in claims}
    return found.pop() if len(found) == 1 else "SY+IQ"


def close(text: str) -> str:
    """A text without the gaps that an empty part leaves."""
    return re.sub(r" +([,،:])(?!\w)", r"\1", re.sub(r" {2,}", " ", text)).strip()


def as_coarse(percent: Interval, values: Sequence[Interval]) -> Interval:
    """A percentage of figures that are rounded or open, in whole percents; below one percent it keeps its digits."""
    if all(value.bound is Bound.EXACT for value in values) or percent.high == 0:
        return percent
    low = None if percent.low is None else _whole_percent(percent.low, ROUND_FLOOR)
    high = None if percent.high is None else _whole_percent(percent.high, ROUND_CEILING)
    if percent.low is not None and percent.low == percent.high:
        low = high = _whole_percent(percent.low, ROUND_HALF_EVEN)
    return replace(percent, low=low, high=high, bound=Bound.ABOUT if low == high else percent.bound)


def _whole_percent(number: Number, rounding: str) -> Decimal:
    exact = Decimal(number)
    return exact.quantize(Decimal(1), rounding) if exact >= 1 else exact
