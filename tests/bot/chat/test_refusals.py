"""Every refusal of the store has words of its own, and says that nothing was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.chat.errors import words_for
from bot.chat.refusals import LIMIT, NOTHING_WRITTEN, fault_lines, words_for_refusal
from db.edits.errors import (
    ChangeRefused,
    DatasetMoved,
    FaultsFound,
    NotHeld,
    NothingChanges,
    NotPending,
    OwnProposal,
    Stale,
    StillCited,
    UndoBlocked,
)
from db.model.cells import CellFault
from db.model.errors import DatabaseUnreachable, Fault, PackageFaults
from db.model.records import Revision
from tests.db.making import a_figure

REVISION = Revision(7, datetime(2026, 1, 15, 12, tzinfo=UTC), "4711", "Typo @everyone", "be-travelled-a: low 4 → 5")
FAULT = CellFault("as_of", "'soon' is not a date", "write YYYY")
REFUSALS: list[tuple[ChangeRefused, list[str]]] = [
    (FaultsFound([FAULT]), ["**as of**", "is not a date", "write YYYY"]),
    (NotHeld("figure", "be-x", ["be-y"]), ["no such figure", "`be-x`", "`be-y`"]),
    (NotHeld("proposal", "9"), ["no such proposal", "/pending"]),
    (Stale(a_figure(low=12), 1, ["low"], REVISION), ["<@4711>", "revision 7", "12", "decide again"]),
    (Stale(None, 1, [], None), ["dropped"]),
    (NothingChanges("be-x"), ["`be-x`", "already"]),
    (StillCited("tsg", ["a", "b"]), ["2 figures", "`a`, `b`", "with_figures"]),
    (UndoBlocked(3, [5, 4], ["be-x"]), ["5, 4", "`be-x`"]),
    (UndoBlocked(1, [], [], "a package was loaded"), ["A package was loaded"]),
    (DatasetMoved(3, 4), ["revision 3", "revision 4"]),
    (NotPending(2, "rejected", "4711"), ["Proposal 2", "rejected", "<@4711>"]),
    (OwnProposal(2), ["another moderator"]),
]


@pytest.mark.parametrize(("error", "told"), REFUSALS, ids=lambda value: type(value).__name__)
def test_each_refusal_tells_what_is_wrong_and_what_to_do(error: ChangeRefused, told: list[str]) -> None:
    words = words_for(error)
    assert words is not None
    for part in told:
        assert part in words
    assert words.endswith(NOTHING_WRITTEN)
    assert "@everyone" not in words


def test_no_refusal_is_without_a_case_here() -> None:
    assert {type(error) for error, _ in REFUSALS} == set(ChangeRefused.__subclasses__())


def test_the_parts_of_one_value_are_one_fault() -> None:
    faults = [CellFault("low", "is empty", "x"), CellFault("high", "is empty", "y")]
    assert len(fault_lines(faults)) == 1


@pytest.mark.parametrize(
    "error",
    [
        FaultsFound([replace(FAULT, column=f"column_{number}") for number in range(500)]),
        PackageFaults(tuple(Fault("figures.csv", number, "low", "is wrong " * 50, "mend") for number in range(500))),
        StillCited("x" * 200, ["y" * 110] * 500),
        Stale(replace(a_figure(), note="n" * 5000), 1, ["note"] * 30, REVISION),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_long_refusal_fits_a_message(error: Exception) -> None:
    words = words_for_refusal(error)
    assert words is not None
    assert len(words) <= LIMIT + len(NOTHING_WRITTEN) + 1
    assert words.endswith(NOTHING_WRITTEN)


def test_a_database_that_cannot_be_written_is_told_without_its_address() -> None:
    words = words_for(DatabaseUnreachable("postgresql://secret@db/inflow", "connection refused"))
    assert words is not None
    assert "secret" not in words


def test_other_errors_are_no_refusals() -> None:
    assert words_for_refusal(ValueError("x")) is None
