"""What holds in every dialogue, whatever was said."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.questions.dialogue.state import REMEMBERED, Open, State
from bot.questions.dialogue.talking import Dialogue, Turn
from bot.questions.query import Doubt, Intent, Query, Read, Refused
from bot.questions.reader import Reader
from db.model.records import Who
from db.model.values import Period

TODAY = date(2026, 11, 23)
YEAR = Period.between(date(2015, 1, 1), date(2015, 12, 31))
STATES = {
    "a count": Query(Intent.LOOKUP, ("BE",), measure="returned", who=Who.WOMEN, period=YEAR),
    "a comparison": Query(Intent.COMPARE, ("FR", "DE"), per_million=True),
    "a ranking": Query(Intent.RANK, ("R:balkans",), top=5),
    "sources": Query(Intent.SOURCES, ("TN",), value=3000),
    "a definition": Query(Intent.DEFINE, measure="killed"),
}
WHOLE = (
    "How many Belgians left for Syria in 2016?",
    "how many people from Norway had returned by the end of 2015?",
    "Combien de Français sont partis en Syrie en 2014 ?",
    "wie viele Österreicher wurden getötet?",
    "كم عدد التونسيين الذين عادوا؟",
)


@cache
def dialogue() -> Dialogue:
    return Dialogue(Reader.load())


def turn(text: str, state: State | None = None) -> Turn:
    return dialogue().turn(text, today=TODAY, state=state)


def after(name: str) -> State:
    return State().answered(Query(Intent.LOOKUP, ("NO",))).answered(STATES[name])


@pytest.mark.parametrize("text", WHOLE)
@pytest.mark.parametrize("name", STATES)
def test_a_whole_question_reads_the_same_whatever_went_before(text: str, name: str) -> None:
    alone, behind = turn(text).reading, turn(text, after(name)).reading

    assert isinstance(alone, Read)
    assert isinstance(behind, Read)
    assert (behind.query, behind.carried) == (alone.query, ())


@pytest.mark.parametrize(
    "text", ["thanks", "danke", "merci beaucoup", "gracias", "dank je", "شكرا", "teşekkürler", "спасибо", "grazie"]
)
@pytest.mark.parametrize("name", STATES)
def test_kind_words_get_no_number_and_leave_the_dialogue_as_it_was(text: str, name: str) -> None:
    taken = turn(text, after(name))

    assert isinstance(taken.reading, Refused)
    assert taken.state == after(name)


@pytest.mark.parametrize(
    "text", ["what motivated them", "tell me their names", "will more go next year", "what's the weather in Riga"]
)
@pytest.mark.parametrize("name", ["a count", "a comparison"])
def test_what_is_refused_alone_is_refused_behind_a_question(text: str, name: str) -> None:
    taken = turn(text, after(name))

    assert isinstance(taken.reading, Refused), taken
    assert taken.state == after(name)


@pytest.mark.parametrize("name", ["a count", "a comparison", "a ranking", "sources"])
@pytest.mark.parametrize("text", ["and Germany?", "per million", "source?", "a chart please", "add Sweden"])
def test_undo_gives_the_state_before_any_act(name: str, text: str) -> None:
    moved = turn(text, after(name))

    assert turn("undo", moved.state).state == after(name)


@pytest.mark.parametrize(
    "text",
    ["new question", "nouvelle question", "neue frage", "nueva pregunta", "nieuwe vraag", "سؤال جديد", "yeni soru",
     "новый вопрос", "nuova domanda"],
)  # fmt: skip
def test_a_dialogue_begins_anew_when_it_is_told_to(text: str) -> None:
    assert turn(text, after("a count")).state == State()


@pytest.mark.parametrize("text", ["help", "Hilfe", "aide", "ayuda", "hulp", "مساعدة", "yardım", "помощь", "aiuto"])
@pytest.mark.parametrize("name", STATES)
def test_help_is_given_in_a_running_dialogue_and_leaves_it_as_it_was(text: str, name: str) -> None:
    taken = turn(text, after(name))

    assert isinstance(taken.reading, Read)
    assert taken.reading.query.intent is Intent.HELP
    assert taken.state == after(name)


@pytest.mark.parametrize(
    "text", ["Compare the number of Danish and Swedish returnees", "Denmark versus Sweden, returnees?"]
)
@pytest.mark.parametrize("name", STATES)
def test_a_whole_comparison_takes_no_place_along(text: str, name: str) -> None:
    reading = turn(text, after(name)).reading

    assert isinstance(reading, Read)
    assert set(reading.query.places) == {"DK", "SE"}


ASKED = Open(
    Doubt.PLACE,
    Query(Intent.LOOKUP, (), measure="returned", who=Who.WOMEN, period=YEAR),
    ("KR", "KP"),
    "korea",
)


@pytest.mark.parametrize(
    "text",
    ["the first one", "south korea", "the south one", "la première", "die erste", "la primera", "de eerste", "الأولى",
     "birincisi", "первая", "la prima", "die südlichen", "de zuidelijke"],
)  # fmt: skip
def test_an_answer_to_the_bots_question_keeps_the_rest_of_it(text: str) -> None:
    taken = turn(text, State().asked(ASKED)).reading

    assert isinstance(taken, Read)
    query = taken.query
    assert (query.places, query.measure, query.who, query.period) == (("KR",), "returned", Who.WOMEN, YEAR)


def test_a_name_that_is_not_known_never_gets_another_places_number() -> None:
    reading = turn("fighters from Ruritania in 2014", after("a count")).reading

    assert not isinstance(reading, Read) or reading.query.places != ("BE",)


def test_a_dialogue_forgets_its_oldest_turns() -> None:
    state = State()
    for _ in range(REMEMBERED + 5):
        state = state.answered(STATES["a count"])

    assert len(state.moments) == REMEMBERED


@pytest.mark.parametrize("text", ["what does killed mean", "help", "which countries do you have?"])
def test_an_explanation_is_never_carried_into_a_count(text: str) -> None:
    explained = turn(text)
    counted = turn("how many Belgians were killed?", explained.state).reading

    assert isinstance(counted, Read)
    assert (counted.query.intent, counted.query.places) == (Intent.LOOKUP, ("BE",))


def test_what_is_carried_is_told() -> None:
    reading = turn("and Germany?", after("a count")).reading

    assert isinstance(reading, Read)
    assert set(reading.carried) == {"measure", "who", "time"}
