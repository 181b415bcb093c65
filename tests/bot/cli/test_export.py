"""Figures taken away from the command line, in every form, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from db.model.records import Status
from db.package.datapackage import read_package
from tests.bot.cli.conftest import Run
from tests.built_in import built_in


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("form", "ending", "start"),
    [
        ("csv", "csv", b"\xef\xbb\xbfid,place"),
        ("json", "json", b"{"),
        ("package", "zip", b"PK"),
        ("sdmx", "sdmx.csv", b"STRUCTURE,STRUCTURE_ID,ACTION"),
        ("bibtex", "bib", b"@"),
    ],
)
def test_each_form_is_written_and_known_by_the_ending_of_the_file(
    inflow: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, ending: str, start: bytes
) -> None:
    assert inflow("export", "Belgium", "--format", form) == 0
    named = Path(f"inflow-be-r1.{ending}")
    assert named.read_bytes().startswith(start)
    assert str(named) in capsys.readouterr().out
    assert inflow("export", "belgium", "-o", f"deep/mine.{ending}") == 0
    assert Path(f"deep/mine.{ending}").read_bytes() == named.read_bytes()
    assert not list(tmp_path.glob("**/*.part"))


def test_everything_as_csv_is_every_figure_that_stands(inflow: Run) -> None:
    assert inflow("export", "-o", "all.csv") == 0
    assert len(rows(Path("all.csv").read_bytes())) == sum(
        figure.status is not Status.WITHDRAWN for figure in built_in().figures
    )


def test_everything_as_a_package_is_the_dataset_again(inflow: Run) -> None:
    assert inflow("export", "all", "-o", "all.zip") == 0
    again, shipped = read_package(Path("all.zip")), built_in()
    assert {figure.id for figure in again.figures} == {figure.id for figure in shipped.figures}
    assert {source.id for source in again.sources} == {source.id for source in shipped.sources}


def test_one_place_as_a_package_has_its_own_figures_only(inflow: Run) -> None:
    assert inflow("export", "BE", "-o", "be.zip") == 0
    again = read_package(Path("be.zip"))
    assert {figure.place for figure in again.figures} == {"BE"}
    assert {figure.source for figure in again.figures} <= {source.id for source in again.sources}


def test_standard_output_holds_the_file_and_nothing_else(
    inflow: Run, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert inflow("export", "BE", "--format", "json", "-o", "-") == 0
    document = json.loads(capfdbinary.readouterr().out)
    assert {figure["place"] for figure in document["figures"]} == {"BE"}
    assert {figure["source"] for figure in document["figures"]} <= {source["id"] for source in document["sources"]}


def test_the_figures_of_a_question_are_exported_and_where_they_stand_is_told(
    inflow: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inflow("export", "How many Belgians left for Syria in 2016?", "-o", "asked.csv") == 0
    told = capsys.readouterr().out
    assert "asked.csv: 5 figures, data revision 1\ninflow/claims?figure__in=be-travelled_in_period" in told
    assert "&_answer=" in told
    assert "hln_belga_2019_11_30" in Path("asked.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("congo", "did you mean CG, CD"),
        ("Atlantis", "no one place"),
        ("men from Atlantis", "no one place"),
        ("Liechtenstein", "nothing to export"),
    ],
)
def test_what_cannot_be_exported_is_told(
    inflow: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, told: str
) -> None:
    assert inflow("export", what, "-o", "x.csv") == 2
    assert told in capsys.readouterr().err
    assert not Path("x.csv").exists()


def test_a_folder_in_the_way_is_told_and_left_alone(inflow: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken.csv").mkdir()
    assert inflow("export", "BE", "-o", "taken.csv") == 2
    assert "taken.csv" in capsys.readouterr().err
    assert not list(Path().glob(".*part"))
