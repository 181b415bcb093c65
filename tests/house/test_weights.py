"""The reader's weights are made of the rows, tables and code that stand beside them, and stay small."""

from __future__ import annotations

from bot.questions.reader import MODELS
from tools.reader_weights import WEIGHTS, made_of

MOST = 1_500_000
"""Bytes of all weights together."""


def test_the_weights_are_fresh() -> None:
    told = (WEIGHTS / "made_of.tsv").read_text(encoding="utf-8")

    assert told == made_of(), "rows, words or code of the reader changed: run python -m tools.train_reader"


def test_every_model_has_its_weights_and_no_more() -> None:
    assert {path.stem for path in WEIGHTS.glob("*.tsv")} == {*MODELS, "act", "made_of"}


def test_the_weights_stay_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.glob("*.tsv")) <= MOST
