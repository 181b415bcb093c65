"""Names of several countries at once that are no region of the dataset: each country is read for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.places.outcomes import Found, Mention

_GROUPS = (
    (r"benelux(?: countries| states)?", ("BE", "NL", "LU")),
    (r"balti(?:c states|c countries|c republics|cs)", ("EE", "LV", "LT")),
    (r"iberian? ?(?:peninsula)?", ("ES", "PT")),
    (r"dach(?: countries| region)?", ("DE", "AT", "CH")),
    (r"visegr[aá]d(?: four| group| countries| states)?|\bv4", ("PL", "CZ", "SK", "HU")),
    (r"british isles", ("GB", "IE")),
    (r"levant(?:ine countries)?", ("LB", "JO", "PS", "IL")),
)
_ALL = tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), places) for pattern, places in _GROUPS)


def with_groups(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with each country of every group that the text names, in the order of the text."""
    groups = list(_groups(text))
    if not groups:
        return tuple(mentions)
    spans = [(mention.start, mention.end) for mention in groups]
    kept = [one for one in mentions if all(one.end <= start or end <= one.start for start, end in spans)]
    return tuple(sorted([*kept, *groups], key=lambda mention: mention.start))


def _groups(text: str) -> Iterator[Mention]:
    for pattern, places in _ALL:
        for match in pattern.finditer(text):
            for place in places:
                yield Mention(match.start(), match.end(), match[0], Found(place, "group", match[0]))
