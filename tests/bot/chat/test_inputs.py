"""What members type into options: read kindly, completed within Discord's limits."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Outcome
from bot.answers.compose import compose
from bot.answers.known import known_questions
from bot.answers.shelf import Shelf
from bot.chat import inputs
from bot.chat.desk import finding
from bot.chat.desk.finding import Finder
from bot.chat.errors import Kindly
from bot.chat.inputs import Recent
from bot.places.catalogue import measures, places
from bot.places.resolve import Resolver
from bot.questions.query import Read
from bot.words.catalogue import languages
from db.edits.errors import NotHeld
from db.model.values import PartialDate, Period
from db.store.engine import Database
from db.store.figures import FigureStore
from tests.golden.asked import holdings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016", Period.year(2016)),
        (" 2014-06 ", Period(PartialDate(2014, 6), PartialDate(2014, 6))),
        ("2014-06 to 2015", Period(PartialDate(2014, 6), PartialDate(2015))),
        ("2014/2016", Period(PartialDate(2014), PartialDate(2016))),
        ("2014 – 2016", Period(PartialDate(2014), PartialDate(2016))),
        ("from 2014 until 2016", Period(PartialDate(2014), PartialDate(2016))),
        ("since 2014-01", Period(PartialDate(2014, 1), None)),
        ("by 2015", Period(None, PartialDate(2015))),
        ("../2015", Period(None, PartialDate(2015))),
        ("2014/..", Period(PartialDate(2014), None)),
        ("2016 to 2014", None),
        ("last summer", None),
        ("2016-13", None),
        ("", None),
    ],
)
def test_periods(text: str, expected: Period | None) -> None:
    assert inputs.read_period(text) == expected


@given(st.dates(date(1990, 1, 1)).map(PartialDate.of) | st.none(), st.dates(date(1990, 1, 1)).map(PartialDate.of))
def test_a_shown_period_is_read_as_itself(start: PartialDate | None, end: PartialDate) -> None:
    if start is None or start.first <= end.last:
        assert inputs.read_period(str(Period(start, end))) == Period(start, end)


@pytest.mark.parametrize("typed", ["returned", "travelled_in_period", "monthly rate", " Killed "])
def test_measures_are_read_by_id_or_name(typed: str) -> None:
    assert inputs.read_measure(typed) in measures()


@pytest.mark.parametrize("locale", ["en-US", "fr", "de", "es-ES", "ru", "nl"])
def test_whatever_is_offered_is_taken_back_by_its_shown_name(locale: str) -> None:
    resolver = Resolver.load()
    for place in places():
        assert (
            inputs.read_place(resolver, inputs.choice(inputs.place_label(place, locale), place).name, locale) == place
        )
    for offered in inputs.measure_choices("", locale):
        assert inputs.read_measure(offered.name, locale) == offered.value


async def test_figures_and_sources_are_taken_back_by_their_shown_names(filled_database: Database) -> None:
    finder = Finder(FigureStore(filled_database))
    for typed in ("", "belg", "2015", "said", "travelled"):
        for offered in await finder.source_choices(typed):
            assert await finder.source_keys(offered.name) == offered.value
        offers = await finder.figure_choices(typed)
        names = Counter(offered.name for offered in offers)
        for offered in offers:
            if names[offered.name] == 1:
                assert (await finder.figure(offered.name)).id.startswith(offered.value)


async def test_a_figure_is_looked_up_in_time_however_many_there_are(
    filled_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder = Finder(FigureStore(filled_database))
    monkeypatch.setattr(finding, "LISTED_WITHIN", 0)
    with pytest.raises(Kindly, match="try again in a moment"):
        await finder.figure("belgium 470 soufan")
    assert (await finder.figure("be-travelled-tsg_2015")).place == "BE"
    await finder.figure_choices("belg")  # the list is made all the same
    monkeypatch.setattr(finding, "LISTED_WITHIN", 60)
    with pytest.raises(NotHeld):
        await finder.figure("no such figure")


def test_an_unknown_measure_is_met_with_the_list() -> None:
    with pytest.raises(Kindly, match="travelled_in_period"):
        inputs.read_measure("cost")


def test_an_unknown_place_is_met_with_what_comes_close() -> None:
    resolver = Resolver.load()
    assert inputs.read_place(resolver, "Belgium") == "BE"
    assert inputs.read_place(resolver, "BE") == "BE"
    with pytest.raises(Kindly, match="pick one"):
        inputs.read_place(resolver, "congo")
    with pytest.raises(Kindly, match="no place called"):
        inputs.read_place(resolver, "qqqqqqqq")


@given(st.text(max_size=120))
def test_completing_never_fails_and_stays_within_limits(typed: str) -> None:
    choices = inputs.place_choices(Resolver.load(), ("BE", "XK"), typed, "fr")
    assert len(choices) <= 25
    assert all(1 <= len(choice.name) <= 100 for choice in choices)
    assert len({choice.value for choice in choices}) == len(choices)


def test_what_was_asked_for_last_comes_first() -> None:
    recent = Recent(each=2, held=2)
    recent.saw(1, ["BE"])
    recent.saw(1, ["FR", "TN"])
    assert recent.of(1) == ("FR", "TN")
    choices = inputs.place_choices(Resolver.load(), recent.of(1), "", "en")
    assert [choice.value for choice in choices[:2]] == ["FR", "TN"]
    recent.saw(2, ["DE"])
    recent.saw(3, ["DE"])
    assert recent.of(1) == ()


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("typed", ["", "belgium", "how many belg", "compare fr", "x" * 100, "?", "the world"])
def test_questions_are_completed_within_discords_limits(typed: str, locale: str) -> None:
    offered = offered_questions(typed, locale)
    assert len(offered) <= inputs.CHOICES
    assert all(0 < len(one.name) <= inputs.NAME_LENGTH and one.value == one.name for one in offered)
    assert not any("\u2068" in one.name for one in offered)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("how many belg", "How many people from Belgium have ever gone?"),
        ("compare fr", "Compare France and Germany"),
        ("belgium vs fra", "Compare Belgium and France"),
        ("tunisia over", "Tunisia over time"),
        ("belg", "How many people from Belgium have ever gone?"),
        ("top", "Top countries: the world"),
        ("germany still", "How many people from Germany were still there?"),
        ("", "what I asked before"),
    ],
)
def test_the_question_that_is_being_typed_comes_first(typed: str, first: str) -> None:
    assert offered_questions(typed, "en", mine=("what I asked before",))[0].value == first


@pytest.mark.parametrize(
    ("locale", "typed", "first"),
    [
        ("fr", "comparer la fr", "Comparer France et Allemagne"),
        ("de", "tunesien", "Wie viele Personen aus Tunesien waren ausgereist?"),
        ("it", "quanti uomini dal belgio torn", "Quanti uomini dal Belgio tornarono?"),
    ],
)
def test_other_languages_are_completed_in_their_own_words(locale: str, typed: str, first: str) -> None:
    assert offered_questions(typed, locale)[0].value == first


def test_what_begins_as_typed_leaves_out_what_is_only_alike() -> None:
    assert [one.value for one in offered_questions("femmes", "fr")] == [
        "Combien de femmes dans le monde ont fait le voyage ?"
    ]


def test_whatever_is_offered_has_an_answer() -> None:
    shelf = Shelf(holdings())
    places = ("BE", "FR", "DE", "TN", "R:world", "R:western_europe", "KZ")
    wrong = [
        query
        for query in known_questions(shelf, places)
        if compose(Read(query), shelf.holdings, question="", shelf=shelf).outcome is not Outcome.ANSWERED
    ]
    assert wrong == []


def offered_questions(typed: str, locale: str, mine: tuple[str, ...] = ()) -> list[inputs.Choice]:
    """What is offered for what somebody typed, who asked some questions before."""
    about = tuple(dict.fromkeys((*inputs.places_typed(Resolver.load(), typed), "R:world")))
    return inputs.question_choices(typed, mine, known_questions(Shelf(holdings()), about), locale)
