"""How often chance is asked: little in every run, and as much as somebody has patience for with ``INFLOW_LONG``."""

from __future__ import annotations

import os

LONG = int(os.environ.get("INFLOW_LONG", "1"))
"""How many times as many draws, kills and faults as the suite takes: its long runs take 20 and more."""
EXAMPLES = 30 * LONG
"""The examples of a law that says nothing else."""


def often(usual: int) -> int:
    """How often something is tried that the suite tries so often."""
    return usual * LONG
