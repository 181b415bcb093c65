"""How a file was read is remembered by its first row, within bounds, in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from db.imports import mappings
from db.imports.importing import Wishes
from db.imports.mappings import keep_mapping, kept_mapping
from db.model.desk_tables import MAPPING
from db.store.engine import Database

WISHES = Wishes({"Herkunft": "place"}, {"source": "tsg_2015"}, {"Gesamt": ""}, "Data", 3)


async def test_the_last_reading_of_a_first_row_comes_back_without_what_held_for_all_rows(
    database: Database, now: datetime
) -> None:
    assert await kept_mapping(database, ["Herkunft", "Zahl"]) is None
    for wishes in (Wishes({"B": "value"}), WISHES):
        await keep_mapping(database, ["Herkunft", "Zahl"], wishes, at=now)
    assert await kept_mapping(database, ["Herkunft", "Zahl"]) == Wishes(WISHES.columns, {}, WISHES.names, "Data", 3)
    assert await kept_mapping(database, ["Herkunft,Zahl"]) is None


async def test_the_readings_used_longest_ago_are_forgotten(database: Database, now: datetime) -> None:
    most = mappings.MOST_KEPT
    for number in range(most + 2):
        await keep_mapping(database, [str(number)], WISHES, at=now + timedelta(seconds=number))
    async with database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(MAPPING)) == most
    assert [await kept_mapping(database, [str(number)]) is None for number in range(3)] == [True, True, False]
