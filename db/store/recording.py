"""Writing versions: the few statements that editing, importing and loading share, inside a write transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from db.model.records import Figure, Headline, Revision, Source
from db.model.rows import FIGURES, SOURCES
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION, SOURCE, SOURCE_VERSION, UNDATED
from db.store.reading import batches

Writer = AsyncSession | AsyncConnection
"""Anything inside a write transaction that executes statements."""
Row = dict[str, object]


async def record_revision(
    writer: Writer,
    *,
    at: datetime,
    by: str,
    because: str,
    summary: str,
    undoes: int | None = None,
    via: str = "edit",
) -> Revision:
    """Append a revision; its versions are written in the same transaction, which commits both or neither.

    Writers stand in a row, so ids rise without gaps in the order of commits. Moments rise with them: a clock that
    runs behind is lifted to the moment of the revision before, or a read as known on a date could tear one apart.
    """
    newest = select(REVISION.c.id, REVISION.c.at).order_by(REVISION.c.id.desc()).limit(1)
    last = (await writer.execute(newest)).first()
    last_id, last_at = (0, at) if last is None else (last.id, last.at)
    revision = Revision(last_id + 1, max(at, last_at), by, because, summary, undoes)
    values = {"id": revision.id, "at": revision.at, "by": by, "because": because, "summary": summary}
    await writer.execute(insert(REVISION).values(values | {"undoes": undoes, "via": via}))
    return revision


async def insert_figures(writer: Writer, figures: Iterable[Figure], revision: int) -> None:
    """Write figures as live versions recorded by a revision; each brings its own version number."""
    await _insert(writer, FIGURE_VERSION, (figure_values(figure, revision) for figure in figures))


async def insert_sources(writer: Writer, sources: Iterable[Source], revision: int) -> None:
    """Write sources as live versions recorded by a revision; a source new to the dataset gets its key first."""
    listed = list(sources)
    await _insert(writer, SOURCE, ({"id": source.id} for source in listed if source.version == 1))
    await _insert(writer, SOURCE_VERSION, (source_values(source, revision) for source in listed))


async def insert_headline(writer: Writer, headline: Headline) -> None:
    """Write a headline as the live choice; the one before has to be superseded first."""
    values = {
        "place": headline.place,
        "measure": headline.measure,
        "who": headline.who.value,
        "figure_id": headline.figure,
        "reason": headline.reason,
        "recorded": headline.revision,
    }
    await writer.execute(insert(HEADLINE_VERSION).values(values))


async def supersede_figures(writer: Writer, ids: Iterable[str], revision: int) -> None:
    """End the live versions of some figures at a revision."""
    await _supersede(writer, FIGURE_VERSION, "figure_id", ids, revision)


async def supersede_sources(writer: Writer, ids: Iterable[str], revision: int) -> None:
    """End the live versions of some sources at a revision."""
    await _supersede(writer, SOURCE_VERSION, "source_id", ids, revision)


async def supersede_headline(writer: Writer, place: str, measure: str, who: str, revision: int) -> None:
    """End the live headline of a place, measure and who at a revision; nothing when there is none."""
    columns = HEADLINE_VERSION.c
    chosen = (columns.place == place) & (columns.measure == measure) & (columns.who == who)
    live = chosen & columns.superseded.is_(None)
    await writer.execute(update(HEADLINE_VERSION).where(live).values(superseded=revision))


def years_of(figure: Figure) -> tuple[int, int]:
    """The first and the last year that a figure speaks of; ``UNDATED`` where it states none."""
    years = [date.year for date in (figure.period.start, figure.as_of, figure.period.end) if date is not None]
    return min(years, default=UNDATED[0]), max(years, default=UNDATED[1])


def figure_values(figure: Figure, revision: int) -> Row:
    """A figure as the values of a row of ``figure_version``."""
    year_first, year_last = years_of(figure)
    return {
        **FIGURES.values(figure),
        **_version(figure, revision),
        "as_of_last": figure.as_of.last.isoformat() if figure.as_of else "",
        "year_first": year_first,
        "year_last": year_last,
    }


def source_values(source: Source, revision: int) -> Row:
    """A source as the values of a row of ``source_version``."""
    return {**SOURCES.values(source), **_version(source, revision)}


async def _insert(writer: Writer, table: Table, rows: Iterable[Row]) -> None:
    for batch in batches(rows):
        await writer.execute(insert(table), batch)


async def _supersede(writer: Writer, table: Table, key: str, ids: Iterable[str], revision: int) -> None:
    for batch in batches(ids):
        live = table.c[key].in_(batch) & table.c.superseded.is_(None)
        await writer.execute(update(table).where(live).values(superseded=revision))


def _version(record: Figure | Source, revision: int) -> Row:
    return {"version": record.version, "recorded": revision, "superseded": None}
