"""Who may change the dataset, as a table."""

from __future__ import annotations

import pytest

from bot.chat.options import ChatOptions
from bot.chat.permissions import Standing, refusal_words, standing

HOME, ELSEWHERE, ROLE, OTHER_ROLE = 100, 200, 7, 8
SET_UP = ChatOptions(home_server=HOME, moderator_roles=frozenset({ROLE}))


@pytest.mark.parametrize(
    ("options", "server", "roles", "installed", "expected"),
    [
        (SET_UP, HOME, {ROLE}, True, Standing.MODERATOR),
        (SET_UP, HOME, {ROLE, OTHER_ROLE}, True, Standing.MODERATOR),
        (SET_UP, HOME, {OTHER_ROLE}, True, Standing.NO_ROLE),
        (SET_UP, HOME, set(), True, Standing.NO_ROLE),
        (SET_UP, ELSEWHERE, {ROLE}, True, Standing.ELSEWHERE),
        (SET_UP, None, set(), True, Standing.ELSEWHERE),
        (SET_UP, HOME, {ROLE}, False, Standing.ELSEWHERE),
        (ChatOptions(), HOME, {ROLE}, True, Standing.NOT_CONFIGURED),
        (ChatOptions(home_server=HOME), HOME, {ROLE}, True, Standing.NOT_CONFIGURED),
        (ChatOptions(moderator_roles=frozenset({ROLE})), HOME, {ROLE}, True, Standing.NOT_CONFIGURED),
    ],
)
def test_only_the_role_in_the_home_server_counts(
    options: ChatOptions, server: int | None, roles: set[int], installed: bool, expected: Standing
) -> None:
    assert standing(options, server=server, roles=roles, installed=installed) is expected


@pytest.mark.parametrize("verdict", [verdict for verdict in Standing if verdict is not Standing.MODERATOR])
def test_each_refusal_has_its_own_words(verdict: Standing) -> None:
    others = {refusal_words(other) for other in Standing if other not in (verdict, Standing.MODERATOR)}
    assert refusal_words(verdict) not in others
