"""What the container installs is pinned by hash, and can be listed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = re.findall(
    r"^([a-z0-9][a-z0-9._-]*)==(\S+)[^\n]*((?:\\\n {4}--hash=sha256:[0-9a-f]{64} ?)+)", LOCK, re.MULTILINE
)


def test_every_locked_package_has_a_version_and_hashes() -> None:
    named = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(ENTRIES) == len(named) > 30


def test_the_lock_names_no_host() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*--(?!hash)", LOCK, re.MULTILINE)


def test_the_lock_holds_the_versions_that_the_tests_passed_with() -> None:
    pinned = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line
    )
    same = {name.lower().replace("_", "-"): version for name, version in pinned.items()}
    moved = {name: version for name, version, _ in ENTRIES if same.get(name, version) != version}
    assert moved == {}


def test_the_bill_of_materials_lists_what_is_needed_and_nothing_of_the_tests() -> None:
    run = subprocess.run([sys.executable, ".ci/sbom.py"], cwd=ROOT, capture_output=True, check=True, timeout=60)
    bill = json.loads(run.stdout)
    names = {part["name"] for part in bill["components"]}
    assert {"discord-py", "sqlmodel", "asyncpg", "aiohttp"} <= names
    assert names.isdisjoint({"pytest", "simcord", "mypy"})
    references = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert all(set(each["dependsOn"]) <= references for each in bill["dependencies"])


def test_the_container_installs_by_hash_and_runs_as_nobody_special() -> None:
    steps = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in steps
    assert re.search(r"^USER inflow$", steps, re.MULTILINE)
    assert "/readyz" in steps
