"""`python -m tools.places.words [FOLDER]`: choose the ordinary words that lie within reach of a name.

The folder holds plain word lists, one word a line: `trusted-*.txt` (common words, first names, large cities),
`foreign-*.txt` (words of other languages), `rare-*.txt` (surnames, small cities) and `common-*.txt` (the commonest
words, which are no names inside a sentence). Only words that would be read as a place are kept. Words in other scripts
(`ordinary_xx.txt`) are the frequent ones of Russian and Arabic, as the package wordfreq has them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.places.fold import fold
from bot.places.index import Names, load_names
from bot.places.lookup import Lookup
from bot.places.outcomes import Ambiguous, Unknown
from bot.questions.lexicon import lexicon
from tools.places import lists

_ELSEWHERE = ("ru", "ar")
"""The languages in other scripts that questions come in."""
_FREQUENT = 40_000
"""So many words of a language are looked at."""
_SURE_LENGTH = 5
"""A rare word one edit from a name of this length is a misspelling far more often than itself."""


def choose(folder: Path) -> tuple[list[str], list[str]]:
    """The words within reach of a name, and the common words that are keys of the index."""
    names = load_names()
    lookup = Lookup(Names(names.entries, names.tiers, names.whole_only, frozenset()))
    kept = {fold(word) for word in lists.words("not_ordinary.txt")}
    near: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        for key in {fold(word) for word in _lines(path)} - kept - near:
            if key in names.entries or not 2 < len(key) < 40:
                continue
            read = lookup.misspelt(key, key, regions=True)
            if isinstance(read, Unknown) and not lookup.variant(key, key):
                continue
            if path.name.startswith(("rare-", "foreign-")) and lookup.sure(key, _SURE_LENGTH):
                continue
            if path.name.startswith("rare-") and isinstance(read, Ambiguous):
                continue
            near.add(key)
    common = {fold(word) for path in folder.glob("common-*.txt") for word in _lines(path)}
    return sorted(near), sorted(key for key in common - kept if key in names.entries)


def elsewhere() -> list[str]:
    """The frequent words of Russian and Arabic, and those of questions, within reach of a name."""
    from wordfreq import top_n_list  # needed here only, of the extra `train`

    names = load_names()
    lookup = Lookup(Names(names.entries, names.tiers, names.whole_only, frozenset()))
    keys = {fold(word) for language in _ELSEWHERE for word in top_n_list(language, _FREQUENT)}
    keys |= {fold(word) for language in _ELSEWHERE for word in lexicon(language).vocabulary}
    return sorted(key for key in keys if key not in names.entries and lookup.variant(key, key))


def main(folder: Path | None) -> None:
    """Write `ordinary_xx.txt`, and with a folder `ordinary.txt` and `words.txt`, into the sources."""
    sources = Path(__file__).resolve().parents[2] / "bot" / "places" / "sources"
    frequent = "# Made by tools.places.words from frequent words of Russian and Arabic (wordfreq, see LICENSES.md).\n"
    (sources / "ordinary_xx.txt").write_text(frequent + "\n".join(_filled(elsewhere())) + "\n", encoding="utf-8")
    if folder is None:
        return
    near, common = choose(folder)
    head = "# Made by tools.places.words from lists of words, names and cities (see LICENSES.md).\n"
    (sources / "ordinary.txt").write_text(head + "\n".join(_filled(near)) + "\n", encoding="utf-8")
    (sources / "words.txt").write_text(head + "\n".join(_filled(common)) + "\n", encoding="utf-8")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _filled(keys: list[str]) -> Iterator[str]:
    line = ""
    for key in keys:
        if line and len(line) + len(key) > 118:
            yield line
            line = ""
        line = f"{line} {key}".strip()
    if line:
        yield line


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
