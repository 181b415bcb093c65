"""The package of the program, read once a process: it takes a quarter of a second, and none changes it."""

from __future__ import annotations

from functools import cache

from db.package.datapackage import Package, read_package


@cache
def built_in() -> Package:
    """What ``read_package()`` reads."""
    return read_package()
