"""What is opened to answer: a database that is made and filled where there is none yet."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from bot.app import open_asker, open_dataset, open_parts
from config.settings import Settings
from tests.twin.snapshot import put_snapshot


async def test_a_new_file_is_made_and_filled_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('new') / 'inflow.db'}"
    async with open_dataset(Settings(database_url=url)) as (_, dataset):
        assert (await dataset.holdings({"BE"})).figures["BE"]
    async with open_asker(Settings(database_url=url)) as asker:
        assert (await asker.ask("Belgium 2016")).headline is not None


@pytest.mark.parametrize(
    "given", [{}, {"reader_url": "http://127.0.0.1:9/v1", "reader_model": "small"}], ids=["none", "one"]
)
async def test_a_second_reader_is_opened_where_its_server_is_named(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any]
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)  # no process that draws
    path = tmp_path_factory.mktemp("second") / "inflow.db"
    await put_snapshot(path)
    async with open_parts(Settings(database_url=f"sqlite:///{path}", **given)) as parts:
        assert parts.asker.has_second_reader is bool(given)
