"""What a moderator leaves out: plain defaults, one number for both ends, and readable ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from hashlib import blake2b

from db.edits.references import Known
from db.model.values import Bound

FIGURE_DEFAULTS = {
    "who": "everyone",
    "destination": "SY+IQ",
    "seen": "secondary",  # the modest claim, until somebody says that the publisher's own text was read
    "credibility": "6",
    "status": "current",
}
SOURCE_DEFAULTS = {"reliability": "F", "status": "current"}
"""F and 6: not judged yet."""
LONGEST_FIGURE_ID = 110
LONGEST_SOURCE_KEY = 70
_ONE_NUMBER = (Bound.EXACT.value, Bound.ABOUT.value)


def completed_figure(cells: Mapping[str, str], known: Known) -> dict[str, str]:
    """The cells of a new figure with what was left out; what was written is never changed.

    >>> from db.edits.references import Known
    >>> made = completed_figure({"low": "7"}, Known({}, {}, {}))
    >>> made["high"], made["bound"], made["who"]
    ('7', 'exact', 'everyone')
    """
    full = {**FIGURE_DEFAULTS, **_given(cells)}
    full |= _both_ends(full)
    if full["low"] == full["high"] == "0":
        full.setdefault("zero", "none")
    source = known.sources.get(full.get("source", ""))
    if "evidence" not in full and source is not None and source.url:
        full["evidence"] = source.url
    return full


def completed_edit(cells: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The cells of a figure after an edit; a new number alone stands for both ends where one number was stated.

    >>> completed_edit({"low": "7"}, {"low": "4", "high": "4", "bound": "about"})
    {'low': '7', 'high': '7', 'bound': 'about'}
    """
    full = completed_source_edit(cells, before)
    bound, low, high = full.get("bound", ""), cells.get("low", "").strip(), cells.get("high", "").strip()
    if bound in _ONE_NUMBER and bool(low) != bool(high):
        full["low"] = full["high"] = low or high
    if full.get("low") == full.get("high") == "0":
        full["zero"] = full.get("zero") or "none"
    elif not cells.get("zero"):
        full.pop("zero", None)
    return full


def completed_source_edit(cells: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The cells of a source after an edit; what is current again has no reason but a new one."""
    full = {**before, **{column: text.strip() for column, text in cells.items()}}
    if full.get("status") == "current" and before.get("status") != "current":
        full["status_reason"] = cells.get("status_reason", "")
    return full


def completed_source(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a new source with what was left out."""
    return {**SOURCE_DEFAULTS, **_given(cells)}


def figure_stem(cells: Mapping[str, str]) -> str:
    """The id that a figure's cells lead to while it is free: place, measure, who when narrower, source.

    >>> figure_stem({"place": "BE", "measure": "travelled", "source": "tsg_2015"})
    'be-travelled-tsg_2015'
    """
    place = cells.get("place", "").removeprefix("R:").lower()
    who = cells.get("who", "")
    parts = [place, cells.get("measure", ""), *([] if who in ("", "everyone") else [who]), cells.get("source", "")]
    return _short("-".join(parts), LONGEST_FIGURE_ID)


def source_stem(cells: Mapping[str, str]) -> str:
    """The key that a source's cells lead to while it is free: publisher (else title) and date.

    >>> source_stem({"publisher": "Le Monde", "published": "2016-09-12"})
    'le_monde_2016_09_12'
    """
    name = _plain(cells.get("publisher", "")) or _plain(cells.get("title", "")) or "source"
    words = "_".join(name.split("_")[:4])
    date = cells.get("published", "").strip().replace("-", "_")
    return _short(f"{words}_{date}" if re.fullmatch(r"[\d_]+", date) else words, LONGEST_SOURCE_KEY)


class FreeIds:
    """Hands out ids that nobody has, each once; thousands of one stem cost no more than thousands of others.

    >>> ids = FreeIds({"be-travelled"}, "-")
    >>> ids.take("be-travelled"), ids.take("be-travelled"), ids.take("fr-travelled")
    ('be-travelled-2', 'be-travelled-3', 'fr-travelled')
    """

    def __init__(self, taken: set[str], joint: str) -> None:
        self.taken = taken
        self._joint = joint
        self._next: dict[str, int] = {}

    def take(self, stem: str) -> str:
        """A free id that begins with a stem."""
        number = self._next.get(stem, 1)
        while (made := stem if number == 1 else f"{stem}{self._joint}{number}") in self.taken:
            number += 1
        self._next[stem] = number + 1
        self.taken.add(made)
        return made


def _given(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: text.strip() for column, text in cells.items() if text.strip()}


def _both_ends(cells: Mapping[str, str]) -> dict[str, str]:
    low, high, bound = (cells.get(name, "") for name in ("low", "high", "bound"))
    if not bound:
        bound = Bound.RANGE.value if low and high and low != high else Bound.EXACT.value
    if bound in _ONE_NUMBER and bool(low) != bool(high):
        low = high = low or high
    return {"low": low, "high": high, "bound": bound}


def _short(text: str, limit: int) -> str:
    """A text cut to a limit, kept apart from others with the same beginning by its hash."""
    if len(text) <= limit:
        return text
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=4).hexdigest()
    return f"{text[: limit - 9].rstrip('-_')}_{digest}"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", folded).strip("_")
