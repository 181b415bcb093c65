"""What is exported and imported again is the same dataset; the codes of the exports are those of their standards."""

from __future__ import annotations

import asyncio
import csv
import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.edits import editing
from db.edits.change import Cause
from db.edits.requests import DisputeFigure, EditFigure, Request, RetractFigure
from db.imports.importing import ImportFile, apply_import, plan_import
from db.model.records import Figure, Source
from db.package.datapackage import Package
from db.package.exporting import (
    figures_csv,
    observation_status,
    package_zip,
    sdmx_csv,
    selected_package,
    stored_package,
)
from db.store.engine import Database

OBS_STATUS = {"A": "Normal value", "D": "Definition differs", "E": "Estimated value", "U": "Low reliability"}
"""The codes that are given, with their names in SDMX:CL_OBS_STATUS(2.0)."""
PAGE = Path(__file__).parents[2] / "docs" / "exporting.md"
FIGURE, OTHER, THIRD = "be-travelled-tsg_2015", "tn-travelled-tsg_2015", "be-travelled-hln_belga_2019_11_30"


async def disturb(database: Database, now: datetime) -> None:
    """A correction with a note that a spreadsheet would run, a dispute and a withdrawal."""
    requests: tuple[Request, ...] = (
        EditFigure(FIGURE, {"low": "471", "high": "471", "note": '=HYPERLINK("x")'}, Cause.TYPO),
        DisputeFigure(OTHER),
        RetractFigure(THIRD),
    )
    for hours, request in enumerate(requests, 1):
        at = now + timedelta(hours=hours)
        await editing.make(database, request, by="Ada", because="a reason", at=at)


def bare(package: Package) -> tuple[dict[str, Figure], dict[str, Source]]:
    """Figures and sources without the numbers of their versions, which an import counts anew."""
    return (
        {row.id: replace(row, version=1, revision=0) for row in package.figures},
        {row.id: replace(row, version=1, revision=0) for row in package.sources},
    )


@pytest.mark.parametrize("form", ["package", "csv"])
async def test_importing_an_export_where_it_came_from_changes_nothing(
    filled_database: Database, now: datetime, form: str
) -> None:
    await disturb(filled_database, now)
    whole = await stored_package(filled_database)
    content, name = (package_zip(whole), "all.zip") if form == "package" else (figures_csv(whole.figures), "all.csv")
    plan = await plan_import(filled_database, ImportFile(content, name), at=now + timedelta(days=1))
    assert plan.refused == ()
    assert plan.changes == ()
    assert plan.unchanged >= len(whole.figures)


async def test_a_package_carries_one_dataset_over_to_another(
    filled_database: Database, templates: dict[str, str], tmp_path: Path, now: datetime
) -> None:
    from tests.conftest import _copied

    await disturb(filled_database, now)
    whole = await stored_package(filled_database)
    async for other in _copied(templates["filled"], tmp_path / "other.db"):
        at = now + timedelta(days=1)
        plan = await plan_import(other, ImportFile(package_zip(whole), "all.zip", Cause.TYPO), at=at)
        assert plan.refused == ()
        assert {change.id for change in plan.changes} == {FIGURE, OTHER, THIRD}
        await apply_import(other, plan, by="Bob", because="Carried over", at=at)
        assert bare(await stored_package(other)) == bare(whole)


async def test_the_package_of_one_place_is_valid_for_frictionless(filled_database: Database, tmp_path: Path) -> None:
    whole = await stored_package(filled_database)
    chosen = selected_package(whole, [figure for figure in whole.figures if figure.place == "BE"])
    with zipfile.ZipFile(io.BytesIO(package_zip(chosen))) as archive:
        archive.extractall(tmp_path)
    tool = Path(sys.executable).with_name("frictionless")
    command = [str(tool), "validate", str(tmp_path / "datapackage.json")]
    run = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


async def test_every_status_is_a_code_of_the_standard_list(filled_database: Database, now: datetime) -> None:
    await disturb(filled_database, now)
    whole = await stored_package(filled_database)
    holdings = whole.holdings()
    text = sdmx_csv(whole.figures, holdings.sources, holdings.measures).decode()
    given = {row["FIGURE"]: row["OBS_STATUS"] for row in csv.DictReader(io.StringIO(text))}
    assert set(given.values()) == set(OBS_STATUS)
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{code}` | {name} |" in page for code, name in OBS_STATUS.items())
    assert given[OTHER] == "U"
    assert all(given[figure.id] == observation_status(figure) for figure in whole.figures)
