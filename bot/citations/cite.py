"""Citing: a source, the sources behind an answer, or the dataset, in the styles that people paste."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from bot.answers.answer import Answer
from bot.citations.csl import CslItem, to_csl
from bot.citations.registry import style_files, styles
from db.model.records import Source
from db.model.values import PartialDate

DATASET_TITLE = "Inflow: published figures on foreign fighters in Syria and Iraq"
_PUBLISHER = "Inflow"


class StyleUnknown(ValueError):
    """No such citation style; ``known`` lists those that there are."""

    def __init__(self, style: str) -> None:
        super().__init__(style)
        self.style = style
        self.known = styles()


def cite(source: Source, style: str = "short") -> str:
    """One source in a style; StyleUnknown for any other name. Text styles give one line, the others a record."""
    return cite_many([source], style)


def cite_many(sources: Iterable[Source], style: str = "short") -> str:
    """Several sources, each once: lines in alphabetical order, or records in the order given."""
    if style == "short":
        return "\n".join(dict.fromkeys(short(source) for source in sources))
    return _cite_items([to_csl(source) for source in dict.fromkeys(sources)], style)


def cite_dataset(revision: int, on: date | None = None, style: str = "apa", *, answer: str = "") -> str:
    """The dataset at a revision, recorded on a day, so that the same state can be found again.

    ``answer`` names one answer by its id: asking for the id runs it again on the same data.
    """
    detail = f"data revision {revision}" + (f", answer {answer}" if answer else "")
    if style == "short":
        return f"{_PUBLISHER}, {detail}" + (f", {spell(PartialDate.of(on))}" if on else "")
    return _cite_items([dataset_item(revision, on, answer)], style)


def cite_answer(answer: Answer, style: str = "apa") -> str:
    """All documents that an answer's claims come from, then the dataset at the answer's revision with its id."""
    sources = list(dict.fromkeys(claim.source for claim in answer.claims))
    on = answer.recorded_at.date() if answer.recorded_at else None
    if style == "short":
        return "\n".join(
            [*dict.fromkeys(map(short, sources)), cite_dataset(answer.revision, on, style, answer=answer.id)]
        )
    return _cite_items([*map(to_csl, sources), dataset_item(answer.revision, on, answer.id)], style)


def dataset_item(revision: int, on: date | None, answer: str = "") -> CslItem:
    """The dataset, or one answer from it, as CSL-JSON."""
    detail = f"data revision {revision}" + (f", answer {answer}" if answer else "")
    item: CslItem = {
        "id": f"inflow-r{revision}" + (f"-{answer}" if answer else ""),
        "type": "dataset",
        "title": f"{DATASET_TITLE} ({detail})",
        "author": [{"literal": _PUBLISHER}],
        "version": str(revision),
        "language": "en",
    }
    if on is not None:
        item["issued"] = {"date-parts": [[on.year, on.month, on.day]]}
    return item


def short(source: Source) -> str:
    """Publisher, or title where none is known, and date: "HLN / Belga, 30 November 2019"."""
    published = spell(source.published) if source.published else "undated"
    return f"{source.publisher or source.title}, {published}"


def spell(day: PartialDate) -> str:
    """A date in English at its own precision."""
    if day.month is None:
        return str(day.year)
    month = f"{calendar.month_name[day.month]} {day.year}"
    return month if day.day is None else f"{day.day} {month}"


def _cite_items(items: list[CslItem], style: str) -> str:
    match style:
        case _ if style in style_files():
            return "\n".join(sorted((_styled(json.dumps(item), style) for item in items), key=str.casefold))
        case "bibtex":
            from bot.citations.bibtex import to_bibtex

            return to_bibtex(items)
        case "ris":
            from bot.citations.ris import to_ris

            return to_ris(items)
        case "csl-json":
            return json.dumps(items, ensure_ascii=False, indent=2)
        case _:
            raise StyleUnknown(style)


@lru_cache(maxsize=1024)
def _styled(item: str, style: str) -> str:
    """One entry; kept, because the style engine takes milliseconds for each."""
    from bot.citations.styled import styled

    fields: CslItem = json.loads(item)
    return styled(fields, style)
