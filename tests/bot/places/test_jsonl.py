"""Lines in, JSON lines out."""

from __future__ import annotations

import io
import json

from bot.places.jsonl import find_lines, resolve_lines


def test_each_name_gives_one_line() -> None:
    out = io.StringIO()
    resolve_lines(["Belgium\n", "congo\n", "nonsense words\r\n"], out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(row["text"], row["outcome"], row["places"], row["how"]) for row in rows] == [
        ("Belgium", "found", ["BE"], "exact"),
        ("congo", "ambiguous", ["CG", "CD"], "shared"),
        ("nonsense words", "unknown", [], ""),
    ]
    assert all(row["us"] >= 0 for row in rows)


def test_each_sentence_gives_one_line_with_each_place_once() -> None:
    out = io.StringIO()
    find_lines(["belgians from belgium and congo\n"], out)
    assert json.loads(out.getvalue())["places"] == ["BE", "CG"]
