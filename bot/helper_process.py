"""Starting a process that helps: with this program's modules, never the current folder's, and without its secrets."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import bot

NEEDED = frozenset(
    "PATH HOME LANG LC_ALL LC_CTYPE TZ TMPDIR TEMP TMP SYSTEMROOT USERPROFILE PYTHONHOME LD_LIBRARY_PATH".split()
)
"""What a helper is given of the environment: no setting of the bot and nothing that another program left there."""


def helper_command(module: str) -> list[str]:
    """How to run a module in a process of its own; ``-P`` keeps what the current folder calls ``bot`` out of it."""
    return [sys.executable, "-P", "-m", module]


def helper_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a helper, in which it finds the same ``bot`` as this process."""
    kept = {name: value for name, value in environment.items() if name in NEEDED}
    return {**kept, "PYTHONPATH": str(Path(bot.__file__).parent.parent)}
