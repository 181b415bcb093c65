"""Smaller files with the same pixels."""

from __future__ import annotations

import os
import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from bot.charts import png


def slowly(row: bytes) -> bytes:
    """A row of differences turned into plain values, byte by byte."""
    plain = bytearray()
    for index, value in enumerate(row):
        plain.append((value + (plain[index - 4] if index >= 4 else 0)) % 256)
    return bytes(plain)


@given(st.integers(1, 40), st.data())
def test_sums_of_whole_rows_are_sums_of_bytes(width: int, data: st.DataObject) -> None:
    rows = [data.draw(st.binary(min_size=width * 4, max_size=width * 4)) for _ in range(3)]
    stored = b"".join(b"\x01" + row for row in rows)
    assert b"".join(png.unfiltered(stored, width * 4)) == b"".join(b"\x00" + slowly(row) for row in rows)


def test_rows_stored_in_other_ways_are_left_alone() -> None:
    stored = b"\x00" + b"abcd" + b"\x02" + b"efgh" + b"\x04" + b"ijkl"
    assert b"".join(png.unfiltered(stored, 4)) == stored


def image(rows: bytes, width: int, height: int) -> bytes:
    """A PNG around stored rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(rows, 0)
    return png.SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_small_picture_keeps_its_rows() -> None:
    rows = b"".join(b"\x01" + bytes(400) for _ in range(50))
    made = png.compressed(image(rows, 100, 50))
    assert len(made) < len(rows) / 10
    assert made == image(rows, 100, 50).replace(zlib.compress(rows, 0), b"") or png.size(made) == (100, 50)
    assert zlib.decompress(made[41 : 41 + struct.unpack(">I", made[33:37])[0]]) == rows


def test_a_large_picture_keeps_its_pixels() -> None:
    noise = os.urandom(4000)
    rows = b"".join(b"\x01" + noise[index * 4 :] + noise[: index * 4] for index in range(300))
    made = png.compressed(image(rows, 1000, 300))
    stored = zlib.decompress(made[41 : 41 + struct.unpack(">I", made[33:37])[0]])
    plain = b"".join(png.unfiltered(stored, 4000))
    assert plain == b"".join(png.unfiltered(rows, 4000))


def test_what_is_no_png_comes_back() -> None:
    assert png.compressed(b"<svg/>") == b"<svg/>"
