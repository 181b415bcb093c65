"""Other roles that are tried: a list as a whole, and all that stands aside."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.questions import roles
from bot.questions.reader import Reader
from bot.questions.varying import varied
from tests.bot.questions.test_reading import ROWS

TODAY = date(2022, 6, 1)


@cache
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize("row", ROWS[::11], ids=lambda row: row["id"])
def test_other_roles_are_no_likelier_and_are_roles_of_their_kind(row: dict[str, str]) -> None:
    heard = reader().judge(row["question"], TODAY).heard

    for less, given in varied(heard, pairs=True):
        assert given.keys() == heard.roles.keys()
        for kind, found in given.items():
            assert len(found) == len(heard.slots[kind])
            assert all(role in odds for role, odds in zip(found, heard.odds[kind], strict=True))
        changed = [
            (kind, at, role) for kind, found in given.items() for at, role in enumerate(found)
            if role != heard.roles[kind][at]
        ]  # fmt: skip
        assert changed
        assert less == pytest.approx(sum(heard.less(*one) for one in changed))


@pytest.mark.parametrize("names", ["Tunisia and Saudi Arabia", "Kosovo, Albania and Bosnia", "DK / SE / NO"])
def test_a_list_is_tried_in_one_role(names: str) -> None:
    heard = reader().judge(f"{names} counted or not, top five", TODAY).heard

    tried = [tuple(given["place"]) for _, given in varied(heard, pairs=True)] + [tuple(heard.roles["place"])]

    assert (roles.ASKED,) * len(heard.slots["place"]) in tried


def test_what_is_aside_is_tried_as_context() -> None:
    text = '"Belgium: 451 gone, Kosovo: 314, says the table of 2015." How many went from Norway?'
    heard = reader().judge(text, TODAY).heard
    proper = heard.spans.proper

    outside = {
        (kind, at) for kind, slots in heard.slots.items() for at, span in enumerate(slots)
        if heard.spans.clause_with(span) != proper
    }  # fmt: skip

    ways = [heard.roles, *(given for _, given in varied(heard, pairs=True))]
    assert outside
    assert any(all(given[kind][at] == roles.OTHER for kind, at in outside) for given in ways)
