"""`python -m tools.places`: write the index of names."""

from __future__ import annotations

from pathlib import Path

from bot.places.fold import fold
from bot.places.index import Entries
from bot.places.packed import packed_lines
from tools.places import gather, lists
from tools.places.pack import compress, pack, pack_lines
from tools.places.tiers import tiers


def write(folder: Path, without: frozenset[str] = frozenset()) -> None:
    """Write every generated file below the folder. `without` leaves sources out, to measure what the rest knows."""
    settled = gather.settle(gather.ranked(without))
    lines = pack(settled)
    (folder / "names.bin").write_bytes(compress(lines))
    (folder / "names.slots.bin").write_bytes(compress(Entries(lines).store()))
    core = tiers(settled, without)
    common = {fold(word) for word in lists.words("words.txt")}
    named = {key for tier in core[:2] for key in tier}
    whole_only = {key for key in settled if key in common and key not in named}
    whole_only |= {fold(word) for word in lists.words("whole_only.txt")}
    (folder / "core.bin").write_bytes(compress(pack_lines(" ".join(keys) for keys in (*core, sorted(whole_only)))))
    blocked = ("ordinary.txt", "refused.txt", "names_and_brands.txt")
    ordinary = {fold(word) for file in blocked for word in lists.words(file)}
    words = pack_lines(sorted(ordinary - set(settled)))
    (folder / "ordinary.bin").write_bytes(compress(words))
    (folder / "ordinary.slots.bin").write_bytes(compress(packed_lines(words).store()))


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[2] / "bot" / "places" / "data")
