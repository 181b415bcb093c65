"""Migrations and tables say the same, and every step can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from db.model import desk_tables  # noqa: F401 (its tables belong to the metadata)
from db.model.tables import Table, belongs_on, metadata_on
from db.store.engine import Database, find_damage
from db.store.figures import FigureStore
from db.store.upgrading import current_version, downgrade, upgrade
from db.store.versions import MIGRATIONS, known_versions


def differences(connection: Connection) -> list[Any]:
    """What Alembic would still have to do."""
    dialect = connection.dialect.name

    def is_meant(item: object, *_: object) -> bool:
        return belongs_on(dialect, item)

    options = {"compare_type": True, "compare_server_default": True, "include_object": is_meant}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata_on(dialect)))


def checks(connection: Connection) -> set[str]:
    """The names of the check constraints that a database has; Alembic does not compare those."""
    reader = inspect(connection)
    return {str(check["name"]) for table in reader.get_table_names() for check in reader.get_check_constraints(table)}


async def test_upgrading_from_empty_gives_the_tables(database: Database) -> None:
    expected = {
        str(constraint.name)
        for table in Table.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(checks) == expected


async def test_every_step_can_be_taken_back_and_again(database: Database) -> None:
    for version in [*reversed(known_versions()[:-1]), "base"]:
        await downgrade(database, version)
    async with database.reading() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == ["alembic_version"]
    for version in known_versions():
        await upgrade(database, version)
        assert await current_version(database) == version
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.parametrize("version", known_versions()[:-1])
async def test_what_an_older_version_held_is_held_after_the_upgrade(filled_database: Database, version: str) -> None:
    await downgrade(filled_database, version)
    older = await contents(filled_database)
    assert len(older["figure_version"]) > 500
    await upgrade(filled_database)
    newer = await contents(filled_database)
    for table, rows in older.items():  # a table that is dropped held nothing
        assert [{name: row[name] for name in rows[0]} for row in newer.get(table, ()) if rows] == rows, table
    async with filled_database.reading() as connection:
        assert await connection.run_sync(differences) == []
    assert await find_damage(filled_database) == ()
    assert (await FigureStore(filled_database).holdings({"BE"})).figures["BE"]


async def contents(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, apart from the mark of the version."""
    async with database.reading() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        found = {}
        for name in sorted(set(names) - {"alembic_version"}):
            rows = await connection.execute(text(f'SELECT * FROM "{name}"'))
            found[name] = sorted((dict(row._mapping) for row in rows), key=lambda row: str(list(row.values())[:2]))
        return found


def test_every_constraint_and_index_has_a_name() -> None:
    nameless = [
        (table.name, constraint)
        for table in Table.metadata.tables.values()
        for constraint in [*table.constraints, *table.indexes]
        if not getattr(constraint, "name", None)
    ]
    assert nameless == []


def test_file_names_say_the_order_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == known_versions()
    assert script.get_heads() == [known_versions()[-1]]
