"""A look for known faults that did not happen is no clean result."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2] / ".ci" / "advisories.py"
WANTED = {"aiohttp": "3.14.5", "lxml": "6.1.0"}
CLEAN: list[dict[str, Any]] = [
    {"name": "aiohttp", "version": "3.14.5", "vulns": []},
    {"name": "lxml", "version": "6.1.0", "vulns": []},
]
FAULT = {"id": "PYSEC-1", "fix_versions": ["3.14.6"], "aliases": [], "description": ""}


def advisories() -> Any:
    spec = importlib.util.spec_from_file_location("advisories", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("report", "code", "line"),
    [
        (json.dumps({"dependencies": CLEAN}), 0, "no known fault in 2 packages"),
        (
            json.dumps({"dependencies": [{**CLEAN[0], "vulns": [FAULT]}, CLEAN[1]]}),
            1,
            "aiohttp 3.14.5: PYSEC-1, mended in 3.14.6",
        ),
        (json.dumps({"dependencies": CLEAN[:1]}), 2, "lxml 6.1.0: not looked up"),
        (
            json.dumps({"dependencies": [CLEAN[0], {"name": "lxml", "skip_reason": "no answer"}]}),
            2,
            "lxml 6.1.0: not looked up",
        ),
        ("", 2, "the advisories could not be looked up: no report came"),
        ("[]", 2, "the advisories could not be looked up: no report came"),
    ],
)
def test_only_a_report_of_every_package_is_a_result(report: str, code: int, line: str) -> None:
    assert advisories().judge(report, WANTED) == (code, [line])


def test_the_lock_is_read_whole() -> None:
    module = advisories()
    assert len(module.locked(module.LOCK.read_text(encoding="utf-8"))) > 30
