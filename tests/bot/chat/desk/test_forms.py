"""Forms of the desk: what stands goes in, and only what was written differently comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.desk.forms import DeskForm, figure_form, period_text, source_form
from bot.chat.inputs import read_period
from db.edits.change import Cause
from db.edits.errors import Stale
from db.edits.requests import AddFigure, EditFigure, EditSource
from db.model.records import Source
from db.model.values import PartialDate, Period
from tests.built_in import built_in
from tests.db.making import a_figure, a_source


def test_submitting_an_unchanged_form_changes_no_cell_of_any_figure_or_source() -> None:
    package = built_in()
    for figure in package.figures:
        form = figure_form(figure, {}, None)
        shown = {"value": "", "as_of": "", "period": "", "locator": "", **form.texts}
        assert form.filled({**shown, "because": "Looked at"}).request() == EditFigure(figure.id, {}, None, 1)
    for source in package.sources:
        asked = source_form(source, {})
        assert asked.filled({**asked.texts, "because": "Looked at"}).request() == EditSource(source.id, {}, 1)


@pytest.mark.parametrize(
    "period",
    [
        Period(),
        Period.year(2016),
        Period(PartialDate(2014, 6), PartialDate(2015)),
        Period(PartialDate(2014, 6, 3), None),
        Period(None, PartialDate(2015, 12)),
    ],
)
def test_a_period_is_written_as_it_is_read(period: Period) -> None:
    text = period_text(period)
    assert (read_period(text) if text else Period()) == period


def test_options_and_fields_come_together() -> None:
    form = DeskForm("figure", chosen={"place": "BE", "source": "tsg_2015"})
    asked = form.filled({"value": "7", "as_of": " 2015 ", "period": "", "locator": "", "because": "Read"})
    assert asked.request() == AddFigure({"place": "BE", "source": "tsg_2015", "value": "7", "as_of": "2015"})
    assert asked.because == "Read"


def test_what_somebody_else_wrote_is_taken_over_and_own_wishes_stay() -> None:
    figure = a_figure(low=10)
    mine = figure_form(figure, {"note": "Seen"}, Cause.TYPO).filled({"locator": "page 9", "because": "Read"})
    current = replace(a_figure(low=12), version=2)
    again = mine.on(Stale(current, 1, ["low", "high"], None))
    assert again.texts["value"] == "12"
    assert again.request() == EditFigure(figure.id, {"note": "Seen", "locator": "page 9"}, Cause.TYPO, 2)


def test_a_long_title_that_does_not_fit_the_form_is_not_cut_in_the_store() -> None:
    source: Source = replace(a_source(), title="x" * 900)
    form = source_form(source, {})
    assert form.filled({**form.texts, "publisher": "Other"}).request() == EditSource(
        source.id, {"publisher": "Other"}, 1
    )


def test_the_widest_form_fits_into_discords_limits() -> None:
    modal = figure_form(a_figure(), {}, None).modal("k" * 12, 2**63).to_dict()
    assert len(str(modal["custom_id"])) <= 100
    assert len(modal["components"]) == 5
