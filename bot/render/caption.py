"""The opening sentence of an answer as the title of a picture: short, since the picture itself says who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.answer import Answer, Claim, RankBlock, Row
from bot.render.fragments import Telling, value_text
from bot.render.opening import Opening
from bot.words.words import words_of
from db.model.records import Source

_NAMED = 3
"""Places that the title of a comparison names; more are counted."""


class Caption(Opening):
    """Words the sentence without who says so, and of a list only its head."""

    def text(self) -> str:
        """The sentence; empty for an answer that opens with none."""
        return "".join(span.text for span in self.spans())

    def _said(self, text: str, claim: Claim) -> str:
        return text + self.words.say("sentence.end")

    def _sourced(self, text: str, *parts: str) -> str:
        end = self.words.say("sentence.end")
        return text.removesuffix(end) + end

    def _entry_of(self, claim: Claim) -> str:
        return value_text(claim.figure, self.telling)

    def _lowest_and_highest(self, text: str, ends: tuple[str, str]) -> str:
        return text

    def _bodies(self, sources: Iterable[Source], most: int = 0) -> str:
        return ""

    def _rank(self, block: RankBlock) -> str:
        first, query = block.rows[0], self.telling.answer.reading.query
        if block.from_bottom or (query and any(row.place in query.places for row in block.rows)):
            return super()._rank(block)
        could = max(self._could_be_first(), first.rank_to or 1)
        subject = self._subject(block.measure, block.who, block.region, [row.claim for row in block.rows])
        return self.words.say(
            "sentence.leads_unsure" if could > 1 else "sentence.leads",
            subject=subject,
            place=self.words.place(first.place),
            entry=self._entry(first, block.per_million, named=False, cited=False),
            could=self.words.number(could),
        )

    def _list(self, key: str, subject: str, rows: Sequence[Row], per_million: bool, missing: Sequence[str] = ()) -> str:
        shown = (self._entry(row, per_million, cited=False) for row in rows)
        return self.words.say(key, subject=subject, list=self.words.several(shown, _NAMED, "list.semicolon"))


def caption(answer: Answer, locale: str = "en") -> str:
    """The title of the picture of an answer."""
    return Caption(Telling.of(answer, words_of(locale))).text()
