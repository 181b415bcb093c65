"""What is opened to answer: nothing but the file where that is enough, the database where it is not."""

from __future__ import annotations

import pytest

from bot.app import open_lightly
from config.settings import Settings
from db.dataset import Dataset
from db.engine import Database
from db.light import LightDataset


async def test_a_prepared_file_is_read_without_opening_the_database(filled_database: Database) -> None:
    if filled_database.file is None:
        pytest.skip("PostgreSQL is always opened")
    async with open_lightly(Settings(database_url=filled_database.url)) as (database, dataset):
        assert isinstance(dataset, LightDataset)
        assert (await dataset.holdings({"BE"})).figures["BE"]
        assert not database.is_open


async def test_a_large_dataset_is_opened_at_once(filled_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.quick.LARGE", 100)
    async with open_lightly(Settings(database_url=filled_database.url)) as (database, dataset):
        assert isinstance(dataset, Dataset)
        assert database.is_open


async def test_a_new_file_is_made_and_filled_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('new') / 'inflow.db'}"
    async with open_lightly(Settings(database_url=url)) as (_, dataset):
        assert (await dataset.holdings({"BE"})).figures["BE"]
