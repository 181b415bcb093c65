"""The command that imports a file: a trial by default, with every fault and its line."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from bot.answers.ask import utc_now
from bot.app import open_dataset
from bot.citations.references import BrokenReferences, table_of_references
from bot.cli.edit_words import LISTED, caution_lines, change_lines, clean, reading_lines, recorded_line
from bot.cli.failures import CommandFailed, read_settings
from bot.places.entering import place_names
from bot.places.resolve import Resolver
from db.desk import proposals
from db.edits.change import Cause
from db.imports.faults import grouped
from db.imports.importing import MOST_BYTES, ImportFile, Plan, Wishes, apply_import, plan_import
from db.imports.mappings import READ_AGAIN, keep_mapping, kept_mapping
from db.imports.opening import sketch_file

REFUSED = 1


async def load(arguments: argparse.Namespace) -> int:
    """Check a file against the dataset, and write it with ``--apply``; exit code 1 when it is refused."""
    if arguments.apply and not (arguments.by and arguments.because):
        raise CommandFailed("An import says who and why: add --by and --because.")
    path = Path(arguments.file)
    data, wishes = _referenced(_read(path), _wishes(arguments))
    file = ImportFile(data, path.name, Cause(arguments.cause) if arguments.cause else None, wishes)
    settings = read_settings()
    by, because = arguments.by, arguments.because
    names = place_names(Resolver.load())
    async with open_dataset(settings) as (database, _):
        first = sketch_file(file, names).first
        if wishes == Wishes(fixed=wishes.fixed) and (known := await kept_mapping(database, first)):
            wishes = replace(known, fixed=wishes.fixed)
            file = replace(file, wishes=wishes)
            print(f"Read: {READ_AGAIN}")
        progress = _progress if sys.stderr.isatty() else None
        plan = await plan_import(database, file, at=utc_now(), names=names, progress=progress)
        _tell(plan, everything=arguments.all)
        if plan.refused:
            _write_corrected(plan, arguments.corrected)
            return REFUSED
        if wishes != Wishes(fixed=wishes.fixed, skip_held=wishes.skip_held):
            await keep_mapping(database, first, wishes, at=utc_now())
        if not plan.changes:
            return 0
        if not arguments.apply:
            print("Nothing was written: this was a trial. To write it, add --apply --by … --because …")
            return 0
        if settings.second_person:
            kept = await proposals.submit_import(database, file, by=by, because=because, at=utc_now(), names=names)
            print(f"Proposal {kept.id} waits for a second person: inflow approve {kept.id} --by …")
            return 0
        made = await apply_import(database, plan, by=by, because=because, at=utc_now())
    print(recorded_line(made))
    return 0


def _wishes(arguments: argparse.Namespace) -> Wishes:
    """How the file is to be read, by the options."""
    return Wishes(
        _pairs("--map", arguments.map),
        _pairs("--set", arguments.set),
        _pairs("--place", arguments.place),
        arguments.sheet,
        arguments.header,
    )


def _pairs(option: str, words: list[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        name, sign, meaning = word.partition("=") if option == "--set" else word.rpartition("=")
        if not sign or not name.strip():
            raise CommandFailed(f"{option} {word!r} says nothing: write {option} NAME=MEANING (and quote blanks).")
        pairs[name.strip()] = meaning.strip()
    return pairs


def _referenced(data: bytes, wishes: Wishes) -> tuple[bytes, Wishes]:
    """A reference file as the table that it means; documents that are held are passed over."""
    try:
        table = table_of_references(data)
    except BrokenReferences as problem:
        raise CommandFailed(
            f"This reference file is broken: {problem}. Export it again from where it comes."
        ) from problem
    return (data, wishes) if table is None else (table, replace(wishes, skip_held=True))


def _write_corrected(plan: Plan, path: str | None) -> None:
    if path and plan.corrected:
        Path(path).write_bytes(plan.corrected)
        print(f"Written to {path}: each row as it was read, with what is wrong beside it.")


def _progress(rows: int, of: int) -> None:
    told = f"{rows:,} of about {of:,} rows read" if of else f"{rows:,} rows read"
    print(f"\r{told} (Ctrl-C stops; nothing is written)", end="", file=sys.stderr, flush=True)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise CommandFailed(f"{path}: has more than {MOST_BYTES:,} bytes. Split it into several files.")
    return path.read_bytes()


def _tell(plan: Plan, *, everything: bool) -> None:
    for remark in plan.remarks:
        print(f"Read: {clean(remark)}")
    for group in grouped(plan.refused):
        print(clean(str(group)))
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
