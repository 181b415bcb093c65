"""Commands that change the dataset: each shows old → new first, and writes when told to."""

from __future__ import annotations

import argparse
import asyncio
import sys

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


def add_figure(arguments: argparse.Namespace) -> int:
    """Add a figure."""
    return _make(asked.AddFigure(_cells(arguments.cells)), arguments)


def edit_figure(arguments: argparse.Namespace) -> int:
    """Change cells of a figure."""
    cause = Cause(arguments.cause) if arguments.cause else None
    return _make(asked.EditFigure(arguments.id, _cells(arguments.cells), cause, arguments.version), arguments)


def retract_figure(arguments: argparse.Namespace) -> int:
    """Withdraw a figure."""
    return _make(asked.RetractFigure(arguments.id, arguments.version), arguments)


def dispute_figure(arguments: argparse.Namespace) -> int:
    """Mark a figure as disputed."""
    return _make(asked.DisputeFigure(arguments.id, arguments.version), arguments)


def restore_figure(arguments: argparse.Namespace) -> int:
    """Make a figure current again."""
    return _make(asked.RestoreFigure(arguments.id, arguments.version), arguments)


def add_source(arguments: argparse.Namespace) -> int:
    """Add a source."""
    return _make(asked.AddSource(_cells(arguments.cells)), arguments)


def edit_source(arguments: argparse.Namespace) -> int:
    """Change cells of a source."""
    return _make(asked.EditSource(arguments.key, _cells(arguments.cells), arguments.version), arguments)


def retract_source(arguments: argparse.Namespace) -> int:
    """Withdraw a source."""
    return _make(asked.RetractSource(arguments.key, arguments.with_figures, arguments.version), arguments)


def restore_source(arguments: argparse.Namespace) -> int:
    """Make a source current again."""
    return _make(asked.RestoreSource(arguments.key, arguments.version), arguments)


def pick_headline(arguments: argparse.Namespace) -> int:
    """Pick the figure that opens the answers on its place and measure."""
    return _make(asked.PickHeadline(arguments.id), arguments)


def drop_headline(arguments: argparse.Namespace) -> int:
    """Let the rule choose again."""
    return _make(asked.DropHeadline(arguments.place, arguments.measure, arguments.who), arguments)


def undo(arguments: argparse.Namespace) -> int:
    """Restore what stood before a revision."""
    return _make(asked.Undo(arguments.revision), arguments)


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


def _make(request: asked.Request, arguments: argparse.Namespace) -> int:
    return asyncio.run(_make_it(request, arguments))


async def _make_it(request: asked.Request, arguments: argparse.Namespace) -> int:
    settings = read_settings()
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
