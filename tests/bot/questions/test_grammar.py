"""The rules of times: each means something with what its parts yield."""

from __future__ import annotations

import inspect

import pytest

from bot.questions import leaning, occasions, stretches
from bot.questions.grammar import Rule, rules

ROOMS = (stretches, leaning, occasions)
WAYS = [(name, rule) for name, ways in rules("times.tsv").items() for rule in ways]


@pytest.mark.parametrize(("name", "rule"), WAYS, ids=lambda one: one.meaning if isinstance(one, Rule) else one)
def test_each_rule_gives_its_meaning_as_many_values_as_that_takes(name: str, rule: Rule) -> None:
    meaning = next(getattr(room, rule.meaning) for room in ROOMS if hasattr(room, rule.meaning))
    takes = [one for one in inspect.signature(meaning).parameters.values() if one.kind is one.POSITIONAL_OR_KEYWORD]
    least = sum(one.default is one.empty for one in takes)

    assert least <= sum(part.kept for part in rule.parts) <= len(takes), (name, rule.parts)
    assert sum(part.kept and not part.optional for part in rule.parts) >= least
