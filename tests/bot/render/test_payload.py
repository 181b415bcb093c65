"""The JSON form keeps its contract: the keys that docs/json.md promises, the types that the schema says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.render.payload import to_payload
from tests.bot.render.made import BELGIUM_LATER, BELGIUM_THEN, belgium_2016
from tests.golden.asked import QUESTIONS, Asked, answer_to

ROOT = Path(__file__).parents[3]
SCHEMA: dict[str, Any] = json.loads((Path(__file__).parent / "payload.schema.json").read_text(encoding="utf-8"))
DOCUMENT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_answer_fits_the_schema(asked: Asked) -> None:
    payload = json.loads(json.dumps(to_payload(answer_to(asked.question))))
    jsonschema.validate(payload, SCHEMA)


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {key for key in value if isinstance(key, str)}
        return own.union(*(keys_of(inner) for key, inner in value.items() if key != "values"))
    if isinstance(value, list):
        return set().union(*(keys_of(inner) for inner in value))
    return set()


def test_every_key_is_documented() -> None:
    keys = keys_of([to_payload(answer_to(asked.question)) for asked in QUESTIONS])
    assert sorted(key for key in keys if f"`{key}`" not in DOCUMENT) == []


def test_the_claims_open_with_the_headline_and_name_what_stands_behind_them() -> None:
    payload: Any = to_payload(belgium_2016())
    assert payload["outcome"] == "answered"
    assert payload["headline"] == payload["claims"][0]
    first, second = payload["claims"][:2]
    assert (first["figure"], first["low"], first["high"], first["bound"]) == (BELGIUM_LATER, 4, 4, "exact")
    assert (first["period_start"], first["period_end"], first["as_of"]) == ("2016-01", "2016-12", "2019-11-30")
    assert first["relay_chain"] == ["hln_belga_2019_11_30", "be_interior_de_crem_2019_11"]
    assert (second["figure"], second["low"], second["high"]) == (BELGIUM_THEN, 0, 0)
    assert second["origins"] == ["washington_post_2016_09"]
    assert payload["reading"]["text"] == "Belgium · departures · 2016"
    assert {note["kind"] for note in payload["notes"]} >= {"revises", "none_known"}


def test_an_end_that_nobody_stated_is_null() -> None:
    payload: Any = to_payload(answer_to("americans since january 2016"))
    assert (payload["headline"]["low"], payload["headline"]["high"]) == (None, 10)
    assert payload["headline"]["bound"] == "fewer_than"


def test_the_terminal_path_loads_nothing_heavy() -> None:
    code = """
import sys
from bot.render.payload import to_payload
from bot.render.terminal import to_text
from tests.bot.render.made import belgium_2016
to_payload(belgium_2016()), to_text(belgium_2016())
heavy = {"discord", "babel", "citeproc", "pybtex", "rispy", "rich", "lxml", "sqlalchemy"}
print(sorted(heavy & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")
