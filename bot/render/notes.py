"""An answer's remarks as sentences: for each kind, which values its sentence takes and how each is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bot.answers.answer import Answer, CompareBlock, OfferBlock, Outcome, TotalBlock
from bot.answers.notes import Note, NoteKind
from bot.render.fragments import Telling, citation, entry_text, publisher_of, time_text, value_text, when
from bot.render.glossary import asked_term
from bot.render.outline import Line, Role, plain_line
from bot.render.reading import named_publisher
from bot.words.names import cut
from bot.words.words import capital
from db.model.records import Destination

_ITEMS = re.compile(r"[,;|\s]+")
_LONGEST_QUOTE = 60
_FINE = frozenset(
    {
        NoteKind.COUNTING_DIFFERS,
        NoteKind.DESTINATION_DIFFERS,
        NoteKind.MEMBERSHIP,
        NoteKind.NONE_KNOWN,
        NoteKind.NOT_DIVIDED,
        NoteKind.OTHER_COUNT_ONLY,
        NoteKind.OTHER_MEASURES,
        NoteKind.OVERLAPPING_PERIODS,
        NoteKind.PUBLISHED_AND_SUM,
        NoteKind.SECONDARY,
        NoteKind.UNDATED,
    }
)
"""Remarks that a reader needs to judge the number, not to read it."""
_FIRST = frozenset(
    {
        NoteKind.DISPUTED,
        NoteKind.FALLING_CUMULATIVE,
        NoteKind.KNOWN_ON,
        NoteKind.OTHER_COUNT,
        NoteKind.RELAY_MISMATCH,
        NoteKind.RESTS_ON_ONE_ORIGIN,
        NoteKind.REVISES,
    }
)
"""Remarks on figures that contradict each other, or on what the data did not hold: said before all others."""
OPENING = (NoteKind.NUMBER_HELD, NoteKind.NUMBER_NOT_HELD)
"""What the opening sentence says itself."""
_LONGEST_REASON = 240
_DATASET = "en"
"""The language of what curators write."""
_OFFICIAL = {"yes": "official_count", "no": "nonofficial_count", "unstated": "unspecified_count"}


def note_lines(telling: Telling) -> list[Line]:
    """Every remark of the answer, each sentence once, the fine print last.

    What is offered below the remarks is not listed among them, nor what the sentence of a sum says: its dates.
    """
    blocks = telling.answer.blocks
    told: dict[str, Role] = {}
    for note in sorted(_merged(telling.answer.notes), key=lambda note: note.kind not in _FIRST):
        if note.kind is NoteKind.OTHER_MEASURES and any(isinstance(block, OfferBlock) for block in blocks):
            continue
        if note.kind is NoteKind.DATES_DIFFER and any(isinstance(block, TotalBlock) for block in blocks):
            continue
        if note.kind in OPENING or (note.kind is NoteKind.NONE_HELD and _is_said(note, telling.answer)):
            continue
        if note.kind is NoteKind.READ_AS and asked_term(telling.answer):  # the word was looked up as it was written
            continue
        role = Role.FINE if note.kind in _FINE else Role.NOTE
        if note.kind is NoteKind.DISPUTED and telling.words.locale != _DATASET:
            told.setdefault(_which_disputed(note, telling), role)
            role = Role.FINE  # the reason, in another language, is not for the first screen
        told.setdefault(capital(note_text(note, telling)), role)
    return sorted((plain_line(role, text) for text, role in told.items()), key=lambda line: line.role is Role.FINE)


def _which_disputed(note: Note, telling: Telling) -> str:
    """Which figure is disputed, where its reason is in another language than the answer."""
    figure = figure_phrase(note.values.get("figure", ""), telling)
    words = telling.words
    return (
        words.say("note.disputed", reason=figure + words.say("sentence.end"))
        if figure
        else words.say("note.disputed_bare")
    )


def _is_said(note: Note, answer: Answer) -> bool:
    """Whether the sentence itself says that nothing is held of a place."""
    compared = (block.missing for block in answer.blocks if isinstance(block, CompareBlock))
    return answer.outcome is not Outcome.ANSWERED or any(note.values["places"] in missing for missing in compared)


def _merged(notes: Sequence[Note]) -> list[Note]:
    earlier: dict[str, list[str]] = {}
    for note in notes:
        if note.kind is NoteKind.REVISES:
            earlier.setdefault(note.values.get("later", ""), []).append(note.values.get("earlier", ""))
    merged: list[Note] = []
    for note in notes:
        if note.kind is NoteKind.REVISES:
            later = note.values.get("later", "")
            revised = earlier.pop(later, None)
            if revised is not None:
                merged.append(Note(note.kind, {"later": later, "earlier": ",".join(revised)}))
        else:
            merged.append(note)
    return merged


def note_text(note: Note, telling: Telling) -> str:
    """One remark in the locale's words; a value that the note lacks leaves the shorter sentence, never a gap."""
    if note.kind is NoteKind.RELAY_MISMATCH:
        return _relay_mismatch(note, telling)
    words, values = telling.words, note.values
    key = f"note.{note.kind}"
    variant = f"{key}.{values.get(_VARIANTS.get(note.kind, ''), '')}"
    if variant in words:
        key = variant
    headline = telling.answer.headline
    if note.kind is NoteKind.REVISES and headline and headline.figure.id in _items(values.get("earlier", "")):
        return words.say("note.revised", later=figure_phrase(values.get("later", ""), telling))
    slots = _SLOTS[note.kind]
    told = {slot.name: slot.tell(values.get(slot.value, ""), telling) for slot in slots}
    if not all(told.values()) and f"{key}_bare" in words:
        return words.say(f"{key}_bare", **told)
    text = words.say(key, **told)
    if note.kind is NoteKind.NOT_ADDED and values.get("places"):
        if f"{key}.places" in words:
            return words.say(f"{key}.places", places=_places(values["places"], telling))
        return words.say("note.not_added.places", sentence=text, places=_places(values["places"], telling))
    return text


def figure_phrase(figure: str, telling: Telling) -> str:
    """A figure named in a sentence: "4 (HLN / Belga, Nov 2019)"; empty when the answer does not show it.

    Of an answer about several places the place is named as well.
    """
    claim = telling.claims.get(figure)
    if claim is None:
        return ""
    several = len({other.figure.place for other in telling.claims.values()}) > 1
    place = f"{telling.words.place(claim.figure.place)} " if several else ""
    return f"{place}{value_text(claim.figure, telling)} ({citation(claim.source, telling.words, short=True)})"


def _relay_mismatch(note: Note, telling: Telling) -> str:
    words = telling.words
    figure = note.values.get("figure", "")
    mine, theirs = telling.claims.get(figure), telling.claims.get(note.values.get("relayed", ""))
    if mine is None or theirs is None:
        relaying = publisher_of(mine.source, mine.source.id, words) if mine else words.embed(figure)
        return words.say("note.relay_mismatch_bare", relaying=relaying)
    relaying, relayed = (publisher_of(claim.source, claim.source.id, words) for claim in (mine, theirs))
    if relaying == relayed:  # one publisher's two documents: only their dates tell them apart
        relaying, relayed = (citation(claim.source, words, short=True) for claim in (mine, theirs))
    return words.say(
        f"note.relay_mismatch.{note.values.get('what', 'value')}",
        relaying=relaying,
        relayed=relayed,
        value=value_text(mine.figure, telling),
        original=value_text(theirs.figure, telling),
        measure=words.measure(mine.figure.measure),
        original_measure=words.measure(theirs.figure.measure),
        when=when(mine.figure, words, short=True),
        original_when=when(theirs.figure, words, short=True),
    )


def _quoted(text: str, telling: Telling) -> str:
    return telling.words.embed(cut(text, _LONGEST_QUOTE))


def _reason(text: str, telling: Telling) -> str:
    return telling.words.original(cut(text, _LONGEST_REASON))


def _place(text: str, telling: Telling) -> str:
    return telling.words.place(text) if text else ""


def _places(text: str, telling: Telling) -> str:
    return telling.words.several(telling.words.place(item) for item in _items(text))


def _publishers(text: str, telling: Telling) -> str:
    return telling.words.listed(telling.words.embed(named_publisher(one)) for one in text.split("|"))


def _place_or_word(text: str, telling: Telling) -> str:
    """What a correction was read as: a place id is named, any other word stands as it is."""
    if text.startswith("R:") or (len(text) == 2 and text.isalpha() and text.isupper()):
        return telling.words.place(text)
    return telling.words.embed(text)


def _measures(text: str, telling: Telling) -> str:
    return telling.words.listed(telling.words.measure(item) for item in _items(text))


def _measure_of(figure: str, telling: Telling) -> str:
    claim = telling.claims.get(figure)
    return capital(telling.words.measure(claim.figure.measure)) if claim else ""


def _destinations(text: str, telling: Telling) -> str:
    known = [Destination(item) for item in _items(text) if item in Destination._value2member_map_]
    return " / ".join(telling.words.destination(destination) for destination in known)


def _figures(text: str, telling: Telling) -> str:
    return telling.words.listed(phrase for item in _items(text) if (phrase := figure_phrase(item, telling)))


def _entries(text: str, telling: Telling) -> str:
    """Figures with who says so and of when."""
    words, claims = telling.words, [telling.claims[item] for item in _items(text) if item in telling.claims]
    sources = [publisher_of(claim.source, claim.source.id, words) for claim in claims]
    told = zip(claims, sources, strict=True)
    return words.say("list.semicolon").join(
        entry_text(value_text(claim.figure, telling), source, claim.figure, words) for claim, source in told
    )


def _values(text: str, telling: Telling) -> str:
    claims = [telling.claims[item] for item in _items(text) if item in telling.claims]
    values = dict.fromkeys(value_text(claim.figure, telling) for claim in claims)
    return telling.words.say("list.semicolon").join(values)


def _own_time(figure: str, telling: Telling) -> str:
    claim = telling.claims.get(figure)
    return when(claim.figure, telling.words, short=True, counted=False) if claim else ""


def _official(word: str, telling: Telling) -> str:
    """Whether a state says so, in words."""
    return telling.words.say(f"basis.{_OFFICIAL[word]}")


def _cited(figure: str, telling: Telling) -> str:
    claim = telling.claims.get(figure)
    return citation(claim.source, telling.words, short=True) if claim else ""


def _origin(key: str, telling: Telling) -> str:
    return publisher_of(telling.source(key), key, telling.words) if key else ""


def _number(text: str, telling: Telling) -> str:
    return telling.words.number(int(text)) if text.isdigit() else ""


def _items(text: str) -> list[str]:
    return [item for item in _ITEMS.split(text) if item]


class _Slot(NamedTuple):
    name: str
    value: str
    tell: Callable[[str, Telling], str]


_VARIANTS = {NoteKind.KNOWN_ON: "how", NoteKind.NOT_ADDED: "why", NoteKind.TIES: "shown"}
"""The value that chooses among several sentences of one kind."""

_CITED = (_Slot("citation", "figure", _cited),)
_EARLIER = (_Slot("earlier", "earlier", _figures),)
_PLACES = (_Slot("places", "places", _places),)

_SLOTS: Mapping[NoteKind, tuple[_Slot, ...]] = {
    NoteKind.READ_AS: (_Slot("text", "text", _quoted), _Slot("read_as", "read_as", _place_or_word)),
    NoteKind.SUBNATIONAL: (_Slot("text", "text", _quoted), _Slot("place", "place", _place)),
    NoteKind.DISPUTED_PLACE: (_Slot("text", "text", _quoted), _Slot("place", "place", _place)),
    NoteKind.MEASURE_ASSUMED: (_Slot("measure", "measure", _measures),),
    NoteKind.PERIOD_DIFFERS: (_Slot("asked", "asked", time_text), _Slot("own", "figure", _own_time)),
    NoteKind.REVISES: (_Slot("earlier", "earlier", _values),),
    NoteKind.RELAY_MISMATCH: (),
    NoteKind.NONE_KNOWN: (),
    NoteKind.ATTEMPTS_INCLUDED: (_Slot("figure", "figure", figure_phrase),),
    NoteKind.FAMILIES_INCLUDED: (_Slot("figure", "figure", figure_phrase),),
    NoteKind.DESTINATION_DIFFERS: (_Slot("destination", "destination", _destinations),),
    NoteKind.OTHER_MEASURES: (_Slot("measures", "measures", _measures),),
    NoteKind.OVERLAPPING_PERIODS: (),
    NoteKind.NOT_ADDED: (),
    NoteKind.MISSING_DENOMINATOR: _PLACES,
    NoteKind.FALLING_CUMULATIVE: _EARLIER,
    NoteKind.SECONDARY: _CITED,
    NoteKind.DISPUTED: (_Slot("reason", "reason", _reason),),
    NoteKind.KNOWN_ON: (_Slot("date", "date", time_text),),
    NoteKind.MEMBERSHIP: (_Slot("region", "region", _place), _Slot("date", "date", time_text)),
    NoteKind.SAMPLE: (),
    NoteKind.COUNTING_DIFFERS: (_Slot("figure", "figure", figure_phrase), _Slot("basis", "official", _official)),
    NoteKind.TIES: (
        _Slot("shown", "shown", _number),
        _Slot("could", "could", _number),
        _Slot("places", "places", _places),
    ),
    NoteKind.NOT_CERTAIN: _PLACES,
    NoteKind.NOT_RANKED: _PLACES,
    NoteKind.RESTS_ON_ONE_ORIGIN: (_Slot("origin", "origin", _origin),),
    NoteKind.DATES_DIFFER: (_Slot("first", "first", time_text), _Slot("last", "last", time_text)),
    NoteKind.UNDATED: _CITED,
    NoteKind.UNOFFICIAL: _CITED,
    NoteKind.NOT_A_PART: _PLACES,
    NoteKind.NOT_DIVIDED: (),
    NoteKind.CAPPED: (),
    NoteKind.PUBLISHED_AND_SUM: (_Slot("region", "region", _place),),
    NoteKind.OTHER_COUNT_ONLY: (_Slot("asked", "asked", _measures), _Slot("given", "given", _measures)),
    NoteKind.OTHER_COUNT: (_Slot("figure", "figure", figure_phrase), _Slot("measure", "figure", _measure_of)),
    NoteKind.NO_FIGURES: _PLACES,
    NoteKind.NONE_BY: (*_PLACES, _Slot("publishers", "publishers", _publishers)),
    NoteKind.NONE_HELD: _PLACES,
    NoteKind.NUMBER_HELD: (_Slot("number", "number", _number), _Slot("figures", "figures", _entries)),
    NoteKind.NUMBER_NOT_HELD: (_Slot("number", "number", _number), _Slot("figure", "figure", _entries)),
}
