"""What a picture shows, before any layout: the model that the spec, the alt text and the plain text share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.charts.chart import ChartKind
from bot.charts.words import signs
from bot.words.words import Words
from db.model.values import Interval


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure, or one place without a figure."""

    label: str
    value: Interval | None
    """None is "no data", which is never drawn as zero."""
    when: str = ""
    source: str = ""
    remarks: tuple[str, ...] = ()
    place: str = ""
    series: str = ""
    """Marks of one series may be joined by a line; marks of one origin stand together."""
    start: date | None = None
    end: date | None = None
    """The days that the value speaks of: a flow's period, or the day of a count as exactly as it was stated."""
    lead: bool = False
    rank: str = ""
    none_known: bool = False

    @property
    def stated(self) -> Interval:
        """The value of a mark that has one."""
        assert self.value is not None
        return self.value

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of a mark that is dated; only such ones stand in a trend."""
        assert self.start is not None
        assert self.end is not None
        return self.start, self.end

    @property
    def note(self) -> str:
        """When, who says so and what is special, in one line."""
        return " · ".join(part for part in (self.when, self.source, *self.remarks) if part)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart without layout."""

    kind: ChartKind
    words: Words
    title: str
    """How the question was read: place, measure, who, layout and asked period."""
    subtitle: str
    """Unit, destination and the dates that the figures speak of."""
    marks: tuple[Mark, ...]
    sources: str
    stamp: str
    """Data revision and answer id."""
    revision: int
    notes: tuple[str, ...] = ()
    series: tuple[tuple[str, str], ...] = ()
    """(key, name) of every series or origin, in the order drawn."""
    span: Interval | None = None
    per_million: bool = False
    region: str = "R:world"
    main_source: str = ""
    """The first source and how many more, for a picture whose marks do not name their own."""
    layout: str = ""
    """The word of the title that names the layout."""

    @property
    def drawn(self) -> tuple[Mark, ...]:
        """The marks that have a value."""
        return tuple(mark for mark in self.marks if mark.value is not None)

    def value_text(self, mark: Mark) -> str:
        """A mark's value in signs, or that there is none."""
        if mark.value is None:
            return self.words.say("no_data")
        return signs(mark.value, self.words, none_known=mark.none_known)
