"""The databases that growth is measured on are valid, and the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.generate import OFTEN, Plan, generate
from db.model.tables import FIGURE_VERSION
from db.store.engine import find_damage, open_database
from db.store.figures import FigureStore

COLUMNS = FIGURE_VERSION.c


async def rows(path: Path, plan: Plan) -> list[tuple[Any, ...]]:
    """Every version of a generated database, which is checked on the way."""
    async with open_database(f"sqlite:///{path}") as database:
        await generate(database, plan)
        assert await find_damage(database) == ()
        held = await FigureStore(database).holdings()
        assert sum(map(len, held.figures.values())) == plan.figures + plan.crowd
        async with database.reading() as connection:
            found = await connection.execute(select(FIGURE_VERSION).order_by(COLUMNS.row))
            return [tuple(row) for row in found]


async def test_the_same_seed_makes_the_same_rows(tmp_path: Path) -> None:
    first = await rows(tmp_path / "a.db", Plan(700))
    assert first == await rows(tmp_path / "b.db", Plan(700))
    assert first != await rows(tmp_path / "c.db", Plan(700, seed=2))
    assert len(first) == 700 + 2 * (OFTEN - 1)


async def test_every_figure_may_have_many_versions(tmp_path: Path) -> None:
    await rows(tmp_path / "a.db", Plan(50, versions=100, crowd=10))
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database, database.reading() as connection:
        counted = select(func.count(COLUMNS.row)).group_by(COLUMNS.figure_id)
        assert set((await connection.execute(counted)).scalars()) == {100}
