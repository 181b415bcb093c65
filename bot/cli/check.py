"""A check of everything that the bot stands on, each line saying what is wrong and what to do."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable

from bot.app import open_dataset
from bot.cli.failures import CommandFailed, explain, read_settings
from config.settings import Settings

Check = Callable[[], Awaitable[str]]


def check(arguments: argparse.Namespace) -> int:
    """Check settings, data package, database and parts; exit code 1 when something needs mending."""
    return asyncio.run(_check_all())


async def _check_all() -> int:
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
        checks.append(("database", lambda: _check_database(known)))
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
    from db.package import read_package

    package = await asyncio.to_thread(read_package)
    places = len({figure.place for figure in package.figures})
    return f"{len(package.figures)} figures of {places} places from {len(package.sources)} sources, every row valid"


async def _check_database(settings: Settings) -> str:
    from db.engine import find_damage
    from db.upgrading import current_version

    async with open_dataset(settings) as (database, dataset):
        damage = await find_damage(database)
        if damage:
            raise CommandFailed(
                f"{database.place} is damaged: {damage[0]}. "
                "Restore a backup with `inflow restore`, or move the file away."
            )
        version = await current_version(database)
        return f"{database.place}, schema {version}, data revision {await dataset.revision()}"


async def _check_charts() -> str:
    from bot.charts.errors import ChartsNotInstalled
    from bot.charts.worker import ChartWorker

    try:
        async with ChartWorker():
            return "the renderer starts"
    except ChartsNotInstalled as error:
        return f"not installed, answers come without pictures ({error.advice})"
