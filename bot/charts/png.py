"""PNG files made smaller: the renderer compresses in haste, and a chart travels over phones."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVEL = 6
"""zlib's default; level 9 takes four times as long for a hundredth more."""
LARGE = 200_000
"""Bytes from which the slower way is worth its 80 ms."""
RGBA_8 = b"\x08\x06\x00\x00\x00"
NO_FILTER, DIFFERENCES = 0, 1


def compressed(png: bytes) -> bytes:
    """The same pixels in fewer bytes; anything that is no PNG comes back as it is."""
    if not png.startswith(SIGNATURE):
        return png
    packed = bytearray()
    before, after = bytearray(), bytearray()
    for kind, data in _chunks(png):
        if kind == b"IDAT":
            packed += data
        else:
            (after if packed else before).extend(_chunk(kind, data))
    rows = zlib.decompress(packed)
    smaller = zlib.compress(rows, LEVEL)
    if len(smaller) > LARGE and png[24:29] == RGBA_8:
        smaller = min(smaller, _packed(unfiltered(rows, size(png)[0] * 4)), key=len)
    return SIGNATURE + bytes(before) + _chunk(b"IDAT", smaller) + bytes(after)


def unfiltered(rows: bytes, length: int) -> Iterator[bytes]:
    """Rows of RGBA pixels as plain values where they are stored as differences from the pixel to the left.

    Flat colours compress better so: a chart comes out a quarter smaller. The running sum of a row is taken over all
    of its bytes at once, as one long integer: adding a copy shifted by 1, 2, 4 … pixels sums ever longer runs, and
    the top bit of each byte is added apart, so that no carry spills into the next byte. Rows that are stored in any
    other way stay as they are: each row says for itself how it is stored.
    """
    low_bits = int.from_bytes(b"\x7f" * length, "little")
    top_bits = int.from_bytes(b"\x80" * length, "little")
    every_bit = low_bits | top_bits
    last, plain = b"", b""
    for start in range(0, len(rows), length + 1):
        row = rows[start : start + 1 + length]
        if row[0] == DIFFERENCES:
            if row != last:  # charts are full of rows that repeat
                sums, shift = int.from_bytes(row[1:], "little"), 32
                while shift < length * 8:
                    moved = (sums << shift) & every_bit
                    sums = ((sums & low_bits) + (moved & low_bits)) ^ ((sums ^ moved) & top_bits)
                    shift *= 2
                last, plain = row, bytes((NO_FILTER,)) + sums.to_bytes(length, "little")
            yield plain
        else:
            yield row


def _packed(rows: Iterator[bytes]) -> bytes:
    packer = zlib.compressobj(LEVEL)
    return b"".join(packer.compress(row) for row in rows) + packer.flush()


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(SIGNATURE)
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        kind = png[position + 4 : position + 8]
        yield kind, png[position + 8 : position + 8 + length]
        position += length + 12


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
