"""The data package: read whole, every fault listed, written again without loss."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from db.model.errors import Fault, PackageFaults
from db.model.records import Status
from db.package.datapackage import read_package, write_package
from tests.db.making import a_figure, a_package, a_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small package in a folder, to be spoiled by tests."""
    write_package(a_package((a_figure(), a_figure("fr-travelled-a", "FR"))), tmp_path)
    return tmp_path


def change(path: Path, line: int, column: str, cell: str) -> None:
    """Put another cell into a line of a CSV file; line 2 is the first below the header."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    rows[line - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(PackageFaults) as caught:
        read_package(folder)
    return caught.value.faults


def test_a_package_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    package = read_package()
    write_package(package, tmp_path)
    assert read_package(tmp_path) == package


def test_the_files_of_the_built_in_package_are_in_written_form(tmp_path: Path) -> None:
    write_package(read_package(), tmp_path)
    for written in sorted(tmp_path.iterdir()):
        assert written.read_bytes() == (Path("db/data") / written.name).read_bytes(), written.name


def test_a_package_can_be_a_zip_file(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for file in folder.glob("*.csv"):
            target.write(file, file.name)
    assert read_package(archive) == read_package(folder)


def test_faults_of_several_files_are_listed_together(folder: Path) -> None:
    change(folder / "figures.csv", 2, "place", "ZZ")
    change(folder / "figures.csv", 3, "low", "many")
    change(folder / "sources.csv", 5, "reliability", "Z")
    change(folder / "region_members.csv", 2, "place", "R:world")
    change(folder / "population.csv", 2, "source", "nobody")
    found = {(fault.file, fault.line, fault.column) for fault in faults_of(folder)}
    assert found >= {
        ("figures.csv", 2, "place"),
        ("figures.csv", 3, "low"),
        ("sources.csv", 5, "reliability"),
        ("region_members.csv", 2, "place"),
        ("population.csv", 2, "source"),
    }


def test_a_key_that_stands_twice_is_refused(folder: Path) -> None:
    change(folder / "figures.csv", 3, "id", "be-travelled-a")
    assert [(fault.line, fault.column) for fault in faults_of(folder)] == [(3, "id")]


@pytest.mark.parametrize("column", ["measure", "source", "relays"])
def test_a_link_that_leads_nowhere_is_refused(folder: Path, column: str) -> None:
    change(folder / "figures.csv", 2, column, "nothing_such")
    assert [(fault.line, fault.column) for fault in faults_of(folder)] == [(2, column)]


@pytest.mark.parametrize("whole", ["nothing_such", "returned"])
def test_a_measure_is_part_of_another_that_is_held(folder: Path, whole: str) -> None:
    rows = list(csv.DictReader((folder / "measures.csv").read_text(encoding="utf-8").splitlines()))
    line = 2 + [row["id"] for row in rows].index("returned")
    change(folder / "measures.csv", line, "part_of", whole)
    assert [(fault.line, fault.column) for fault in faults_of(folder)] == [(line, "part_of")]


def test_relays_in_a_circle_are_refused(tmp_path: Path) -> None:
    circle = (a_source("a", ("b",)), a_source("b", ("c",)), a_source("c", ("a",)), a_source("d", ("a",)))
    write_package(a_package((), circle), tmp_path)
    assert [fault.column for fault in faults_of(tmp_path)] == ["relays"] * 3


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    assert ("sources.csv", "is missing") in {(fault.file, fault.wrong) for fault in faults_of(folder)}


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("credibility", "trust", "credibility"),
        ("id,place", "id,id,place", "id"),
        ("\n", ",extra\n", "extra"),
    ],
)
def test_a_wrong_header_is_named(folder: Path, old: str, new: str, column: str) -> None:
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert (1, column) in {(fault.line, fault.column) for fault in faults_of(folder)}


def test_a_row_with_too_many_cells_is_named(folder: Path) -> None:
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8") + "one,two\n", encoding="utf-8")
    assert [fault.line for fault in faults_of(folder)] == [4]


def test_bytes_that_are_no_text_are_named(folder: Path) -> None:
    path = folder / "figures.csv"
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    assert any("UTF-8" in fault.wrong for fault in faults_of(folder))


def test_an_open_quote_is_named(folder: Path) -> None:
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'x,"open', encoding="utf-8")
    assert any("not CSV" in fault.wrong for fault in faults_of(folder))


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    path = folder / "figures.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_package(folder).figures) == 2


def test_holdings_leave_withdrawn_figures_out() -> None:
    gone = replace(a_figure("be-travelled-b"), status=Status.WITHDRAWN, status_reason="counted twice")
    held = a_package((gone, a_figure())).holdings()
    assert [figure.id for figure in held.of("BE")] == ["be-travelled-a"]
