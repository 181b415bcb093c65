"""Why a claim opens an answer, and what the answer remarks on; renderers have the words of each in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class HeadlineRule(StrEnum):
    """Why this claim opens the answer, in the order in which the rule asks."""

    MODERATOR = "moderator"
    ONLY = "only"
    PEAK = "peak"  # the highest claim, because the peak was asked for
    DEFINITION = "definition"  # it counts what was asked: those who arrived, and a number rather than a ceiling
    GROWTH = "growth"  # the others say less than was counted before them, and such a count only grows
    PERIOD = "period"  # of a flow: it alone counts over exactly the stretch that was asked
    NEWEST = "newest"  # of the newest quarter within what was asked
    GRADE = "grade"  # its source is reliable or fairly so, the other's is not
    TWO_SIDED = "two_sided"  # a value with both ends before a bound alone
    DATED = "dated"  # dated more exactly than by a bare year, whose end is in the same quarter
    OFFICIAL = "official"  # an official or own count before a compilation, that before a relay
    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"  # the information itself is graded higher
    ORIGIN = "origin"  # closer to the origin
    LISTED = "listed"  # equal in every respect: the first in the dataset's order
    DISAGREE = "disagree"  # none opens: the best two exclude each other by more than a third


class NoteKind(StrEnum):
    """What an answer remarks on; each has its wording in every locale."""

    READ_AS = "read_as"  # text, read_as
    SUBNATIONAL = "subnational"  # text, place
    DISPUTED_PLACE = "disputed_place"  # text, place: whose figures are shown
    MEASURE_ASSUMED = "measure_assumed"  # measure
    PERIOD_DIFFERS = "period_differs"  # asked, own
    REVISES = "revises"  # later figure revises earlier: later, earlier (figure ids)
    RELAY_MISMATCH = "relay_mismatch"  # figure, relayed (figure ids), what: kind|value|bound|period
    NONE_KNOWN = "none_known"  # figure: zero stated as none known
    ATTEMPTS_INCLUDED = "attempts_included"  # figure
    FAMILIES_INCLUDED = "families_included"  # figure
    DESTINATION_DIFFERS = "destination_differs"  # destination
    OTHER_MEASURES = "other_measures"  # measures: other measures held, offered and not mixed in
    OVERLAPPING_PERIODS = "overlapping_periods"
    NOT_ADDED = "not_added"  # why: kinds|parent_child|periods|dates|sample|mixed|nothing; places
    MISSING_DENOMINATOR = "missing_denominator"  # places
    FALLING_CUMULATIVE = "falling_cumulative"  # earlier, later (figure ids)
    SECONDARY = "secondary"  # figure: read in another document's quotation
    DISPUTED = "disputed"  # figure, reason
    KNOWN_ON = "known_on"  # date, how: recorded (the dataset then) | published (only sources out by then)
    MEMBERSHIP = "membership"  # region, date
    SAMPLE = "sample"  # a leaked sample, never people who travelled
    COUNTING_DIFFERS = "counting_differs"  # an official count beside another: figure, official
    TIES = "ties"  # shown, could (how many places the ranges would allow among the n asked), places (which others)
    NOT_CERTAIN = "not_certain"  # places: those that could be first, by one claim of the time or another
    NOT_RANKED = "not_ranked"  # places: their only counts include attempts
    RESTS_ON_ONE_ORIGIN = "rests_on_one_origin"  # origin, documents (how many)
    DATES_DIFFER = "dates_differ"  # first, last: the figures set side by side speak of different dates
    UNDATED = "undated"  # figure: its source gives no date for it
    UNOFFICIAL = "unofficial"  # figure: a count that its source calls not official
    NOT_A_PART = "not_a_part"  # places: none of them holds the others, so there is no share
    NOT_DIVIDED = "not_divided"  # the part opens: no whole is held that it could be divided by
    CAPPED = "capped"  # a share was cut at 100 percent
    PUBLISHED_AND_SUM = "published_and_sum"  # region: a published total stands beside our sum; never added
    OTHER_COUNT_ONLY = "other_count_only"  # asked, given (measures): departures are not held, another count is
    OTHER_COUNT = "other_count"  # figure: the other of departures and all who had gone, where the two differ
    NUMBER_HELD = "number_held"  # number, figures: who states the number that the question names
    NUMBER_NOT_HELD = "number_not_held"  # number, figure: nobody states it; what comes nearest
    NO_FIGURES = "no_figures"  # places: nothing at all is held
    NONE_BY = "none_by"  # places, publishers: named, and not among those who say something
    NONE_HELD = "none_held"  # places: figures are held, but none that answers


@dataclass(frozen=True, slots=True)
class Note:
    """A remark with the values that its sentence needs (ids, numbers, dates as text)."""

    kind: NoteKind
    values: Mapping[str, str] = field(default_factory=dict)
