"""The worker process: reads specs from its standard input, writes pictures to its standard output.

Frames in both directions are a JSON head on one line, then as many bytes as the head says. Run by
``bot.charts.worker`` only, as ``python -m bot.charts.renderer``. It fetches nothing: a spec that names an address is
refused.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, BinaryIO

from bot.charts.maps import HATCHING, SHAPES
from bot.charts.png import compressed
from bot.charts.shapes.geometry import hatching, world

SCALE, MAP_SCALE = 2.0, 1.5
"""Pixels a unit; maps weigh more, and 1,200 pixels are a phone's width."""
NO_ADDRESSES: list[str] = []
VEGA_LITE = "6.4"
POLITENESS = 5
"""A picture may wait a little; the conversation, on the same cores, may not."""


def completed(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with the map's shapes and hatching in place of their names."""
    own = spec.get("usermeta") or {}
    for layer in spec.get("layer", ()):
        data = layer.get("data") or {}
        if data.get("name") == SHAPES:
            layer["data"] = {"values": world(), "format": data["format"]}
        elif data.get("name") == HATCHING:
            layer["data"] = {"values": hatching(own["hatched"], own["step"]), "format": data["format"]}
    return spec


def draw(spec: dict[str, Any], form: str) -> bytes:
    """One picture as ``png`` or ``svg``; ValueError when the renderer rejects the spec."""
    import vl_convert

    ready = completed(spec)
    if form == "svg":
        svg: str = vl_convert.vegalite_to_svg(ready, vl_version=VEGA_LITE, allowed_base_urls=NO_ADDRESSES)
        return svg.encode()
    scale = MAP_SCALE if "usermeta" in spec else SCALE
    return compressed(
        vl_convert.vegalite_to_png(ready, vl_version=VEGA_LITE, scale=scale, allowed_base_urls=NO_ADDRESSES)
    )


def resident_bytes() -> int:
    """The memory that this process holds; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def warm_up() -> None:
    """Draw one small picture, so that the first real one is quick."""
    mark = {"type": "text", "text": "Inflow", "font": "Inflow Sans"}
    draw({"data": {"values": [{}]}, "width": 40, "height": 40, "layer": [{"mark": mark}]}, "png")


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until the other side hangs up."""
    _reply(target, "ready", b"")
    while line := source.readline():
        head = json.loads(line)
        spec = json.loads(source.read(head["bytes"]))
        try:
            _reply(target, "drawn", draw(spec, head["form"]))
        except (ValueError, KeyError, TypeError) as refused:
            _reply(target, "refused", str(refused)[:2000].encode())


def _reply(target: BinaryIO, state: str, body: bytes) -> None:
    head = {"state": state, "bytes": len(body), "resident": resident_bytes()}
    target.write(json.dumps(head).encode() + b"\n" + body)
    target.flush()


def main() -> None:
    """Load fonts, warm up, serve."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not land between the frames
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    import vl_convert

    with as_file(files("bot.charts") / "fonts") as fonts:
        vl_convert.register_font_directory(str(fonts))
        warm_up()
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
