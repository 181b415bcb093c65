"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file of its own."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Where to write a file that takes its name, over any that has it, at the end of the block.

    A block that fails, or a full disk, leaves what was there before and nothing beside it. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        partial.replace(target)
    finally:
        for ending in ("", *BESIDE):
            partial.with_name(partial.name + ending).unlink(missing_ok=True)
