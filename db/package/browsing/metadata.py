"""What Datasette shows around the tables: titles, licence, what columns mean, facets, questions that come ready."""

from __future__ import annotations

import json
from typing import Any

from db.model.rows import FIGURES, SOURCES
from db.package.browsing.layout import questions
from db.package.datapackage import DESCRIPTOR, built_in

Metadata = dict[str, Any]

_COLUMNS = FIGURES.meanings | {
    "value": "The value as the source bounds it.",
    "grade": "Both Admiralty grades: of the source, then of the information.",
    "relays_figure": "The figure that it relies on, where that one is held.",
    "revision": "The change that recorded this version.",
}
_FACETS: dict[str, tuple[str, list[str], str]] = {
    "figures": ("One claim by one source. Conflicting claims stand side by side.", ["measure", "who", "status"], ""),
    "claims": (
        "Every figure that stands, with the names of place and measure and who says so.",
        ["measure_label", "who", "grade"],
        "place_name",
    ),
    "sources": ("The documents.", ["kind", "language", "reliability"], ""),
    "documents": ("The documents, with how much rests on them.", ["kind", "reliability"], "publisher"),
    "relays": ("Which document relays which.", [], ""),
    "origins": ("The documents that each claim goes back to, along the relays.", ["origin_publisher"], ""),
    "disagreements": ("Places and measures with several claims, from lowest to highest.", ["measure_label"], ""),
    "coverage": ("What is held on each place.", ["measure_label"], "place_name"),
    "places": ("Countries, regions and the world.", ["kind"], "name"),
    "memberships": ("Which country belongs to which region, and when.", ["region"], ""),
    "measures": ("What is counted. Two kinds are never compared, added or ranked together.", ["kind"], ""),
    "populations": ("Inhabitants by year.", [], ""),
    "evidence": ("The pages on which each figure was read.", [], ""),
    "revisions": ("Every change: when, by whom and why.", ["by"], ""),
}
"""For each table and view: what it holds, its facets, and the column that it is sorted by."""
_LABELS = {"places": "name", "measures": "label", "sources": "title", "revisions": "summary", "figures": "id"}


def metadata(revision: int, name: str = "inflow") -> Metadata:
    """The metadata of a file that is served under a name and holds a data revision."""
    descriptor = json.loads(built_in().joinpath(DESCRIPTOR).read_text(encoding="utf-8"))
    licence = descriptor["licenses"][0]
    about = {
        "title": f"{descriptor['title']} (data revision {revision})",
        "description": descriptor["description"],
        "license": licence["title"],
        "license_url": licence["path"],
        "source": "Inflow; each figure names the document that says so",
    }
    return {
        **about,
        "databases": {
            name: {
                **about,
                "tables": {table: _table(table) for table in _FACETS},
                "queries": {
                    key: {"title": title, "description": shows, "sql": statement}
                    for key, (title, shows, statement) in questions().items()
                },
            }
        },
    }


def _table(table: str) -> Metadata:
    description, facets, sort = _FACETS[table]
    made: Metadata = {"description": description, "columns": _COLUMNS_OF.get(table, {})}
    if facets:
        made["facets"] = facets
    if sort:
        made["sort"] = sort
    if table in _LABELS:
        made["label_column"] = _LABELS[table]
    if table == "revisions":
        made["sort_desc"] = "id"
    return made


_COLUMNS_OF = {
    "figures": {column: text for column, text in _COLUMNS.items() if column not in ("value", "grade", "evidence")},
    "claims": {
        column: _COLUMNS[column]
        for column in (
            *("who", "destination", "value", "as_of", "period_start", "period_end", "locator", "grade"),
            *("low", "high", "bound"),
        )
    },
    "sources": {
        **{column: text for column, text in SOURCES.meanings.items() if column != "relays"},
        "revision": _COLUMNS["revision"],
    },
    "documents": {"reliability": SOURCES.meanings["reliability"]},
}
