"""The index in the repository is the one that the lists and packages make."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import bot.places

PINNED = {"babel": "2.18", "countrynames": "1.17", "marisa-trie": "1.4"}


def test_the_index_is_fresh(tmp_path: Path) -> None:
    for package, wanted in PINNED.items():
        try:
            if not version(package).startswith(wanted):
                pytest.skip(f"the index is made with {package} {wanted}")
        except PackageNotFoundError:
            pytest.skip(f"{package} is only installed where the index is made")
    from tools.places.__main__ import write

    write(tmp_path)
    shipped = Path(bot.places.__file__).parent / "data"
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    held = {path.relative_to(shipped): path.read_bytes() for path in shipped.rglob("*.*")}
    stale = sorted(str(path) for path in made.keys() | held.keys() if made.get(path) != held.get(path))
    assert stale == [], "run python -m tools.places"
