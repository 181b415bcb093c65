"""Commands that show how words are read, one JSON line for each line of input."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, date, datetime


def read(arguments: argparse.Namespace) -> int:
    """Print how each question is read, or why one is read as it is (see docs/reading.md)."""
    today = date.fromisoformat(arguments.today) if arguments.today else datetime.now(UTC).date()
    if arguments.explain is not None:
        from bot.questions.explaining import explained
        from bot.questions.reader import Reader, cleaned

        print("\n".join(explained(Reader.load().judge(cleaned(arguments.explain), today))))
        return 0
    from bot.questions.jsonl import read_lines

    read_lines(_utf8_input(), sys.stdout, today=today)
    return 0


def places_resolve(arguments: argparse.Namespace) -> int:
    """Print what each name resolves to (see docs/places.md)."""
    from bot.places.jsonl import resolve_lines

    resolve_lines(_utf8_input(), sys.stdout)
    return 0


def places_find(arguments: argparse.Namespace) -> int:
    """Print the places that each sentence mentions."""
    from bot.places.jsonl import find_lines

    find_lines(_utf8_input(), sys.stdout)
    return 0


def _utf8_input() -> io.TextIOWrapper:
    """Standard input as UTF-8 whatever the machine's locale; bytes that are not UTF-8 become U+FFFD."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
