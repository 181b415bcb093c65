"""A log line tells where something failed, never what was held there."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextvars import ContextVar, copy_context
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


def test_a_line_tells_of_its_context_and_of_what_it_was_given() -> None:
    def handled() -> None:
        ContextVar[str]("logged.interaction").set("17")
        logging.getLogger("tests").warning("refused %s", "/edit", extra={"server": 5})

    told = io.StringIO()
    configure_logging(form="json", stream=told)
    copy_context().run(handled)
    logging.getLogger("tests").info("later")

    first, later = map(json.loads, told.getvalue().splitlines())
    assert first.pop("timestamp").endswith("Z")
    assert first == {
        "event": "refused /edit", "interaction": "17", "server": 5, "level": "warning", "logger": "tests",
    }  # fmt: skip
    assert set(later) == {"event", "level", "logger", "timestamp"}
