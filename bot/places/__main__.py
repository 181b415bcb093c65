"""`python -m bot.places resolve|find`: read lines on standard input, write JSON lines."""

from __future__ import annotations

import sys

from bot.places.jsonl import find_lines, resolve_lines


def main(arguments: list[str]) -> int:
    """Run one of the two readers; 2 for a wrong command."""
    readers = {"resolve": resolve_lines, "find": find_lines}
    if len(arguments) != 1 or arguments[0] not in readers:
        print("usage: python -m bot.places resolve|find", file=sys.stderr)
        return 2
    readers[arguments[0]](sys.stdin, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
