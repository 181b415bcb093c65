"""Commands that change the dataset: each shows old → new first, and writes when told to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from bot.answers.ask import utc_now
from bot.app import open_dataset
from bot.cli.edit_words import preview_lines, recorded_line
from bot.cli.failures import CommandFailed, read_settings
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.desk import proposals
from db.edits import editing
from db.edits import requests as asked
from db.edits.change import Cause

DECLINED = 1


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether to write; nobody is asked where nobody can answer."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise CommandFailed("Nothing was written: repeat the command with --yes to write it.")
    try:
        return input(f"{question} [y/N] ").strip().casefold() in ("y", "yes")
    except EOFError:  # Ctrl-D is a no
        return False


async def make(arguments: argparse.Namespace) -> int:
    """Show what the request of a command would do, and write it when told to."""
    settings, request = read_settings(), REQUESTS[arguments.request](arguments)
    by, because = arguments.by, arguments.because
    async with open_dataset(settings) as (database, _):
        names = place_names(Resolver.load())
        seen = await editing.preview(database, request, by=by, because=because, at=utc_now(), names=names)
        for line in preview_lines(seen):
            print(line)
        if arguments.dry_run:
            print(f"Nothing was written: this was a trial on revision {seen.revision}.")
            return 0
        question = "Propose this to a second person?" if settings.second_person else "Write this?"
        if not confirmed(question, yes=arguments.yes):
            print("Nothing was written.")
            return DECLINED
        if settings.second_person:
            kept = await proposals.submit(database, seen.request, by=by, because=because, at=utc_now())
            print(f"Proposal {kept.id} waits for a second person: inflow approve {kept.id} --by …")
            return 0
        made = await editing.make(database, seen.request, by=by, because=because, at=utc_now(), shown=seen)
    print(recorded_line(made))
    return 0


def _cells(words: list[str]) -> dict[str, str]:
    """The cells that ``COLUMN=VALUE`` words name."""
    cells: dict[str, str] = {}
    for word in words:
        column, sign, value = word.partition("=")
        column = column.strip().lower()
        if not sign or not column:
            raise CommandFailed(f"{word!r} is no cell: write COLUMN=VALUE, such as low=470 (and quote blanks).")
        if column in cells:
            raise CommandFailed(f"{column!r} is given twice: keep one of them.")
        cells[column] = value
    return cells


REQUESTS: dict[str, Callable[[argparse.Namespace], asked.Request]] = {
    "add_figure": lambda given: asked.AddFigure(_cells(given.cells)),
    "edit_figure": lambda given: asked.EditFigure(
        given.id, _cells(given.cells), Cause(given.cause) if given.cause else None, given.version
    ),
    "retract_figure": lambda given: asked.RetractFigure(given.id, given.version),
    "dispute_figure": lambda given: asked.DisputeFigure(given.id, given.version),
    "restore_figure": lambda given: asked.RestoreFigure(given.id, given.version),
    "add_source": lambda given: asked.AddSource(_cells(given.cells)),
    "edit_source": lambda given: asked.EditSource(given.key, _cells(given.cells), given.version),
    "retract_source": lambda given: asked.RetractSource(given.key, given.with_figures, given.version),
    "restore_source": lambda given: asked.RestoreSource(given.key, given.version),
    "pick_headline": lambda given: asked.PickHeadline(given.id),
    "drop_headline": lambda given: asked.DropHeadline(given.place, given.measure, given.who),
    "undo": lambda given: asked.Undo(given.revision),
}
"""The request that each command makes of its arguments."""
