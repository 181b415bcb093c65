"""Figures as a file: of a place, of an earlier answer, or all of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bot.app import open_dataset
from bot.citations.export import ENDINGS, export_file, file_name
from bot.cli.failures import CommandFailed, read_settings
from db.desk.answer_log import given_before
from db.model.records import Figure, Holdings
from db.package.exporting import all_figures
from db.store.engine import Database
from db.store.figures import FigureStore
from db.store.whole_files import whole_file

if TYPE_CHECKING:
    from bot.answers.answer import Answer

ALL = "all"
STANDARD_OUTPUT = "-"


class Taken(NamedTuple):
    """What was asked for: its name in file names, the figures, and the data that they belong to."""

    name: str
    figures: Sequence[Figure]
    holdings: Holdings
    again: Mapping[str, str] = MappingProxyType({})
    """What brings an answer back."""


async def export(arguments: argparse.Namespace) -> int:
    """Write figures into a file, or to standard output for ``-o -``."""
    form = arguments.format or _form_of(arguments.output)
    taken, content = await _export(arguments.what, form)
    if arguments.output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        return 0
    path = Path(arguments.output or file_name(taken.name, form, taken.holdings.revision))
    with whole_file(path) as made:
        made.write_bytes(content)
    view = taken.again.get("view", "")
    print(
        f"{path}: {len(taken.figures)} figures, data revision {taken.holdings.revision}" + (f"\n{view}" if view else "")
    )
    return 0


def _form_of(output: str | None) -> str:
    """The form that the name of a file asks for; CSV when it asks for none."""
    name = (output or "").casefold()
    longest_first = sorted(ENDINGS.items(), key=lambda pair: -len(pair[1]))
    return next((form for form, ending in longest_first if name.endswith(f".{ending}")), "csv")


async def _export(what: str, form: str) -> tuple[Taken, bytes]:
    async with open_dataset(read_settings()) as (database, dataset):
        everything = what.strip().casefold() == ALL
        taken = await (_all(dataset) if everything else _some(what.strip(), database, dataset))
        figures, content = await export_file(
            database, form, taken.holdings, taken.figures, everything=everything, again=taken.again
        )
    if not figures:
        raise CommandFailed(f"There are no figures on {what!r}, so there is nothing to export.")
    return taken._replace(figures=figures), content


async def _all(dataset: FigureStore) -> Taken:
    holdings = await dataset.holdings()
    return Taken(ALL, all_figures(holdings), holdings)


async def _some(what: str, database: Database, dataset: FigureStore) -> Taken:
    from bot.answers.ask import Asker
    from bot.places.outcomes import Found, Unknown
    from bot.places.resolve import Resolver
    from bot.questions.canonical import from_canonical
    from bot.questions.reader import Reader

    asker, given = Asker(dataset, Reader.load()), await given_before(database, what)
    if given is not None:
        return await _of_answer(await asker.at(from_canonical(given.canonical), given.revision), dataset)
    outcome = Resolver.load().resolve(what)
    if isinstance(outcome, Found):
        holdings = await dataset.holdings({outcome.place})
        return Taken(outcome.place, list(holdings.of(outcome.place)), holdings)
    answer = await asker.ask(what) if " " in what else None
    if answer is not None and answer.claims:
        return await _of_answer(answer, dataset)
    near = outcome.nearest if isinstance(outcome, Unknown) else outcome.candidates
    advice = (
        f"; did you mean {', '.join(near[:5])}?"
        if near
        else ", nor a question that has figures, nor the id of an answer that was kept."
    )
    raise CommandFailed(f"{what!r} is no one place that is known{advice}")


async def _of_answer(answer: Answer, dataset: FigureStore) -> Taken:
    """The figures that an answer shows, as they stood when it was given."""
    from bot.render.links import reopened

    figures = [claim.figure for claim in answer.claims]
    holdings = await dataset.holdings({figure.place for figure in figures}, revision=answer.revision)
    return Taken(answer.id, figures, holdings, reopened(answer)._asdict())
