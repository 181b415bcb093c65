"""`python -m tools.places`: write the index of names."""

from __future__ import annotations

from pathlib import Path

from bot.places.fold import fold
from tools.places import gather, lists
from tools.places.pack import pack, pack_words, packed
from tools.places.tiers import tiers


def write(folder: Path, without: frozenset[str] = frozenset()) -> None:
    """Write every generated file below the folder. `without` leaves sources out, to measure what the rest knows."""
    settled = gather.settle(gather.ranked(without))
    core = tiers(settled, without)
    common = {fold(word) for word in lists.words("words.txt")}
    named = {key for tier in core[:2] for key in tier}
    whole_only = {key for key in settled if key in common and key not in named}
    whole_only |= {fold(word) for word in lists.words("whole_only.txt")}
    keys, entries = pack(settled, {key for tier in core for key in tier})
    blocked = ("ordinary.txt", "ordinary_xx.txt", "refused.txt", "names_and_brands.txt")
    ordinary = {fold(word) for file in blocked for word in lists.words(file)}
    (folder / "names.trie").write_bytes(keys)
    (folder / "entries.bin").write_bytes(entries)
    (folder / "core.bin").write_bytes(packed(" ".join(keys) for keys in (*core, sorted(whole_only))))
    (folder / "ordinary.trie").write_bytes(pack_words(ordinary - set(settled)))


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[2] / "bot" / "places" / "data")
