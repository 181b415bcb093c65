"""The rows of a table of sources as changes; rows of one file may relay each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from db.edits.change import SourceChange
from db.edits.checks import check_source
from db.edits.drafts import FreeIds, completed_source, completed_source_edit, source_stem
from db.edits.entry.cells import enter
from db.edits.references import Known
from db.imports.corrected import MOST_KEPT, Kept
from db.imports.faults import Faults
from db.imports.sheets import Row, Sheet
from db.model import rows
from db.model.cells import CellFault
from db.model.doubts import plain_address
from db.model.records import Source

_DOI = re.compile(r"10\.\d{4,9}/[^\s;,]{1,200}")
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(slots=True)
class SourcePlan:
    """What a table of sources means."""

    changes: list[SourceChange] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each key."""
    unchanged: int = 0
    kept: list[Kept] = field(default_factory=list)
    """The rows as they were read, while they are few enough for a corrected file."""
    unread: dict[int, set[str]] = field(default_factory=dict)
    """The columns of each line that could not be read, and are told of already."""
    held: list[str] = field(default_factory=list)
    """Documents that are held already and were passed over, each with its key."""


def plan_sources(
    sheet: Sheet, table: Iterable[Row], known: Known, today: date, faults: Faults, *, skip_held: bool = False
) -> SourcePlan:
    """The changes that the rows mean; every fault is noted. ``skip_held`` passes over documents that are held."""
    plan = SourcePlan()
    if skip_held:
        table = _without_held(table, known, plan)
    drafts = _drafts(sheet, table, known, plan, faults)
    read = (rows.read_source(cells) for cells, _ in drafts)
    # Checked once all are known: a row may relay one that stands further down.
    together = known.with_sources(source for source in read if isinstance(source, Source))
    for cells, line in drafts:
        before = known.sources.get(cells["id"])
        if before is not None and cells == rows.source_cells(before):
            plan.unchanged += 1
            continue
        outcome = check_source(cells, together, today)
        if not isinstance(outcome, Source):
            unread = plan.unread.get(line, ())
            _tell(sheet, line, [fault for fault in outcome if fault.column not in unread], faults)
        elif before is not None and rows.source_cells(outcome) == rows.source_cells(before):
            plan.unchanged += 1
        else:
            plan.changes.append(SourceChange(before, replace(outcome, version=before.version + 1 if before else 1)))
    return plan


def _without_held(table: Iterable[Row], known: Known, plan: SourcePlan) -> list[Row]:
    """The rows of documents that are not held: by address, by DOI, by title and year.

    A key that a document brings along is its own; one that another document holds here is not.
    """
    held = {mark: source.id for source in known.sources.values() for mark in document_marks(rows.source_cells(source))}
    fresh = []
    for row in table:
        key = next((held[mark] for mark in document_marks(row.cells) if mark in held), None)
        if key is None:
            if row.cells.get("id") in known.sources:
                row.cells["id"] = ""
            fresh.append(row)
        else:
            plan.held.append(f"{row.cells.get('title', '')[:60]} ({key})")
    return fresh


def document_marks(cells: Mapping[str, str]) -> set[str]:
    """What tells a document from others, each alone."""
    marks = {
        f"doi:{doi.casefold()}" for text in (cells.get("url", ""), cells.get("note", "")) for doi in _DOI.findall(text)
    }
    if cells.get("url"):
        marks.add(plain_address(cells["url"]))
    year = _YEAR.search(cells.get("published", ""))
    title = re.sub(r"\W+", " ", cells.get("title", "").casefold()).strip()
    if title and year:
        marks.add(f"{title} {year[0]}")
    return marks


def _tell(sheet: Sheet, line: int, told: Iterable[CellFault], faults: Faults) -> None:
    """Note the faults of a row, in the file's own words."""
    faults.add_cells(sheet.file, line, [sheet.told(Row(line, {}), fault) for fault in told])


def _drafts(
    sheet: Sheet, table: Iterable[Row], known: Known, plan: SourcePlan, faults: Faults
) -> list[tuple[dict[str, str], int]]:
    """The whole cells of each row, with its line; a key that stands twice is a fault."""
    drafts = []
    listed = list(table)
    free = FreeIds({*known.sources, *(row.cells.get("id", "") for row in listed)}, "_")
    addresses = {
        (source.title, source.publisher, str(source.published or "")): source.id for source in known.sources.values()
    }
    for row in listed:
        entered = enter(row.cells, known.places)
        if entered.faults:
            plan.unread[row.line] = entered.faulty
            _tell(sheet, row.line, entered.faults, faults)
        row.cells.update(entered.cells)
        if len(plan.kept) <= MOST_KEPT:
            plan.kept.append(Kept(row.line, dict(row.cells)))
        key = row.cells.get("id", "")
        if not key:  # the same document again, in a file that names no keys
            document = (row.cells["title"], row.cells.get("publisher", ""), row.cells.get("published", ""))
            key = addresses.get(document, "")
        before = known.sources.get(key)
        if before is None:
            cells = completed_source(row.cells)
        else:
            cells = completed_source_edit(row.cells | {"id": before.id}, rows.source_cells(before))
        if "id" not in cells:
            cells["id"] = free.take(source_stem(cells))
        first = plan.lines.setdefault(cells["id"], row.line)
        if first != row.line:
            fault = CellFault("id", f"{cells['id']!r} stands in line {first} already", "keep one of the two rows")
            _tell(sheet, row.line, [fault], faults)
        else:
            drafts.append((cells, row.line))
    return drafts
