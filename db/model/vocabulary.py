"""The words that a column can hold, each with what it means."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a measure; two kinds are never compared, added or ranked together."""

    CUMULATIVE = "cumulative"
    FLOW = "flow"
    RATE = "rate"
    STOCK = "stock"
    COUNTRIES = "countries"
    SAMPLE = "sample"


class Who(StrEnum):
    """Who is counted."""

    EVERYONE = "everyone"
    MEN = "men"
    WOMEN = "women"
    MINORS = "minors"
    WOMEN_AND_MINORS = "women_and_minors"


class Destination(StrEnum):
    """Where they went."""

    SY = "SY"
    IQ = "IQ"
    SY_IQ = "SY+IQ"
    WIDER = "wider"


class Status(StrEnum):
    """What the moderators say of a figure or a source."""

    CURRENT = "current"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class Zero(StrEnum):
    """What a zero says."""

    NOT_ZERO = ""
    NONE = "none"
    """There were none."""
    NONE_KNOWN = "none_known"
    """None had been seen, which does not rule them out."""


class Counts(StrEnum):
    """What a figure counts where that is not just what its measure says."""

    AS_MEASURED = ""
    ARRIVALS = "arrivals"
    """Only those who arrived, and the source says so."""
    ATTEMPTS_INCLUDED = "attempts_included"
    """Those who tried, too."""
    STOPPED_INCLUDED = "stopped_included"
    """Those who were stopped on the way, too."""
    WITH_FAMILIES = "with_families"
    """Spouses and children who came along, too."""
    NAMED_PERSONS = "named_persons"
    """Persons known by name: a floor, not an estimate."""
    UNCONFIRMED = "unconfirmed"
    """Cases that are not confirmed, too, or only those."""

    @property
    def holds_attempts(self) -> bool:
        """Whether some of those counted never arrived."""
        return self in (Counts.ATTEMPTS_INCLUDED, Counts.STOPPED_INCLUDED)


class Official(StrEnum):
    """Whether a state says so."""

    YES = "yes"
    NO = "no"
    UNSTATED = "unstated"
