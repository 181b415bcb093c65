"""Packing the index into small files: the same names give the same bytes."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping


def pack(settled: Mapping[str, tuple[str, tuple[str, ...]]]) -> bytes:
    """One line for each entry: `how<TAB>places<TAB>keys`."""
    keys: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for key, entry in settled.items():
        keys[entry].append(key)
    return pack_lines(
        "\t".join((how, " ".join(ids), " ".join(sorted(found)))) for (how, ids), found in sorted(keys.items())
    )


def pack_lines(lines: Iterable[str]) -> bytes:
    """Lines as bytes."""
    return "\n".join(lines).encode()


def compress(data: bytes) -> bytes:
    """As small as zlib makes it."""
    return zlib.compress(data, 9)
