"""Make the two font files of the charts out of Noto fonts: one family for every script that a label can hold.

Run by a developer, never by the bot: ``python -m tools.fonts NOTO_DIRECTORY``, with fontTools installed (the Debian
package fonts-noto-core has the sources). The renderer falls back to another font for a whole run of text, not for one
letter, so "بلجيكا (ICCT, 2015)" comes out right only when both scripts live in one file.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

FAMILY = "Inflow Sans"
FOLDER = Path(__file__).parents[1] / "bot" / "charts" / "fonts"
SCRIPTS = ("NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansGeorgian", "NotoSansArmenian", "NotoSansThai")
SIGNS = {"NotoSansMath": "≈≤≥←→−", "NotoSansSymbols2": "●○▲▼▬★"}
UNUSED_TABLES = ("MATH", "STAT", "DSIG", "vhea", "vmtx", "meta")


def merged(sources: Path, weight: str, scratch: Path) -> Any:
    """The fonts of one weight as one font of our own name, without hinting."""
    parts = []
    for name in (*SCRIPTS, *SIGNS):
        path = sources / f"{name}-{weight}.ttf"
        if not path.exists():  # the fonts of signs have one weight only
            path = sources / f"{name}-Regular.ttf"
        part = scratch / f"{name}-{weight}.ttf"
        reduced(path, SIGNS.get(name)).save(part)
        parts.append(str(part))
    font = import_module("fontTools.merge").Merger().merge(parts)
    names = {1: FAMILY, 3: f"{FAMILY} {weight} 1", 4: f"{FAMILY} {weight}", 6: f"InflowSans-{weight}", 16: FAMILY}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    return font


def reduced(path: Path, only: str | None) -> Any:
    """One font without hinting: all of its letters, or only the signs named."""
    subset = import_module("fontTools.subset")
    options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True)
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    font = subset.load_font(str(path), options)
    held = set(font.getBestCmap())
    latin = path.name.startswith("NotoSans-")
    wanted = {ord(sign) for sign in only} & held if only else {code for code in held if latin or code > 0x24F}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    for table in UNUSED_TABLES:
        if table in font:
            del font[table]
    return font


def main() -> None:
    """Write both weights where the renderer looks for them."""
    sources = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        for weight in ("Regular", "Bold"):
            merged(sources, weight, Path(scratch)).save(FOLDER / f"InflowSans-{weight}.ttf")


if __name__ == "__main__":
    main()
