"""A check of everything that the bot stands on, each line saying what is wrong and what to do."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.app import open_dataset
from bot.cli.failures import CommandFailed, explain, read_settings
from config.settings import Settings

if TYPE_CHECKING:
    from db.store.engine import Database

MOST_DOUBTS = 50
Check = Callable[[], Awaitable[str]]


async def check(arguments: argparse.Namespace) -> int:
    """Check settings, data package, database and parts, writing nothing; exit code 1 when something needs mending.

    With ``--apply`` the database is prepared as a start prepares it.
    """
    faults = 0
    settings: Settings | None = None
    try:
        settings = read_settings()
        print(f"settings    ok: {_settings_in_words(settings)}")
    except CommandFailed as error:
        faults += 1
        print(f"settings    {error}")
    checks: list[tuple[str, Check]] = [("data", _check_package)]
    if settings is not None:
        known = settings
        checks.append(("database", lambda: _prepared(known) if arguments.apply else _as_it_stands(known)))
    checks.append(("charts", _check_charts))
    for name, run in checks:
        try:
            print(f"{name:<11} ok: {await run()}")
        except Exception as error:
            words = explain(error)
            if words is None:
                raise
            faults += 1
            print(f"{name:<11} {words}")
    print("Everything is in order." if not faults else f"{faults} of these need mending.")
    return 1 if faults else 0


def _settings_in_words(settings: Settings) -> str:
    token = "a Discord token is set" if settings.read_token() else "no Discord token (only `inflow run` needs one)"
    may_edit = settings.home_server is not None and bool(settings.moderator_roles)
    editing = "moderators may edit" if may_edit else "nobody may edit (no home server or no moderator roles)"
    posting = "updates are announced" if settings.announcement_channel else "updates are not announced"
    return f"{token}; {editing}; {posting}"


async def _check_package() -> str:
    from db.package.datapackage import read_package

    package = await asyncio.to_thread(read_package)
    places = len({figure.place for figure in package.figures})
    told = f"{len(package.figures)} figures of {places} places from {len(package.sources)} sources, every row valid"
    doubts = await asyncio.to_thread(package.doubts)
    lines = [f"{doubt.id}: {doubt.wrong}; {doubt.advice} ({doubt.kind})" for doubt in doubts[:MOST_DOUBTS]]
    return "\n            ".join([f"{told}, {len(doubts) or 'none'} to be looked at twice", *lines])


async def _as_it_stands(settings: Settings) -> str:
    """The database, only read: what it is, and what a start would do to it."""
    from db.package.preparing import due_at_start
    from db.store.addresses import file_of
    from db.store.engine import open_database
    from db.store.opening import look

    path = file_of(settings.database_url)
    if path is not None and look(path) is None:
        return f"there is none at {path}; a start would make it and load the built-in package"
    async with open_database(settings.database_url) as database:
        due = await due_at_start(database)
        return await _in_words(database) + (f". A start would {due} (`inflow check --apply` does)" if due else "")


async def _prepared(settings: Settings) -> str:
    """The database, prepared as by a start."""
    async with open_dataset(settings) as (database, _):
        return await _in_words(database)


async def _in_words(database: Database) -> str:
    from db.package.preparing import standing
    from db.store.engine import find_damage

    damage = await find_damage(database)
    if damage:
        raise CommandFailed(
            f"{database.place} is damaged: {damage[0]}. Restore a backup with `inflow restore`, or move the file away."
        )
    version, revision = await standing(database)
    return f"{database.place}, schema {version or 'none yet'}, data revision {revision}"


async def _check_charts() -> str:
    from bot.charts.errors import ChartsNotInstalled
    from bot.charts.worker import ChartWorker

    try:
        async with ChartWorker():
            return "the renderer starts"
    except ChartsNotInstalled as error:
        return f"not installed, answers come without pictures ({error.advice})"
