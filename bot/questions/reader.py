"""The one door of reading: a text becomes a query, a question back, a refusal or a kind word, and says how sure it is.

``text → spans → roles → scored drafts → ledger → confidence → decision``; each step is a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.places.outcomes import Unknown
from bot.places.resolve import Resolver
from bot.questions import confidence, roles
from bot.questions.drafting import WORLD, Draft, drafts
from bot.questions.framing import unframed
from bot.questions.hearing import Heard, hear
from bot.questions.ledger import Entry, dropped, ledger
from bot.questions.query import (
    Alternative,
    Choice,
    Doubt,
    Intent,
    Query,
    Read,
    Reading,
    Refusal,
    Refused,
    Unclear,
)  # fmt: skip
from bot.questions.scorer import Model, model
from bot.questions.spans import Place, Spans, spans_of
from bot.questions.times import FIRST_DAY, LAST_DAY

LONGEST = 1000
"""Characters; a text that is longer is no question."""
PLAIN = 0.88
"""From this confidence on a reading is given without a doubt; the bar is set on held-back rows."""
OFFERED = 5
"""Other readings that are given beside one that is in doubt."""
MODELS = ("intent", "measure", "first", "chart", "rate", *roles.KINDS, "rank", "confidence")
_NOISE = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>|https?://\S+|@(?:bot|inflow|everyone|here)\b|[\x00-\x1f\x7f]")
_SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[-. ][^\W\d_]){3,}(?!\w)")
REFUSALS = (
    ("person_asked", Refusal.PERSON),
    ("forecast", Refusal.PREDICTION),
    ("other_conflict", Refusal.OTHER_CONFLICT),
)
"""What is refused by the words of a text, whoever reads it."""
_CHOICES = 5
_COUNTING = frozenset({"travelled", "departure", "flow"})


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that a reading rests on; ``inflow read --explain`` prints it."""

    heard: Heard
    drafts: Sequence[Draft]
    entries: Sequence[Entry]
    confidence: float
    models: Mapping[str, Model]


class Reader:
    """Reads questions with the resolver of places; it holds no state of any asker and may be shared."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    @classmethod
    def load(cls) -> Reader:
        """A reader with the built-in index of names."""
        return cls(Resolver.load())

    def read(self, text: str, *, today: date) -> Reading:
        """What a text asks by itself; ``dialogue.talking`` reads one that follows others. Never raises."""
        return self.considered(text, today=today)[0]

    def considered(self, text: str, *, today: date) -> tuple[Reading, Judged | None]:
        """A reading with what it rests on; None for a text that says nothing or too much to be taken apart."""
        clean = cleaned(text)
        if not any(char.isalnum() for char in clean) and not self._resolver.find(clean):
            return Refused(Refusal.EMPTY, text[:100]), None
        if len(clean) > LONGEST:
            return Refused(Refusal.TOO_LONG), None
        judged = self.judge(clean, today)
        return self.decided(judged, clean, today), judged

    def judge(self, text: str, today: date) -> Judged:
        """The spans, drafts, ledger and confidence of a text."""
        models = {name: model(name) for name in MODELS}
        heard = hear(spans_of(text, self._resolver, today), models)
        found = drafts(heard, models)
        heard = heard.given(found[0].roles)
        entries = ledger(heard, found[0])
        sure = models["confidence"].probabilities(confidence.features(heard, found, entries))["right"]
        return Judged(heard, found, entries, sure, models)

    def decided(self, judged: Judged, text: str, today: date) -> Reading:
        """The reading that a judgement comes to."""
        best = judged.drafts[0]
        others = alternatives(judged)
        doubtful = _doubtful(judged.heard)
        if best.outcome in set(Intent) and doubtful is not None:
            return _ask_place(doubtful, best.query, judged, others)
        stranger = self._stranger(judged, text) if best.outcome not in set(Intent) else None
        if stranger is not None:
            return stranger
        if best.outcome in ("unanswerable", "off_topic", "social"):
            return self._refuse(judged, text, today, others)
        if best.outcome == "ambiguous":
            return _ask(judged, doubtful or judged.heard.doubtful, text, others)
        outside = _outside(best.query, today)
        if outside is not None:
            return Refused(outside, text[:200], places=best.query.places, confidence=judged.confidence)
        flagged = judged.confidence < PLAIN
        return Read(
            best.query,
            judged.heard.spans.corrections,
            _assumed(judged.heard, best.query),
            flagged,
            confidence=judged.confidence,
            dropped=dropped(list(judged.entries)),
            alternatives=others if flagged else (),
        )

    def _refuse(self, judged: Judged, text: str, today: date, others: tuple[Alternative, ...]) -> Refused:
        best = judged.drafts[0]
        places = tuple(one for one in best.query.places if one != WORLD)
        if best.outcome == "social":
            return Refused(Refusal.SOCIAL, text[:200], confidence=judged.confidence)
        refusal = _refusal(judged.heard.spans) if best.outcome == "unanswerable" else Refusal.OFF_TOPIC
        if _outside(best.query, today) is Refusal.PREDICTION:
            refusal = Refusal.PREDICTION
        return Refused(refusal, text[:200], places=places, confidence=judged.confidence, alternatives=others)

    def _stranger(self, judged: Judged, text: str) -> Refused | None:
        """A word or two that name nothing known: no country, said with those that are near."""
        spans = judged.heard.spans
        if len(spans.tokens) > 2 or spans.places or any(sense.tags - {"function"} for sense in spans.senses):
            return None
        outcome = self._resolver.resolve(text.strip("?!. ")[:60])
        if not isinstance(outcome, Unknown):
            return None
        return Refused(Refusal.NOT_A_COUNTRY, text[:100], nearest=outcome.nearest, confidence=judged.confidence)


def cleaned(text: str) -> str:
    """The text without mentions, links and control characters, and without the greetings and asides around it.

    What is spelled letter by letter is a word: "c-o-l-o-m-b-i-a".
    """
    spelled = _SPELLED.sub(lambda match: re.sub("[-. ]", "", match[0]), _NOISE.sub(" ", text))
    return unframed(spelled.strip())


def alternatives(judged: Judged) -> tuple[Alternative, ...]:
    """The next best readings, likeliest first, none twice."""
    return tuple(Alternative(draft.outcome, draft.query) for draft in judged.drafts[1 : OFFERED + 1])


def _doubtful(heard: Heard) -> Place | None:
    """The first name that may mean several places and is asked about."""
    asked = (span for span in heard.having("place", roles.ASKED) if isinstance(span, Place))
    return next((place for place in asked if place.candidates), None)


def _ask_place(place: Place, query: Query, judged: Judged, others: tuple[Alternative, ...]) -> Unclear:
    rest = tuple(one for one in query.places if one != WORLD)
    choices = tuple(
        Choice(candidate, replace(query, places=(*rest, candidate))) for candidate in place.candidates[:_CHOICES]
    )
    return Unclear(
        Doubt.PLACE, choices, place.text, query, place.candidates, confidence=judged.confidence, alternatives=others
    )


def _ask(judged: Judged, doubtful: Place | None, text: str, others: tuple[Alternative, ...]) -> Unclear:
    query = judged.drafts[0].query
    if doubtful is not None:
        return _ask_place(doubtful, query, judged, others)
    tags = {tag for sense in judged.heard.spans.senses for tag in sense.tags}
    if query.places:
        doubt = Doubt.UNFINISHED
    elif "pronoun" in tags or "follow" in tags:
        doubt = Doubt.REFERENT_MISSING
    else:
        doubt = Doubt.PLACE_MISSING if tags - {"function", "asking"} else Doubt.UNFINISHED
    return Unclear(doubt, (), text[:200], query, confidence=judged.confidence, alternatives=others)


def _refusal(spans: Spans) -> Refusal:
    tags = {tag for sense in spans.senses for tag in sense.tags}
    return next((refusal for tag, refusal in REFUSALS if tag in tags), Refusal.NOT_MEASURED)


def _outside(query: Query, today: date) -> Refusal | None:
    """Why no figure can speak of the asked time."""
    first, last = query.period.first, query.period.last
    if first is not None and first > today:
        return Refusal.PREDICTION
    if (first is not None and first.year > LAST_DAY.year) or (last is not None and last < FIRST_DAY):
        return Refusal.OUTSIDE_PERIOD
    return None


def _assumed(heard: Heard, query: Query) -> tuple[str, ...]:
    """Parts that the text leaves open."""
    named = any(isinstance(span, Place) for span in heard.having("place", roles.ASKED))
    counts = any(sense.tags & _COUNTING for sense in heard.spans.senses)
    parts = (("place", named), ("measure", query.measure or counts))
    return tuple(part for part, said in parts if not said)
