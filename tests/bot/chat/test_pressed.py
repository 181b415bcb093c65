"""Component ids: whole round trips, and nothing that is not ours gets through."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.pressed import (
    ID_LENGTH,
    ForgedId,
    Pressed,
    Routes,
    base36,
    component_id,
    from_base36,
    read_id,
    room_for_payload,
)

SNOWFLAKES = st.integers(1, 2**64 - 1)
VERBS = st.from_regex(r"[a-z]{1,12}", fullmatch=True)


@given(VERBS, SNOWFLAKES | st.none(), st.text(max_size=70))
def test_an_id_says_what_it_was_made_of(verb: str, owner: int | None, payload: str) -> None:
    made = component_id(verb, payload, owner=owner)
    assert len(made) <= ID_LENGTH
    assert read_id(made) == Pressed(verb, owner, payload)


@given(st.text(max_size=200))
@example("i1:src:zzzzzzzzzzzzz:x")
@example("i1:src:0:x")
@example("i2:src::x")
def test_a_foreign_id_is_nothing_or_a_forgery_and_never_an_accident(text: str) -> None:
    try:
        pressed = read_id(text)
    except ForgedId:
        return
    assert pressed is None or text.startswith("i1:")


@given(SNOWFLAKES)
def test_numbers_survive_base_36(number: int) -> None:
    assert from_base36(base36(number)) == number
    assert len(base36(number)) <= 13


def test_a_payload_fills_an_id_to_the_last_character() -> None:
    room = room_for_payload("src", owner=2**63)
    assert len(component_id("src", "x" * room, owner=2**63)) == ID_LENGTH
    with pytest.raises(ValueError, match="does not fit"):
        component_id("src", "x" * (room + 1), owner=2**63)


def test_a_verb_has_one_handler() -> None:
    async def handler(*_: object) -> None: ...

    routes = Routes()
    routes.add("src", handler)
    with pytest.raises(ValueError, match="taken"):
        routes.add("src", handler)
    assert routes.find("other") is None
