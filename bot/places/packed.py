"""A hundred thousand words in a few megabytes: the text as it was read, and a table of where each word begins.

As strings in a dictionary they would take seven times as much.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator
from struct import Struct
from zlib import crc32

_ENDS = b" \t\n"
_FREE = 0
_SIZE = Struct("<I")


class Packed:
    """Words inside a text, found by what they are. A word ends at a space, a tab or a line's end."""

    def __init__(self, text: bytes, table: array[int], maybe: bytes) -> None:
        """``table`` has the offset of each word in the slot of its hash, or in the next free one.

        ``maybe`` has a bit for each hash, some ten bits a word: what has none is not held, as most that is asked.
        """
        self.text = text
        self._table = table
        self._maybe = maybe

    @classmethod
    def of(cls, text: bytes, lines: Iterable[tuple[int, bytes]], size: int) -> Packed:
        """``lines`` are runs of words parted by single spaces, each with its offset.

        ``size`` is how many words there are, or more. Each word stands once. Offset 0 is kept free.
        """
        slots = size + size // 2 + 1
        table = array("I", bytes(4 * slots))
        maybe = bytearray(1 << size.bit_length())
        bits = len(maybe) - 1
        for start, line in lines:
            at = start
            for word in line.split(b" "):
                hashed = crc32(word)
                maybe[hashed >> 3 & bits] |= 1 << (hashed & 7)
                slot = hashed % slots
                while table[slot]:
                    slot = (slot + 1) % slots
                table[slot] = at
                at += len(word) + 1
        return cls(text, table, bytes(maybe))

    @classmethod
    def stored(cls, text: bytes, data: bytes) -> Packed:
        """What ``store`` gave for the same text: hashing 100,000 words takes longer than reading them."""
        (size,) = _SIZE.unpack_from(data)
        table = array("I", data[_SIZE.size : _SIZE.size + 4 * size])
        if sys.byteorder == "big":
            table.byteswap()
        return cls(text, table, data[_SIZE.size + 4 * size :])

    def store(self) -> bytes:
        """The tables as bytes, the same on every machine."""
        table = array("I", self._table)
        if sys.byteorder == "big":
            table.byteswap()
        return _SIZE.pack(len(table)) + table.tobytes() + self._maybe

    def find(self, word: str) -> int:
        """The offset of a word, 0 when it is not held."""
        wanted = word.encode("utf-8", "surrogatepass")
        if not wanted or b" " in wanted or b"\t" in wanted or b"\n" in wanted:
            return _FREE
        hashed = crc32(wanted)
        if not self._maybe[hashed >> 3 & len(self._maybe) - 1] >> (hashed & 7) & 1:
            return _FREE
        table, text, size = self._table, self.text, len(wanted)
        slots = len(table)
        slot = hashed % slots
        while at := table[slot]:
            if text.startswith(wanted, at) and text[at + size] in _ENDS:
                return at
            slot = (slot + 1) % slots
        return _FREE

    def __contains__(self, word: object) -> bool:
        """Whether a word is held."""
        return isinstance(word, str) and self.find(word) != _FREE

    def word_at(self, offset: int) -> str:
        """The word that begins at an offset."""
        end = offset
        while self.text[end] not in _ENDS:
            end += 1
        return self.text[offset:end].decode()

    def offsets(self) -> Iterator[int]:
        """Where words begin, in no order."""
        return filter(None, self._table)


def packed_lines(raw: bytes, stored: bytes | None = None) -> Packed:
    """The words of a text with one word a line; ``stored`` may hold their tables."""
    text = b"\n" + raw + b"\n"
    if stored is not None:
        return Packed.stored(text, stored)
    return Packed.of(text, [(1, raw.replace(b"\n", b" "))] if raw else [], raw.count(b"\n") + 1)
