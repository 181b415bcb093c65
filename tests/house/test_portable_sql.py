"""What statements use beyond plain SQL is listed in docs/scaling.md, with what would take its place elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [path for path in sorted((ROOT / "db").rglob("*.py")) if "browsing" not in path.parts]
"""The browsable copy is a SQLite file of its own, whatever the engine."""
FEATURES = {
    "advisory locks": r"pg_\w*advisory",
    "LISTEN and NOTIFY": r"pg_notify|add_listener",
    "partial indexes": r"postgresql_where",
    "row locks": r"with_for_update|FOR UPDATE",
    "RETURNING": r"\.returning\(",
    "savepoints": r"begin_nested\(",
    "changes of tables in a transaction": r"transactional_ddl",
}
NOT_USED = {
    "upserts": r"on_conflict|ON CONFLICT",
    "window functions": r"\.over\(|\bOVER \(",
    "recursive queries": r"recursive=True|WITH RECURSIVE",
    "triggers and functions": r"CREATE (OR REPLACE )?(TRIGGER|FUNCTION)",
    "temporary tables": r"TEMP(ORARY)? TABLE|TEMPORARY",
    "arrays": r"\bARRAY\b|\bunnest\b",
    "JSON types": r"\bJSONB?\b\(|sa\.JSON|import JSON",
    "full-text search": r"to_tsvector|TSVECTOR",
    "exclusion constraints": r"ExcludeConstraint",
    "other drivers' dialects": r"from sqlalchemy\.dialects",
}


def used(pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in CODE if re.search(pattern, path.read_text(encoding="utf-8"))}


def documented() -> dict[str, str]:
    """The features of the table in docs/scaling.md, each with what an engine without it does."""
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    section = text.partition("## What the statements use")[2]
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.startswith("| ")]
    return {name.strip(): instead.strip() for name, _, instead in rows[2:] if name.strip()}


@pytest.mark.parametrize("name", FEATURES)
def test_what_is_used_is_in_the_table_with_what_takes_its_place(name: str) -> None:
    assert used(FEATURES[name])
    assert len(documented()[name]) > 20


def test_the_table_names_nothing_else() -> None:
    assert set(documented()) == set(FEATURES)


@pytest.mark.parametrize("name", NOT_USED)
def test_what_such_engines_lack_is_not_used(name: str) -> None:
    assert used(NOT_USED[name]) == set()
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    assert name in text.partition("Not used:")[2]
