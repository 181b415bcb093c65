"""Values per million inhabitants: exact, by the population of the figure's own year."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import CompareBlock, Row
from bot.answers.draft import Draft
from bot.answers.entries import Entry
from bot.answers.headline import Selection
from bot.answers.notes import Note, NoteKind
from bot.answers.regions import WORLD, is_region
from bot.answers.shelf import Shelf
from db.model.records import Kind

NOT_PEOPLE = (Kind.COUNTRIES, Kind.SAMPLE)
"""Countries of origin and leaked forms have no rate per inhabitant."""


def row(shelf: Shelf, selection: Selection, *, per_million: bool) -> Row | None:
    """One place's row; None when a rate was asked and no population is held for it."""
    entry = selection.headline
    made = selection.row(shelf)
    if not per_million:
        return made
    people = None if entry.kind in NOT_PEOPLE else inhabitants(shelf, selection.place, entry)
    if people is None:
        return None
    count, year = people
    reach = made.reach.per(count) if made.reach is not None else None
    return replace(made, value=made.value.per(count), reach=reach, population=count, population_year=year)


def inhabitants(shelf: Shelf, place: str, entry: Entry) -> tuple[int, int] | None:
    """(inhabitants, their year) for the year that a figure speaks of; None when the table lacks them.

    A region has them when each of its members on that date has them, for one and the same year.
    """
    figure = entry.figure
    stated = figure.period.end or figure.as_of or figure.period.start
    if stated is None:
        return None
    if not is_region(place):
        found = shelf.population(place, stated.year)
        return (found.inhabitants, found.year) if found else None
    if place == WORLD:
        return None
    members = [shelf.population(member, stated.year) for member in shelf.members(place, stated.last)]
    known = [member for member in members if member is not None]
    if not known or len(known) < len(members) or len({member.year for member in known}) > 1:
        return None
    return sum(member.inhabitants for member in known), known[0].year


def rate_block(draft: Draft, selection: Selection) -> None:
    """Show a looked-up figure as a rate beside its claims, or say that the denominator is missing."""
    rate = row(draft.shelf, selection, per_million=True)
    if rate is None:
        draft.remark([missing_denominator((selection.place,))])
        return
    draft.blocks.append(CompareBlock(selection.measure, selection.who, True, (rate,), missing=(), certain=True))


def missing_denominator(places: tuple[str, ...]) -> Note:
    """That no rate can be given for lack of a population."""
    return Note(NoteKind.MISSING_DENOMINATOR, {"places": ",".join(places)})
