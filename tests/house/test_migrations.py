"""Migrations and tables say the same, and every step can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect

from db import desk_tables  # noqa: F401 (its tables belong to the metadata)
from db.engine import Database
from db.tables import Table
from db.upgrading import current_version, downgrade, upgrade
from db.versions import MIGRATIONS, known_versions


def differences(connection: Connection) -> list[Any]:
    """What Alembic would still have to do."""
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Table.metadata))


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


async def test_data_survives_one_step_back_and_again(filled_database: Database) -> None:
    if len(known_versions()) < 2:
        pytest.skip("the first migration makes the tables: a step back is to nothing")
    await downgrade(filled_database, known_versions()[-2])
    await upgrade(filled_database)
    async with filled_database.reading() as connection:
        assert await connection.run_sync(differences) == []


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
