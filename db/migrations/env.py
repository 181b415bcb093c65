"""Run by Alembic: on the connection that ``db.store.upgrading`` passes, or, from its command line, on the set one."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection

from db.model import desk_tables  # noqa: F401 (its tables belong to the metadata)
from db.model.tables import belongs_on, metadata_on


def migrate(connection: Connection) -> None:
    """Run the migrations asked for, in the transaction of the connection."""
    dialect = connection.dialect.name
    context.configure(
        connection=connection,
        include_object=lambda item, *_: belongs_on(dialect, item),
        target_metadata=metadata_on(dialect),
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        transactional_ddl=True,  # SQLite too: a half migration is never left behind
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_set_database() -> None:
    """Open the operator's database and migrate it, for the developer's ``alembic`` command."""
    from config.settings import Settings
    from db.store.engine import open_database

    async with open_database(Settings().database_url) as database:
        engine = database.engine.execution_options(inflow_writing=True)
        async with engine.begin() as connection:
            await connection.run_sync(migrate)


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    asyncio.run(migrate_set_database())
