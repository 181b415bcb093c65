"""What reading a place name can give: found, ambiguous or unknown, and where in a sentence it stood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One place is meant."""

    place: str
    """A country (`FR`), a region (`R:maghreb`) or the world (`R:world`)."""
    how: str
    """code, flag, exact, alias, demonym, region, subnational or typo."""
    text: str
    """The words as they were written."""
    changed: str | None = None
    """What the words were read as, where that differs from what was written (`Belgium` for `belgum`)."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several places are meant equally well; the person has to say which."""

    candidates: tuple[str, ...]
    """The places, likeliest first; two at least."""
    text: str
    how: str
    """shared (the name belongs to several places), typo (a near-tie) or fragment (the start of several names)."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place is meant, or none that may be answered silently."""

    nearest: tuple[str, ...]
    """Places worth offering, nearest first; often none."""
    text: str


Outcome = Found | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a sentence."""

    start: int
    """Offset of the first character in the text as given."""
    end: int
    """Offset after the last character in the text as given."""
    text: str
    outcome: Found | Ambiguous
