"""Errors end in words, and the log never repeats what a member wrote."""

from __future__ import annotations

import logging

import pytest

from bot.chat.errors import Kindly, fault_words, report_fault, words_for


def test_a_kind_refusal_is_its_own_words() -> None:
    assert words_for(Kindly("Please name a place.")) == "Please name a place."


def test_a_fault_has_no_words_but_a_reference_that_finds_the_log_line(caplog: pytest.LogCaptureFixture) -> None:
    error = ValueError("what a member wrote")
    assert words_for(error) is None
    try:
        raise error
    except ValueError as raised:
        reference = report_fault(raised, "answering", user=7)
    assert reference in fault_words(reference)
    record = caplog.records[-1]
    assert record.levelno == logging.ERROR
    assert reference in record.getMessage()
    assert "ValueError" in record.getMessage()
    assert "test_errors.py" in record.getMessage()
    assert "what a member wrote" not in record.getMessage()
    assert record.exc_info is None
