"""The command that imports a file: a trial by default, with every fault and its line."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.app import open_dataset, utc_now
from bot.cli.edit_words import LISTED, caution_lines, change_lines, clean, reading_lines, recorded_line
from bot.cli.failures import CommandFailed, read_settings
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db import proposals
from db.edits.change import Cause
from db.importing import MOST_BYTES, Plan, apply_import, plan_import

REFUSED = 1


def load(arguments: argparse.Namespace) -> int:
    """Check a file against the dataset, and write it with ``--apply``; exit code 1 when it is refused."""
    if arguments.apply and not (arguments.by and arguments.because):
        raise CommandFailed("An import says who and why: add --by and --because.")
    return asyncio.run(_load(arguments))


async def _load(arguments: argparse.Namespace) -> int:
    path = Path(arguments.file)
    data = _read(path)
    cause = Cause(arguments.cause) if arguments.cause else None
    settings = read_settings()
    by, because = arguments.by, arguments.because
    async with open_dataset(settings) as (database, _):
        names = place_names(Resolver.load())
        plan = await plan_import(database, data, path.name, at=utc_now(), cause=cause, names=names)
        _tell(plan, everything=arguments.all)
        if plan.refused:
            return REFUSED
        if not plan.changes:
            return 0
        if not arguments.apply:
            print("Nothing was written: this was a trial. To write it, add --apply --by … --because …")
            return 0
        if settings.second_person:
            kept = await proposals.submit_import(
                database, data, path.name, by=by, because=because, at=utc_now(), cause=cause, names=names
            )
            print(f"Proposal {kept.id} waits for a second person: inflow approve {kept.id} --by …")
            return 0
        made = await apply_import(database, plan, by=by, because=because, at=utc_now())
    print(recorded_line(made))
    return 0


def _read(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise CommandFailed(f"{path}: has more than {MOST_BYTES:,} bytes. Split it into several files.")
    return path.read_bytes()


def _tell(plan: Plan, *, everything: bool) -> None:
    for fault in plan.refused:
        print(clean(str(fault)))
    if plan.ignored:
        print(f"Not imported: {', '.join(map(clean, plan.ignored))}")
    if plan.refused:
        faults = "1 fault" if len(plan.refused) == 1 else f"{len(plan.refused):,} faults"
        print(f"{clean(plan.name)}: {faults}; nothing was written.")
        return
    for line in reading_lines(plan.readings[:LISTED]):
        print(line)
    for line in change_lines(plan.changes, len(plan.changes), listed=None if everything else LISTED):
        print(line)
    for line in caution_lines(plan.cautions):
        print(line)
    counts = f"{len(plan.added)} added, {len(plan.changed)} changed, {plan.unchanged} unchanged"
    print(f"{clean(plan.name)} on revision {plan.revision}: {plan.rows} rows, {counts}")
