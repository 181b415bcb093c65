"""The rules for the data that comes with the program; a fault shows every row that breaks them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate

from db.model.errors import PackageFaults
from db.model.records import Kind, Status
from db.package.datapackage import FILES, Package, read_package, write_package
from tests.db.grades import credibilities

DATA = Path(__file__).parents[2] / "db" / "data"


@pytest.fixture(scope="module")
def package() -> Package:
    """The built-in package; the test fails with every fault when it has one."""
    try:
        return read_package()
    except PackageFaults as faults:
        pytest.fail(str(faults), pytrace=False)


@pytest.fixture(scope="module")
def descriptor() -> dict[str, dict[str, Any]]:
    """The resources of datapackage.json by name."""
    listed = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in listed["resources"]}


def test_nothing_that_was_collected_is_lost(package: Package) -> None:
    standing = [figure for figure in package.figures if figure.status is not Status.WITHDRAWN]
    assert len(standing) >= 2_200
    assert len(package.sources) >= 740
    countries = {place.id for place in package.places if place.kind == "country"}
    assert len({figure.place for figure in package.figures} & countries) >= 75


def test_the_package_is_valid_for_other_programs() -> None:
    report = validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("figures.csv", ",icsr_2013_12,", ",nobody,"),
        ("figures.csv", ",exact,", ",roughly,"),
        ("sources.csv", ",en,", ",English,"),
    ],
)
def test_other_programs_see_a_fault_too(package: Package, tmp_path: Path, file: str, old: str, new: str) -> None:
    write_package(package, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_the_descriptor_describes_the_columns_as_the_program_does(descriptor: dict[str, dict[str, Any]]) -> None:
    assert {f"{name}.csv" for name in descriptor} == {file for file, _ in FILES.values()}
    for file, layout in FILES.values():
        fields = descriptor[file.removesuffix(".csv")]["schema"]["fields"]
        assert fields == layout.schema(), file
        assert all(field["description"] for field in fields), file


def test_the_descriptor_states_licence_and_sources() -> None:
    listed = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in listed["licenses"]] == ["CC-BY-4.0"]
    assert len(listed["sources"]) == 2
    assert {file.name for file in DATA.glob("*.csv")} == {file for file, _ in FILES.values()}


def test_every_source_is_used(package: Package) -> None:
    used = {figure.source for figure in package.figures} | {row.source for row in package.populations}
    used |= {figure.relays for figure in package.figures if figure.relays}
    used |= {relay for source in package.sources for relay in source.relays}
    standing = {source.id for source in package.sources if source.status is Status.CURRENT}
    assert sorted(standing - used) == []


def test_every_source_says_who_counted(package: Package) -> None:
    assert [source.id for source in package.sources if not source.authority] == []
    countries = {place.id for place in package.places if place.kind == "country"}
    codes = {source.authority for source in package.sources if len(source.authority) == 2}
    assert sorted(codes - countries) == []


def test_every_chain_of_relays_ends_at_an_origin(package: Package) -> None:
    held = package.holdings()
    for figures in held.figures.values():
        for figure in figures:
            origins = held.origins(figure)
            assert origins, figure.id
            assert not any(held.sources[origin].relays for origin in origins), figure.id


def test_grades_of_information_follow_the_written_rule(package: Package) -> None:
    grades = credibilities(package.holdings())
    wrong = [
        f"{figure.id}: write {grades[figure.id]} for {figure.credibility}"
        for figure in package.figures
        if figure.id in grades and figure.credibility != grades[figure.id]
    ]
    assert wrong == []


def test_a_source_that_nobody_has_seen_is_not_graded(package: Package) -> None:
    graded = [source.id for source in package.sources if not source.url and source.reliability != "F"]
    assert graded == []


def test_a_rate_and_a_sample_are_never_summed(package: Package) -> None:
    summable = {measure.kind for measure in package.measures if measure.summable}
    assert summable.isdisjoint({Kind.RATE, Kind.SAMPLE, Kind.COUNTRIES})
    assert "prevented" not in {measure.id for measure in package.measures if measure.summable}
