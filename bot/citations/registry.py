"""The citation styles that there are: those whose files lie in the folder, and the forms that programs read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

RECORDS = ("bibtex", "ris", "csl-json")
"""Forms for reference managers: one record for each source."""


@cache
def style_files() -> dict[str, tuple[str, str]]:
    """The file and the language of each style that prints a line for each source."""
    text = (files("bot.citations") / "styles" / "styles.tsv").read_text(encoding="utf-8")
    return {name: (file, locale) for name, file, locale in (line.split("\t") for line in text.splitlines()[1:])}


def styles() -> tuple[str, ...]:
    """The styles by the names that people type."""
    return ("short", *style_files(), *RECORDS)
