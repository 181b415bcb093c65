"""A hundred thousand words in a few megabytes: the text as it was read, and a table of where each word begins.

As strings in a dictionary they would take seven times as much.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from zlib import crc32

_ENDS = b" \t\n"
_FREE = 0


class Packed:
    """Words inside a text, found by what they are. A word ends at a space, a tab or a line's end."""

    def __init__(self, text: bytes, lines: Iterable[tuple[int, bytes]], size: int) -> None:
        """``lines`` are runs of words parted by single spaces, each with its offset; ``size`` is about how many words.

        Each word stands once. Offset 0 is kept free.
        """
        self.text = text
        self._slots = slots = size + size // 2 + 1
        self._table = table = array("I", bytes(4 * slots))
        for start, line in lines:
            at = start
            for word in line.split(b" "):
                slot = crc32(word) % slots
                while table[slot]:
                    slot = (slot + 1) % slots
                table[slot] = at
                at += len(word) + 1

    def find(self, word: str) -> int:
        """The offset of a word, 0 when it is not held."""
        wanted = word.encode("utf-8", "surrogatepass")
        if not wanted or b" " in wanted or b"\t" in wanted or b"\n" in wanted:
            return _FREE
        table, slots, text, size = self._table, self._slots, self.text, len(wanted)
        slot = crc32(wanted) % slots
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


def packed_lines(raw: bytes) -> Packed:
    """The words of a text with one word a line."""
    text = b"\n" + raw + b"\n"
    return Packed(text, [(1, raw.replace(b"\n", b" "))] if raw else [], raw.count(b"\n") + 1)
