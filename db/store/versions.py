"""What this program brings: its newest migration and its built-in package; read from files, without importing them."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from db.model.errors import DatabaseNewer, DatabaseTooOld

MIGRATIONS = Path(__file__).parents[1] / "migrations"
PACKAGE = Path(__file__).parents[1] / "data"
_VERSION = re.compile(r"(\d{4})_\w+\.py")


def known_versions() -> tuple[str, ...]:
    """The migrations of this program, oldest first; read from the file names, since Alembic is slow to import."""
    found = (_VERSION.fullmatch(path.name) for path in (MIGRATIONS / "versions").iterdir())
    return tuple(sorted(match[1] for match in found if match))


def check_version(place: str, version: str | None) -> None:
    """Raise DatabaseNewer or DatabaseTooOld for a migration that this program does not know."""
    known = known_versions()
    if version is not None and version not in known:
        raise DatabaseTooOld(place, version) if version < known[-1] else DatabaseNewer(place, version, known[-1])


@cache
def fingerprint() -> str:
    """What tells one built-in package from another: twelve hexadecimal digits of its tables."""
    digest = sha256()
    for path in sorted(PACKAGE.glob("*.csv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def package_reason() -> str:
    """The reason that the revision of the built-in package carries."""
    return f"built-in package {fingerprint()}"
