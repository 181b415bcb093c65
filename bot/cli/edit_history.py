"""Commands that tell how the dataset changed: by whom and why, or what differs since."""

from __future__ import annotations

import argparse
from datetime import date

from bot.app import open_dataset
from bot.cli.edit_words import change_lines, clean, revision_line
from bot.cli.failures import CommandFailed, read_settings
from db.edits import history as past
from db.edits.summary import summarise
from db.package.changelog import changelog


async def history(arguments: argparse.Namespace) -> int:
    """Tell who changed what, when and why, newest first."""
    async with open_dataset(read_settings()) as (database, _):
        if arguments.markdown:
            print(await changelog(database), end="")
            return 0
        entries = await past.history(
            database,
            place=arguments.place,
            figure=arguments.figure,
            source=arguments.source,
            by=arguments.by,
            since=_since(arguments.since) if arguments.since else None,
            before=arguments.before,
            limit=max(arguments.limit, 1),
        )
    if not entries:
        print("No change fits.")
    for entry in entries:
        _tell(entry)
    if len(entries) == max(arguments.limit, 1) and entries[-1].revision.id > 1:
        print(f"Older ones: --before {entries[-1].revision.id}")
    return 0


def _tell(entry: past.Entry) -> None:
    revision = entry.revision
    marks = [
        f"undoes revision {revision.undoes}" if revision.undoes else "",
        f"undone by revision {entry.undone_by}" if entry.undone_by else "",
        f"approved by {clean(entry.approved_by)}" if entry.approved_by else "",
    ]
    print(" · ".join([revision_line(revision), *filter(None, marks)]))
    print(f"  {clean(revision.because)}")
    for change in entry.changes:
        print(f"  - {clean(summarise((change,)))}")
    if entry.total > len(entry.changes):
        print(f"  - … {entry.total} changes in all")


async def changes(arguments: argparse.Namespace) -> int:
    """Tell what differs now from a day or a revision."""
    async with open_dataset(read_settings()) as (database, _):
        changed = await past.changes_since(
            database, _since(arguments.since), until=arguments.until, place=arguments.place
        )
    print(f"From revision {changed.since} to revision {changed.until}: {changed.total} changes")
    for line in change_lines(changed.changes, changed.total, listed=None):
        print(line)
    return 0


def _since(text: str) -> date | int:
    """A day or the number of a revision.

    >>> _since("12"), _since("2016-09-12")
    (12, datetime.date(2016, 9, 12))
    """
    try:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else date.fromisoformat(text)
    except ValueError as problem:
        raise CommandFailed(f"{text!r} is no day (YYYY-MM-DD) and no number of a revision.") from problem
