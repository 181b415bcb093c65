"""Commands that show where an answer comes from: earlier answers, citations, charts."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from pathlib import Path

from bot.answers.answer import Answer
from bot.answers.ask import utc_now
from bot.answers.changes import Changes
from bot.app import open_asker, open_dataset
from bot.cli.failures import CommandFailed, read_settings
from bot.questions.query import Query
from bot.render.spoken import spoken_in

NOT_KEPT = (
    "No answer with the id {id} was kept here. Answers in the terminal are not kept, but their ids are made from the "
    'question and the data: add the question, as in `inflow answer {id} "How many Belgians left in 2016?"`.'
)


async def cite(arguments: argparse.Namespace) -> int:
    """Print one source, a kept answer, or the dataset at its present revision, in a citation style."""
    print(await _citation(arguments.source, arguments.style))
    return 0


async def _citation(key: str, style: str) -> str:
    from bot.answers.ask import Asker
    from bot.citations import cite as citing
    from bot.questions.canonical import from_canonical
    from bot.questions.reader import Reader
    from db.desk.answer_log import given_before

    async with open_dataset(read_settings()) as (database, dataset):
        if key == "dataset":
            revision = await dataset.revision()
            [recorded] = await dataset.revisions_by_id({revision})
            return citing.cite_dataset(revision, recorded.at.date(), style)
        source = await dataset.source(key)
        if source is not None:
            return citing.cite(source, style)
        given = await given_before(database, key)
        if given is None:
            raise CommandFailed(
                f'There is no source {key!r}. `inflow ask "sources for Belgium"` shows the keys in use.'
            )
        answer = await Asker(dataset, Reader.load()).at(from_canonical(given.canonical), given.revision)
        return citing.cite_answer(answer, style)


def _to_map(query: Query | None) -> Query | None:
    """The question whose answer has every country of the region asked about; None when there is no one region.

    A map of the first five would show all others as if they were not in the dataset.
    """
    from bot.charts.specs import map_query

    if query is None or len(query.places) > 1:
        return None
    region = query.places[0] if query.places else "R:world"
    if not region.startswith("R:"):
        return None
    asked = map_query(region, query.measure or "travelled", per_million=query.per_million, who=query.who)
    return replace(asked, period=query.period, destination=query.destination, known_on=query.known_on)


async def chart(arguments: argparse.Namespace) -> int:
    """Draw the answer to a question into a file; exit code 1 when there is nothing to draw."""
    from bot.charts.errors import ChartError
    from bot.charts.files import write_chart
    from bot.charts.specs import chart_for, map_for
    from bot.render.caption import caption

    async with open_asker(read_settings()) as asker:
        answer = await asker.ask(" ".join(arguments.question))
        locale = arguments.locale or spoken_in(answer.question)
        mapped = _to_map(answer.reading.query) if arguments.map else None
        if mapped is not None:
            answer = await asker.answer(mapped)
    make = map_for if arguments.map else chart_for
    picture = make(answer, locale=locale, theme=arguments.theme, title=caption(answer, locale))
    if picture is None:
        print("There is nothing to draw in this answer:")
        from bot.render.terminal import to_text

        print(to_text(answer, width=100, locale=locale, links=True))
        return 1
    path = Path(arguments.output)
    try:
        await write_chart(picture, path)
    except ChartError as error:
        raise CommandFailed(str(error)) from error
    print(f"{path}: {picture.alt}")
    return 0


def answer(arguments: argparse.Namespace) -> int:
    """Give an earlier answer again, on the data that it was given from, and say what differs today."""
    then, now, changes = asyncio.run(_again(arguments.id, " ".join(arguments.question)))
    from bot.render.changed import tell_differences
    from bot.render.telling import sentence_of
    from bot.render.terminal import lines_to_text, to_text
    from bot.words.words import words_of

    locale = arguments.locale or spoken_in(then.question)
    if arguments.html:
        from bot.render.page import to_page

        Path(arguments.html).write_text(to_page(then, locale), encoding="utf-8")
        print(f"{arguments.html}: {sentence_of(then, locale)}")
        return 0
    print(to_text(then, width=100, locale=locale, whole=True, links=True))
    print()
    lines = tell_differences(changes, then, now, words_of(locale))
    print(lines_to_text(lines, width=100, locale=locale))
    return 0


async def _again(id: str, question: str) -> tuple[Answer, Answer, Changes]:
    from bot.answers.ask import Asker
    from bot.answers.ids import revision_of_answer
    from bot.questions.canonical import from_canonical
    from bot.questions.reader import Reader
    from db.desk.answer_log import given_before

    async with open_dataset(read_settings()) as (database, dataset):
        asker = Asker(dataset, Reader.load(), clock=utc_now)
        given = await given_before(database, id)
        if given is not None:
            return await asker.since(from_canonical(given.canonical), given.revision)
        if not question:
            raise CommandFailed(NOT_KEPT.format(id=id))
        query = (await asker.ask(question)).reading.query
        revision = None if query is None else revision_of_answer(id, query, await dataset.revision())
        if query is None or revision is None:
            raise CommandFailed(f"No answer to that question has the id {id}: check both, and their spelling.")
        then, now, changes = await asker.since(query, revision)
        return replace(then, question=question), now, changes
