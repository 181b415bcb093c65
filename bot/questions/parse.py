"""The one door of reading: `Reader.read` turns a text into a query, a question back or a refusal."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from bot.places.outcomes import Ambiguous, Found, Unknown
from bot.places.resolve import Resolver
from bot.questions import deciding
from bot.questions.following import continues, follow, says_something
from bot.questions.framing import unframed
from bot.questions.hearing import FROM, Heard, hear
from bot.questions.ordinary import ordinary_words
from bot.questions.query import Choice, Doubt, Intent, Query, Read, Reading, Refusal, Refused, Unclear
from bot.questions.refusing import MEASURES, SUBJECT, WHO, refusal_of
from bot.questions.rolling import leaned
from bot.questions.tokens import NUMBER_WORDS
from db.records import Destination

LONGEST = 1000
"""Characters; a question that is longer is no question."""

_SHORTEST_NAME = 4
_LISTING = " ,;/&+"
"""What stands between the places of a list."""
_SIDES = re.compile(
    r"\b(?P<left>\w{1,40})[,.]? (?:vs?\.?|versus|or(?: more)?|against) (?P<right>\w{1,40})", re.IGNORECASE
)
_BROKEN_OFF = re.compile(r"(?:\b(?:vs?|versus|against|and|or|compared (?:to|with))|[&+])[ .?!…]*$", re.IGNORECASE)
"""An end that waits for another place: "France vs"."""
_WAVERING = re.compile(r"\bor (?:was|is) (?:it|that) (?P<other>\w{2,30})", re.IGNORECASE)
_NOISE = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>|https?://\S+|@(?:bot|inflow|everyone|here)\b|[\x00-\x1f\x7f]")
_LISTS = frozenset({"leaderboard", "leader board", "league table", "ranking", "rankings"})
"""Words that ask for the whole ranking by themselves."""
_BY_PUBLISHER = (Intent.LOOKUP, Intent.SOURCES, Intent.DISPUTES, Intent.TREND)
_SEVERAL_REGIONS = {
    word: regions
    for words, regions in (
        ("arab arabs", ("R:middle_east", "R:maghreb")),
        ("caucasus caucasian caucasians", ("R:caucasus", "RU")),
        ("africa african africans afrique afrika", ("R:north_africa", "R:maghreb")),
        ("asia asian asians asie asien azie", ("R:central_asia", "R:southeast_asia", "R:middle_east")),
    )
    for word in words.split()
}
"""Names of parts of the world that no one region held stands for: the asker chooses."""


class Reader:
    """Reads questions with the resolver of places; it holds no state of any asker and may be shared."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    @classmethod
    def load(cls) -> Reader:
        """A reader with the built-in index of names."""
        return cls(Resolver.load())

    def read(self, text: str, *, today: date, previous: Query | None = None) -> Reading:
        """What a text asks; ``previous`` is the asker's last query, for texts that lean on it. Never raises."""
        clean = _NOISE.sub(" ", text).strip()
        if not any(char.isalnum() for char in clean) and not self._resolver.find(clean):
            return Refused(Refusal.EMPTY, text[:100])
        if len(clean) > LONGEST:
            return Refused(Refusal.TOO_LONG)
        clean = unframed(clean)
        heard = hear(clean, self._resolver, today)
        if previous is not None and heard.doubtful and not heard.places and continues(heard):
            first, partial = heard.doubtful[0], follow(self._query(heard), heard, previous)
            if not heard.has("compare"):
                partial = dataclasses.replace(partial, places=())
            return _ask_place(first.text, first.candidates, partial)
        if previous is not None and heard.lean is not None and leaned(previous.period, heard.lean) is None:
            return Unclear(Doubt.PERIOD, text=clean, partial=follow(self._query(heard), heard, previous))
        if previous is not None and says_something(heard) and continues(heard):
            refusal = refusal_of(heard, today) if not heard.has("pronoun", "follow") else None
            if refusal in (None, Refusal.OFF_TOPIC) and not heard.has("off_topic"):
                return Read(follow(self._query(heard), heard, previous), heard.corrections)
        return self._decide(heard, clean, today)

    def _decide(self, heard: Heard, text: str, today: date) -> Reading:
        whole = self._whole_name(text, heard)
        if whole is not None:
            return whole
        places = tuple(place.place for place in heard.places)
        refusal = refusal_of(heard, today)
        doubt = self._doubt(heard)
        unclear_place = bool(heard.doubtful) or _several_regions(heard) is not None
        in_doubt = unclear_place and not heard.has("off_topic", "unanswerable", "other_conflict")
        if refusal is not None and not in_doubt:
            partial = self._nearest(text) if refusal is Refusal.OFF_TOPIC else ()
            return Refused(refusal, text[:200], nearest=partial, places=places)
        if doubt is not None:
            return self._elsewhere(heard, doubt) or doubt
        query = self._query(heard)
        assumed = self._assumed(heard)
        return Read(query, heard.corrections, assumed, _is_unsure(heard, query))

    def _whole_name(self, text: str, heard: Heard) -> Reading | None:
        """A text that is nothing but a name: a place, a name in doubt, or a town that is no country."""
        if heard.tags & (SUBJECT | {"off_topic", "unanswerable"}) or heard.doubtful:
            return None
        if heard.places:
            return self._alone(text) if not heard.tokens else None
        if _several_regions(heard) is not None:
            return None
        if heard.period.is_open is False or len(heard.tokens) > 4:
            return None
        outcome = self._resolver.resolve(text.strip("?!. "))
        if isinstance(outcome, Found):
            query = Query(Intent.LOOKUP, (outcome.place,))
            return Read(query, heard.corrections, ("measure",), flagged=outcome.how == "typo")
        if isinstance(outcome, Ambiguous):
            return _ask_place(outcome.text, outcome.candidates, Query(Intent.LOOKUP))
        assert isinstance(outcome, Unknown)
        if heard.leftover and len(heard.leftover) == len(heard.tokens) and len(heard.tokens) <= 2:
            return Refused(Refusal.NOT_A_COUNTRY, text[:100], nearest=outcome.nearest)
        return None

    def _alone(self, text: str) -> Unclear | None:
        """A name that means the usual country inside a sentence and is asked when nothing else was typed."""
        outcome = self._resolver.resolve(text.strip("?!. "))
        if not isinstance(outcome, Ambiguous):
            return None
        return _ask_place(outcome.text, outcome.candidates, Query(Intent.LOOKUP))

    def _elsewhere(self, heard: Heard, doubt: Unclear) -> Refused | None:
        """ "from Marseille": an unknown name right where the country would stand is said to be none."""
        if doubt.doubt is not Doubt.PLACE_MISSING or len(heard.leftover) != 1:
            return None
        at = next(index for index, token in enumerate(heard.tokens) if token is heard.leftover[0])
        if not at or heard.tokens[at - 1].word not in FROM:
            return None
        return Refused(Refusal.NOT_A_COUNTRY, doubt.text, nearest=self._nearest(doubt.text))

    def _nearest(self, text: str) -> tuple[str, ...]:
        outcome = self._resolver.resolve(text[:60])
        return outcome.nearest if isinstance(outcome, Unknown) else ()

    def _doubt(self, heard: Heard) -> Unclear | None:
        partial = self._query(heard)
        if heard.doubtful:
            first = heard.doubtful[0]
            return _ask_place(first.text, first.candidates, partial)
        regions = _several_regions(heard)
        if regions is not None:
            return _ask_place(*regions, partial)
        wavering = self._wavering(heard, partial)
        if wavering is not None:
            return wavering
        if len(heard.places) == 1 and _BROKEN_OFF.search(heard.text):
            return Unclear(Doubt.UNFINISHED, text=heard.text, partial=partial)
        if heard.has("unread_time"):
            return Unclear(Doubt.PERIOD, text=heard.text, partial=partial)
        beside = _unknown_beside_places(heard)
        if beside is not None:
            return Unclear(Doubt.PLACE_MISSING, text=beside, partial=partial)
        if heard.places or partial.measure == "origin_countries" or partial.intent in (Intent.DEFINE, Intent.HELP):
            return None
        if any(len(token.word) > 3 for token in heard.leftover):
            # An unknown word may be the place that was meant: the world would be a silent guess.
            return Unclear(Doubt.PLACE_MISSING, text=heard.leftover[0].given, partial=partial)
        guessed = self._maybe_a_place(heard)
        if guessed is not None:
            return _ask_place(guessed.text, guessed.candidates, partial)
        if partial.intent is Intent.COVERAGE:
            return None
        content = heard.tags & (MEASURES | WHO)
        timed = not heard.period.is_open
        if heard.has("pronoun", "follow") and not (content and not heard.has("pronoun")):
            return Unclear(Doubt.REFERENT_MISSING, text=heard.text, partial=partial)
        if content or (timed and heard.has("domain", "total", "rank", "rank_low", "trend")):
            return None
        if partial.intent is Intent.RANK:
            said = len(heard.tokens)
            list_asked = {heard.words(sense) for sense in heard.senses} & _LISTS
            numbered = said > 1 and (partial.top or partial.bottom)
            ranked = numbered or partial.per_million or said > 2 or list_asked or (said > 1 and not heard.leftover)
            return None if ranked else Unclear(Doubt.UNFINISHED, text=heard.text, partial=partial)
        if partial.intent in (Intent.TOTAL, Intent.TREND) and len(heard.tokens) > 1:
            return None
        if heard.has("total", "chart") and heard.has("domain"):
            return None
        publishers = sum(tag.startswith("publisher_") for tag in heard.tags)
        if partial.intent in (Intent.SOURCES, Intent.DISPUTES) and (partial.value is not None or publishers):
            return None
        if partial.intent in (Intent.SOURCES, Intent.DISPUTES, Intent.SHARE, Intent.COMPARE):
            return Unclear(Doubt.REFERENT_MISSING, text=heard.text, partial=partial)
        return Unclear(Doubt.UNFINISHED, text=heard.text, partial=partial)

    def _wavering(self, heard: Heard, partial: Query) -> Unclear | None:
        """ "Iraq … or was it Iran": whoever is not sure of the place is asked."""
        said = _WAVERING.search(heard.text)
        if said is None or not heard.places:
            return None
        other = self._resolver.resolve(said["other"])
        named = [*sorted(heard.destinations), *(place.place for place in heard.places)]
        candidates = tuple(dict.fromkeys([*named, *([other.place] if isinstance(other, Found) else ())]))
        if len(candidates) < 2:
            return None
        return _ask_place(said["other"], candidates, dataclasses.replace(partial, places=(), destination=None))

    def _maybe_a_place(self, heard: Heard) -> Ambiguous | None:
        """A word that was mended to another while no place is named: it may have been the place ("dnes")."""
        for correction in heard.corrections:
            if correction.kind != "word" or len(correction.text) < _SHORTEST_NAME:
                continue
            outcome = self._resolver.resolve(correction.text)
            if isinstance(outcome, Ambiguous):
                return outcome
            if isinstance(outcome, Found) and outcome.how == "typo":
                return Ambiguous((outcome.place,), correction.text, "typo")
        return None

    def _query(self, heard: Heard) -> Query:
        intent = deciding.intent_of(heard)
        places = tuple(place.place for place in heard.places)
        if len(places) > 1 and "R:world" in places and intent is not Intent.COMPARE:
            places = tuple(place for place in places if place != "R:world")
        if not places and intent not in (Intent.DEFINE, Intent.HELP):
            places = ("R:world",)
        top, bottom = deciding.number_of_rank(heard) if intent is Intent.RANK else (None, None)
        value = None
        if intent in (Intent.SOURCES, Intent.DISPUTES):
            value = deciding.value_of(heard)
        placeless = intent is Intent.HELP or (intent is Intent.DEFINE and not deciding.asks_members(heard))
        only_iraq = heard.destinations == {"IQ"}
        return Query(
            intent,
            places=() if placeless else places,
            measure=deciding.measure_of(heard, intent),
            who=deciding.who_of(heard, intent),
            destination=Destination.IQ if only_iraq else None,
            period=heard.period,
            per_million=heard.has("per_million"),
            top=top,
            bottom=bottom,
            known_on=heard.known_on,
            style=deciding.style_of(heard),
            publisher=deciding.publisher_of(heard) if intent in _BY_PUBLISHER else None,
            value=value,
            chart=heard.has("chart"),
            peak=heard.has("peak"),
        )

    @staticmethod
    def _assumed(heard: Heard) -> tuple[str, ...]:
        assumed = []
        if not heard.places:
            assumed.append("place")
        if not heard.tags & MEASURES:
            assumed.append("measure")
        return tuple(assumed)


def _is_unsure(heard: Heard, query: Query) -> bool:
    """Whether a name was mended, or a word or a number left out: then the answer says loudly how it was read."""
    if any(correction.kind == "place" for correction in heard.corrections):
        return True
    left_out = (token for token in heard.leftover if token.word not in NUMBER_WORDS)
    if any(len(token.word) >= (3 if token.given.isupper() else _SHORTEST_NAME) for token in left_out):
        return True
    spoken = {index for sense in heard.senses for index in range(sense.first, sense.last)}
    used = {query.top, query.bottom, query.value, 1}
    numbers = (token.word for index, token in enumerate(heard.tokens) if index not in spoken and token.is_number)
    return any(number.isdigit() and int(number) not in used for number in numbers)


def _unknown_beside_places(heard: Heard) -> str | None:
    """An unknown word in a list of places ("add up seden norway and denmark"): to leave it out would be silent."""
    if len(heard.places) == 1:
        return _unread_side(heard)
    if not heard.places:
        return None
    for token in heard.leftover:
        if len(token.word) < _SHORTEST_NAME or token.word in ordinary_words():
            continue
        before, after = heard.text[: token.start].rstrip(_LISTING), heard.text[token.end :].lstrip(_LISTING)
        beside = (before.endswith(place.text) or after.startswith(place.text) for place in heard.places)
        if any(beside):
            return token.given
    return None


def _unread_side(heard: Heard) -> str | None:
    """The side of a "vs" that was not read, or was only guessed to be a word: "sewdn vs norwya"."""
    guessed = {correction.text for correction in heard.corrections if correction.kind == "word"}
    unread = {token.given for token in heard.leftover if len(token.word) > 1}
    for match in _SIDES.finditer(heard.text):
        sides = (match["left"], match["right"])
        for side, other in (sides, sides[::-1]):
            if side in guessed | unread and any(other in place.text.split() for place in heard.places):
                return side
    return None


def _several_regions(heard: Heard) -> tuple[str, tuple[str, ...]] | None:
    """The name of a part of the world that several regions held share, and those regions."""
    if heard.places:
        return None
    for token in heard.tokens:
        regions = _SEVERAL_REGIONS.get(token.word)
        if regions is not None:
            return token.given, regions
    return None


def _ask_place(text: str, candidates: tuple[str, ...], partial: Query) -> Unclear:
    rest = tuple(place for place in partial.places if place != "R:world")
    choices = tuple(
        Choice(candidate, dataclasses.replace(partial, places=(*rest, candidate))) for candidate in candidates[:5]
    )
    return Unclear(Doubt.PLACE, choices, text, partial, candidates)
