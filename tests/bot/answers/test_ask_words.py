"""Questions in words at the one door, with follow-ups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.answers.answer import Outcome
from bot.answers.ask import Asker
from bot.questions.dialogue.memory import Memory
from bot.questions.reader import Reader
from db.store.figures import FigureStore
from tests.bot.answers.made import asked


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


async def test_a_question_in_words_is_read_and_answered(asker: Asker) -> None:
    given = await asker.ask("How many Belgians left for Syria in 2016?")

    assert given.outcome is Outcome.ANSWERED
    assert given.question == "How many Belgians left for Syria in 2016?"
    assert given.headline is not None
    assert given.headline.figure.id == "be-travelled_in_period-hln_belga_2019_11_30-4"


async def test_a_follow_up_refers_to_the_askers_last_question_for_ten_minutes(asker: Asker, clock: Clock) -> None:
    await asker.ask("how many belgians were killed", asker="ada", channel="lab")
    followed = await asker.ask("and Germany?", asker="ada", channel="lab")
    assert followed.reading.query is not None
    assert (followed.reading.query.places, followed.reading.query.measure) == (("DE",), "killed")

    clock.now += timedelta(minutes=11)
    late = await asker.ask("and for women?", asker="ada", channel="lab")
    assert late.reading.query is None or late.reading.query.places != ("DE",)


async def test_another_person_and_another_channel_have_no_part_in_it(asker: Asker) -> None:
    await asker.ask("how many belgians were killed", asker="ada", channel="lab")

    for who, where in (("bob", "lab"), ("ada", "hall")):
        given = await asker.ask("and Germany?", asker=who, channel=where)
        assert given.reading.query is None or given.reading.query.measure != "killed"


async def test_a_pressed_button_can_be_followed_up(asker: Asker) -> None:
    await asker.answer(asked("BE", measure="killed"), asker="ada", channel="lab")

    given = await asker.ask("and Germany?", asker="ada", channel="lab")

    assert given.reading.query is not None
    assert given.reading.query.places == ("DE",)
