"""The one door, over a real store: follow-ups, past states, and loading no more than is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.answers.answer import ClaimsBlock, Outcome
from bot.answers.ask import Asker
from bot.answers.compose import compose
from bot.answers.notes import NoteKind
from bot.questions.dialogue.memory import Memory
from bot.questions.query import Read
from bot.questions.reader import Reader
from db.model.errors import RevisionUnknown
from db.store.figures import FigureStore
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
def asker(dataset: FigureStore, reader: Reader, clock: Clock) -> Asker:
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


async def test_the_store_and_the_package_give_the_same_claims(asker: Asker) -> None:
    query = asked("R:world", measure="travelled", period="../2015-12-31")

    stored = await asker.answer(query)
    packed = compose(Read(query), real(), question="")

    ids = [claim.figure.id for claim in only(packed, ClaimsBlock).claims]
    assert [claim.figure.id for claim in only(stored, ClaimsBlock).claims] == ids
