"""What was measured as a table and as a plot."""

from __future__ import annotations

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
}


def as_table(found: dict[str, Any]) -> str:
    """The Markdown tables."""
    lines = [
        "| engine | figures | versions each | what | p50 ms | p99 ms | p50 ÷ p50 at the smallest | p99 ÷ p50 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in found["rows"]:
        for kind in [*KINDS, "edit", *(["crowded"] if row["crowd"] else [])]:
            least = _least(found, row)
            now = row[kind]
            ratio = now["p50"] / least[kind]["p50"]
            name = {"edit": "first answer after an edit", "crowded": "lookup among 5,000"}.get(kind, KINDS.get(kind))
            lines.append(
                f"| {row['engine']} | {row['figures']:,} | {row['versions']} | {name} | {now['p50']:.2f} "
                f"| {now['p99']:.1f} | {ratio:.2f} | {now['p99'] / now['p50']:.1f} |"
            )
    lines += ["", "| engine | figures | versions each | resident MiB after all questions | above a bare bot |"]
    lines += ["| --- | --- | --- | --- | --- |"]
    for row in found["rows"]:
        above = row["rss"] - found["floor"]
        lines.append(
            f"| {row['engine']} | {row['figures'] + row['crowd']:,} | {row['versions']} | {row['rss']:.0f} "
            f"| {above:+.0f} |"
        )
    if found["imports"]:
        lines += ["", "| import of 200,000 rows into | planned s | written s | peak MiB |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {row['engine']}, {row['figures']:,} figures | {row['plan']:.1f} | {row['apply']:.1f} "
            f"| {row['peak']:.0f} |"
            for row in found["imports"]
        ]
    return "\n".join(lines)


def draw(found: dict[str, Any]) -> str:
    """The p50 by the number of figures, one panel an engine, as SVG; raises ImportError without the charts extra."""
    import vl_convert

    values = [
        {"engine": row["engine"], "figures": row["figures"], "question": name, "p50": row[kind]["p50"]}
        for row in found["rows"]
        for kind, name in KINDS.items()
        if row["versions"] == 1 and not row["crowd"]
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
    drawn: str = vl_convert.vegalite_to_svg({"data": {"values": values}, "facet": facet, "columns": 2, "spec": panel})
    return drawn


def _least(found: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The smallest database of the same engine and history."""
    like = ("engine", "versions")
    same = [other for other in found["rows"] if all(other[key] == row[key] for key in like) and not other["crowd"]]
    least: dict[str, Any] = min(same, key=lambda other: other["figures"]) if same else row
    return least
