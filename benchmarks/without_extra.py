"""Runs the module named by ``BENCHMARK_OF`` as if the ``speed`` extra were not installed."""

from __future__ import annotations

import os
import runpy
import sys

if __name__ == "__main__":
    for name in ("uvloop", "orjson"):
        sys.modules[name] = None  # type: ignore[assignment]  # which makes its import fail
    runpy.run_module(os.environ["BENCHMARK_OF"], run_name="__main__", alter_sys=True)
