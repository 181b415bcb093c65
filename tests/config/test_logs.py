"""A log line tells where something failed, never what was held there."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest

from config.logs import configure_logging


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], _ = before
    root.setLevel(before[1])


def fail() -> None:
    token = "held-in-a-frame"
    raise LookupError(len(token))


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_fault_shows_its_places_and_no_value_of_a_frame(form: Literal["console", "json"]) -> None:
    told = io.StringIO()
    configure_logging(form=form, stream=told)
    try:
        fail()
    except LookupError:
        logging.getLogger("tests").exception("it failed")
    text = told.getvalue()
    assert "in fail" in text
    assert "LookupError" in text
    assert "held-in-a-frame" not in text
    assert len(text.splitlines()) < 20
    if form == "json":
        assert json.loads(text)["event"] == "it failed"
