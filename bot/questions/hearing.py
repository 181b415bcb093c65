"""What a text holds before anything is decided: its places, times, senses and leftover words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.places.display import display_name
from bot.places.outcomes import Ambiguous, Found, Mention
from bot.places.resolve import Resolver
from bot.questions.lexicon import Sense, language_of, lexicon
from bot.questions.numbers import small_number
from bot.questions.periods import FoundPeriod, read_period
from bot.questions.query import Correction
from bot.questions.rolling import counts_from_another, leaning, shift_in
from bot.questions.spelling import mend
from bot.questions.tokens import Token, tokens_of
from db.values import Period

_BEFORE_DESTINATION = frozenset(
    "to in into for inside towards nach im en a au aux naar al الى في в على reached via and und et y or".split()
)
_WOMEN = re.compile(r"wom[ae]n$", re.IGNORECASE)
_ONE_WORD_WOMEN = re.compile(r"[^\W\d_]wom[ae]n$", re.IGNORECASE)
_BELIEVED = frozenset("believe believed think thought know".split())
"""What was held true on a day: the day may stand at the end of the question."""
_SAYING = frozenset("say says said reports reported claims".split())
_LEADING_TIMES = frozenset("since before after until till depuis avant seit vor nach desde antes sinds".split())
_ARTICLES = frozenset("the a an of le la les l der die das dem den el los de het".split())
_CORRECTING = re.compile(
    r"\b(?:i mean|i meant|no wait|wait no|scratch that|or rather|sorry,? (?:i mean|no))\b", re.IGNORECASE
)
_COUNTRIES = frozenset("countries states nations".split())
_NO_VERBS = frozenset("still over out".split())
_NOT = re.compile(r"(?:^not|\w[ ,(]+not|\bpas|\bnicht|\bniet) (?:the |les |die |de )?$", re.IGNORECASE)
"""What stands right before a name that is not meant."""
_PEOPLE = ("ans", "ese", "is", "ish", "tes", "nes", "rs")
"""Endings of peoples in English."""
_NOW = frozenset("now nowadays lately recently anymore today these".split())
_DOCUMENTS = frozenset("report study paper article statement press reports".split())
_EMPTY_TIMES = frozenset("all full fill hall attack attacks start end war battle event events".split())
"""What a misspelt event leaves behind "since" and the like, or an event without its name."""
_THERE = re.compile(r"\b(?:are|were|was|is|being) in $", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|en|im|inside) $", re.IGNORECASE)
_SITES = frozenset("border borders soil territory custody prisons prison camps airport airports authorities".split())
_STOPPED = frozenset("deported stopped expelled returned extradited repatriated sent turned back held barred".split())
CONFLICTS = frozenset("UA AF LY YE SO ML NG MM IL SD CF CD ET MZ AM AZ".split())
"""Countries with a war of their own that people travel to."""
_OTHER_WARS = re.compile(
    r"\b(?:spanish civil war"
    r"|(?:bosnian|afghan|soviet-afghan|vietnam|korean|chechen|yugoslav|libyan|ukrain\w+) (?:civil )?(?:war|jihad)"
    r"|war in (?:ukraine|bosnia|afghanistan|vietnam|korea|chechnya|libya|yemen|gaza))\b",
    re.IGNORECASE,
)
_ITS_WAR = re.compile(
    r" (?:c\w{2,5} )?(?:war(?: ?zone)?|conflict|insurgency|rebellion|uprising|revolution|jihad|caliphate|front|fronts"
    r"|front ?line|battlefields?|battleground|theat(?:re|er)|arena|side|border|borders|territory|soil|desert"
    r"|camps?|prisons?|jails?|custody|detention|forces|army|authorities|courts?|regime|government)\b",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"\b(?:start|beginning|outbreak|onset) of (?:the )?$", re.IGNORECASE)
_BEGAN = re.compile(r" (?:started|began|begun|broke out|erupted)\b", re.IGNORECASE)
"""What stands behind "Syrian" or "Iraqi" where the place is meant and not its people."""
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2019, 12, 31)
"""The dataset's figures speak of the years 2011 to 2019."""
_WHERE = frozenset("in via through by at to into".split())
FROM = frozenset("from frm form fom fron ftom frim of de des aus von van del من из".split())


@dataclass(slots=True)
class Heard:
    """All parts of a text, as data."""

    text: str
    tokens: list[Token]
    language: str
    places: list[Found]
    doubtful: list[Ambiguous]
    destinations: frozenset[str]
    period: Period
    known_on: date | None
    to_date: bool
    senses: list[Sense]
    leftover: list[Token]
    """Content words that no lexicon and no calendar knows."""
    numbers: list[int]
    corrections: tuple[Correction, ...]
    tags: frozenset[str] = field(default_factory=frozenset)
    shift: int | None = None
    """Years by which the time of the question before is moved: -2 in "two years earlier"."""
    lean: str | None = None
    """How the time leans on that of the question before: "before" in "and before that?"."""

    def has(self, *tags: str) -> bool:
        """Whether any of the tags was heard."""
        return not self.tags.isdisjoint(tags)

    def first(self, tag: str) -> Sense | None:
        """The first sense with a tag."""
        return next((sense for sense in self.senses if tag in sense.tags), None)

    def words(self, sense: Sense) -> str:
        """The words of a sense, folded."""
        return " ".join(sense.phrase)


def hear(text: str, resolver: Resolver, today: date) -> Heard:
    """Take a text apart."""
    named = (mention for mention in resolver.find(text) if not _dates_the_war(mention, text))
    mentions = tuple(_as_destination(mention, text) for mention in named)
    spans = [(mention.start, _name_end(mention)) for mention in mentions]
    tokens = tokens_of(text, spans)
    language = language_of(tokens)
    words = lexicon(language)
    corrections = list(mend(tokens, words))
    known_on, known_used = _known_on(tokens, today)
    rest = [token for index, token in enumerate(tokens) if index not in known_used]
    found = _period(rest, today)
    if _before_and_after(rest):
        # "before and after mid 2015" names a watershed, not a stretch of time.
        found = FoundPeriod(Period(), frozenset(i for i in found.used if rest[i].word not in ("before", "after")))
    if found.to_date and today > LAST_DAY:  # "so far", long after the last figure, is no end
        found = FoundPeriod(Period.between(found.period.first, None), found.used, to_date=True)
    spoken = [token for index, token in enumerate(rest) if index not in found.used]
    understood = words.senses(spoken)
    senses = [sense for sense in understood if not _opens(sense, spoken) and not _joins(sense)]
    senses = [sense for sense in senses if not _is_said_in(sense, senses) and not _belongs_to_countries(sense, spoken)]
    mentions = tuple(_after_correction(mentions, text))
    places, doubtful, destinations = _places(mentions, tokens_of(text), text)
    corrections += _place_corrections(mentions)
    sensed = {index for sense in understood for index in range(sense.first, sense.last)}
    leftover = [
        token
        for index, token in enumerate(spoken)
        if index not in sensed and not token.is_number and len(token.word) > 1
    ]
    heard = Heard(
        text,
        spoken,
        language,
        places,
        doubtful,
        destinations,
        found.period,
        known_on,
        found.to_date,
        senses,
        leftover,
        [int(token.word.replace(",", "").replace(".", "")) for token in spoken if is_whole(token)],
        tuple(corrections),
    )
    heard.tags = frozenset(tag for sense in senses for tag in sense.tags)
    if found.contrast:
        heard.tags |= {"trend"}
    if "+" in text and len(places) > 1:
        heard.tags |= {"total"}
    if _asks_whether_fewer(spoken):
        heard.tags |= {"trend"}
    if counts_from_another(rest):
        heard.tags |= {"unread_time"}
    shift = shift_in(spoken)
    if shift is not None:
        heard.shift, moved = shift
        heard.leftover = [token for token in heard.leftover if token not in moved]
        heard.tags |= {"unread_time"}  # only the question before can say from when
    heard.lean = leaning(spoken) if found.period.is_open else None
    if _asks_where_from(spoken) and heard.has("domain", "total", "pronoun") and not heard.has("rank", "rank_low"):
        heard.tags |= {"sources"}
    said = {token.word for token in spoken}
    if _SAYING & said and "many" not in said and _names_publisher(heard):
        heard.tags |= {"sources"}
    if _unread_time(spoken, leftover):
        heard.tags |= {"unread_time"}
    if any(_ONE_WORD_WOMEN.search(written) for mention in mentions for written in _written(mention)):
        heard.tags |= {"women"}
    if _OTHER_WARS.search(text):
        heard.tags |= {"other_conflict"}
    if _stands_before_destination(_THERE, text, mentions):
        heard.tags |= {"present"}
    if _stands_before_destination(_IN, text, mentions):
        heard.tags |= {"in_destination"}
    return heard


def _as_destination(mention: Mention, text: str) -> Mention:
    """ "the Syrian civil war", "Iraqi prisons": where people went, not Syrians."""
    found = mention.outcome
    if not isinstance(found, Found) or found.place not in ("SY", "IQ") or found.how != "demonym":
        return mention
    there = _ITS_WAR.match(text, mention.end)
    if there is None:
        return mention
    written = text[mention.start : there.end()]
    return Mention(mention.start, there.end(), written, Found(found.place, "exact", written))


def _dates_the_war(mention: Mention, text: str) -> bool:
    """ "the start of the Syrian war" is a day."""
    if not isinstance(mention.outcome, Found) or mention.outcome.place != "SY":
        return False
    there = _ITS_WAR.match(text, mention.end)
    begun = there is not None and _BEGAN.match(text, there.end())
    return there is not None and bool(begun or _BEGINNING.search(text[: mention.start]))


def _written(mention: Mention) -> tuple[str, ...]:
    """A name as it was typed, and as it was meant when that was a slip ("dutch wmoen")."""
    changed = mention.outcome.changed if isinstance(mention.outcome, Found) else None
    return (mention.text, changed) if changed else (mention.text,)


def _asks_where_from(tokens: Sequence[Token]) -> bool:
    """ "where is the Egyptian estimate from"."""
    words = [token.word for token in tokens]
    return bool(words) and words[0] == "where" and words[-1] == "from"


def _names_publisher(heard: Heard) -> bool:
    return any(tag.startswith("publisher_") for tag in heard.tags)


def _unread_time(tokens: Sequence[Token], leftover: Sequence[Token]) -> bool:
    """Whether a word such as "since" leads to no known time: leaving it out would change the question."""
    for at, token in enumerate(tokens):
        if token.word not in _LEADING_TIMES:
            continue
        led = next((later for later in tokens[at + 1 :] if later.word not in _ARTICLES), None)
        if led is not None and (led.word in _EMPTY_TIMES or any(led is unknown for unknown in leftover)):
            return True
    return False


def _opens(sense: Sense, tokens: Sequence[Token]) -> bool:
    """ "Are there sources …", "why are there two …": here the words ask whether, not where."""
    if sense.phrase[-1:] != ("there",) or len(sense.phrase) != 2 or sense.phrase[0] in _NO_VERBS:
        return False
    return sense.first == 0 or tokens[sense.first - 1].word in ("why", "what", "which", "where")


def _after_correction(mentions: Sequence[Mention], text: str) -> Sequence[Mention]:
    """ "Iraq … I mean Jordan": what was named before the correction no longer counts; "Niger not Nigeria" neither."""
    meant = [mention for at, mention in enumerate(mentions) if not _is_excluded(text[: mention.start], at)]
    mentions = meant or mentions
    said = _CORRECTING.search(text)
    if said is None:
        return mentions
    later = [mention for mention in mentions if mention.start >= said.end()]
    return later or mentions


def _is_excluded(before: str, at: int) -> bool:
    """Whether a name is set apart from the one that is meant; "why not Belgium" leaves its only name."""
    return _NOT.search(before) is not None and (at > 0 or before[:4].casefold() == "not ")


def _is_said_in(sense: Sense, senses: Sequence[Sense]) -> bool:
    """ "in the Soufan report" names whose claim is wanted; it does not ask for the document."""
    publishers = [other for other in senses if any(tag.startswith("publisher_") for tag in other.tags)]
    return sense.phrase[-1] in _DOCUMENTS and any(other.last == sense.first for other in publishers)


def _belongs_to_countries(sense: Sense, tokens: Sequence[Token]) -> bool:
    """ "which countries got their people back": "their" leans on the countries, not on the question before."""
    return sense.phrase == ("their",) and bool(_COUNTRIES & {token.word for token in tokens[: sense.first]})


def _asks_whether_fewer(tokens: Sequence[Token]) -> bool:
    """ "are fewer going now": less than before, so the course."""
    said = {token.word for token in tokens}
    return bool(said & {"fewer", "less", "more"} and said & _NOW and said & {"are", "is", "do", "did", "have", "has"})


def _joins(sense: Sense) -> bool:
    """ "the UN and ICSR": an "and" between words joins them; only one that opens a text leans on what was said."""
    return sense.phrase == ("and",) and sense.first > 1


def _stands_before_destination(words: re.Pattern[str], text: str, mentions: Sequence[Mention]) -> bool:
    """ "were in Syria" counts who was there, not who had ever gone."""
    return any(
        isinstance(mention.outcome, Found)
        and mention.outcome.place in ("SY", "IQ")
        and words.search(text[: mention.start]) is not None
        for mention in mentions
    )


def _name_end(mention: Mention) -> int:
    """Where the name itself ends: "Dutch women" is a place and who is counted."""
    match = _WOMEN.search(mention.text)
    return mention.start + match.start() if match else mention.end


def is_whole(token: Token) -> bool:
    """Whether a token is a whole number in digits."""
    return token.is_number and token.word.replace(",", "").replace(".", "").isdigit() and len(token.word) <= 12


def _before_and_after(tokens: Sequence[Token]) -> bool:
    words = [token.word for token in tokens]
    return "before" in words and "after" in words and 0 < words.index("after") - words.index("before") <= 2


def _period(tokens: Sequence[Token], today: date) -> FoundPeriod:
    return read_period(tokens, today)


def _known_on(tokens: list[Token], today: date) -> tuple[date | None, frozenset[int]]:
    """The day up to which sources may be known, when the text limits it, and the tokens that say so."""
    words = lexicon("en")
    for sense in words.senses(tokens):
        if "known" not in sense.tags:
            continue
        before = "before" in sense.phrase
        reach = len(tokens) if _BELIEVED & set(sense.phrase) else sense.last + 4
        for at in range(sense.last, min(reach, len(tokens))):
            found = read_period(tokens[at:], today, only_first=True)
            if not found.used or min(found.used) > 0:
                before = before or tokens[at].word == "before"
                continue
            start, end = found.period.first, found.period.last
            used = frozenset(range(sense.first, at)) | frozenset(at + index for index in found.used)
            if before and start is not None:
                return start - timedelta(days=1), used
            return end or start, used
    return None, frozenset()


def _places(
    mentions: Sequence[Mention], tokens: Sequence[Token], text: str
) -> tuple[list[Found], list[Ambiguous], frozenset[str]]:
    """Places asked about, names in doubt, and destinations (Syria and Iraq where the others went)."""
    places: list[Found] = []
    doubtful: list[Ambiguous] = []
    destinations: set[str] = set()
    several = len({_key(mention) for mention in mentions}) > 1
    for mention in mentions:
        outcome = mention.outcome
        if isinstance(outcome, Ambiguous):
            doubtful.append(outcome)
            continue
        before = [token.word for token in tokens if token.end <= mention.start]
        if outcome.place in ("SY", "IQ") and outcome.how != "demonym":
            led = next((word for word in reversed(before) if word not in _ARTICLES), "")
            if led in _BEFORE_DESTINATION or (several and led not in FROM):
                destinations.add(outcome.place)
                continue
        after = next((token.word for token in tokens if token.start >= mention.end), "")
        if _only_where(outcome, places, before) or (places and after in _SITES):
            continue
        if all(place.place != outcome.place for place in places):
            places.append(outcome)
    return places, doubtful, frozenset(destinations)


def _only_where(outcome: Found, places: Sequence[Found], before: Sequence[str]) -> bool:
    """Whether a second country is only where it happened: "Indonesians deported from Turkey", "Belgians via Libya"."""
    people = len(places) == 1 and _is_people(places[0]) and not _is_people(outcome)
    if not people or {"than", "and", "or", "vs", "versus"} & set(before[1:]):  # the first word opens a follow-up
        return False
    led = before[-2:] if before[-1:] == ["the"] else before[-1:]
    if outcome.place in CONFLICTS and led[:1] in (["in"], ["to"], ["into"]):
        return False
    return bool(led) and (led[0] in _WHERE or (led[0] in FROM | {"by"} and bool(_STOPPED & set(before))))


def _is_people(found: Found) -> bool:
    """Whether a people was named, not a country; a misspelt name of a country is shown as the country."""
    meant = found.changed if found.how == "typo" else None
    mended = meant is not None and meant != display_name(found.place) and meant.endswith(_PEOPLE)
    return found.how == "demonym" or mended


def _key(mention: Mention) -> object:
    return mention.outcome.place if isinstance(mention.outcome, Found) else mention.outcome.candidates


def _place_corrections(mentions: Sequence[Mention]) -> list[Correction]:
    found = []
    for mention in mentions:
        outcome = mention.outcome
        if isinstance(outcome, Found) and (outcome.how in ("typo", "subnational") or outcome.changed):
            kind = "subnational" if outcome.how == "subnational" else "place"
            found.append(Correction(outcome.text, outcome.place, kind))
    return found


def number_near(heard: Heard, sense: Sense) -> int | None:
    """A number beside a word such as "top": "top 5", "5 biggest", "top five"."""
    for index in (sense.last, sense.first - 1):
        if 0 <= index < len(heard.tokens):
            number = small_number(heard.tokens[index].word)
            if number is not None:
                return number
    return None
