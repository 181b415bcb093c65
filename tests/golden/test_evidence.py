"""Evidence as files: citations, exports, sources, disputes, what changed, an earlier answer.

``INFLOW_UPDATE_GOLDEN=1 pytest tests/golden`` writes them anew; read what changed before keeping it.
"""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.answers.ask import Asker
from bot.chat.documents import source_text
from bot.citations.cite import cite_answer, cite_dataset, cite_many
from bot.citations.export import exported
from bot.citations.registry import styles
from bot.questions.query import Intent, Query
from bot.questions.reader import Reader
from bot.render.cards import card
from bot.render.changed import tell_changed, tell_differences
from bot.render.outline import Line
from bot.render.terminal import lines_to_text
from bot.render.trace import Trace, tell_trace
from bot.words.catalogue import languages
from bot.words.words import words_of
from db.edits import editing
from db.edits.change import Cause
from db.edits.history import changes_since, history
from db.edits.requests import EditFigure, PickHeadline, Request, RetractFigure
from db.model.values import Period
from db.store.engine import Database
from db.store.figures import FigureStore
from tests.golden.asked import holdings

FILES = Path(__file__).parent / "evidence"
UPDATE = os.environ.get("INFLOW_UPDATE_GOLDEN") == "1"
NEWEST = "be-travelled-hln_belga_2019_11_30"
OLDER = "be-travelled-tsg_2015"
CITED = ("intelnews_2016_09", "hln_belga_2019_11_30", "tsg_2015", "icsr_2015_01", "un_s2015_358")


def compare(name: str, shown: str) -> None:
    """Hold what is shown against its file, or write the file anew when asked to."""
    shown = shown.replace("\r\n", "\n")
    path = FILES / name
    if UPDATE:
        FILES.mkdir(exist_ok=True)
        path.write_text(shown + "\n", encoding="utf-8", newline="\n")
    assert path.is_file(), f"no golden file {name}: run INFLOW_UPDATE_GOLDEN=1 pytest tests/golden"
    assert path.read_text(encoding="utf-8") == shown + "\n"


def drawn(lines: list[Line]) -> str:
    """Lines as the terminal shows them."""
    return lines_to_text(lines, 100)


@pytest.fixture
def asker(dataset: FigureStore, now: datetime) -> Asker:
    """The one who answers, with a clock that stands still."""
    return Asker(dataset, Reader.load(), clock=lambda: now)


@pytest.mark.parametrize("style", styles())
def test_sources_are_cited(style: str) -> None:
    held = holdings().sources
    compare(f"cite.{style}.txt", cite_many([held[key] for key in CITED], style))


@pytest.mark.parametrize("style", styles())
async def test_an_answer_and_the_dataset_are_cited(asker: Asker, style: str, now: datetime) -> None:
    answer = await asker.answer(Query(Intent.LOOKUP, ("BE",), "travelled_in_period", period=Period.year(2016)))
    both = f"{cite_answer(answer, style)}\n\n{cite_dataset(answer.revision, now.date(), style)}"
    compare(f"cite_answer.{style}.txt", both)


@pytest.mark.parametrize("form", ["csv", "json", "sdmx", "bibtex"])
def test_figures_are_exported(form: str) -> None:
    figures = [figure for figure in holdings().of("BE") if figure.measure == "travelled_in_period"]
    text = exported(form, holdings(), figures).decode("utf-8-sig")
    compare(f"export.{form}.txt", text)


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("intent", [Intent.SOURCES, Intent.DISPUTES])
async def test_sources_and_disputes_are_shown(asker: Asker, intent: Intent, locale: str) -> None:
    answer = await asker.answer(Query(intent, ("BE",), "travelled_in_period", period=Period.year(2016)))
    pages = card(answer, locale).pages
    compare(f"{intent}.{locale}.txt", "\n\n=== next page ===\n\n".join("\n---\n".join(page) for page in pages))


@pytest.mark.parametrize("locale", languages())
def test_a_source_is_shown(locale: str) -> None:
    source = holdings().sources["intelnews_2016_09"]
    figures = [figure for held in holdings().figures.values() for figure in held if figure.source == source.id]
    others = {key: holdings().sources[key] for key in source.relays}
    compare(f"source.{locale}.txt", source_text(source, figures, others, words_of(locale)))


async def test_the_trace_of_an_answer_is_shown(asker: Asker, dataset: FigureStore) -> None:
    answer = await asker.answer(Query(Intent.LOOKUP, ("BE",), "travelled_in_period", period=Period.year(2016)))
    entered = await dataset.revisions_by_id({claim.figure.revision for claim in answer.claims})
    lines = tell_trace(Trace(answer, answer.claims, {one.id: one for one in entered}))
    compare("trace.txt", re.sub(r"built-in package \w+", "built-in package …", drawn(lines)))


async def change(database: Database, now: datetime) -> None:
    """A correction, a withdrawal and a pick, a day apart."""
    requests: tuple[Request, ...] = (
        EditFigure(NEWEST, {"low": "427", "high": "427"}, Cause.TYPO),
        RetractFigure(OLDER),
        PickHeadline("be-travelled-be_ocam_2016_07"),
    )
    for days, request in enumerate(requests, 1):
        at = now + timedelta(days=days)
        await editing.make(database, request, by="Ada", because=f"The reason of day {days}", at=at)


@pytest.mark.parametrize("locale", languages())
async def test_changes_and_an_earlier_answer_are_shown(
    filled_database: Database, asker: Asker, now: datetime, locale: str
) -> None:
    await change(filled_database, now)
    words = words_of(locale)
    changed = await changes_since(filled_database, 1)
    entries = await history(filled_database, since=1)
    compare(f"changes.{locale}.txt", lines_to_text(tell_changed(changed, entries, "r1", None, words), 100, locale))
    then, today, changes = await asker.since(Query(Intent.LOOKUP, ("BE",), "travelled"), 1)
    compare(f"answer.{locale}.txt", lines_to_text(tell_differences(changes, then, today, words), 100, locale))


def test_no_golden_file_is_left_over_or_empty() -> None:
    names = {path.name for path in FILES.iterdir()}
    expected = {f"{kind}.{style}.txt" for kind in ("cite", "cite_answer") for style in styles()}
    expected |= {f"export.{form}.txt" for form in ("csv", "json", "sdmx", "bibtex")} | {"trace.txt"}
    shown = ("sources", "disputes", "source", "changes", "answer")
    expected |= {f"{kind}.{locale}.txt" for kind in shown for locale in languages()}
    assert names == expected
    assert all(len((FILES / name).read_text(encoding="utf-8")) > 60 for name in names)
