"""`inflow read --jsonl` reads the lines of a dialogue as a chat would."""

from __future__ import annotations

import io
import json
from datetime import date

from bot.questions.dialogue.state import State
from bot.questions.dialogue.talking import Dialogue
from bot.questions.jsonl import as_fields, read_lines
from bot.questions.reader import Reader

TODAY = date(2026, 11, 23)
TURNS = (
    "how many women from Belgium returned by 2016",
    "thanks",
    "and Germany?",
    "source?",
    "undo",
    "new question",
)


def lines_of(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    out = io.StringIO()
    read_lines([json.dumps(row) for row in rows], out, today=TODAY)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_lines_of_a_dialogue_share_its_state_as_turns_of_a_chat_do() -> None:
    shown = lines_of([{"dialogue": "d1", "text": text} for text in TURNS])

    state = State()
    for text, line in zip(TURNS, shown, strict=True):
        turn = Dialogue(Reader.load()).turn(text, today=TODAY, state=state)
        state = turn.state
        told = json.loads(json.dumps(as_fields(turn.reading)))
        assert {name: line[name] for name in told} == told
        assert (line["dialogue"], line["act"]) == ("d1", turn.act)


def test_a_chain_of_follow_ups_passes_through_thanks() -> None:
    rows = [{"id": str(at), "text": text, "follow_up_of": str(at - 1)} for at, text in enumerate(TURNS[:3])]

    assert lines_of(rows)[2]["places"] == ["DE"]


def test_two_dialogues_do_not_mix() -> None:
    shown = lines_of(
        [
            {"dialogue": "a", "text": TURNS[0]},
            {"dialogue": "b", "text": "how many Danes were killed"},
            {"dialogue": "a", "text": "and Germany?"},
        ]
    )

    assert (shown[2]["places"], shown[2]["measure"]) == (["DE"], "returned")
