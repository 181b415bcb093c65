"""Whatever is asked, and whatever a language model says of it: each number shown is a stored row or a shown sum."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.compose import compose
from bot.answers.shelf import Shelf
from bot.places.catalogue import places
from bot.questions.query import Intent, Read
from bot.questions.reader import Reader
from bot.questions.second import Unfit, is_due, query_of
from bot.render.payload import to_payload
from bot.render.payload_values import query_payload
from db.model.records import Destination, Who
from tests.audit.answers import faults
from tests.bot.answers.made import real
from tests.bot.questions.scoring import read_table
from tests.fuzz.shapes import TEXTS
from tests.fuzz.targets import TODAY

ASKED = [
    row["question"] for row in read_table(__import__("pathlib").Path(__file__).parents[1] / "cases" / "questions.csv")
]
DAYS = st.sampled_from([None, "2012", "2014-06", "2015", "2016-09-30", "2017", "9000", "700 people"])
GIVEN = st.fixed_dictionaries(
    {
        "intent": st.sampled_from(Intent),
        "places": st.lists(st.sampled_from(["BE", "TN", "R:world", *places(), "700", "XX"]), max_size=3),
    },
    optional={
        "without": st.lists(st.sampled_from(["BE", "FR", "women", "700"]), max_size=2),
        "measures": st.lists(st.sampled_from([*real().measures, "9000"]), max_size=2),
        "who": st.lists(st.sampled_from([*Who, "700"]), max_size=2),
        "destination": st.sampled_from([None, *Destination, "700"]),
        "start": DAYS,
        "end": DAYS,
        "per_million": st.booleans() | st.just(700),
        "value": st.just(700),
        "sentence": st.just("9,000 people went."),
    },
)
"""Answers of a model, most of which fit: with numbers wherever something stands."""


@given(st.one_of(TEXTS, st.sampled_from(ASKED)), st.one_of(GIVEN, GIVEN, st.text(max_size=20)))
def test_no_number_of_a_model_is_ever_answered(text: str, said: Mapping[str, Any] | str) -> None:
    reading = Reader.load().read(text, today=TODAY)
    if not is_due(reading):
        return
    try:
        query = query_of(json.dumps(said), reading, real().measures)
    except Unfit:
        return
    assert query is not None
    shelf = Shelf(real())
    helped = compose(Read(query, flagged=True, helped=True), real(), question=text, shelf=shelf)
    typed = compose(Read(query), real(), question="", shelf=shelf)
    assert replace(helped, reading=typed.reading, question="") == replace(typed, question="")
    assert faults({**query_payload(query), "without": list(query.without)}, to_payload(helped)) == []
