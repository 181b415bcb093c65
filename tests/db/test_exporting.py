"""Figures as files: safe in a spreadsheet, readable again, and with times and codes that SDMX knows."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from db.model.errors import Fault
from db.model.records import Counts, Figure, Status
from db.model.rows import FIGURES
from db.model.spreadsheets import guarded, unguarded
from db.model.values import Bound, Interval, PartialDate, Period
from db.package.datapackage import Package, read_package, read_table
from db.package.exporting import (
    SDMX_COLUMNS,
    all_figures,
    figures_csv,
    figures_json,
    observation_status,
    package_zip,
    sdmx_csv,
    selected_package,
    stored_package,
    time_period,
)
from db.store.engine import Database
from tests.built_in import built_in


@pytest.fixture(scope="module")
def package() -> Package:
    """The built-in package."""
    return built_in()


@pytest.fixture(scope="module")
def figure(package: Package) -> Figure:
    """Any figure."""
    return package.figures[0]


def lines(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(figure: Figure, start: str) -> None:
    note = f'{start}HYPERLINK("https://example.org")'
    (row,) = lines(figures_csv([replace(figure, note=note)]))
    assert row["note"] == "'" + note


@pytest.mark.parametrize("text", ["=1", "'=1", "''@x", "-", "plain", "'quoted'", "", "a=b"])
def test_a_guarded_text_is_restored(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_exported_figures_are_imported_as_they_were(package: Package) -> None:
    figures = [replace(figure, note="=" + figure.note) for figure in package.figures]
    faults: list[Fault] = []
    text = io.TextIOWrapper(io.BytesIO(figures_csv(figures)), encoding="utf-8-sig", newline="")
    again = [record for record, _ in read_table("figures.csv", text, FIGURES, faults)]
    assert (again, faults) == (figures, [])


def test_a_selection_brings_its_sources_and_is_a_package_of_its_own(package: Package, tmp_path: Path) -> None:
    chosen = [figure for figure in package.holdings().of("BE") if figure.measure == "travelled_in_period"]
    path = tmp_path / "belgium.zip"
    path.write_bytes(package_zip(selected_package(package, chosen)))
    again = read_package(path)
    assert [figure.id for figure in again.figures] == sorted(figure.id for figure in chosen)
    assert {figure.source for figure in chosen} < {source.id for source in again.sources}
    assert len(again.sources) < 20


def test_the_package_is_valid_for_frictionless(package: Package, tmp_path: Path) -> None:
    risky = replace(package, figures=(replace(package.figures[0], note="=1+1"), *package.figures[1:]))
    path = tmp_path / "package.zip"
    path.write_bytes(package_zip(risky))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "package")
    tool = Path(sys.executable).with_name("frictionless")
    descriptor = tmp_path / "package" / "datapackage.json"
    run = subprocess.run([tool, "validate", descriptor], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert read_package(path).figures[0].note == "=1+1"


def test_every_figure_is_in_the_csv_and_in_the_json(package: Package) -> None:
    holdings = package.holdings()
    figures = all_figures(holdings)
    assert [row["id"] for row in lines(figures_csv(figures))] == [figure.id for figure in figures]
    document = json.loads(figures_json(figures, holdings.sources, 7))
    assert document["revision"] == 7
    assert len(document["figures"]) == len(figures)
    assert {row["source"] for row in document["figures"]} <= {row["id"] for row in document["sources"]}


async def test_what_is_stored_comes_back_equal_and_equal_data_gives_equal_bytes(
    filled_database: Database, package: Package, tmp_path: Path
) -> None:
    stored = await stored_package(filled_database)
    content = package_zip(stored)
    assert content == package_zip(await stored_package(filled_database))
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    again = read_package(path)
    assert {figure.id: replace(figure, revision=0) for figure in again.figures} == {
        figure.id: replace(figure, revision=0) for figure in package.figures
    }
    assert {source.id for source in again.sources} == {source.id for source in package.sources}
    assert set(again.populations) == set(package.populations)
    assert set(again.memberships) == set(package.memberships)


@pytest.mark.parametrize(
    ("period", "as_of", "expected"),
    [
        (Period(), PartialDate(2015, 12), "2015-12"),
        (Period.year(2016), PartialDate(2019, 11, 30), "2016"),
        (Period(PartialDate(2016, 1, 1), PartialDate(2016, 9, 12)), None, "2016-01-01/P256D"),
        (Period(PartialDate(2014, 6), PartialDate(2014, 7)), None, "2014-06-01/P61D"),
        (Period(PartialDate(2012), None), PartialDate(2012, 12, 31), "2012-01-01/P366D"),
    ],
)
def test_times_as_sdmx_writes_them(figure: Figure, period: Period, as_of: PartialDate | None, expected: str) -> None:
    assert time_period(replace(figure, period=period, as_of=as_of)) == expected


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [
        (Interval(4, 4, Bound.EXACT), Status.CURRENT, "A"),
        (Interval(4, 4, Bound.ABOUT), Status.CURRENT, "E"),
        (Interval(4, 9, Bound.RANGE), Status.CURRENT, "E"),
        (Interval(4, 4, Bound.EXACT), Status.DISPUTED, "U"),
    ],
)
def test_status_codes(figure: Figure, value: Interval, status: Status, code: str) -> None:
    assert observation_status(replace(figure, value=value, status=status, basis="")) == code


def test_a_count_of_attempts_is_another_definition(figure: Figure) -> None:
    counted = replace(figure, value=Interval(4, 4, Bound.EXACT), counts=Counts.ATTEMPTS_INCLUDED)
    assert observation_status(counted) == "D"


def test_a_range_has_no_single_value_in_sdmx(figure: Figure, package: Package) -> None:
    holdings = package.holdings()
    ranged = replace(figure, value=Interval(4, 9, Bound.RANGE))
    (row,) = lines(sdmx_csv([ranged], holdings.sources, holdings.measures))
    assert tuple(row) == SDMX_COLUMNS
    assert (row["OBS_VALUE"], row["OBS_LOW"], row["OBS_HIGH"]) == ("", "4", "9")
    assert row["UNIT_MEASURE"]
