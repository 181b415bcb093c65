"""Figures as files to take away: CSV for spreadsheets, JSON, SDMX-CSV, or the whole data package as a zip."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from db.model import rows
from db.model.records import Figure, Holdings, Measure, Source, Status
from db.model.relays import sources_behind
from db.model.spreadsheets import table_text
from db.model.tables import FIGURE_VERSION, SOURCE_VERSION
from db.model.values import Bound, Period
from db.package.changelog import changelog
from db.package.datapackage import Package, write_package
from db.store import reading
from db.store.engine import Database

STRUCTURE = "INFLOW:FIGURES(1.0)"
SDMX_COLUMNS = tuple(
    "STRUCTURE STRUCTURE_ID ACTION REF_AREA MEASURE WHO DESTINATION SOURCE FIGURE TIME_PERIOD OBS_VALUE OBS_LOW "
    "OBS_HIGH BOUND OBS_STATUS UNIT_MEASURE RELIABILITY CREDIBILITY COMMENT_OBS".split()
)


def all_figures(holdings: Holdings) -> list[Figure]:
    """Every figure held, sorted by id."""
    return sorted((figure for held in holdings.figures.values() for figure in held), key=lambda figure: figure.id)


def figures_csv(figures: Iterable[Figure]) -> bytes:
    """The figures as CSV for spreadsheets: text that a spreadsheet would run as a formula gets a leading apostrophe.

    UTF-8 with a byte order mark, which spreadsheets need to read names in every script. Importing it again gives
    the same figures.
    """
    return table_text(rows.FIGURE_COLUMNS, map(rows.figure_cells, figures), line_end="\r\n").encode("utf-8-sig")


def figures_json(
    figures: Iterable[Figure], sources: Mapping[str, Source], revision: int, again: Mapping[str, str] | None = None
) -> bytes:
    """The figures and their sources as one JSON document, in the words of the data package; of an answer its id too."""
    document = {
        **(again or {}),
        "revision": revision,
        "figures": [rows.figure_cells(figure) for figure in figures],
        "sources": [rows.source_cells(sources[key]) for key in sorted(sources)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def sdmx_csv(figures: Iterable[Figure], sources: Mapping[str, Source], measures: Mapping[str, Measure]) -> bytes:
    """The figures as SDMX-CSV 2.0, one observation a figure; docs/exporting.md says what each column holds.

    A value that its source states as a range or with an open end has no single OBS_VALUE: it stands in OBS_LOW,
    OBS_HIGH and BOUND, and OBS_VALUE stays empty. OBS_STATUS takes its codes from SDMX's own list (CL_OBS_STATUS).
    """
    observations = (_observation(figure, sources, measures) for figure in figures)
    return table_text(SDMX_COLUMNS, observations, line_end="\r\n").encode()


def package_zip(package: Package) -> bytes:
    """The data package as a zip: valid for its own schema, and read again it gives an equal package."""
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        write_package(package, Path(folder))
        for path in sorted(Path(folder).iterdir()):
            # A fixed date, so that equal data gives equal bytes.
            entry = zipfile.ZipInfo(path.name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def selected_package(whole: Package, figures: Iterable[Figure]) -> Package:
    """Some figures of a package as a package of its own: with the sources behind them, directly or not, and no others.

    Measures, places, memberships and populations stay whole: they say what the figures mean.
    """
    sources = {source.id: source for source in whole.sources}
    held = {figure.id: figure for figure in whole.figures}
    wanted = {figure.id: figure for figure in figures}
    due = list(wanted.values())
    while due:  # a figure goes along with those that it relays
        upstream = held.get(due.pop().relays or "")
        if upstream is not None and upstream.id not in wanted:
            wanted[upstream.id] = upstream
            due.append(upstream)
    chosen = sorted(wanted.values(), key=lambda figure: figure.id)
    cited = [key for figure in chosen for key in figure.documents]
    behind = sources_behind([*cited, *(population.source for population in whole.populations)], sources)
    return replace(whole, sources=tuple(behind[key] for key in sorted(behind)), figures=tuple(chosen))


async def stored_package(database: Database, revision: int | None = None) -> Package:
    """Everything that stands in the database, or stood at a revision, as a data package; withdrawn figures included.

    Read at one moment. Measures, places, memberships and populations have no versions and are today's.
    """
    async with database.reading() as connection:
        latest = revision if revision is not None else await reading.latest_revision(connection)
        told = await changelog(database, until=latest)
        return Package(
            measures=tuple(await reading.MEASURES.read(connection)),
            places=tuple(await reading.PLACES.read(connection)),
            memberships=tuple(await reading.MEMBERSHIPS.read(connection)),
            sources=tuple(await reading.SOURCE.where(connection, reading.live_at(SOURCE_VERSION, latest))),
            figures=tuple(await reading.FIGURE.where(connection, reading.live_at(FIGURE_VERSION, latest))),
            populations=tuple(await reading.POPULATIONS.read(connection)),
            changelog=told,
        )


def _observation(figure: Figure, sources: Mapping[str, Source], measures: Mapping[str, Measure]) -> dict[str, str]:
    value = figure.value
    single = value.bound in (Bound.EXACT, Bound.ABOUT)
    source = sources.get(figure.source)
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": STRUCTURE,
        "ACTION": "I",
        "REF_AREA": figure.place,
        "MEASURE": figure.measure,
        "WHO": figure.who.value,
        "DESTINATION": figure.destination.value,
        "SOURCE": figure.source,
        "FIGURE": figure.id,
        "TIME_PERIOD": time_period(figure),
        "OBS_VALUE": str(value.low) if single else "",
        "OBS_LOW": "" if value.low is None else str(value.low),
        "OBS_HIGH": "" if value.high is None else str(value.high),
        "BOUND": value.bound.value,
        "OBS_STATUS": observation_status(figure),
        "UNIT_MEASURE": measures[figure.measure].unit if figure.measure in measures else "",
        "RELIABILITY": source.reliability if source else "",
        "CREDIBILITY": str(figure.credibility),
        "COMMENT_OBS": figure.note,
    }


def observation_status(figure: Figure) -> str:
    """The code of CL_OBS_STATUS that fits best; where several fit, the one that warns most.

    U low reliability (disputed or withdrawn by the moderators), D definition differs (attempts counted with
    arrivals), E estimated (anything but a bare number), A normal value.
    """
    if figure.status is not Status.CURRENT:
        return "U"
    if figure.counts.holds_attempts:
        return "D"
    return "A" if figure.value.bound is Bound.EXACT else "E"


def time_period(figure: Figure) -> str:
    """The time of a figure as SDMX writes it: a date at its own precision, or a start and a duration in days."""
    period = figure.period
    if period.is_open:
        return str(figure.as_of or "")
    if period.start is not None and period.start == period.end:
        return str(period.start)
    first, last = _ends(figure, period)
    if first is None or last is None:
        return str(period.start or period.end or "")
    return f"{first.isoformat()}/P{(last - first).days + 1}D"


def _ends(figure: Figure, period: Period) -> tuple[date | None, date | None]:
    return period.first, period.last or (figure.as_of.last if figure.as_of else None)
