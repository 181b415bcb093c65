"""A number that a question names is told: who states it, or that nobody does and what comes nearest."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Answer, Outcome, TotalBlock
from bot.answers.compose import compose
from bot.answers.notes import NoteKind
from bot.answers.shelf import Shelf
from bot.questions.query import Intent, Query, Read
from bot.render.fragments import Telling
from bot.render.telling import sentence_of, tell
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.model.records import Figure, Who
from tests.bot.answers.made import asked, figure, holding, notes, real, span

TOLD = (NoteKind.NUMBER_HELD, NoteKind.NUMBER_NOT_HELD)
PLACES = sorted(real().figures)
PERIODS = ("../..", "../2015-12-31", "../2018", "2013", "2016", "2014/..")
MEASURES = (None, *sorted(real().measures))
HELD = sorted(
    {int(end) for some in real().figures.values() for one in some for end in (one.value.low, one.value.high) if end}
)


@cache
def shelf() -> Shelf:
    return Shelf(real())


def ends(one: Figure) -> list[int]:
    return [int(end) for end in (one.value.low, one.value.high) if end is not None]


def answered(query: Query) -> Answer:
    return compose(Read(query), real(), question="", shelf=shelf())


def stated(answer: Answer, number: int) -> bool:
    """Whether the claim or the range that opens the answer prints a number."""
    opens = [answer.headline] if answer.headline else []
    return any(number in ends(claim.figure) for claim in opens)


@pytest.mark.parametrize(("number", "kind"), [(26, NoteKind.NUMBER_HELD), (7777, NoteKind.NUMBER_NOT_HELD)])
def test_a_number_named_beside_a_sum_is_looked_for_among_its_parts(number: int, kind: NoteKind) -> None:
    query = Query(Intent.LOOKUP, ("R:al_ba_xk_mk",), "killed", value=number)

    assert [note.values["number"] for note in notes(answered(query), kind)] == [str(number)]


@given(
    place=st.sampled_from(PLACES),
    measure=st.sampled_from(MEASURES),
    who=st.sampled_from([Who.EVERYONE, Who.EVERYONE, Who.WOMEN, Who.MINORS]),
    period=st.sampled_from(PERIODS),
    intent=st.sampled_from([Intent.LOOKUP, Intent.DISPUTES, Intent.SOURCES]),
    numbers=st.lists(
        st.integers(1, 9_999) | st.integers(0, 60) | st.sampled_from(HELD), min_size=1, max_size=3, unique=True
    ),
    known_on=st.sampled_from([None, None, date(2016, 6, 1)]),
    locale=st.sampled_from(languages()),
)
def test_each_number_that_is_named_is_told_in_the_opening(
    place: str,
    measure: str | None,
    who: Who,
    period: str,
    intent: Intent,
    numbers: list[int],
    known_on: date | None,
    locale: str,
) -> None:
    query = Query(
        intent,
        (place,),
        measure,
        who,
        period=span(period),
        value=numbers[0],
        values=tuple(numbers[1:]),
        known_on=known_on,
    )
    answer, words = answered(query), words_of(locale)
    opening = sentence_of(answer, locale)
    if answer.outcome is Outcome.NO_DATA:
        assert words.number(numbers[0]) in opening
        return
    told = {note.values["number"]: note for note in answer.notes if note.kind in TOLD}
    for number in numbers:
        assert words.number(number) in opening or (number == 0 and stated(answer, 0))
        if str(number) not in told:
            assert stated(answer, number)
            continue
        note = told[str(number)]
        shown = Telling.of(answer, words).claims
        named = [shown[key] for key in note.values.get("figures", "").split(",") if key in shown]
        if note.kind is NoteKind.NUMBER_HELD:
            assert named
            added = [row.place for block in answer.blocks if isinstance(block, TotalBlock) for row in block.parts]
            assert all(number in ends(claim.figure) and claim.figure.place in (place, *added) for claim in named)
        else:
            held = [one for one in real().figures[place] if one.measure == (measure or "travelled") and one.who is who]
            inside = [one for one in held if number in ends(one) and period == "../.." and known_on is None]
            assert not inside or query.destination is not None
            assert note.values["figure"] in shown


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("intent", [Intent.LOOKUP, Intent.DISPUTES, Intent.TREND, Intent.COMPARE])
def test_who_states_a_number_and_what_comes_nearest_to_another(intent: Intent, locale: str) -> None:
    held = holding(figure("85", as_of="2017-10"), figure("~300", as_of="2016-03", source="paper"))
    query = asked("BE", "FR", intent=intent) if intent is Intent.COMPARE else asked("BE", intent=intent)
    for number, near in ((200, "85"), (86, "85"), (260, "300"), (300, "300")):
        answer = compose(Read(Query(intent, query.places, value=number)), held, question="")
        opening = sentence_of(answer, locale)
        words = words_of(locale)
        assert words.number(number) in opening
        assert near in opening
        assert sum(words.number(number) in line.text for line in tell(answer, locale)[1:2]) == 1


def test_of_several_numbers_each_is_told_by_itself() -> None:
    held = holding(figure("85", as_of="2017-10"), figure("~90", as_of="2017-03", source="paper"))
    query = Query(Intent.LOOKUP, ("BE",), value=85, values=(90, 400))

    opening = sentence_of(compose(Read(query), held, question=""))

    assert opening.startswith("90 is held: about 90 (paper, by Mar 2017).")
    assert "400 is not held for this; the nearest is" in opening
    assert "85 people from Belgium" in opening
