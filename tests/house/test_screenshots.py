"""The pictures of the documentation are as a phone shows them, and the number is on the first screen."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.browser import PHONE
from tools.screenshots import CHUNK, HERE, SCENES

SCALE = 2
HEADER, COMPOSER = 48, 60
"""Pixels that the channel's name and the line to write in take."""
ROOT = HERE.parent.parent


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        yield png[position + 4 : position + 8], png[position + 8 : position + 8 + length]
        position += length + 12


@pytest.mark.parametrize("name", SCENES)
def test_each_picture_is_a_phone_s_screen_with_its_number_on_it(name: str) -> None:
    parts = list(chunks((HERE / f"{name}-phone.png").read_bytes()))
    wide, high = struct.unpack(">II", dict(parts)[b"IHDR"][:8])
    assert (wide, high) == (PHONE[0] * SCALE, PHONE[1] * SCALE)
    told = next(
        json.loads(body.partition(b"\0")[2])
        for kind, body in parts
        if kind == b"tEXt" and body.startswith(CHUNK.encode())
    )
    if not told["text"]:
        return  # the number is inside of the picture that the bot sent
    left, top, width, height = told["place"]
    assert 0 <= left <= left + width <= PHONE[0]
    assert HEADER <= top <= top + height <= PHONE[1] - COMPOSER
    rows = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    row = (top + height // 2) * SCALE * (wide + 1) + 1
    assert rows[row - 1] == 0, "a row as it is, one byte a pixel"
    assert len(set(rows[row + left * SCALE : row + (left + width) * SCALE])) > 1, "something is written there"


def test_the_pages_show_these_pictures_and_no_others() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"screenshots/([\w-]+\.png)", page.read_text("utf-8"))}
    made = {f"{name}-phone.png" for name in SCENES}
    assert shown <= made
    assert {path.name for path in Path(HERE).glob("*.png")} == made
