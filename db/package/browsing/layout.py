"""The tables and views of the file, and the questions that come ready with it; all in SQLite's own words."""

from __future__ import annotations

from typing import Any

from db.model.layout import Layout
from db.model.rows import FIGURES, MEASURES, MEMBERSHIPS, PLACES, POPULATIONS, SOURCES

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

VIEWS = """
CREATE VIEW claims AS
SELECT places.name AS place_name, measures.label AS measure_label, figures.who, figures.destination,
    CASE figures.bound
        WHEN 'exact' THEN CAST(low AS TEXT) WHEN 'about' THEN 'about ' || low WHEN 'at_least' THEN 'at least ' || low
        WHEN 'more_than' THEN 'more than ' || low WHEN 'at_most' THEN 'at most ' || high
        WHEN 'fewer_than' THEN 'fewer than ' || high ELSE low || '–' || high END AS value,
    figures.as_of, figures.period_start, figures.period_end, sources.publisher, sources.published,
    figures.locator, sources.reliability || figures.credibility AS grade, figures.status, sources.url,
    figures.low, figures.high, figures.bound, figures.place, figures.measure, figures.source, figures.id AS figure
FROM figures JOIN places ON places.id = figures.place JOIN measures ON measures.id = figures.measure
    JOIN sources ON sources.id = figures.source
WHERE figures.status <> 'withdrawn';

CREATE VIEW origins AS
WITH RECURSIVE told(figure, claim) AS (
    SELECT id, id FROM figures WHERE status <> 'withdrawn'
    UNION
    SELECT told.figure, figures.relays_figure FROM told JOIN figures ON figures.id = told.claim
    WHERE figures.relays_figure IS NOT NULL
),
chain(figure, claim, source) AS (
    SELECT told.figure, told.claim, COALESCE(figures.relays, figures.source)
    FROM told JOIN figures ON figures.id = told.claim WHERE figures.relays_figure IS NULL
    UNION
    SELECT chain.figure, chain.claim, relays.relays FROM chain JOIN relays ON relays.source = chain.source
)
SELECT chain.figure, chain.source AS origin, sources.publisher AS origin_publisher,
    CASE WHEN figures.official = 'yes' AND places.kind = 'country' THEN figures.place
        ELSE COALESCE(NULLIF(sources.authority, ''), sources.id) END AS authority
FROM chain JOIN sources ON sources.id = chain.source JOIN figures ON figures.id = chain.claim
    JOIN places ON places.id = figures.place
WHERE chain.source NOT IN (SELECT source FROM relays);

CREATE VIEW disagreements AS
SELECT places.name AS place_name, measures.label AS measure_label, figures.who,
    COUNT(*) AS claims, COUNT(DISTINCT figures.source) AS documents, MIN(COALESCE(low, high)) AS lowest,
    MAX(COALESCE(high, low)) AS highest, figures.place, figures.measure
FROM figures JOIN places ON places.id = figures.place JOIN measures ON measures.id = figures.measure
WHERE figures.status <> 'withdrawn'
GROUP BY figures.place, figures.measure, figures.who
HAVING COUNT(*) > 1;

CREATE VIEW documents AS
SELECT sources.publisher, sources.title, sources.published, sources.kind, sources.language, sources.reliability,
    (SELECT COUNT(*) FROM figures WHERE figures.source = sources.id AND figures.status <> 'withdrawn') AS figures,
    (SELECT COUNT(*) FROM relays WHERE relays.source = sources.id) AS relays_others,
    (SELECT COUNT(*) FROM relays WHERE relays.relays = sources.id) AS relayed_by,
    sources.status, sources.url, sources.archive_url, sources.id AS source
FROM sources;

CREATE VIEW coverage AS
SELECT places.name AS place_name, measures.label AS measure_label, COUNT(*) AS claims,
    COUNT(DISTINCT figures.source) AS documents, MIN(COALESCE(period_start, as_of)) AS earliest,
    MAX(COALESCE(period_end, as_of)) AS latest, figures.place, figures.measure
FROM figures JOIN places ON places.id = figures.place JOIN measures ON measures.id = figures.measure
WHERE figures.status <> 'withdrawn'
GROUP BY figures.place, figures.measure;
"""

QUESTIONS: dict[str, tuple[str, str, str]] = {
    "claims_of_a_place": (
        "What is claimed about a place",
        "Every claim that stands, with who says so; place is a code such as BE, or R:world.",
        "SELECT * FROM claims WHERE place = :place ORDER BY measure, who, COALESCE(as_of, period_end)",
    ),
    "origins_of_a_place": (
        "Where the claims about a place go back to",
        "Documents that relay others are followed to those that relay nobody: two reports of one origin are one voice.",
        "SELECT claims.measure_label, claims.who, claims.value, claims.publisher, origins.origin_publisher, "
        "claims.figure FROM claims JOIN origins ON origins.figure = claims.figure WHERE claims.place = :place "
        "ORDER BY claims.measure, origins.origin_publisher",
    ),
    "one_voice": (
        "Claims that rest on one body",
        "Places and measures with several documents behind them and one body only that counted.",
        "SELECT claims.place_name, claims.measure_label, claims.who, COUNT(DISTINCT claims.source) AS documents, "
        "MIN(origins.authority) AS body FROM claims JOIN origins ON origins.figure = claims.figure "
        "GROUP BY claims.place, claims.measure, claims.who "
        "HAVING COUNT(DISTINCT origins.authority) = 1 AND COUNT(DISTINCT claims.source) > 1 ORDER BY documents DESC",
    ),
    "widest_disagreements": (
        "Where sources disagree most",
        "Places and measures by the number of times that the highest claim holds the lowest.",
        "SELECT *, ROUND(1.0 * highest / lowest, 1) AS times FROM disagreements WHERE lowest > 0 ORDER BY times DESC",
    ),
    "relayed_most": (
        "Documents that others relay",
        "Who is quoted: a document relayed by many is behind many reports.",
        "SELECT publisher, title, published, relayed_by, figures, source FROM documents WHERE relayed_by > 0 "
        "ORDER BY relayed_by DESC, published",
    ),
    "what_a_revision_recorded": (
        "What a data revision recorded",
        "The figures whose present version was recorded by a revision, with who made it and why.",
        "SELECT claims.*, revisions.at, revisions.by, revisions.because FROM figures "
        "JOIN claims ON claims.figure = figures.id JOIN revisions ON revisions.id = figures.revision "
        "WHERE figures.revision = CAST(:revision AS INTEGER) ORDER BY figures.id",
    ),
}
"""Name, then title, what it shows, and the statement."""
