"""Entry point: reads the arguments, runs one command, turns expected failures into kind words and exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from bot.cli.failures import explain
from bot.cli.parser import build_parser

GARBAGE_AFTER = 100_000
"""New objects between two looks for garbage in circles; the bot has a measure of its own."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line.

    Exit codes: 0 done, 1 the command found something wrong, 2 it could not be carried out as asked, 130 interrupted.
    """
    gc.set_threshold(GARBAGE_AFTER)  # most of what a command makes stays: looking for garbage is a tenth of its time
    atexit.register(gc.freeze)  # what is left at the end is not looked through for garbage: a quarter of the time
    parser = build_parser()
    arguments = parser.parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe (head, less) left: not a fault, and nothing more may be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        words = explain(error)
        if words is None:
            raise
        print(words, file=sys.stderr)
        return 2
