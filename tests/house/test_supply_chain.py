"""What the container installs is pinned by hash, and can be listed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

from bot.cli.parser import build_parser
from config.reading import unknown_names

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


DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
HEALTH = ["inflow", "ready"]


def test_the_container_installs_by_hash_and_runs_by_number_without_an_installer() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    build, _, final = DOCKERFILE.rpartition("FROM ")
    assert "pip install" not in final
    assert "venv --without-pip /opt/inflow" in build
    assert re.search(r"^USER \d+:\d+$", final, re.MULTILINE)


def test_what_is_not_copied_is_not_sent_to_the_builder() -> None:
    copied = set(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE))
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line.removeprefix("!") for line in ignored if line.startswith("!")} == set(" ".join(copied).split())


def test_whatever_runs_the_container_asks_its_health_the_same_way() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert services["bot"]["healthcheck"]["test"] == ["CMD", *HEALTH]
    assert f"CMD {json.dumps(HEALTH)}" in DOCKERFILE
    assert json.dumps(HEALTH) in (ROOT / "docs" / "containers.md").read_text(encoding="utf-8")
    assert build_parser().parse_args(HEALTH[1:])


def test_the_containers_are_given_settings_that_there_are() -> None:
    named = set(yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["bot"]["environment"])
    for text in (DOCKERFILE, (ROOT / "docs" / "containers.md").read_text(encoding="utf-8")):
        named |= set(re.findall(r"\bINFLOW_[A-Z_]+", text))
    assert unknown_names(named) == ()
