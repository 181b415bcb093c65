"""From what was heard to an intent, a measure and the flags of a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.places.outcomes import Found
from bot.questions.hearing import Heard, is_whole, number_near
from bot.questions.lexicon import Sense
from bot.questions.numbers import small_number
from bot.questions.query import Intent
from bot.questions.tokens import tokens_of
from db.records import Who

_SINGULAR = frozenset(
    "country state nation sender contributor exporter supplier contingent land golfland where whose"
    " pays pais ulke ulkeden دوله بلد страна какои какая welches welchem welk quel who wer qui quien wie".split()
)
_PLURAL = frozenset(
    "countries states nations quels contributors contributers senders ones lander landen paises ulkeler".split()
)
MEASURE_TAGS = frozenset("travelled flow monthly_rate present returned killed prevented sample_records".split())
_DEFINED = {
    **{tag: tag for tag in MEASURE_TAGS},
    "origin_countries": "origin_countries",
    "prevented": "prevented",
    "departure": "travelled",
    "flow": "travelled_in_period",
}
_WONDERING = frozenset("right correct wrong true trust accurate plausible".split()) | {"is it true"}
_WHERE_THEY_WENT = frozenset({"over there", "out there", "these days", "nowadays", "right now", "at the moment"})
_BEING = frozenset("are were was is be being still stay staying stayed remain remaining currently now".split())
_WHERE_IN = frozenset("where wheres how what whats which".split())
_IN_A_LIST = frozenset("rank ranks ranked ranking position table standings".split())
_NUMBER = re.compile(r"\bin the \w* ?(?:number|figure|count|total)s?\b", re.IGNORECASE)
_NAMED_WHO = ("women_and_minors", "women", "minors", "men")
_COUNTING = ("rank_low", "trend", "share", "total", "sources", "disputes", "chart", "per_million")
_HERE = frozenset(
    f"{where} {what}"
    for where in ("in the", "in your", "in this", "in our")
    for what in ("data", "dataset", "database", "db", "records")
) | {"in db", "dataset", "database"}
"""What is held, named as the place to look in."""
_ASKS_WHETHER = frozenset("is are was were what whats which any do does did have has got".split())
_ARTICLES = frozenset("the a an".split())
_AGE = re.compile(r"\b\d\d? ?-?(?:yo|y/o|yr|yrs|year|years)\b(?:-| )?(?:olds?)?", re.IGNORECASE)
_WHO_HAS = re.compile(
    r"\b(?:which|what) (?:countries|states|nations) (?:have|has|got) (?:a|an|any) (?:\w+ ){0,3}"
    r"(?:figure|figures|number|numbers|data|count|counts|estimate|estimates)\b"
)
_SUPERLATIVE = re.compile(r"\b(?:most|biggest|largest|highest|lowest|fewest|smallest|higher|lower|bigger|more)\b")
_COUNTED_CLAIMS = frozenset("diff different numbers figures claims estimates values sources reports answers".split())
_FEWEST = frozenset("fewest least".split())
_LONGEST_LIST = 50
_MEASURING = frozenset("than least over under above below age per in every of about".split())
"""Words behind which a number is no length of a list."""
_STOPPED_THEM = frozenset("by at from before".split())
"""Words behind which people were stopped, not a stream."""
_A_MONTH = 31
"""Days; what is counted within them is a moment."""
_ACTED = frozenset("stopped arrested caught intercepted prevented held detained blocked barred halted".split())
_STYLES = ("apa", "chicago", "harvard", "bibtex", "ris", "csl-json")


def measure_of(heard: Heard, intent: Intent) -> str | None:
    """The measure that the words name; None when they name none."""
    if intent is Intent.DEFINE:
        return _first_measure(heard)
    if heard.has("sample_records"):
        return "sample_records"
    if heard.has("origin_countries") and intent is not Intent.COVERAGE:
        return "origin_countries"
    if heard.has("prevented"):
        return "prevented"
    if heard.has("monthly_rate"):
        return "monthly_rate"
    for measure in ("killed", "returned"):
        if heard.has(measure):
            return measure
    if heard.has("present") and not (intent is Intent.TREND and _only_still(heard)) and not _only_over_there(heard):
        return "present"
    if heard.has("flow", "departure"):
        return _flow_measure(heard, intent)
    if heard.known_on and _are_somewhere(heard) and heard.has("domain") and not heard.has("travelled"):
        return "present"
    if heard.has("in_destination") and intent is Intent.LOOKUP and _is_a_moment(heard) and not heard.has("travelled"):
        return "present"
    if _since_only(heard) and intent is Intent.LOOKUP and not heard.has("travelled"):
        return "travelled_in_period"
    return "travelled" if heard.has("travelled") else None


def _are_somewhere(heard: Heard) -> bool:
    return bool(heard.destinations) or any(token.word == "there" for token in heard.tokens)


def _is_a_moment(heard: Heard) -> bool:
    """ "Afghans in Syria, December 2016": a count of a moment is of who was there."""
    first, last = heard.period.first, heard.period.last
    return last is not None and (first is None or (last - first).days <= _A_MONTH)


def _first_measure(heard: Heard) -> str | None:
    """The measure to define is the one that is named first."""
    for sense in heard.senses:
        for tag, measure in _DEFINED.items():
            if tag in sense.tags:
                return measure
    return None


def _flow_measure(heard: Heard, intent: Intent) -> str:
    if heard.has("flow") and intent is Intent.TREND and not heard.places:
        return "monthly_rate"
    if intent in (Intent.SHARE, Intent.RANK, Intent.COMPARE) and not heard.period.start:
        return "travelled"
    closed = heard.period.start is not None
    if heard.has("flow") or closed or intent is Intent.TREND:
        return "travelled_in_period"
    return "travelled"


def _only_still(heard: Heard) -> bool:
    """ "still growing" is about the course, not about who is still there."""
    return all(
        heard.words(sense) in ("still", "noch", "nog", "encore") for sense in heard.senses if "present" in sense.tags
    )


def _only_over_there(heard: Heard) -> bool:
    """ "went over there" counts who went; "were over there" who was there."""
    said = {heard.words(sense) for sense in heard.senses if "present" in sense.tags}
    if said <= {"over there", "out there"}:
        at_a_time = not heard.period.is_open and not heard.has("travelled", "departure", "flow", *_NAMED_WHO)
        return not at_a_time and not {token.word for token in heard.tokens} & _BEING
    return said <= _WHERE_THEY_WENT and heard.has("travelled", "departure", "flow")


def _since_only(heard: Heard) -> bool:
    return heard.period.start is not None and heard.period.end is None


def who_of(heard: Heard, intent: Intent) -> Who:
    """Who is counted; a word to be defined is the one that is named first ("does women include girls under 18")."""
    if intent is Intent.DEFINE:
        named = (Who(tag) for sense in heard.senses for tag in _NAMED_WHO if tag in sense.tags)
        return next(named, Who.EVERYONE)
    if heard.has("women_and_minors") or (heard.has("women") and heard.has("minors")):
        return Who.WOMEN_AND_MINORS
    if heard.has("women"):
        return Who.WOMEN
    if heard.has("minors"):
        return Who.MINORS
    return Who.MEN if heard.has("men") else Who.EVERYONE


def style_of(heard: Heard) -> str | None:
    """The citation style that is asked for."""
    return next((style for style in _STYLES if heard.has(f"style_{style}")), None)


def publisher_of(heard: Heard) -> str | None:
    """The publisher whose claims are asked for; two of them limit nothing."""
    named = sorted(tag for tag in heard.tags if tag.startswith("publisher_"))
    if len(named) != 1 or _acted(heard, heard.first(named[0])):
        return None
    return named[0].removeprefix("publisher_").replace("_", " ")


def _acted(heard: Heard, publisher: Sense | None) -> bool:
    """ "stopped by the FBI": the one who stopped them, not whose claim is wanted."""
    before = [token.word for token in heard.tokens[: publisher.first if publisher else 0] if token.word != "the"]
    return heard.has("prevented") and before[-1:] == ["by"] and before[-2:-1] != [] and before[-2] in _ACTED


def value_of(heard: Heard) -> int | None:
    """The number of a claim that is asked about; "3 different numbers" names none."""
    values = (
        int(token.word.replace(",", "").replace(".", ""))
        for token, after in zip(heard.tokens, [*heard.tokens[1:], None], strict=True)
        if is_whole(token) and not (after and after.word in _COUNTED_CLAIMS)
    )
    return next((value for value in values if value > 1), None)


def intent_of(heard: Heard) -> Intent:
    """What is wanted, the most telling words first."""
    countries = [place for place in heard.places if place.place != "R:world"]
    several = len(countries) > 1
    if not heard.places and heard.has("compare") and len(heard.tags & MEASURE_TAGS) > 1 and not heard.has("domain"):
        return Intent.DEFINE  # "the difference between travelled and present" is about words
    if (heard.has("define") and not _counts_of_something(heard)) or _asks_what_is_in_it(heard):
        return Intent.DEFINE
    if asks_what_it_is(heard):
        return Intent.DEFINE
    if _asks_who_has_any(heard):
        return Intent.COVERAGE
    if asks_members(heard):
        return Intent.DEFINE
    if style_of(heard) is not None:
        return Intent.SOURCES
    if heard.has("coverage") and not heard.places and heard.tags & MEASURE_TAGS and _opens_with_what_does(heard):
        return Intent.DEFINE
    if heard.has("coverage") and not _asks_a_number(heard) and not heard.has("sample_records", "disputes"):
        return Intent.COVERAGE
    if heard.has("disputes") and not _only_wonders(heard):
        return Intent.DISPUTES
    if _asks_position(heard, countries):
        return Intent.RANK
    if heard.has("sources") and not _only_names_the_leak(heard) and not _only_sends(heard):
        return Intent.SOURCES
    if heard.has("share") and not heard.has("trend"):
        return Intent.SHARE
    if (heard.has("trend") and _is_trend(heard)) or _asks_whether_it_stopped(heard):
        return Intent.TREND
    if heard.has("when") and heard.has("rank") and countries and not several:
        return Intent.TREND
    if several and (heard.has("compare", "rank", "rank_low") or not heard.has("total")):
        return Intent.COMPARE
    if heard.has("rank", "rank_low") and not several:
        return _rank_or_dispute(heard)
    if heard.has("share"):
        return Intent.SHARE
    if heard.has("help") and not heard.places and not heard.has("travelled", "killed", "returned"):
        return Intent.HELP
    if heard.has("chart") and len(heard.places) < 2 and "map" not in {token.word for token in heard.tokens}:
        return Intent.TREND
    region = any(place.place.startswith("R:") for place in heard.places)
    if heard.has("total") and (several or region or not heard.places):
        return Intent.TOTAL
    return Intent.LOOKUP


def _asks_position(heard: Heard, places: Sequence[Found]) -> bool:
    """ "where does Belgium rank in Western Europe" asks for one country's place in a list."""
    regions = sum(place.place.startswith("R:") for place in places)
    said = {token.word for token in heard.tokens}
    return len(places) > regions <= 1 and bool(said & _WHERE_IN) and bool(said & _IN_A_LIST)


def asks_members(heard: Heard) -> bool:
    """ "which countries are in the Western Balkans" asks what a region is."""
    regions = [place for place in heard.places if place.place.startswith("R:") and place.place != "R:world"]
    return heard.has("members") and bool(regions) and not heard.tags & {*MEASURE_TAGS, "departure", "prevented"}


def _counts_of_something(heard: Heard) -> bool:
    """ "include" and "mean" beside a plain count are no request for a definition."""
    weak = all(
        heard.words(sense) in ("include", "includes", "included", "mean", "means", "explain", "counted")
        for sense in heard.senses
        if "define" in sense.tags
    )
    return weak and bool(heard.places) and heard.has("domain")


def _only_names_the_leak(heard: Heard) -> bool:
    """ "the leaked registration papers" are the sample itself, no question for a document."""
    said = {heard.words(sense) for sense in heard.senses if "sources" in sense.tags}
    return heard.has("sample_records") and said <= {"paper", "papers", "doc", "docs", "document", "documents"}


def _only_sends(heard: Heard) -> bool:
    """ "the biggest source in the EU" is a country that sends."""
    said = {heard.words(sense) for sense in heard.senses if "sources" in sense.tags}
    regions = bool(heard.places) and all(place.place.startswith("R:") for place in heard.places)
    return said == {"source"} and regions and heard.has("rank", "rank_low") and not heard.has("domain")


def _opens_with_what_does(heard: Heard) -> bool:
    """ "what does prevented cover" is about the word."""
    return [token.word for token in heard.tokens[:2]] == ["what", "does"]


def _asks_what_is_in_it(heard: Heard) -> bool:
    """ "are babies in the minors number" and "minors = under 16" are about what a word covers."""
    if heard.places or not heard.has("minors", "women", "men", *MEASURE_TAGS):
        return False
    words = [token.word for token in heard.tokens]
    within = bool(_NUMBER.search(heard.text)) and words[:1] in (["are"], ["is"])
    return within or ("=" in heard.text and len(words) > 1)


def asks_what_it_is(heard: Heard) -> bool:
    """ "what r sample records", "is a 17yo a kid": about the word itself, with nothing that could be counted."""
    if heard.places or heard.has("domain", *_COUNTING) or not heard.period.is_open:
        return False
    words = [token.word for token in heard.tokens]
    if words[:2] == ["is", "a"] or _AGE.search(heard.text):
        return heard.has("minors", "women", "men", "define")
    if heard.has("compare"):
        return False
    if words[:1] != ["what"] or words[1:2] not in (["is"], ["are"], ["r"]):
        return False
    named = next((sense for sense in heard.senses if sense.tags & {*MEASURE_TAGS, "prevented"}), None)
    return named is not None and all(word in _ARTICLES for word in words[2 : named.first])


def _asks_who_has_any(heard: Heard) -> bool:
    """ "which countries have a returnee figure": what is held, not who has most."""
    said = " ".join(token.word for token in heard.tokens)
    return bool(_WHO_HAS.search(said)) and not heard.places and not _SUPERLATIVE.search(said)


def _only_wonders(heard: Heard) -> bool:
    """ "is it true that one in three returned" asks for the share; "is 2,500 right" asks who says otherwise."""
    said = {heard.words(sense) for sense in heard.senses if "disputes" in sense.tags}
    return said <= _WONDERING and heard.has("share", "trend", "compare", "rank", "rank_low", "total")


def _asks_a_number(heard: Heard) -> bool:
    """ "how much data" counts; "dead Uzbeks in your dataset" only says where to look."""
    said = {heard.words(sense) for sense in heard.senses if "coverage" in sense.tags}
    if said == {"data"}:
        return True
    if not said <= _HERE:
        return False
    if heard.has("rank", "rank_low", "share", "trend", "compare", "disputes", "total", "sources"):
        return True
    words = [token.word for token in heard.tokens]
    counted = heard.has(*MEASURE_TAGS, "departure", "prevented", "women", "minors", "men") or words[:1] == ["how"]
    return counted and words[0] not in _ASKS_WHETHER


def _asks_whether_it_stopped(heard: Heard) -> bool:
    """ "did the flow stop": here it is the stream that stops, nobody is stopped."""
    words = [token.word for token in heard.tokens]
    stopped = any(word in ("stop", "stopped") and after not in _STOPPED_THEM for word, after in pairwise([*words, ""]))
    return heard.has("flow", "departure") and stopped


def _is_trend(heard: Heard) -> bool:
    if not heard.has("peak"):
        return True
    if heard.has("monthly_rate", "flow") and not heard.has("when"):
        other = [sense for sense in heard.senses if "trend" in sense.tags and "peak" not in sense.tags]
        return bool(other)
    return True


def _rank_or_dispute(heard: Heard) -> Intent:
    """ "highest for Belgium" is about claims of one country; of a region it is a ranking."""
    only_country = heard.places and not any(place.place.startswith("R:") for place in heard.places)
    if only_country:
        superlatives = {"highest", "lowest", "biggest", "largest", "smallest", "maximum", "minimum", "most", "max"}
        said = {word for sense in heard.senses for word in sense.phrase}
        if superlatives & said:
            return Intent.DISPUTES if heard.has("domain") or not heard.has("travelled") else Intent.LOOKUP
        return Intent.RANK if heard.has("rank") and number_of_rank(heard)[0] else Intent.LOOKUP
    return Intent.RANK


def _number_of_countries(heard: Heard) -> int | None:
    """The number in "the 5 countries with the most"."""
    for token, after in pairwise(heard.tokens):
        if (
            (after.word in _PLURAL or after.word in ("pays", "ulke", "стран"))
            and token.word.isdigit()
            and 0 < int(token.word) <= 250
        ):
            return int(token.word)
    return None


def _only_number(heard: Heard) -> int | None:
    """The one small number of a text: "the biggest exporters, ten of them"."""
    spoken = {index for sense in heard.senses if len(sense.phrase) > 1 for index in range(sense.first, sense.last)}
    found = [
        number
        for index, token in enumerate(heard.tokens)
        if index not in spoken
        and (number := small_number(token.word)) is not None
        and 1 < number <= _LONGEST_LIST
        and (not index or heard.tokens[index - 1].word not in _MEASURING)
    ]
    return found[0] if len(found) == 1 else None


def number_of_rank(heard: Heard) -> tuple[int | None, int | None]:
    """(top, bottom) of a ranking; one when a single place is asked for."""
    low = heard.first("rank_low")
    high = heard.first("rank")
    for sense in heard.senses:
        if sense.tags & {"rank", "rank_low"}:
            number = number_near(heard, sense)
            if number is not None:
                return (None, number) if low is not None else (number, None)
    if low is None and high is None:
        return None, None
    number = _number_of_countries(heard) or _only_number(heard)
    if number is not None:
        return (None, number) if low is not None else (number, None)
    if high is not None and {"one", "1", "first"} & set(high.phrase):
        return 1, None
    superlative = low is not None or bool(
        {
            "most",
            "biggest",
            "largest",
            "highest",
            "greatest",
            "leads",
            "leading",
            "leader",
            "main",
            "tops",
            "meisten",
            "plus",
            "mas",
            "meeste",
            "cok",
            "fazla",
        }
        & {word for sense in heard.senses for word in sense.phrase}
        or heard.language in ("ar", "ru")
    )
    said = {token.word for token in (*tokens_of(heard.text), *heard.tokens)}
    superlative = superlative or ("top" in said and bool(said & ({"which", "what", "who", "whos"} | _SINGULAR)))
    if superlative and (_SINGULAR & said or _only_sends(heard)) and not _PLURAL & said:
        return (None, 1) if low is not None else (1, None)
    if low is not None and high is None and _FEWEST & set(low.phrase) and not _PLURAL & said:
        return None, 1
    if low is not None and high is None and "bottom" in low.phrase:
        return None, 5
    return None, None
