"""What is not answered, and what is asked back."""

from __future__ import annotations

import re
from datetime import date

from bot.questions.hearing import CONFLICTS, FIRST_DAY, LAST_DAY, Heard
from bot.questions.query import Refusal

MEASURES = frozenset(
    "travelled departure flow monthly_rate present returned killed prevented sample_records origin_countries".split()
)
WHO = frozenset("women minors women_and_minors men".split())
WANTS = frozenset(
    "sources disputes coverage define members rank rank_low trend share total per_million chart help compare peak"
    " known".split()
)
SUBJECT = MEASURES | WHO | WANTS | {"domain"}


_PREDICTING = frozenset("will next predict prediction predictions forecast forecasts expect future".split())
_FAMILY = frozenset("cousin brother sister son daughter friend neighbour neighbor uncle husband wife dad".split())
_WHY = frozenset("why reason reasons pourquoi raisons warum wieso por que waarom neden почему لماذا".split())
_WHO_IS = frozenset({"who is", "whos"})
_FOREIGN_IN = re.compile(
    r"\bforeign (?:\w+ )?(?:fighters?|volunteers?|jihad\w+|mercenaries|recruits|legion\w*) (?:\w+ )?in (?:the )?$",
    re.IGNORECASE,
)
_WAR_IN = re.compile(r"\b(?:war|insurgency|uprising|revolution|fight|fighting|fought) in (?:the )?$", re.IGNORECASE)
_WAR = re.compile(r" (?:civil war|war of independence|insurgency|uprising|revolution)\b", re.IGNORECASE)
_AT_WAR = frozenset("volunteers fighters war legion front battalion".split())
_SUM = re.compile(r"\d\s*[*x×÷^+]\s*\d", re.IGNORECASE)
_NAMES = frozenset("name names named who address addresses adress phone identity wanted john photo".split())


def refusal_of(heard: Heard, today: date) -> Refusal | None:
    """Why a text is not answered; None when it may be."""
    tags = heard.tags
    if "off_topic" in tags and not _only_subject(heard):
        return Refusal.OFF_TOPIC
    if _SUM.search(heard.text) and not tags & (MEASURES | WHO) and not heard.places:
        return Refusal.OFF_TOPIC
    if "other_conflict" in tags or _other_conflict(heard):
        return Refusal.OTHER_CONFLICT
    if "unanswerable" in tags and not _asks_about_figures(heard):
        return _kind(heard)
    if heard.period.first is not None and heard.period.first > today:
        return Refusal.PREDICTION
    if _outside(heard):
        return Refusal.OUTSIDE_PERIOD
    named = tags & SUBJECT <= {"flow"} and heard.tokens[-1:] != [] and heard.tokens[-1].word == "inflow"
    if "greeting" in tags and (not tags & SUBJECT or named) and not heard.places and not heard.doubtful:
        return Refusal.OFF_TOPIC
    if _stranger(heard):
        return Refusal.NOT_MEASURED if heard.places else Refusal.OFF_TOPIC
    return None


def _only_subject(heard: Heard) -> bool:
    """A measure said outright outweighs an off-topic word that is also ordinary."""
    weak = {"game", "games", "code", "play", "story", "score", "map", "flights", "flight", "speak", "rain"}
    said = {heard.words(sense) for sense in heard.senses if "off_topic" in sense.tags}
    return said <= weak and bool(heard.tags & (MEASURES | {"unanswerable"}))


def _asks_about_figures(heard: Heard) -> bool:
    """ "why do the sources differ" is about the claims, not motives; "who is leading" about countries, not persons."""
    asked = {heard.words(sense) for sense in heard.senses if "unanswerable" in sense.tags}
    if heard.has("sample_records"):
        return asked <= {"name", "names"}
    told_apart = heard.has("define") or "=" in heard.text
    if told_apart and heard.tags & MEASURES and not heard.places:
        return not asked & (_NAMES | _FAMILY | _WHY)
    if heard.has("disputes"):
        return asked <= _WHY | _WHO_IS
    return heard.has("rank", "rank_low", "sources") and asked <= _WHO_IS


def _outside(heard: Heard) -> bool:
    first, last = heard.period.first, heard.period.last
    return (first is not None and first.year > LAST_DAY.year and not heard.to_date) or (
        last is not None and last < FIRST_DAY
    )


def _other_conflict(heard: Heard) -> bool:
    """ "fighters in Ukraine", "went to Libya": another war as the destination."""
    for place in heard.places:
        if place.place in CONFLICTS and _FOREIGN_IN.search(heard.text[: heard.text.find(place.text)]):
            return True
        if place.place in ("SY", "IQ"):
            continue
        at = heard.text.find(place.text)
        is_people = place.how == "demonym"
        if not is_people and _WAR_IN.search(heard.text[:at]):
            return True
        if is_people and _WAR.match(heard.text[at + len(place.text) :]):
            return True
        if place.place not in CONFLICTS or is_people:
            continue
        after = heard.text[at + len(place.text) :].casefold().split()[:1]
        if place.place == "UA" and after and after[0] in _AT_WAR and len(heard.places) > 1:
            return True
        words = heard.text[:at].casefold().split()
        before = (words[:-1] if words[-1:] == ["the"] else words)[-1:]
        if before and before[0] in ("to", "into") and heard.has("travelled", "departure") and not heard.has("returned"):
            return True
        if (
            before
            and before[0] in ("in", "to", "into")
            and (place.place == "UA" or (heard.has("travelled", "departure", "domain") and len(heard.places) > 1))
        ):
            return True
    return False


def _kind(heard: Heard) -> Refusal:
    said = {word for sense in heard.senses if "unanswerable" in sense.tags for word in sense.phrase}
    if said & _PREDICTING:
        return Refusal.PREDICTION
    if said & (_FAMILY | _NAMES):
        return Refusal.PERSON
    return Refusal.NOT_MEASURED


def _stranger(heard: Heard) -> bool:
    """Whether words stand in the text that have nothing to do with the subject."""
    strange = [token for token in heard.leftover if len(token.word) > 2]
    if not strange:
        return False
    known = heard.tags & (SUBJECT - {"domain"})
    if not known and not heard.has("domain"):
        return True
    after_count = _counted_word(heard)
    if after_count is not None and not known & MEASURES:
        return True
    return len(strange) >= 3 and len(strange) > len(heard.tags & SUBJECT) + len(heard.places)


def _counted_word(heard: Heard) -> str | None:
    """The unknown word right behind "how many": cows in "how many cows"."""
    for sense in heard.senses:
        if "domain" in sense.tags and sense.phrase in (("how", "many"), ("how", "much"), ("number", "of")):
            word = heard.tokens[sense.last] if sense.last < len(heard.tokens) else None
            if not heard.places and any(word is token for token in heard.leftover):
                return word.word if word else None
    return None
