"""Answers to the bot's own question: a name, its place in the list, both, neither, a part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Prefix

from bot.places.display import display_name
from bot.places.outcomes import Found
from bot.places.resolve import Resolver
from bot.questions.dialogue.merging import placed, settled, with_parts
from bot.questions.dialogue.said import Said, place_in_list
from bot.questions.dialogue.state import Open
from bot.questions.drafting import WORLD
from bot.questions.lexicon import LANGUAGES
from bot.questions.query import Doubt, Intent, Query
from bot.questions.tokens import folded, words_of
from db.model.records import Who

_ORDER = ("first", "second", "third")
_SHORTEST = 3


def answered(question: Open, said: Said) -> Query | None:
    """The partial query with what the answer gives; None where it gives nothing."""
    chosen = _chosen(question, said)
    partial = question.partial
    rest = tuple(one for one in partial.places if one != WORLD and one not in question.candidates)
    query = with_parts(partial, said)
    if chosen and not said.named:  # "die südlichen": the words that pick one name no measure
        query = replace(query, measure=partial.measure, measures=partial.measures)
    if said.out and not chosen:
        return replace(query, without=tuple(dict.fromkeys((*query.without, *said.out))))
    if not chosen:
        return query if query != partial or _says_part(said) else None
    if query.intent not in set(Intent) or partial.intent in (Intent.HELP, Intent.DEFINE):
        query = replace(query, intent=Intent.LOOKUP)
    if rest and question.doubt is not Doubt.PLACE and query.intent is Intent.LOOKUP:  # "France and …"
        query = replace(query, intent=Intent.COMPARE)
    groups = tuple(one for one in query.without if one in set(Who) or one in said.out)
    return settled(replace(placed(query, (*rest, *chosen)), without=groups))


def picks(question: Open, said: Said) -> bool:
    """Whether a turn chooses one of those that the question is about, in whatever words."""
    return not set(question.candidates).isdisjoint(_chosen(question, said))


def _says_part(said: Said) -> bool:
    return bool(said.measure or said.who or not said.query.period.is_open or WORLD in said.places)


def _chosen(question: Open, said: Said) -> tuple[str, ...]:
    named = tuple(one for one in said.named if one not in said.out)
    if question.candidates and not set(named) & set(question.candidates) and not said.has("both"):
        named = part_of_name(said, question.candidates) or named
    if named and (not question.candidates or set(named) & set(question.candidates) or not said.has(*_ORDER, "last")):
        return named
    if not question.candidates:
        return ()
    if said.has("both"):
        return question.candidates[: max(2, *said.numbers)] if said.numbers else question.candidates
    by_name = _by_name(question, said)
    if by_name:
        return by_name
    at = place_in_list(said)
    return question.candidates[at : at + 1 or None] if at is not None else ()


def _by_name(question: Open, said: Said) -> tuple[str, ...]:
    """ "the south one", of South and North Korea; "kinshasa"."""
    words = [token.word for token in said.heard.spans.tokens]
    for word in words:
        for text in (f"{word} {question.text}", f"{question.text} {word}") if question.text else ():
            found = Resolver.load().exact(text)
            if isinstance(found, Found) and found.place in question.candidates:
                return (found.place,)
    return part_of_name(said, question.candidates)


def part_of_name(said: Said, places: Sequence[str]) -> tuple[str, ...]:
    """The one of some places that a part of its name tells from the others: "kinshasa", "die südlichen"."""
    if len(places) < 2:
        return ()
    names = {one: _words_of_names(one) for one in places}
    shared = frozenset[str].intersection(*names.values())
    told = {token.word for token in said.heard.spans.tokens if len(token.word) >= _SHORTEST} - shared
    fits = {one: max((Prefix.similarity(word, name) for word in told for name in names[one] - shared), default=0)
            for one in places}  # fmt: skip
    best = max(fits.values())
    fitting = [one for one in places if fits[one] == best]
    return tuple(fitting) if best >= _SHORTEST and len(fitting) == 1 else ()


@cache
def _words_of_names(place: str) -> frozenset[str]:
    named = frozenset(folded(word) for language in LANGUAGES for word in words_of(display_name(place, language)))
    return named | _cities().get(place, frozenset())


@cache
def _cities() -> dict[str, frozenset[str]]:
    """The words of a country's cities, by which it is told from others: "the conakry one"."""
    text = (files("bot.questions.dialogue") / "cities.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {place: frozenset(words.split(" ")) for place, words in rows}
