"""Questions, names of places and component ids, of every kind of text: read or refused, never an exception."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.fuzz.shapes import FRAGMENTS, TEXTS
from tests.fuzz.targets import START, read_component, read_question, resolve_place, text_of


@given(st.lists(TEXTS, min_size=1, max_size=3))
@example(list(FRAGMENTS[:12]))
@example(["٢ـ١٦"])
@example(["0 99999999999999999999 2011-2019"])
def test_a_question_is_read_or_refused_whatever_came_before(texts: list[str]) -> None:
    state = START
    for text in texts:
        state = read_question(text, state)


@given(st.binary(max_size=300))
def test_a_question_of_any_bytes_is_read_or_refused(data: bytes) -> None:
    read_question(text_of(data))


@given(TEXTS)
def test_a_name_of_any_kind_is_resolved_or_unknown(text: str) -> None:
    resolve_place(text)


@given(
    st.one_of(
        TEXTS,
        st.from_regex(r"i1:[a-z]{1,12}:[0-9a-z]{0,13}:.*", fullmatch=True),
        st.from_regex(
            r"[0-9a-z]{1,6}\.[0-9a-z]{1,3}\.(![a-zA-Z0-9]|[a-z]=|&|[A-Z]{2},?|-?[0-9]{1,5}){0,9}", fullmatch=True
        ),
    )
)
def test_a_component_id_of_any_kind_is_read_or_refused(text: str) -> None:
    read_component(text)
