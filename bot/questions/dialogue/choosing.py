"""Which act a turn is: features of what it says and of what went before, for the trained model ``act``."""

from __future__ import annotations

from collections.abc import Iterator

from bot.questions.dialogue.answering import picks
from bot.questions.dialogue.merging import short_year
from bot.questions.dialogue.said import MEASURES, Said
from bot.questions.dialogue.state import State
from bot.questions.drafting import WORLD
from bot.questions.query import Intent, Query
from db.model.records import Who

_SURE = (0.3, 0.6, 0.9)
_SIZES = (1, 2, 3, 5, 8, 12, 18)
_SUBJECT = frozenset({"domain", *MEASURES})


def features(state: State, said: Said) -> set[str]:
    """The features of one turn."""
    text = set(_of_turn(said))
    before = set(_of_state(state, said))
    told = {f"a:{act}" for act in said.acts} | {f"a0:{act}" for act in said.opening}
    short = {one for one in said.heard.text_features if one.split(":")[0] in ("w", "w2", "s", "begins", "r", "length")}
    near = {one for one in before if one.startswith(("x", "known", "same", "hit"))}
    crossed = {f"{one}&{other}" for one in near for other in told}
    crossed |= {f"{one}&alone:{said.alone.outcome}" for one in _kinds(said) | {f"a:{act}" for act in said.acts}}
    return text | before | told | short | crossed


def is_whole(said: Said) -> bool:
    """Whether a text is a question of its own: it asks, says what is counted, and of which place or of which of all."""
    tags = said.tags
    if said.heard.spans.senses and all("help" in sense.tags for sense in said.heard.spans.senses) and not said.named:
        return True
    asks = "asking" in tags or any(clause.asks for clause in said.heard.spans.clauses)
    several = len(said.places) > 1
    leans = said.has("refer", "same_for", "drop", "other") or bool(said.opening & _LEANING)
    leans = leans or (said.has("compare_with", "add") and not several)
    placed = bool(said.places) or said.alone.outcome == Intent.RANK
    return bool(asks and placed and tags & MEASURES and not leans and len(said.heard.spans.tokens) > 3)


def names_a_stranger(said: Said) -> bool:
    """Whether a question holds a name that is not known: it never gets another place's number."""
    spans = said.heard.spans
    strange = (spans.tokens[at] for at in spans.unread() if at and at not in said.covered)
    named = any(token.given.istitle() and len(token.given) > _SHORT for token in strange)
    return named and bool(said.tags & _SUBJECT) and not said.places


_SHORT = 3
_LEANING = frozenset({"follow", "correct", "undo", "back", "confirm", "only", "swap", "thanks"})


def _of_turn(said: Said) -> Iterator[str]:
    yield "bias"
    tokens = said.heard.spans.tokens
    yield f"tokens:{sum(len(tokens) > size for size in _SIZES)}"
    yield f"covered:{len(said.covered) == len(tokens)}"
    mark = said.heard.spans.text.strip()[:1]
    if not mark.isalnum():
        yield f"mark:{mark}"
    free = [at for at in said.heard.spans.unread() if at not in said.covered]
    yield f"free:{min(len(free), 4)}"
    ranked = sorted(said.heard.intents.items(), key=lambda pair: -pair[1])
    for rank, (intent, odds) in enumerate(ranked[:2]):
        yield f"alone{rank}:{intent}"
        yield f"alone{rank}:{intent},{sum(odds > limit for limit in _SURE)}"
    yield f"alone:{said.alone.outcome}"
    yield f"whole:{is_whole(said)}"
    yield f"subject:{bool(said.tags & _SUBJECT)},{'asking' in said.tags},{bool(said.places)}"
    if said.covered and len(said.covered) == len(tokens):
        yield from (f"all:{act}" for act in said.acts)
    if said.has("refer"):
        yield f"refers:{bool(said.named)},{'asking' in said.tags}"
    yield from _kinds(said)


def _kinds(said: Said) -> set[str]:
    """Which parts the turn names."""
    parts = {
        "place": bool(said.named), "asked": bool(said.places), "out": bool(said.out), "measure": bool(said.measure),
        "who": bool(said.who or said.groups_out), "time": bool(said.times), "number": bool(said.numbers),
        "doubt": said.doubtful is not None,
    }  # fmt: skip
    named = "+".join(name for name, there in parts.items() if there)
    return {f"names:{named}", *(f"names1:{name}" for name, there in parts.items() if there)}


def _of_state(state: State, said: Said) -> Iterator[str]:
    question, last = state.open, state.last
    yield f"xopen:{question is not None}"
    if question is not None:
        yield f"xasks:{question.doubt.value}"
        yield f"hit:{picks(question, said)}"
    yield f"turns:{min(len(state.queries), 3)}"
    if last is None:
        yield "xnothing"
        return
    yield f"xwas:{last.intent.value}"
    yield f"shortyear:{not short_year(last, said).is_open}"
    yield f"xplaces:{_places(last)}"
    yield from (f"set:{name}" for name in _set(last))
    named = set(said.named)
    if named:
        old = {one for query in state.queries[:-1] for one in query.places}
        yield f"known:{bool(named & set(last.places))},{bool(named & set(last.without))},{bool(named & old)}"
        yield f"knownall:{named <= set(last.places)},{named <= old}"
    if said.who:
        yield f"samewho:{last.who in said.who}"
    if said.measure:
        yield f"samemeasure:{said.measure == (last.measure or 'travelled')}"


def _places(query: Query) -> str:
    if query.places == (WORLD,) or not query.places:
        return "world"
    region = any(one.startswith("R:") for one in query.places)
    return f"{'region' if region else 'country'}{min(len(query.places), 3)}"


def _set(query: Query) -> Iterator[str]:
    parts = {
        "time": not query.period.is_open, "who": query.who is not Who.EVERYONE, "known": query.known_on is not None,
        "rate": query.per_million, "top": bool(query.top or query.bottom), "without": bool(query.without),
        "measure": query.measure is not None, "rank": query.intent is Intent.RANK,
    }  # fmt: skip
    yield from (name for name, there in parts.items() if there)
