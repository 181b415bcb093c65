"""Citations in the styles that have a file, such as APA: citeproc-py with that file, and its faults put right.

Each correction names the fault. The style files stay unchanged; all of this can go when citeproc-py prints them well.
"""

from __future__ import annotations

import calendar
import re
from functools import cache
from importlib.resources import as_file, files
from typing import Any, cast

from bot.citations.csl import CslItem
from bot.citations.names import CslName, is_others
from bot.citations.registry import style_files

_INNER = {"“": "‘", "”": "’"}
_MONTHS = tuple(calendar.month_name)[1:]


def styled(item: CslItem, style: str) -> str:
    """One bibliography entry as plain text; KeyError for an unknown style."""
    prepared = _prepared(item, style)
    text = _rendered(prepared, style)
    return _corrected(text, item, style)


def _prepared(item: CslItem, style: str) -> dict[str, Any]:
    """The item as the library prints it well."""
    fields = cast("dict[str, Any]", dict(item))
    for extra in ("custom", "note", "archive_location"):
        fields.pop(extra, None)
    if "editor" in fields and "author" not in fields:
        # The library prints editors that stand for authors twice; the label is added afterwards.
        fields["author"] = fields.pop("editor")
    if "author" not in fields:
        _name_the_unsigned(fields, style)
    if "author" in fields:
        fields["author"] = [_name(name, initials=style != "chicago") for name in fields["author"]]
    if style == "chicago":
        # The library takes the year of access for the year of publication; Chicago asks for none beside a date.
        fields.pop("accessed", None)
    if style == "harvard" and fields["type"] == "article-journal" and "volume" not in fields:
        fields["type"] = "article-magazine"  # else it is called a preprint
    fields.pop("version", None)  # only APA would print it; a title that needs it carries it
    if "title" in fields:
        fields["title"] = _with_fixed_capitals(fields["title"], fields.get("language", "") or "en")
    return fields


def _name(name: CslName, *, initials: bool) -> CslName:
    """A name as the library shortens it rightly: small words of a given name and scripts without capitals it spoils."""
    given = name.get("given", "")
    if not initials or not given:
        return name
    if given.lower() == given.upper():
        return {"literal": f"{name.get('family', '')}, {given}"}
    parts = [[part for part in word.split("-") if not part.islower()] for word in given.split()]
    return {**name, "given": " ".join("-".join(word) for word in parts if word)}


def _with_fixed_capitals(title: str, language: str) -> str:
    """Mark what must keep its capitals: titles in other languages, and a remark in brackets at the end.

    Headline capitals are for English titles; the library gives them to titles of any language.
    """
    if not language.startswith("en"):
        return f'<span class="nocase">{title}</span>'
    return re.sub(r"(\([^()]*\))$", r'<span class="nocase">\1</span>', title)


def _name_the_unsigned(fields: dict[str, Any], style: str) -> None:
    """An entry without author: the title stands first in APA, the newspaper's name in the other two.

    The library prints what it put in the author's place a second time; here it is moved instead.
    """
    moved = "title" if style == "apa" or not fields.get("container-title") else "container-title"
    if fields.get(moved):
        fields["author"] = [{"literal": fields.pop(moved)}]


def _rendered(fields: dict[str, Any], style: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    key = "item"  # the library lowers and reuses keys; one item at a time needs no other
    source = CiteProcJSON([{**fields, "id": key}])
    bibliography = CitationStylesBibliography(_style(style), source, formatter.plain)
    bibliography.register(Citation([CitationItem(key)]))
    return "".join(str(part) for part in bibliography.bibliography())


@cache
def _style(style: str) -> Any:
    from citeproc import CitationStylesStyle

    name, locale = style_files()[style]
    with as_file(files("bot.citations") / "styles" / name) as path:
        return CitationStylesStyle(str(path), locale=locale, validate=False)


_AFTER_MARK = re.compile(r"([?!…])(”?)\.(?= |$)")
_OUTSIDE_QUOTE = re.compile(r"”([.,])")
_OTHERS = re.compile(r",? (?:&|and) et al\.")
_DATE_AFTER_TITLE = re.compile(rf",” (?=(?:{'|'.join(_MONTHS)})\b)")


def _corrected(text: str, item: CslItem, style: str) -> str:
    text = re.sub(r"  +", " ", text).strip()
    if any(is_others(name) for name in item.get("author", item.get("editor", []))):
        before = " et al." if style == "harvard" else ", et al."
        text = _OTHERS.sub(before, text, count=1)
    if style == "apa":
        text = text.replace("[Dataset]", "[Data set]").replace("Retrieved http", "http")
    if style == "chicago":
        text = _OUTSIDE_QUOTE.sub(r"\1”", text)  # American style sets stops inside of quotation marks
        text = _DATE_AFTER_TITLE.sub(".” ", text).replace("”.”", ".””")
        text = re.sub(r"([?!])[.,]”", r"\1”", text)
        text = _with_access_date(text, item)
    text = _with_inner_quotes(_AFTER_MARK.sub(r"\1\2", text))
    if "editor" in item and "author" not in item:
        text = _with_editors(text, item, style)
    return text


def _with_inner_quotes(text: str) -> str:
    """Quotation marks inside of quotation marks are single ones: a title that is a quotation itself."""
    found, depth = [], 0
    for char in text:
        depth -= char == "”"
        found.append(_INNER.get(char, char) if depth > 0 else char)
        depth += char == "“"
    return "".join(found)


def _with_access_date(text: str, item: CslItem) -> str:
    accessed, url = item.get("accessed"), item.get("URL")
    if "issued" in item or accessed is None or not url:
        return text
    year, *rest = accessed["date-parts"][0]
    date = f"{_MONTHS[rest[0] - 1]} {rest[1]}, {year}" if len(rest) > 1 else str(year)
    return text.replace(url, f"Accessed {date}. {url}")


def _with_editors(text: str, item: CslItem, style: str) -> str:
    """Put the label after editors who stand for authors, just before the year."""
    several = len(item["editor"]) > 1
    issued = item.get("issued")
    year = str(issued["date-parts"][0][0]) if issued else {"harvard": "no date"}.get(style, "n.d.")
    if style == "apa":
        return text.replace(f" ({year}", f" ({'Eds.' if several else 'Ed.'}). ({year}", 1)
    if style == "chicago":
        return text.replace(f". {year}. ", f", {'eds' if several else 'ed'}. {year}. ", 1)
    return text.replace(f" ({year})", f" ({'eds' if several else 'ed.'}) ({year})", 1)
