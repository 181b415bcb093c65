"""Loading a package: one revision for what is new, nothing for what is not, never over an edit."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.model.records import Figure, Revision
from db.model.values import Bound, Interval
from db.package.datapackage import Package
from db.package.loading import compare_package, load_package
from db.package.preparing import load_built_in
from db.store.engine import Database
from db.store.figures import FigureStore
from db.store.reading import FIGURE, SOURCE
from db.store.recording import insert_figures, record_revision, supersede_figures
from tests.built_in import built_in
from tests.db.making import versions_of

EXACTLY_7 = Interval(7, 7, Bound.EXACT)


def with_figure(package: Package, figure: Figure) -> Package:
    """The package with one figure exchanged."""
    return replace(package, figures=tuple(figure if row.id == figure.id else row for row in package.figures))


async def load(database: Database, package: Package, at: datetime) -> Revision | None:
    return await load_package(database, package, by="data package", because="a test", at=at)


async def edit(database: Database, figure: Figure, at: datetime) -> Revision:
    """Record a moderator's version of a figure."""
    async with database.writing() as session:
        revision = await record_revision(session, at=at, by="ada", because="a slip", summary="1 figure changed")
        await supersede_figures(session, [figure.id], revision.id)
        await insert_figures(session, [replace(figure, version=figure.version + 1)], revision.id)
    return revision


async def test_the_first_load_is_one_revision(database: Database, now: datetime) -> None:
    revision = await load(database, built_in(), now)
    assert revision is not None
    assert (revision.id, revision.at, revision.by) == (1, now, "data package")
    assert f"{len(built_in().figures)} figures added" in revision.summary
    assert await FigureStore(database).revisions_by_id({1, 2}) == (revision,)


async def test_loading_the_same_again_changes_nothing(filled_database: Database, now: datetime) -> None:
    assert await load(filled_database, built_in(), now) is None
    assert await load_built_in(filled_database, at=now) is None
    assert await FigureStore(filled_database).revision() == 1


async def test_only_changed_rows_become_versions(filled_database: Database, now: datetime) -> None:
    package = built_in()
    old = package.figures[0]
    revision = await load(filled_database, with_figure(package, replace(old, value=EXACTLY_7)), now)
    assert revision is not None
    assert revision.summary == "1 figures changed"
    dataset = FigureStore(filled_database)
    versions = await versions_of(dataset, FIGURE, old.id)
    assert [(version.version, version.revision, version.value) for version in versions] == [
        (1, 1, old.value),
        (2, 2, EXACTLY_7),
    ]
    assert len(await versions_of(dataset, FIGURE, package.figures[1].id)) == 1


async def test_a_changed_source_and_reference_row_are_loaded(filled_database: Database, now: datetime) -> None:
    package = built_in()
    source = replace(package.sources[0], title="Another title")
    place = replace(package.places[0], note="renamed")
    later = replace(
        package,
        sources=(source, *package.sources[1:]),
        places=(place, *package.places[1:]),
        memberships=package.memberships[1:],
        populations=package.populations[1:],
    )
    dataset = FigureStore(filled_database)
    await dataset.holdings()
    assert await load(filled_database, later, now) is not None
    held = await dataset.holdings()
    assert held.places[place.id] == place
    assert held.memberships == later.memberships
    assert len(held.populations) == len(later.populations)
    assert [version.title for version in await versions_of(dataset, SOURCE, source.id)] == [
        package.sources[0].title,
        "Another title",
    ]
    assert await load(filled_database, later, now) is None


async def test_an_edit_is_never_overwritten(
    filled_database: Database, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    package = built_in()
    first, second = package.figures[:2]
    await edit(filled_database, replace(first, value=EXACTLY_7), now)
    newer = with_figure(with_figure(package, replace(first, note="newer")), replace(second, note="newer"))
    with caplog.at_level(logging.WARNING, "db.package.loading"):
        revision = await load(filled_database, newer, now + timedelta(days=1))
    assert revision is not None
    assert revision.summary == "1 figures changed"
    assert first.id in caplog.text
    dataset = FigureStore(filled_database)
    kept, changed = await dataset.figure(first.id), await dataset.figure(second.id)
    assert kept is not None
    assert kept.value == EXACTLY_7
    assert changed is not None
    assert changed.note == "newer"


async def test_a_row_that_left_the_package_stays_and_is_named(filled_database: Database) -> None:
    package = built_in()
    smaller = replace(package, figures=package.figures[1:])
    changes = await compare_package(filled_database, smaller)
    assert changes.figures.absent == (package.figures[0].id,)
    assert changes.summary == ""


async def test_an_edit_made_while_comparing_is_seen(filled_database: Database, now: datetime) -> None:
    """Writers that come first are waited for, and what they wrote counts."""
    package = built_in()
    old = package.figures[0]
    newer = with_figure(package, replace(old, note="newer"))
    async with filled_database.writing() as session:
        loading = asyncio.create_task(load(filled_database, newer, now))
        await asyncio.sleep(0.3)
        revision = await record_revision(session, at=now, by="ada", because="a slip", summary="1 figure changed")
        await supersede_figures(session, [old.id], revision.id)
        await insert_figures(session, [replace(old, value=EXACTLY_7, version=2)], revision.id)
    assert await loading is None
    figure = await FigureStore(filled_database).figure(old.id)
    assert figure is not None
    assert figure.value == EXACTLY_7
