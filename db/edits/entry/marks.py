"""The marks of footnotes behind a cell: they are left out, and that is told, since a note may say what is counted."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?<=[^\W_])\s{0,3}(?:[*†‡§¹²³⁰-⁹]{1,4}|\[\w{1,3}\]|\([a-z]\))$")


def without_mark(text: str) -> str:
    """A cell without the mark of its footnote.

    >>> without_mark("470²"), without_mark("760 *"), without_mark("1,700 [a]"), without_mark("10 (5)")
    ('470', '760', '1,700', '10 (5)')
    """
    text = text.strip()
    found = _MARK.search(text[-12:])
    return text[: len(text) - len(found[0])].rstrip() if found else text
