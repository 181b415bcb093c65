"""Where the files of tests lie: in memory where there is enough, since each commit of SQLite waits for a disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 1024**3
"""Free bytes: a run needs some dozens of megabytes at a time, and the machine must not run short of memory by it."""


def lie_in_memory() -> None:
    """Let this process and those that it starts make temporary files in memory, unless TMPDIR says where.

    What is killed leaves what it had written there as well as on a disk: only a power cut would tell them apart.
    """
    try:
        fits = shutil.disk_usage(MEMORY).free >= ENOUGH and os.access(MEMORY, os.W_OK | os.X_OK)
    except OSError:
        return
    if fits and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
