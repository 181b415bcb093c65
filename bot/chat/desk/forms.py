"""The forms of the desk: a figure or a source as texts to write, and back to the request that they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from discord import ui

from bot.chat.forms import Field, form
from db.edits.change import Cause
from db.edits.errors import Stale
from db.edits.requests import AddFigure, AddSource, EditFigure, EditSource, Request
from db.edits.summary import value_text
from db.model import rows
from db.model.records import Figure, Source
from db.model.values import Period

_REASON = Field(
    "because", "Why this change", hint="Kept in the history, with your name.", needed=True, long=True, most=500
)
_FIGURE = (
    Field("value", "Value", hint="As stated: 4, 420-516, about 2,000, more than 300, none", needed=True, most=60),
    Field("as_of", "As of", hint="The date that the count speaks of: 2015, Oct 2015 or 2015-10-31", most=40),
    Field("period", "Period, of a count within one", hint="Such as 2016, or 2014-06 to 2015-12", most=40),
    Field("locator", "Where in the source", hint="Page, table or paragraph.", most=300),
    _REASON,
)
_SOURCE = (
    Field("title", "Title", needed=True, most=400),
    Field("publisher", "Publisher", most=200),
    Field("published", "Published (2015, Oct 2015 or 2015-10-31)", most=40),
    Field("url", "Link", hint="https://…", most=1000),
    _REASON,
)


@dataclass(frozen=True, slots=True)
class DeskForm:
    """A form with what is known: what it is about, what options chose, and what stands in its fields."""

    subject: str
    """``figure`` or ``source``."""
    id: str = ""
    """What is edited; empty for a new one."""
    expected: int | None = None
    """The version that was looked at."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Cells that were given as options of the command."""
    stood: Mapping[str, str] = field(default_factory=dict)
    """The texts of what is edited: only those that differ from them become changes."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The texts to open the form with."""
    cause: Cause | None = None

    @property
    def because(self) -> str:
        """The reason that was written."""
        return self.texts.get("because", "")

    def modal(self, key: str, owner: int) -> ui.Modal:
        """The form as Discord shows it."""
        fields = _FIGURE if self.subject == "figure" else _SOURCE
        title = f"{'Edit the' if self.id else 'Add a'} {self.subject}"
        known = [replace(part, value=self.texts.get(part.name, "")) for part in fields]
        return form(title, "deskform", key, known, owner=owner)

    def filled(self, fields: Mapping[str, str]) -> DeskForm:
        """The form with what was written into it."""
        return replace(self, texts={**self.texts, **fields})

    def on(self, stale: Stale) -> DeskForm:
        """The same wishes on top of what somebody else wrote meanwhile: what was not touched is taken over."""
        current = stale.current
        if not isinstance(current, Figure | Source):
            return self
        stands = figure_texts(current) if isinstance(current, Figure) else source_texts(current)
        mine = {name: text for name, text in self.texts.items() if text != self.stood.get(name, "")}
        return replace(self, expected=current.version, stood=stands, texts={**stands, **mine})

    def request(self) -> Request:
        """The change that the form asks for."""
        cells = {**self.chosen, **self._cells()}
        if self.subject == "figure":
            return EditFigure(self.id, cells, self.cause, self.expected) if self.id else AddFigure(cells)
        return EditSource(self.id, cells, self.expected) if self.id else AddSource(cells)

    def _cells(self) -> dict[str, str]:
        cells: dict[str, str] = {}
        for name, text in self.texts.items():
            if name != "because" and text.strip() != self.stood.get(name, ""):
                cells[name] = text.strip()
        return cells


def figure_form(figure: Figure, chosen: Mapping[str, str], cause: Cause | None) -> DeskForm:
    """The form that edits a figure."""
    stands = figure_texts(figure)
    return DeskForm("figure", figure.id, figure.version, chosen, stands, stands, cause)


def source_form(source: Source, chosen: Mapping[str, str]) -> DeskForm:
    """The form that edits a source."""
    stands = source_texts(source)
    return DeskForm("source", source.id, source.version, chosen, stands, stands)


def figure_texts(figure: Figure) -> dict[str, str]:
    """A figure as the texts of its form."""
    return {
        "value": value_text(figure),
        "as_of": str(figure.as_of or ""),
        "period": period_text(figure.period),
        "locator": figure.locator[:300],
    }


def source_texts(source: Source) -> dict[str, str]:
    """A source as the texts of its form."""
    cells = rows.source_cells(source)
    return {part.name: cells[part.name][: part.most] for part in _SOURCE if part is not _REASON}


def period_text(period: Period) -> str:
    """A period as it is written in the form, such as ``2014-06 to 2015``; empty when it is open."""
    if period.start and period.end:
        return str(period.start) if str(period.start) == str(period.end) else f"{period.start} to {period.end}"
    if period.start:
        return f"since {period.start}"
    return f"until {period.end}" if period.end else ""
