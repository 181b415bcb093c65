"""Packing the index into small files: the same names give the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping

from marisa_trie import RecordTrie, Trie

from bot.places.index import NUMBER, TINY


def pack(settled: Mapping[str, tuple[str, tuple[str, ...]]], named: Collection[str]) -> tuple[bytes, bytes]:
    """The trie of keys with the number of each key's entry, and the entries: ``how<TAB>places<TAB>misspelt``.

    A misspelling may be read as a key that is no code, is not short and is not ``named`` in a tier.
    """
    rows = {
        key: (how, " ".join(ids), "1" if how != "code" and len(key) > TINY and key not in named else "")
        for key, (how, ids) in settled.items()
    }
    numbers = {row: number for number, row in enumerate(sorted(set(rows.values())))}
    trie = RecordTrie(NUMBER, [(key, (numbers[row],)) for key, row in sorted(rows.items())])
    return trie.tobytes(), packed("\t".join(row) for row in numbers)


def pack_words(words: Iterable[str]) -> bytes:
    """Words as a trie."""
    held: bytes = Trie(sorted(words)).tobytes()
    return held


def packed(lines: Iterable[str]) -> bytes:
    """Lines as small as zlib makes them."""
    return zlib.compress("\n".join(lines).encode(), 9)
