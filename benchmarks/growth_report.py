"""What was measured as tables and as a plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KINDS = {
    "lookup": "lookup",
    "words": "free text",
    "compare": "compare of 5",
    "rank": "rank of all",
    "trend": "trend",
    "total": "total of a region",
    "known_on": "as known on a day",
    "later": "lookup, after all others",
    "edit": "first answer after an edit",
}
Row = dict[str, Any]


def as_table(found: dict[str, Any]) -> str:
    """The Markdown tables."""
    lines: list[str] = []
    plain = [row for row in found["rows"] if not row["crowd"]]
    for engine in dict.fromkeys(row["engine"] for row in plain):
        for versions in dict.fromkeys(row["versions"] for row in plain):
            same = [row for row in plain if row["engine"] == engine and row["versions"] == versions]
            if same:
                lines += [*_one(engine, versions, sorted(same, key=lambda row: int(row["figures"]))), ""]
    for row in found["rows"]:
        if row["crowd"]:
            now = row["crowded"]
            lines += [
                f"{row['engine']}: a lookup of one month among {row['crowd']:,} figures of one place and measure in "
                f"{row['figures']:,}: p50 {now['p50']:.1f} ms, p99 {now['p99']:.1f} ms.",
                "",
            ]
    if found["imports"]:
        lines += ["| import of 200,000 rows into | planned s | written s | peak MiB |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {row['engine']}, {row['figures']:,} figures | {row['plan']:.1f} | {row['apply']:.1f} "
            f"| {row['peak']:.0f} |"
            for row in found["imports"]
        ]
    lines.append(f"\nA bare bot's process takes {found['floor']:.0f} MiB.")
    return "\n".join(lines)


def _one(engine: str, versions: int, rows: list[Row]) -> Iterator[str]:
    """One engine: a line for each question, a column for each size."""
    each = "" if versions == 1 else f", {versions} versions each"
    sizes = " | ".join(f"{row['figures']:,}" for row in rows)
    yield f"| {engine}{each}: p50 in ms at so many figures | {sizes} | last ÷ first | p99 at the last |"
    yield "| --- |" + " --- |" * (len(rows) + 2)
    for kind, name in KINDS.items():
        cells = " | ".join(f"{row[kind]['p50']:.2f}" for row in rows)
        growth = rows[-1][kind]["p50"] / rows[0][kind]["p50"]
        yield f"| {name} | {cells} | {growth:.2f} | {rows[-1][kind]['p99']:.0f} |"
    yield "| resident MiB after all | " + " | ".join(f"{row['rss']:.0f}" for row in rows) + " | | |"


def draw(rows: Sequence[Row], kinds: Mapping[str, str]) -> str:
    """The p50 by the number of figures, one panel an engine, as SVG; raises ImportError without the charts extra."""
    import vl_convert

    values = [
        {"engine": row["engine"], "figures": row["figures"], "question": name, "p50": row[kind]["p50"]}
        for row in rows
        for kind, name in kinds.items()
    ]
    logarithmic = {"type": "log"}
    panel = {
        "width": 320,
        "height": 260,
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "figures", "type": "quantitative", "scale": logarithmic, "title": "figures held"},
            "y": {"field": "p50", "type": "quantitative", "scale": logarithmic, "title": "milliseconds, p50"},
            "color": {"field": "question", "type": "nominal", "title": None},
        },
    }
    facet = {"field": "engine", "type": "nominal", "title": None}
    spec = {"background": "white", "data": {"values": values}, "facet": facet, "columns": 2, "spec": panel}
    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn
