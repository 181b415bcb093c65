"""The tables and views of the file, and the questions that come ready with it; all in SQLite's own words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from db.model.layout import Layout
from db.model.rows import FIGURES, MEASURES, MEMBERSHIPS, PLACES, POPULATIONS, SOURCES

_HERE = files("db.package.browsing")
APART = {"sources": frozenset({"relays"}), "figures": frozenset({"evidence"})}
"""Lists, which have tables of their own."""
_LINKS = {"place.id": "places(id)", "measure.id": "measures(id)", "source.id": "sources(id)"}
_TYPES = {"word": "TEXT", "text": "TEXT", "number": "INTEGER", "grade": "INTEGER", "flag": "INTEGER"}
LAYOUTS: dict[str, Layout[Any]] = {
    "places": PLACES,
    "memberships": MEMBERSHIPS,
    "measures": MEASURES,
    "sources": SOURCES,
    "figures": FIGURES,
    "populations": POPULATIONS,
}
"""The tables that hold a kind of record, after those that they link to."""


def _table(name: str, layout: Layout[Any]) -> str:
    """The table of one kind of record, with a column for each of its own."""
    columns = []
    for part in layout.fields:
        for called, kept in zip(part.kept, part.form.kept, strict=True):
            if called == layout.key:
                columns.append("id TEXT PRIMARY KEY")
            elif called not in APART.get(name, ()):
                link = f" REFERENCES {_LINKS[kept.link]}" if kept.link else ""
                columns.append(f"{called} {_TYPES[kept.kind]}{link}")
    if name in APART:
        columns += ["version INTEGER NOT NULL", "revision INTEGER NOT NULL REFERENCES revisions(id)"]
    return f"CREATE TABLE {name} (\n    {', '.join(columns)}\n);\n"


TABLES = (
    """
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, because TEXT NOT NULL, summary TEXT NOT NULL,
    undoes INTEGER REFERENCES revisions(id)
);
"""
    + "".join(_table(name, LAYOUTS[name]) for name in ("places", "memberships", "measures", "sources"))
    + """
CREATE TABLE relays (
    source TEXT NOT NULL REFERENCES sources(id), relays TEXT NOT NULL REFERENCES sources(id),
    PRIMARY KEY (source, relays)
) WITHOUT ROWID;
"""
    + _table("figures", FIGURES)
    + _table("populations", POPULATIONS)
    + """
CREATE TABLE evidence (figure TEXT NOT NULL REFERENCES figures(id), url TEXT NOT NULL);
CREATE INDEX figures_place_measure ON figures(place, measure);
CREATE INDEX figures_source ON figures(source);
CREATE INDEX evidence_figure ON evidence(figure);
"""
)


def views() -> str:
    """The statements that make the views."""
    return (_HERE / "views.sql").read_text(encoding="utf-8")


@cache
def questions() -> dict[str, tuple[str, str, str]]:
    """The questions that come ready: name, then title, what it shows, and the statement."""
    listed = tomllib.loads((_HERE / "questions.toml").read_text(encoding="utf-8"))
    return {name: (one["title"], one["shows"], " ".join(one["sql"].split())) for name, one in listed.items()}
