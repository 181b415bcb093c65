"""Reference files - BibTeX, RIS, CSL-JSON - as the rows of a table of sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pybtex.exceptions import PybtexError

from bot.citations.csl import CslItem, from_csl
from bot.citations.names import written
from db.edits.entry.authors import OTHERS, Author
from db.edits.entry.dates import read_date
from db.model import rows
from db.model.spreadsheets import table_text
from db.model.values import PartialDate

Cells = dict[str, str]
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, OSError, PybtexError)
"""What the libraries raise where a file breaks their form."""
_KEY = re.compile(r"[a-z][a-z0-9_]{2,79}")
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_IS_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")
_BIBTEX = re.compile(r"^\s*@\w+\s*\{", re.MULTILINE)
_RIS = re.compile(r"^TY {1,2}- ?\w", re.MULTILINE)
_SEVERAL = re.compile(r";\s*(?=https?://)")
_SENT = re.compile(r"\{?\\(textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum)(?:\{\})?\}?")
_COMMAND = re.compile(r"\\[A-Za-z]+ ?")
"""What is left of commands that only say how a text looks."""
_SIGNS = {
    "textbackslash": "\ue000",
    "textbraceleft": "\ue001",
    "textbraceright": "\ue002",
    "textasciitilde": "~",
    "textasciicircum": "^",
}
_KINDS = {
    "article": "academic",
    "article-journal": "academic",
    "article-magazine": "news",
    "article-newspaper": "news",
    "book": "academic",
    "booklet": "think_tank",
    "broadcast": "news",
    "chapter": "academic",
    "conf": "academic",
    "data": "dataset",
    "dataset": "dataset",
    "inbook": "academic",
    "incollection": "academic",
    "inproceedings": "academic",
    "jour": "academic",
    "legislation": "government",
    "mgzn": "news",
    "news": "news",
    "paper-conference": "academic",
    "phdthesis": "academic",
    "thes": "academic",
    "thesis": "academic",
}
"""What a kind of reference is here; a report, a page or anything else counts as a think tank's until somebody says."""


class BrokenReferences(Exception):
    """A reference file that breaks its form: what the reader of that form says."""


def table_of_references(data: bytes) -> bytes | None:
    """A reference file as CSV of sources, None when it is no such file; raises BrokenReferences.

    >>> table_of_references(b"@misc{a_b_c, title={Foreign fighters}, year=2015}").decode().splitlines()[1][:25]
    'a_b_c,Foreign fighters,,,'
    """
    text = data.decode("utf-8-sig", "replace")
    read = _reader(text)
    if read is None:
        return None
    try:
        found = [cells for cells in read(text) if cells.get("title")]
    except _BROKEN as problem:
        raise BrokenReferences(" ".join(str(problem).split())[:200]) from problem
    return _csv(found) if found else None


def _reader(text: str) -> Callable[[str], Iterable[Cells]] | None:
    head = text.lstrip()[:1]
    if head in ("[", "{") and '"title"' in text:
        return _from_csl_json
    if _RIS.search(text):
        return _from_ris
    return _from_bibtex if _BIBTEX.search(text) else None


def _from_csl_json(text: str) -> Iterable[Cells]:
    loaded = json.loads(text)
    for item in loaded if isinstance(loaded, list) else loaded.get("items", [loaded]):
        if item.get("custom", {}).get("kind") and isinstance(item["custom"].get("relays"), list):  # our own export
            yield rows.source_cells(from_csl(item))
        else:
            yield _of_csl(item)


def _of_csl(item: CslItem) -> Cells:
    custom: Mapping[str, Any] = item
    people = [_person(name) for role in ("author", "editor") for name in custom.get(role, [])]
    publisher = str(custom.get("container-title") or custom.get("publisher") or "")
    return _cells(
        key=str(custom.get("id", "")),
        title=title if isinstance(title := custom.get("title"), str) else "",
        publisher=publisher,
        authors=people,
        published=_csl_date(custom.get("issued")),
        accessed=_csl_date(custom.get("accessed")),
        kind=str(custom.get("type", "")),
        url=str(custom.get("URL", "")),
        doi=str(custom.get("DOI", "")),
        language=str(custom.get("language", "")),
    )


def _csl_date(stated: Any) -> str:
    if not isinstance(stated, dict):
        return ""
    parts = (stated.get("date-parts") or [[]])[0]
    if parts:
        return "-".join(str(part).zfill(2) for part in parts[:3])
    return str(stated.get("raw") or stated.get("literal") or "")


def _from_ris(text: str) -> Iterable[Cells]:
    import rispy

    for item in rispy.loads(text, delimiter_tags_mapping={}):  # semicolons stand in addresses too
        dates = [item.get(key, "") for key in ("date", "publication_year", "year")]
        yield _cells(
            key=str(item.get("id", "")),
            title=str(item.get("title") or item.get("primary_title") or ""),
            publisher=str(
                item.get("secondary_title")
                or item.get("journal_name")
                or item.get("alternate_title3")
                or item.get("publisher")
                or ""
            ),
            authors=[_ris_name(name) for key in ("authors", "first_authors") for name in item.get(key, [])],
            published=next((date for date in map(_ris_date, dates) if date), ""),
            accessed=_ris_date(str(item.get("access_date", ""))),
            kind=str(item.get("type_of_reference", "")),
            url=_SEVERAL.split(next(iter(item.get("urls", [])), ""))[0],
            doi=str(item.get("doi", "")),
            language=str(item.get("language", "")),
        )


def _ris_date(text: str) -> str:
    """``2015/10/03/remark``: parts that nobody knows are left empty."""
    return "-".join(part.zfill(2) for part in str(text).split("/")[:3] if part.strip())


def _from_bibtex(text: str) -> Iterable[Cells]:
    from pybtex.database import parse_string

    for key, entry in parse_string(text, "bibtex").entries.items():
        fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
        fields |= {name: _unescaped(entry.fields[name]) for name in ("url", "doi") if name in entry.fields}
        people = [_bibtex_name(person) for role in ("author", "editor") for person in entry.persons.get(role, [])]
        names = ("journal", "journaltitle", "institution", "publisher", "organization", "school", "howpublished")
        yield _cells(
            key=key,
            title=fields.get("title", ""),
            publisher=next((fields[name] for name in names if fields.get(name)), ""),
            authors=people,
            published=fields.get("date") or _joined(fields),
            accessed=fields.get("urldate", ""),
            kind=entry.type,
            url=fields.get("url", ""),
            doi=fields.get("doi", ""),
            language=fields.get("langid") or fields.get("language", ""),
        )


def _joined(fields: Mapping[str, str]) -> str:
    """Year, month and day, each a field of its own; the month is a number or a word."""
    read = read_date(" ".join(filter(None, (fields.get("day"), fields.get("month"), fields.get("year")))))
    if isinstance(read, PartialDate):
        return str(read)
    numbers = [fields.get(name, "").zfill(2) for name in ("year", "month", "day") if fields.get(name)]
    return "-".join(numbers) if all(number.isdigit() for number in numbers) else fields.get("year", "")


def _bibtex_name(person: Any) -> str:
    given = " ".join(_plain(part) for part in (*person.first_names, *person.middle_names))
    family = " ".join((*person.prelast_names, *person.last_names))
    if family == "others" and not given:
        return OTHERS.written
    if family.startswith("{") and family.endswith("}") and not given:
        return Author(body=_plain(family)).written
    return Author(_plain(family), given, " ".join(map(_plain, person.lineage_names))).written


def _person(name: Mapping[str, Any]) -> str:
    kept: Any = {key: str(value) for key, value in name.items()}
    kept["family"] = " ".join(filter(None, (kept.get("non-dropping-particle"), kept.get("family"))))
    return written(kept)


def _ris_name(name: str) -> str:
    """A name without a comma is a body's there."""
    plain = " ".join(str(name).split()).rstrip(",")
    return plain if "," in plain or plain == OTHERS.body else Author(body=plain).written


def _cells(
    *,
    key: str,
    title: str,
    publisher: str,
    authors: Iterable[str],
    published: str,
    accessed: str,
    kind: str,
    url: str,
    doi: str,
    language: str,
) -> Cells:
    doi = _DOI.sub("", doi.strip())
    plain = re.sub(r"[^a-z0-9]+", "_", key.casefold()).strip("_")
    listed = [" ".join(name.replace(";", ",").split()) for name in authors]
    is_body = len(listed) == 1 and listed[0].startswith("{")
    return {
        "id": plain if _KEY.fullmatch(plain) else "",
        "title": " ".join(title.split()),
        "publisher": " ".join(publisher.split()) or (listed[0].strip("{}") if is_body else ""),
        "authors": "; ".join(name for name in listed if name),
        "published": "" if published.strip(" .").casefold() in ("", "n.d", "nd") else published,
        "accessed": accessed,
        "kind": _KINDS.get(kind.casefold(), "think_tank"),
        "url": url.strip() or (f"https://doi.org/{doi}" if doi else ""),
        "doi": doi if _IS_DOI.fullmatch(doi) else "",
        "language": _language(language),
    }


def _language(text: str) -> str:
    """A language by its code, or by its English name as BibTeX writes it."""
    said = text.strip().replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*", said):
        code, *rest = said.split("-")
        return "-".join([code.lower(), *rest])
    return _language_names().get(said.casefold(), "")


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = json.loads(Path(__file__).with_name("languages.json").read_bytes())
    return names


def _plain(text: str) -> str:
    """Text without LaTeX: ``Profiles \\& 5\\%`` is ``Profiles & 5%``."""
    from latexcodec.codec import UnicodeLatexIncrementalDecoder

    held = _SENT.sub(lambda match: _SIGNS[match[1]], text)
    for command, meant in ((r"{\i}", "i"), (r"\i ", "i"), (r"\_", "_"), ("_", "\ue003")):
        held = held.replace(command, meant)
    decoder: Any = UnicodeLatexIncrementalDecoder  # the library has no types
    read: str = decoder().decode(held, final=True)
    plain = _COMMAND.sub("", read).replace("{", "").replace("}", "")
    for sign, meant in (("\ue000", "\\"), ("\ue001", "{"), ("\ue002", "}"), ("\ue003", "_")):
        plain = plain.replace(sign, meant)
    return " ".join(plain.split())


def _unescaped(address: str) -> str:
    """An address without braces, and without the strokes before its signs; nothing else of it is LaTeX."""
    return re.sub(r"\\([_&%#~$])", r"\1", address).strip("{} ")


def _csv(found: Iterable[Cells]) -> bytes:
    """The rows as a table; one line for each reference, in its order."""
    listed = [{column: " ".join(text.split()) for column, text in cells.items()} for cells in found]
    columns = [column for column in rows.SOURCE_COLUMNS if any(column in cells for cells in listed)]
    return table_text(columns, listed).encode()
