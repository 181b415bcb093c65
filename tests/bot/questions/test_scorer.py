"""Weights are kept a character each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.questions.scorer import Model, packed, read_model, unpacked

WEIGHTS = st.lists(st.integers(-127, 127), min_size=1, max_size=40)
PAIRS = st.lists(st.integers(-127, 127), min_size=2, max_size=2)


@given(WEIGHTS)
def test_a_row_of_weights_comes_back(row: list[int]) -> None:
    assert unpacked(packed(row)) == tuple(row)
    assert len(packed(row)) == len(row)


@given(
    st.dictionaries(
        st.text("abc:&_ é", min_size=1), st.lists(st.integers(-127, 127), min_size=2, max_size=2), min_size=1
    )
)
def test_a_model_scores_what_its_file_says(rows: dict[str, list[int]]) -> None:
    text = "\n".join(["\t0.5\tyes\tno", *(f"{name}\t{packed(row)}" for name, row in rows.items())]) + "\n"
    found: Model = read_model(text)

    for name, row in rows.items():
        assert found.scores([name]) == [0.5 * one for one in row]
