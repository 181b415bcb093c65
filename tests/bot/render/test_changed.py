"""What changed is told in every locale, one line a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.changes import changed_since
from bot.answers.compose import compose
from bot.questions.query import Intent, Query, Read
from bot.render.changed import change_spans, tell_differences
from bot.render.fragments import editor
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.edits.change import FigureChange, HeadlineChange, SourceChange
from db.model.records import Headline, Status, Who
from db.model.values import Bound, Interval
from tests.built_in import built_in
from tests.db.making import a_figure, a_source


def told(change: FigureChange | SourceChange | HeadlineChange, locale: str = "en") -> str:
    return "".join(span.text for span in change_spans(change, words_of(locale)))


def test_a_changed_figure_tells_old_and_new_and_names_other_columns() -> None:
    before = a_figure()
    after = replace(before, value=Interval(10, 20, Bound.RANGE), locator="page 3", note="x")
    line = told(FigureChange(before, after))
    assert line.startswith("changed · Belgium")
    assert "10 → 10–20" in line
    assert line.endswith("also locator and note")


def test_a_new_figure_tells_its_source_and_a_withdrawn_one_its_reason() -> None:
    figure = a_figure()
    assert told(FigureChange(None, figure)).endswith("tsg_2015")
    withdrawn = replace(figure, status=Status.WITHDRAWN, status_reason="Counted twice")
    assert told(FigureChange(figure, withdrawn)).endswith("Counted twice")


def test_sources_and_picks_are_told() -> None:
    source = a_source()
    assert told(SourceChange(source, replace(source, publisher="Another"))) == "changed · A report · also publisher"
    pick = Headline("BE", "travelled", Who.EVERYONE, "be-travelled-a", "Official", 2)
    assert told(HeadlineChange(None, pick)).startswith("now opens answers · Belgium")
    assert told(HeadlineChange(pick, None)).startswith("no longer picked")


@pytest.mark.parametrize("locale", languages())
def test_differences_of_an_answer_are_told(locale: str) -> None:
    package = built_in()
    question = Read(Query(Intent.LOOKUP, ("BE",)))
    then = compose(question, package.holdings(revision=1), question="")
    assert then.headline is not None
    lead, last = then.headline.figure, then.claims[-1].figure
    raised = replace(lead, value=Interval(777, 777, Bound.EXACT))
    figures = [raised if figure.id == lead.id else figure for figure in package.figures if figure.id != last.id]
    now = compose(question, replace(package, figures=tuple(figures)).holdings(revision=2), question="")
    lines = tell_differences(changed_since(then, now), then, now, words_of(locale))
    text = "\n".join(line.text for line in lines)
    assert "777" in text
    assert words_of(locale).say("changed.gone") in text
    assert "{" not in text
    same = tell_differences(changed_since(then, then), then, then, words_of(locale))
    assert same[-1].text == words_of(locale).say("changed.same")


@pytest.mark.parametrize("locale", languages())
def test_the_number_of_an_account_is_told_as_a_role(locale: str) -> None:
    words = words_of(locale)
    assert editor("123456789012345678", words) == words.say("changed.moderator")
    assert "Ada" in editor("Ada", words)
