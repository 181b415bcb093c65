"""The one door, over a real store: follow-ups, past states, and loading no more than is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.answers.answer import ClaimsBlock, NoteKind, Outcome
from bot.answers.ask import Asker
from bot.answers.compose import compose
from bot.answers.needs import places_needed
from bot.questions.memory import Memory
from bot.questions.query import Intent, Query, Read
from bot.questions.reader import Reader
from db.dataset import Dataset
from db.errors import RevisionUnknown
from db.records import Holdings, Who
from tests.bot.answers.made import asked, notes, only, real


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture
def asker(dataset: Dataset, reader: Reader, clock: Clock) -> Asker:
    return Asker(dataset, reader, Memory(clock), clock)


async def test_a_query_is_answered_without_words(asker: Asker) -> None:
    query = asked("US", period="2016-01-01/..")

    assert await asker.answer(query, question="q") == replace(await asker.answer(query, question="q"), question="q")


async def test_an_old_answer_is_run_again_on_its_own_revision(asker: Asker) -> None:
    query = asked("BE", measure="killed")
    now = await asker.answer(query)

    assert await asker.at(query, now.revision) == now
    then, today, changes = await asker.since(query, now.revision)
    assert (then, today) == (now, now)
    assert not changes
    with pytest.raises(RevisionUnknown):
        await asker.at(query, now.revision + 1)


async def test_known_on_a_day_before_the_store_goes_by_publication(asker: Asker) -> None:
    given = await asker.answer(asked("GB", measure="travelled", known_on=date(2014, 6, 30)))

    assert given.outcome is Outcome.ANSWERED
    assert notes(given, NoteKind.KNOWN_ON)[0].values["how"] == "published"


async def test_known_on_a_day_of_the_store_goes_by_what_was_recorded(asker: Asker) -> None:
    given = await asker.answer(asked("GB", measure="travelled", known_on=date(2026, 1, 16)))

    assert notes(given, NoteKind.KNOWN_ON)[0].values["how"] == "recorded"


def only_of(places: frozenset[str] | None) -> Holdings:
    """The real dataset as a store hands it out for some places."""
    held = real()
    if places is None:
        return held
    return replace(
        held,
        figures={place: figures for place, figures in held.figures.items() if place in places},
        populations={key: row for key, row in held.populations.items() if key[0] in places},
    )


@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize(
    "query",
    [
        asked("BE", period="2016-01-01/2016-12-31"),
        asked("MN"),
        asked("R:nordic", measure="travelled"),
        asked("R:western_europe", measure="returned", period="../2017-12-31"),
        asked("R:world", measure="monthly_rate"),
        asked("R:world", who=Who.WOMEN, per_million=True),
        asked("TN", "R:world", measure="travelled", period="../2015-12-31"),
        asked(measure="killed"),
    ],
)
def test_what_is_loaded_is_enough_for_the_same_answer(intent: Intent, query: Query) -> None:
    query = replace(query, intent=intent)
    places = places_needed(query, real().memberships)

    assert compose(Read(query), only_of(places), question="") == compose(Read(query), real(), question="")


def test_one_countrys_question_needs_that_country_and_its_regions() -> None:
    needed = places_needed(asked("BE"), real().memberships)

    assert needed is not None
    assert "BE" in needed
    assert all(place == "BE" or place.startswith("R:") for place in needed)
    assert places_needed(asked(intent=Intent.RANK), real().memberships) is None


async def test_the_store_and_the_package_give_the_same_claims(asker: Asker) -> None:
    query = asked("R:world", measure="travelled", period="../2015-12-31")

    stored = await asker.answer(query)
    packed = compose(Read(query), real(), question="")

    ids = [claim.figure.id for claim in only(packed, ClaimsBlock).claims]
    assert [claim.figure.id for claim in only(stored, ClaimsBlock).claims] == ids
