"""A member takes figures away: the data of an answer, a place, everything, citations, pictures."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from simcord import InteractionResult, ResponseMessage

from bot.charts.worker import ChartWorker
from bot.chat import files
from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.options import Parts
from db.package.datapackage import read_package
from tests.built_in import built_in
from tests.stories.reading import further, id_of, message_of, text_of


def answer_in(shown: InteractionResult) -> str:
    """The id at the end of an answer."""
    found = re.search(r"\b[a-z2-7]{8}\b(?= ·)", text_of(shown))
    assert found is not None
    return found[0]


async def file_of(shown: InteractionResult) -> tuple[str, bytes]:
    """The one file of a reply."""
    message = message_of(shown)
    assert isinstance(message, ResponseMessage)
    (file,) = message.attachments
    return file.filename, await file.read()


async def test_the_data_of_an_answer_are_its_claims(stage: Stage) -> None:
    shown = await stage.member.slash(
        stage.questions, "figure", place="BE", measure="travelled_in_period", period="2016"
    )
    taken = await stage.member.click(await further(stage.member, shown), label="Data")
    name, content = await file_of(taken)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert taken.ephemeral
    assert name.endswith("-r1.csv")
    assert {"4", "0"} <= {row["low"] for row in rows}
    assert {row["place"] for row in rows} == {"BE"}


@pytest.mark.parametrize(
    ("form", "name", "start"),
    [
        ("csv", "inflow-be-r1.csv", b"\xef\xbb\xbfid,place"),
        ("json", "inflow-be-r1.json", b"{"),
        ("sdmx", "inflow-be-r1.sdmx.csv", b"STRUCTURE,STRUCTURE_ID,ACTION"),
        ("bibtex", "inflow-be-r1.bib", b"@"),
    ],
)
async def test_a_place_is_exported_in_each_form(stage: Stage, form: str, name: str, start: bytes) -> None:
    shown = await stage.member.slash(stage.questions, "export", what="BE", form=form)
    found, content = await file_of(shown)
    assert found == name
    assert content.startswith(start)


async def test_the_whole_dataset_comes_as_a_package_that_is_read_again(stage: Stage, tmp_path: Path) -> None:
    shown = await stage.member.slash(stage.questions, "export", what="all", form="package")
    _, content = await file_of(shown)
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    assert zipfile.is_zipfile(path)
    assert len(read_package(path).figures) == len(built_in().figures)


async def test_a_file_beyond_discords_limit_is_refused_with_the_other_way(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.attach, "__kwdefaults__", {"limit": 1000})
    shown = await stage.member.slash(stage.questions, "export", what="all", form="csv")
    assert "inflow export all" in text_of(shown)


@pytest.mark.parametrize(
    ("what", "style", "expected"),
    [
        ("dataset", "apa", "data revision 1"),
        ("intelnews_2016_09", "short", "intelNews, 12 September 2016"),
        ("intelnews_2016_09", "bibtex", "@"),
        ("intelnews_2016_09", "ris", "TY  -"),
    ],
)
async def test_citations_come_to_the_asker_alone(stage: Stage, what: str, style: str, expected: str) -> None:
    shown = await stage.member.slash(stage.questions, "cite", what=what, style=style)
    assert shown.ephemeral
    assert expected in text_of(shown)


async def test_what_was_last_shown_is_offered_first_for_citing(stage: Stage) -> None:
    async def offered(typed: str) -> list[str]:
        found = await stage.member.autocomplete(stage.questions, "cite", "what", typed)
        return [str(one["value"]) for one in found]

    before = await offered("")
    shown = await stage.member.slash(
        stage.questions, "figure", place="BE", measure="travelled_in_period", period="2016"
    )
    after = await offered("")
    assert [before[0], *after[:3]] == ["dataset", answer_in(shown), "dataset", "hln_belga_2019_11_30"]
    assert "intelnews_2016_09" in after[3:6]
    assert not set(before[1:4]) & set(after[2:5])
    assert await offered("intelnews flow") == ["intelnews_2016_09"]
    cited = await stage.member.slash(stage.questions, "cite", what=after[0])  # though nothing is written down yet
    assert f"answer {answer_in(shown)}" in text_of(cited)


async def test_a_file_of_an_answer_says_where_its_figures_stand(stage: Stage) -> None:
    shown = await stage.member.slash(
        stage.questions, "figure", place="BE", measure="travelled_in_period", period="2016"
    )
    told = text_of(await stage.member.slash(stage.questions, "export", what=answer_in(shown)))
    assert "5 figures, data revision 1." in told
    assert f"`inflow browse {answer_in(shown)}`" in told
    taken = await stage.member.slash(stage.questions, "export", what=answer_in(shown), form="json")
    view = json.loads((await file_of(taken))[1])["view"]
    assert view.startswith("inflow/claims?figure__in=be-travelled_in_period-hln_belga_2019_11_30-4")
    assert f"_answer={answer_in(shown)}&_revision=1&_query=" in view


async def test_without_the_renderer_charts_say_what_to_do(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "chart", place="TN")
    assert "not installed" in text_of(shown)


@pytest_asyncio.fixture
async def drawing(stage: Stage, parts: Parts) -> AsyncIterator[Stage]:
    """The stage with a chart worker."""
    async with ChartWorker() as charts:
        fitted = Parts(parts.asker, parts.dataset, parts.database, parts.resolver, charts, parts.clock)
        await stage.env.restart_bot(build_client(fitted, stage.options))
        yield stage


async def test_a_chart_is_a_picture_with_its_numbers_as_text(drawing: Stage) -> None:
    shown = await drawing.member.slash(drawing.questions, "chart", place="TN")
    name, content = await file_of(shown)
    assert (name, content[:4]) == ("chart.png", b"\x89PNG")
    message = message_of(shown)
    [gallery] = message.components[0]["components"]  # type: ignore[index]
    assert gallery["type"] == 12, "the picture says its title itself"
    assert "Tunisia" in gallery["items"][0]["description"]
    await drawing.member.click(message, custom_id=id_of(shown, "❌"))
    assert shown.response is None


async def test_the_map_of_a_region_is_drawn(drawing: Stage) -> None:
    shown = await drawing.member.slash(drawing.questions, "map", region="R:western_europe")
    _, content = await file_of(shown)
    assert content[:4] == b"\x89PNG"
