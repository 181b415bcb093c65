"""What every opening sentence is put together from: who says so, linked to its document, and what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.answer import Claim, Outcome
from bot.answers.notes import NoteKind
from bot.answers.regions import places_in
from bot.render.facts import close, destination_of, ends_of, fact_text, from_places
from bot.render.fragments import Telling, entry_text, name_of, publisher_of, value_text
from bot.render.outline import Span
from bot.render.reading import query_parts
from bot.words.words import capital
from db.model.records import Source, Who
from db.model.values import Interval, Period

_FIRST_MARK, _LINK_END = 0xE000, "\uf8ff"
_LINKED = re.compile(f"([\ue000-\uf8fe])([^{_LINK_END}]*){_LINK_END}")
_IN_BRACKETS = re.compile(f"\\)({_LINK_END}?) \\(")
_IN_ISOLATED_BRACKETS = re.compile(f"\\)\u2069({_LINK_END}?) \\(([^()]*)\\)")
_CITED = 3
"""Bodies that a sentence names behind a number of many figures; more are counted."""


class Cited:
    """The parts of one answer's sentence; remembers which words of it link to a document."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.words = telling.words
        self._urls: list[str] = []

    def _linked(self, text: str) -> tuple[Span, ...]:
        text = re.sub(r"\.\.$", ".", capital(text.strip()))  # "et al." ends the sentence too
        comma = self.words.say("list.comma")  # one bracket, not two: "the police security service (PST, 4 Feb 2020)"
        text = _IN_ISOLATED_BRACKETS.sub(f")\u2069\\1{comma}\\2", _IN_BRACKETS.sub(rf"\1{comma}", text))
        spans: list[Span] = []
        at = 0
        for link in _LINKED.finditer(text):
            spans += (Span(text[at : link.start()]), Span(link[2], url=self._urls[ord(link[1]) - _FIRST_MARK]))
            at = link.end()
        return tuple(span for span in (*spans, Span(text[at:])) if span.text)

    def _said(self, text: str, claim: Claim) -> str:
        """A fact with who says so: the body whose number it is, the document that was read, and its date."""
        words, source = self.words, claim.source
        document = publisher_of(source, source.id, words)
        body = name_of(self.telling.source(claim.relay_chain[-1]), claim.relay_chain[-1]) if claim.relay_chain else ""
        said = words.body(body) if body else document
        relayed = body and words.body_name(body) != document
        parts = [words.say("sentence.via", publisher=self._link(document, source.url))] if relayed else []
        if source.published:
            parts.append(words.date(source.published, short=True))
        text = words.say("sentence.said", fact=text, body=said if relayed else self._link(said, source.url))
        if not parts:
            return text + words.say("sentence.end")
        return words.say("sentence.source", text=text, source=words.say("list.comma").join(parts))

    def _entry_of(self, claim: Claim) -> str:
        """A claim in a list: its value, who says so, and the time that it speaks of."""
        source = self._link(publisher_of(claim.source, claim.source.id, self.words), claim.source.url)
        return entry_text(value_text(claim.figure, self.telling), source, claim.figure, self.words)

    def _ends(self, claims: Sequence[Claim]) -> tuple[str, str] | None:
        """The lowest and the highest of several claims, each with who says so; None where all state one value."""
        low, high = ends_of(claims)
        if low.figure.value == high.figure.value:
            return None
        return self._entry_of(low), self._entry_of(high)

    def _bodies(self, sources: Iterable[Source], most: int = _CITED) -> str:
        """Who says so, each once and linked, however it is quoted; of many the first, and how many more."""
        named = {self.words.body(name_of(source, source.id), listed=True): source.url for source in sources}
        links = [self._link(name, url) for name, url in named.items() if name.rpartition(" (")[0] not in named]
        joint = "list.semicolon" if any("," in name for name in named) else "list.comma"
        return self.words.several(links, most, joint)

    def _sourced(self, text: str, *parts: str) -> str:
        """A sentence with what stands behind it in brackets."""
        words = self.words
        source = words.say("list.comma").join(part for part in parts if part)
        return words.say("sentence.source", text=text.removesuffix(words.say("sentence.end")), source=source)

    def _dates(self, claims: Sequence[Claim]) -> str:
        """The times that counts of several places speak of, from the first to the last."""
        ends = [claim.figure.as_of or claim.figure.period.end for claim in claims]
        dated = sorted((end for end in ends if end is not None), key=lambda end: end.last)
        if not dated:
            return ""
        first, last = dated[0], dated[-1]
        if first == last:
            return self.words.at("time.as_of", first, short=True)
        return self.words.period(Period(first, last), short=True)

    def _topic(self, *, numbered: bool = False) -> str:
        """What was asked, as one phrase: place, measure, who, time, and the number that was asked about."""
        answer = self.telling.answer
        query = answer.reading.query
        if query is None:
            return ""
        if answer.outcome is Outcome.ANSWERED:  # the sentence begins with it
            numbered = numbered and not any(note.kind is NoteKind.NUMBER_NOT_HELD for note in answer.notes)
            query = replace(query, known_on=None, value=query.value if numbered else None)
        return self.words.say("list.comma").join(query_parts(query, self.words, kind=False))

    def _fact(
        self, measure: str, who: Who, value: Interval, places: Iterable[str], destination: str, *, time: str
    ) -> str:
        return fact_text(self.words, measure, who, value, places, destination, time, self._left_out())

    def _subject(self, measure: str, who: Who, place: str | None, claims: Sequence[Claim]) -> str:
        """What a list counts: "people from Belgium who had gone to Syria or Iraq"."""
        words, destination = self.words, destination_of(claims)
        text = words.say(
            f"subject.{measure}",
            people=words.say(f"people.{who}"),
            from_=from_places([place] if place else [], words) + self._left_out(),
            to=words.say(f"dest.to.{destination}"),
            in_=words.say(f"dest.in.{destination}"),
            back=words.say(f"dest.from.{destination}"),
        )
        return close(text)

    def _left_out(self) -> str:
        """Places that the question leaves out, in brackets; empty where there are none."""
        query = self.telling.answer.reading.query
        places = places_in(query.without) if query else ()
        named = self.words.listed(map(self.words.place, places))
        return f" ({self.words.say('read.without', what=named)})" if places else ""

    def _instead(self, sentence: str) -> str:
        """A sentence that says in itself where it gives another count than was asked, or no share, for lack of that."""
        words, end = self.words, self.words.say("sentence.end")
        for note in self.telling.answer.notes:
            if note.kind is NoteKind.OTHER_COUNT_ONLY:
                key = "instead.rate" if note.values.get("given") == "monthly_rate" else "instead.all"
                sentence = words.say(key, sentence=sentence.removesuffix(end)) + end
            elif note.kind is NoteKind.NOT_DIVIDED:
                sentence = words.say("instead.share", sentence=sentence.removesuffix(end)) + end
        return sentence

    def _link(self, text: str, url: str) -> str:
        """Words between marks that make them a link when the sentence is whole."""
        self._urls.append(url)
        return f"{chr(_FIRST_MARK + len(self._urls) - 1)}{text}{_LINK_END}"
