"""Files and forms of moderators, of every kind of content: previewed or refused with words, and nothing is written."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.store.engine import Database
from db.store.figures import FigureStore
from tests.fuzz.shapes import CELLS, COLUMNS, TEXTS, files
from tests.fuzz.targets import fill_form, import_file
from tests.often import often

PAIRS = st.lists(
    st.tuples(st.one_of(COLUMNS, CELLS, st.sampled_from("ABC")), st.one_of(COLUMNS, CELLS)).map(" = ".join), max_size=4
).map("\n".join)
"""What a form says of a file: one pair a line."""
SHARED = settings(max_examples=often(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Nothing is written, so that one database serves all examples."""


@SHARED
@given(st.one_of(files(), st.binary(max_size=200), st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data)))
@example(b"place,measure,low,as_of,source\n" + b'"' * 5000)
@example(b"sep=\n\n")
@example(b"\xff\xfe")
@example(b"id\n\x00")
async def test_a_file_of_any_bytes_is_planned_or_refused(filled_database: Database, data: bytes) -> None:
    await import_file(filled_database, data)
    assert await FigureStore(filled_database).revision() == 1


@SHARED
@given(
    files(),
    st.lists(PAIRS, min_size=3, max_size=3).flatmap(
        lambda pairs: st.tuples(*map(st.just, pairs), st.sampled_from(("", "x")), st.sampled_from(("", "0", "2", "99")))
    ),
)
async def test_a_file_is_read_in_any_way_that_a_form_says(
    filled_database: Database, data: bytes, texts: tuple[str, ...]
) -> None:
    await import_file(filled_database, data, texts)
    assert await FigureStore(filled_database).revision() == 1


@SHARED
@given(st.lists(st.one_of(CELLS, TEXTS), max_size=5))
async def test_a_form_of_any_texts_is_previewed_or_refused(filled_database: Database, texts: list[str]) -> None:
    await fill_form(filled_database, texts)
    assert await FigureStore(filled_database).revision() == 1
