"""Rendered answers as files: a change of wording is a difference to read.

``INFLOW_UPDATE_GOLDEN=1 pytest tests/golden`` writes them anew; read what changed before keeping it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.render.cards import MOST_CHARACTERS, MOST_COMPONENTS, card
from bot.render.payload import to_payload
from bot.render.terminal import to_text
from tests.golden.asked import QUESTIONS, Asked, answer_to

FILES = Path(__file__).parent / "files"
UPDATE = os.environ.get("INFLOW_UPDATE_GOLDEN") == "1"


def compare(name: str, shown: str) -> None:
    """Hold what is shown against its file, or write the file anew when asked to."""
    path = FILES / name
    if UPDATE:
        FILES.mkdir(exist_ok=True)
        path.write_text(shown + "\n", encoding="utf-8")
    assert path.is_file(), f"no golden file {name}: run INFLOW_UPDATE_GOLDEN=1 pytest tests/golden"
    assert path.read_text(encoding="utf-8") == shown + "\n"


def shown_in_terminal(asked: Asked) -> str:
    """An answer in short, and the whole of it."""
    answer = answer_to(asked.question)
    short, whole = (to_text(answer, width=80, locale=asked.locale, whole=whole) for whole in (False, True))
    return f"{short}\n\n=== all ===\n\n{whole}"


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_the_terminal_shows(asked: Asked) -> None:
    compare(f"{asked.name}.txt", shown_in_terminal(asked))


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_discord_shows(asked: Asked) -> None:
    pages = card(answer_to(asked.question), asked.locale).pages
    compare(f"{asked.name}.card.txt", "\n\n=== next page ===\n\n".join("\n---\n".join(page) for page in pages))
    assert all(sum(map(len, page)) <= MOST_CHARACTERS for page in pages)
    assert all(2 * len(page) <= MOST_COMPONENTS for page in pages)


@pytest.mark.parametrize("asked", [asked for asked in QUESTIONS if asked.locale == "en"], ids=lambda asked: asked.name)
def test_programs_get(asked: Asked) -> None:
    payload = to_payload(answer_to(asked.question))
    compare(f"{asked.name}.json", json.dumps(payload, ensure_ascii=False, indent=1))


def test_no_golden_file_is_left_over() -> None:
    names = {asked.name for asked in QUESTIONS}
    assert {path.name.partition(".")[0] for path in FILES.iterdir()} == names
