"""The reads of the dataset, at the door that answers use: in memory or topic by topic, now and as it stood."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import cast

import pytest
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from db.model.errors import RevisionUnknown
from db.model.records import Figure, Headline, Revision, Status, Who
from db.model.values import Bound, Interval
from db.package.loading import load_package
from db.store.engine import Database, open_database
from db.store.figures import FigureStore
from db.store.reading import FIGURE, SOURCE
from db.store.recording import (
    insert_figures,
    insert_headline,
    insert_sources,
    record_revision,
    supersede_figures,
    supersede_headline,
    supersede_sources,
)
from db.store.view import View
from tests.built_in import built_in
from tests.db.making import a_figure, a_package, a_source, versions_of
from tests.often import often

BOTH = (0, 10**9)
"""From how many versions on a dataset is taken for a large one."""
PLACES = ("BE", "FR", "R:world")


async def of(view: View, place: str) -> tuple[Figure, ...]:
    """The figures of a place, topic by topic, in the order of their ids."""

    def read() -> list[Figure]:
        return [figure for topic in view.topics(place) for figure in view.figures(place, topic)]

    return tuple(sorted(await view.run(read), key=lambda figure: figure.id))


async def all_of(store: FigureStore, revision: int) -> dict[str, tuple[Figure, ...]]:
    """The figures of the places that these tests write, as they stood."""
    view = await store.view(revision=revision)
    return {place: figures for place in PLACES if (figures := await of(view, place))}


@contextmanager
def without_reads(database: Database) -> Iterator[None]:
    """Let every read of the database fail meanwhile."""

    def refuse(*_: object) -> None:
        raise AssertionError("the database was read")

    event.listen(database.engine.sync_engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", refuse)


async def write(database: Database, at: datetime, *figures: Figure, known: frozenset[str] = frozenset()) -> Revision:
    """Record versions of figures; the live ones of those in ``known`` are superseded."""
    async with database.writing() as session:
        revision = await record_revision(session, at=at, by="ada", because="a test", summary="figures")
        await supersede_figures(session, known & {figure.id for figure in figures}, revision.id)
        await insert_figures(session, figures, revision.id)
    return revision


async def test_the_store_reads_what_the_package_says(dataset: FigureStore) -> None:
    expected = built_in().holdings(revision=1)
    held = await dataset.holdings()
    assert held.figures == {
        place: tuple(replace(figure, revision=1) for figure in figures) for place, figures in expected.figures.items()
    }
    used = {key for key, source in held.sources.items() if source == replace(expected.sources[key], revision=1)}
    assert used == held.sources.keys()
    assert held.measures == expected.measures
    assert held.places == expected.places
    assert held.memberships == expected.memberships
    assert held.populations == expected.populations


async def test_belgium_in_2016_keeps_both_claims(dataset: FigureStore) -> None:
    held = await dataset.holdings(["BE"])
    claims = {str(figure.value.low) for figure in held.of("BE", "travelled_in_period", Who.EVERYONE)}
    assert {"0", "4"} <= claims
    assert set(held.figures) == {"BE"}
    assert {place for place, _ in held.populations} == {"BE"}


async def test_sources_come_with_everything_that_they_relay(dataset: FigureStore) -> None:
    held = await dataset.holdings(["BE"])
    chain = ("intelnews_2016_09", "washington_post_2016_09")
    (figure,) = [row for row in held.of("BE") if row.source == chain[0] and row.measure == "travelled_in_period"]
    assert held.relay_chain(figure) == chain
    assert set(chain) <= held.sources.keys()
    assert "tn_mi_2017" not in held.sources


async def test_a_place_without_figures_is_held_without_any(dataset: FigureStore) -> None:
    held = await dataset.holdings(["AQ", "nowhere"])
    assert held.figures == {}
    assert held.of("AQ") == ()


async def test_an_empty_store_holds_nothing(database: Database) -> None:
    held = await FigureStore(database).holdings()
    assert (held.revision, held.figures, held.places) == (0, {}, {})


@pytest.mark.parametrize("large_from", BOTH)
async def test_an_edit_is_in_the_next_read_and_other_places_are_kept(
    filled_database: Database, now: datetime, large_from: int
) -> None:
    store = FigureStore(filled_database, large_from=large_from)
    before = await store.view()
    belgian, french = await of(before, "BE"), await of(before, "FR")
    edited = replace(belgian[0], value=Interval(7, 7, Bound.EXACT), version=2)
    await write(filled_database, now, edited, known=frozenset({edited.id}))
    after = await store.view()
    assert after.revision == 2
    assert replace(edited, revision=2) in await of(after, "BE")
    assert await of(before, "BE") == await of(await store.view(revision=1), "BE") == belgian
    assert all(one is other for one, other in zip(await of(after, "FR"), french, strict=True))


async def test_a_figure_that_moves_leaves_its_old_place(
    dataset: FigureStore, filled_database: Database, now: datetime
) -> None:
    figure = (await dataset.holdings(["BE", "FR"])).of("BE")[0]
    await write(filled_database, now, replace(figure, place="FR", version=2), known=frozenset({figure.id}))
    held = await dataset.holdings(["BE", "FR"])
    assert figure.id not in {row.id for row in held.of("BE")}
    assert figure.id in {row.id for row in held.of("FR")}


async def test_a_withdrawn_figure_is_no_longer_held_but_can_be_looked_up(
    dataset: FigureStore, filled_database: Database, now: datetime
) -> None:
    figure = (await dataset.holdings(["BE"])).of("BE")[0]
    gone = replace(figure, status=Status.WITHDRAWN, status_reason="counted twice", version=2)
    await write(filled_database, now, gone, known=frozenset({figure.id}))
    assert figure.id not in {row.id for row in (await dataset.holdings(["BE"])).of("BE")}
    assert await dataset.figure(figure.id) == replace(gone, revision=2)
    assert await dataset.figure(figure.id, revision=1) == figure
    assert [row.version for row in await versions_of(dataset, FIGURE, figure.id)] == [1, 2]
    assert await dataset.figure("nothing-such") is None


async def test_a_change_by_another_process_is_seen_after_the_recheck(filled_database: Database, now: datetime) -> None:
    seconds = 0.0
    dataset = FigureStore(filled_database, recheck_seconds=0.25, clock=lambda: seconds)
    assert await dataset.revision() == 1
    async with open_database(filled_database.engine.url.render_as_string(hide_password=False)) as other:
        await write(other, now, a_figure("be-new"))
    seconds = 0.2
    assert await dataset.revision() == 1
    seconds = 0.25
    assert await dataset.revision() == 2
    assert "be-new" in {figure.id for figure in (await dataset.holdings(["BE"])).of("BE")}


@pytest.mark.parametrize("large_from", BOTH)
async def test_the_cache_stays_within_its_bound_and_answers_the_same(
    filled_database: Database, large_from: int
) -> None:
    store = FigureStore(filled_database, cache_limit_figures=50, large_from=large_from)
    view, whole = await store.view(), await store.holdings()
    for place in ("BE", "FR", "R:world", "TN", "BE", "AQ"):
        assert await of(view, place) == whole.of(place)
    assert store.held_figures <= 50


async def test_a_small_dataset_is_answered_from_memory_alone(
    filled_database: Database, dataset: FigureStore, now: datetime
) -> None:
    await dataset.view()
    await write(filled_database, now, a_figure("be-new"))
    view, whole = await dataset.view(), await dataset.holdings()
    await filled_database.engine.dispose()
    with without_reads(filled_database):
        for place in whole.places:
            assert await of(view, place) == whole.of(place)


async def test_work_that_reads_lets_others_go_on_and_gives_its_connection_back(filled_database: Database) -> None:
    view = await FigureStore(filled_database, large_from=0).view()
    both = await asyncio.gather(of(view, "BE"), of(view, "FR"))
    assert [figures[0].place for figures in both] == ["BE", "FR"]
    assert cast(QueuePool, filled_database.engine.pool).checkedout() == 0


async def test_a_read_does_not_wait_for_a_writer(filled_database: Database) -> None:
    view = await FigureStore(filled_database, large_from=0).view()
    async with filled_database.writing() as session:
        await session.connection()
        assert await of(view, "BE")


async def test_reads_as_known_on_a_day(database: Database) -> None:
    days = [datetime(2026, 3, day, 23, 59, tzinfo=UTC) for day in (1, 2, 4)]
    await load_package(database, a_package((a_figure(low=1),)), by="x", because="y", at=days[0])
    known = frozenset({"be-travelled-a"})
    for version, at in enumerate(days[1:], 2):
        figure = replace(a_figure(low=version), version=version)
        await write(database, at, figure, known=known)
    dataset = FigureStore(database)
    seen = {}
    for day in range(5):
        held = await dataset.holdings(["BE"], known_on=date(2026, 3, 1) + timedelta(days=day - 1))
        seen[day] = (held.revision, [str(figure.value.low) for figure in held.of("BE")])
        assert held.known_on == date(2026, 3, 1) + timedelta(days=day - 1)
    assert seen == {0: (0, []), 1: (1, ["1"]), 2: (2, ["2"]), 3: (2, ["2"]), 4: (3, ["3"])}


async def test_a_past_revision_is_read_with_its_own_moment(
    dataset: FigureStore, filled_database: Database, now: datetime
) -> None:
    await write(filled_database, now + timedelta(days=3), a_figure("be-new"))
    held = await dataset.holdings(["BE"], revision=1)
    assert (held.revision, held.recorded_at) == (1, now)
    assert "be-new" not in {figure.id for figure in held.of("BE")}
    for unknown in (-1, 3):
        with pytest.raises(RevisionUnknown):
            await dataset.holdings(revision=unknown)


async def test_today_is_not_remembered_while_it_lasts(filled_database: Database, now: datetime) -> None:
    dataset = FigureStore(filled_database)
    assert await dataset.revision_at(now.date()) == 1
    await write(filled_database, now + timedelta(hours=1), a_figure("be-new"))
    assert await dataset.revision_at(now.date()) == 2
    assert await dataset.revision_at(now.date() - timedelta(days=1)) == 0
    assert await dataset.revision_at(date.max) == 2


async def test_a_clock_that_runs_behind_does_not_tear_days_apart(filled_database: Database, now: datetime) -> None:
    revision = await write(filled_database, now - timedelta(days=2), a_figure("be-new"))
    assert revision.at == now


async def test_changes_are_named_by_number(filled_database: Database, dataset: FigureStore, now: datetime) -> None:
    later = now + timedelta(days=1)
    await write(filled_database, later, a_figure("be-new"))
    await write(filled_database, later, a_figure("fr-new", "FR"))
    assert [row.id for row in await dataset.revisions_by_id({1, 3, 99})] == [1, 3]


async def test_a_source_has_versions_of_its_own(filled_database: Database, dataset: FigureStore, now: datetime) -> None:
    old = await dataset.source("tsg_2015")
    assert old is not None
    await dataset.holdings(["BE"])
    async with filled_database.writing() as session:
        revision = await record_revision(session, at=now, by="ada", because="a test", summary="a source")
        await supersede_sources(session, ["tsg_2015"], revision.id)
        changed = replace(old, relays=("some_report",), version=2)
        await insert_sources(session, [changed, a_source()], revision.id)
    assert await dataset.source("tsg_2015") == replace(changed, revision=2)
    assert await dataset.source("tsg_2015", revision=1) == old
    assert [source.version for source in await versions_of(dataset, SOURCE, "tsg_2015")] == [1, 2]
    assert "some_report" in (await dataset.holdings(["BE"])).sources
    assert "some_report" not in (await dataset.holdings(["BE"], revision=1)).sources
    assert await dataset.source("nothing-such") is None


async def test_the_figures_of_a_source_include_those_relayed_from_it(dataset: FigureStore) -> None:
    figures = await dataset.figures_of_source("us_intelligence_2016_09")
    assert {figure.source for figure in figures} == {"washington_post_2016_09"}
    figures = await dataset.figures_of_source("tsg_2015")
    assert {"tsg_2015", "alhurra_2016"} <= {figure.source for figure in figures}


async def test_a_headline_is_chosen_changed_and_let_go(
    filled_database: Database, dataset: FigureStore, now: datetime
) -> None:
    first, second = [figure.id for figure in (await dataset.holdings(["BE"])).of("BE", "travelled")[:2]]
    for figure in (first, second, None):
        async with filled_database.writing() as session:
            revision = await record_revision(session, at=now, by="ada", because="a test", summary="a headline")
            await supersede_headline(session, "BE", "travelled", "everyone", revision.id)
            if figure is not None:
                headline = Headline("BE", "travelled", Who.EVERYONE, figure, "the best count", revision.id)
                await insert_headline(session, headline)
    chosen = [
        [headline.figure for headline in (await dataset.holdings(["BE"], revision=revision)).headlines]
        for revision in (1, 2, 3, 4)
    ]
    assert chosen == [[], [first], [second], []]
    assert (await dataset.holdings(["FR"], revision=2)).headlines == ()


@pytest.mark.parametrize("seed", range(often(1)))
async def test_every_past_state_reads_as_a_replay_up_to_it(database: Database, now: datetime, seed: int) -> None:
    """Many random revisions: reads as known on each day equal what a plain list of changes gives."""
    random = Random(seed)
    await load_package(database, a_package(), by="x", because="y", at=now)
    states: list[dict[str, Figure]] = [{}, {}]
    moments = [now]
    watchers = [FigureStore(database, large_from=large_from) for large_from in BOTH]
    for number in range(2, 72):
        state = dict(states[-1])
        at = moments[-1] + timedelta(hours=random.randrange(40))
        chosen = [f"figure-{random.randrange(30)}" for _ in range(random.randrange(1, 4))]
        figures = []
        for id_ in dict.fromkeys(chosen):
            old = state.get(id_)
            status = random.choice([Status.CURRENT, Status.CURRENT, Status.WITHDRAWN])
            figure = replace(
                a_figure(id_, random.choice(["BE", "FR", "R:world"]), random.randrange(1_000)),
                version=old.version + 1 if old else 1,
                status=status,
                status_reason="a test" if status is Status.WITHDRAWN else "",
                revision=number,
            )
            state[id_] = figure
            figures.append(figure)
        await write(database, at, *figures, known=frozenset(states[-1]))
        states.append(state)
        moments.append(at)
        if random.random() < 0.1:
            for watcher in watchers:
                assert (await watcher.holdings()).figures == shown(state)
                earlier = random.randrange(1, number + 1)
                for revision in (number, earlier):
                    assert await all_of(watcher, revision) == shown(states[revision])
    dataset = FigureStore(database)
    for number in random.sample(range(1, 72), 30):
        assert (await dataset.holdings(revision=number)).figures == shown(states[number])
        day = moments[number - 1].date()
        last = max(index for index, at in enumerate(moments, 1) if at.date() <= day)
        held = await dataset.holdings(["BE", "R:world"], known_on=day)
        expected = {place: figures for place, figures in shown(states[last]).items() if place != "FR"}
        assert (held.revision, held.figures) == (last, expected)


def shown(state: dict[str, Figure]) -> dict[str, tuple[Figure, ...]]:
    """What holdings show of a replayed state."""
    places: dict[str, tuple[Figure, ...]] = {}
    for _, figure in sorted(state.items()):
        if figure.status is not Status.WITHDRAWN:
            places[figure.place] = (*places.get(figure.place, ()), figure)
    return places
