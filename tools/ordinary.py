"""`python -m tools.ordinary WORDS`: choose the ordinary English words that lie within a slip of a word of questions.

WORDS is a plain list of English words, one a line (SCOWL's size 35, Debian's wamerican-small; LICENSES.md).
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from bot.questions.calendar_words import calendar_vocabulary
from bot.questions.lexicon import lexicon
from bot.questions.spelling import nearest

_ENDING = re.compile(r"(?:e|y|s|es|ies|ied|d|ed|er|ers|ing|ings|ion|ions|ation|ations|ly|al|ally|ment|ments|ness)$")
TARGET = Path(__file__).parents[1] / "bot" / "questions" / "words" / "ordinary.txt"


def choose(words: set[str]) -> list[str]:
    """Those of the words that would be taken for a slip of another."""
    english = lexicon("en")
    known = english.vocabulary | calendar_vocabulary()
    chosen = ((word, nearest(word, english)) for word in words - known)
    return sorted(word for word, other in chosen if other is not None and _stem(word) != _stem(other))


def _stem(word: str) -> str:
    """A word without its ending: another form of a known word is read as that word."""
    return _ENDING.sub("", word)


def main(source: Path) -> None:
    """Write the list beside the tables of words."""
    lines = source.read_text(encoding="utf-8").split()
    words = {word for word in lines if word.isascii() and word.isalpha() and word.islower() and len(word) > 2}
    head = "# English words near a word of questions, made by bot.questions.ordinary from SCOWL size 35.\n"
    body = "\n".join(textwrap.wrap(" ".join(choose(words)), 118))
    TARGET.write_text(f"{head}{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
