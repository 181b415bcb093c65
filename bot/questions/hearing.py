"""What each span does in a question, and what the question may want: the models' probabilities, nothing decided yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.questions import features, roles
from bot.questions.roles import Surroundings
from bot.questions.scorer import Model
from bot.questions.spans import Place, Span, Spans

WANTS = ("chart", "rate", "first")


@dataclass(frozen=True, slots=True)
class Heard:
    """The roles of all spans and the probabilities of what a text wants."""

    spans: Spans
    text_features: frozenset[str]
    slots: Mapping[str, Sequence[Span]]
    roles: Mapping[str, Sequence[str]]
    odds: Mapping[str, Sequence[Mapping[str, float]]]
    """For each span the probability of each role."""
    lists: Mapping[str, Sequence[tuple[int, int]]]
    """For each span the first and the last of the list that it stands in."""
    intents: Mapping[str, float]
    wants: Mapping[str, Mapping[str, float]]
    """The probabilities of what the whole text wants beside: a chart, a rate, only the first of a list."""

    @property
    def sure(self) -> dict[str, list[float]]:
        """The probability of the role that each span has."""
        return {
            kind: [odds[role] for odds, role in zip(self.odds[kind], given, strict=True)]
            for kind, given in self.roles.items()
        }

    def less(self, kind: str, at: int, role: str) -> float:
        """By how much less likely another role of a span is than the one it has: a logarithm, at most 0."""
        odds = self.odds[kind][at]
        return math.log(max(odds.get(role, 0.0), 1e-9) / odds[self.roles[kind][at]])

    @property
    def doubtful(self) -> Place | None:
        """The first name that may mean several places, whatever it does in the question."""
        return next((place for place in self.spans.places if place.candidates), None)

    def given(self, roles: Mapping[str, Sequence[str]]) -> Heard:
        """The same spans in other roles."""
        return replace(self, roles=roles)

    def having(self, kind: str, role: str) -> list[Span]:
        """The spans of a kind that have a role."""
        pairs = zip(self.slots[kind], self.roles[kind], strict=True)
        return [span for span, found in pairs if found == role]


def hear(spans: Spans, models: Mapping[str, Model]) -> Heard:
    """Give every span its role and every outcome its probability."""
    slots = roles.slots_of(spans)
    around = Surroundings(spans)
    chosen: dict[str, list[str]] = {}
    odds: dict[str, list[Mapping[str, float]]] = {}
    for kind, found in slots.items():
        chosen[kind], odds[kind] = [], []
        before = "none"
        for at in range(len(found)):
            likely = models[kind].probabilities(around.features(kind, found, at, before))
            before = max(likely, key=lambda role: likely[role])
            chosen[kind].append(before)
            odds[kind].append(likely)
    lists = {kind: around.lists(kind, found) for kind, found in slots.items()}
    whole = frozenset(features.of_text(spans) | with_roles(chosen))
    wants = {name: models[name].probabilities(whole) for name in WANTS if name in models}
    return Heard(spans, whole, slots, chosen, odds, lists, models["intent"].probabilities(whole), wants)


def with_roles(chosen: Mapping[str, Sequence[str]]) -> set[str]:
    """Features of the text that tell which roles its spans have."""
    found = set()
    for kind, given in chosen.items():
        for role in set(given):
            found.add(f"r:{kind}:{role}")
            found.add(f"r:{kind}:{role}:{min(given.count(role), 3)}")
    return found
