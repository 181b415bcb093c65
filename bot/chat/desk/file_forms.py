"""How a file is to be read, as a form: each of its columns with a guess, and what holds for every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from discord import ui

from bot.chat.forms import Field, form
from db.imports.importing import ImportFile, Wishes

_LONG = 1_900
_ASKED = ("source", "measure", "as_of")
"""Columns that files of other people seldom have; the form offers them to be filled in once for all rows."""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file that was planned, and how it was read."""

    file: ImportFile
    because: str
    columns: tuple[tuple[str, str], ...] = ()
    """Each column as the file calls it, and what it is read as; empty where it is left out."""

    def modal(self, key: str, owner: int) -> ui.Modal:
        """The form, filled with what is guessed."""
        wishes = self.file.wishes
        read = {column for _, column in self.columns}
        fixed = dict.fromkeys((name for name in _ASKED if name not in read), "") | dict(wishes.fixed)
        fields = (
            Field("columns", "Columns, one a line: FILE = OURS", _lines(dict(self.columns)), long=True, most=_LONG),
            Field("fixed", "The same for every row: COLUMN = VALUE", _lines(fixed), long=True, most=_LONG),
            Field(
                "names",
                "Places by other names: NAME = CODE",
                _lines(wishes.names),
                hint="Nothing behind the sign leaves those rows out: Total =",
                long=True,
                most=_LONG,
            ),
            Field("sheet", "Sheet of a workbook", wishes.sheet, hint="The first one, when empty.", most=60),
            Field(
                "header",
                "Line of the header",
                "" if wishes.header is None else str(wishes.header),
                hint="Found by itself, when empty; 0 when there is none: columns are called A, B, C then.",
                most=6,
            ),
        )
        return form("How to read the file", "readform", key, fields, owner=owner)

    def filled(self, fields: Mapping[str, str]) -> FileDraft:
        """The same file, to be read as it was written into the form."""
        header = fields.get("header", "").strip()
        fixed = {name: text for name, text in _pairs(fields.get("fixed", "")).items() if text}
        wishes = Wishes(
            _pairs(fields.get("columns", "")),
            fixed,
            _pairs(fields.get("names", "")),
            fields.get("sheet", "").strip(),
            int(header) if header.isascii() and header.isdigit() else None,
        )
        return replace(self, file=replace(self.file, wishes=wishes))


def _lines(pairs: Mapping[str, str]) -> str:
    """One pair a line; whole lines only, since a cut one would say something else."""
    text = "".join(f"{name} = {meaning}\n" for name, meaning in pairs.items())
    return text[: text.rfind("\n", 0, _LONG) + 1].rstrip("\n")


def _pairs(text: str) -> dict[str, str]:
    """The lines of a field; the last sign of equality parts them, since headers hold some too."""
    pairs = {}
    for line in text.splitlines():
        name, sign, meaning = line.rpartition("=")
        if sign and name.strip():
            pairs[name.strip()] = meaning.strip()
    return pairs
