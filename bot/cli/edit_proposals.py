"""Commands for the second person: what waits, and how it is decided."""

from __future__ import annotations

import argparse

from bot.answers.ask import utc_now
from bot.app import open_dataset
from bot.cli.edit import DECLINED, confirmed
from bot.cli.edit_words import caution_lines, change_lines, clean, preview_lines, recorded_line
from bot.cli.failures import CommandFailed, read_settings
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.desk import proposals
from db.edits.making import Preview


async def pending(arguments: argparse.Namespace) -> int:
    """List the proposals that nobody decided yet."""
    async with open_dataset(read_settings()) as (database, _):
        waiting = await proposals.pending(database)
    if not waiting:
        print("Nothing waits for a second person.")
    for kept in waiting:
        print(f"proposal {kept.id} · {kept.at:%Y-%m-%d %H:%M} UTC · {clean(kept.by)}: {clean(kept.because)}")
        print(f"  {clean(kept.summary)}")
    return 0


async def approve(arguments: argparse.Namespace) -> int:
    """Show what a proposal would do now, and make it."""
    settings = read_settings()
    async with open_dataset(settings) as (database, _):
        names = place_names(Resolver.load())
        seen = await proposals.review(database, arguments.proposal, at=utc_now(), names=names)
        if isinstance(seen, Preview):
            lines = [*preview_lines(seen)]
        elif seen.refused:
            faults = "\n".join(map(str, seen.refused))
            raise CommandFailed(f"The file does not fit the dataset as it stands now:\n{faults}")
        else:
            lines = [*change_lines(seen.changes, len(seen.changes)), *caution_lines(seen.cautions)]
        print("\n".join(lines))
        if not confirmed("Approve and write this?", yes=arguments.yes):
            print("Nothing was written.")
            return DECLINED
        made = await proposals.approve(
            database,
            arguments.proposal,
            by=arguments.by,
            because=arguments.because,
            at=utc_now(),
            second_person=settings.second_person,
            shown=seen,
            names=names,
        )
    print(recorded_line(made))
    return 0


async def reject(arguments: argparse.Namespace) -> int:
    """Decide against a proposal."""
    async with open_dataset(read_settings()) as (database, _):
        kept = await proposals.reject(
            database, arguments.proposal, by=arguments.by, because=arguments.because, at=utc_now()
        )
    print(f"Proposal {kept.id} is {kept.state}.")
    return 0
