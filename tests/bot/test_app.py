"""What is opened to answer: a database that is made and filled where there is none yet."""

from __future__ import annotations

import pytest

from bot.app import open_asker, open_dataset
from config.settings import Settings


async def test_a_new_file_is_made_and_filled_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('new') / 'inflow.db'}"
    async with open_dataset(Settings(database_url=url)) as (_, dataset):
        assert (await dataset.holdings({"BE"})).figures["BE"]
    async with open_asker(Settings(database_url=url)) as asker:
        assert (await asker.ask("Belgium 2016")).headline is not None
