"""Sources as RIS records, the form that reference managers import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.citations.csl import CslDate, CslItem
from bot.citations.names import inverted

_TYPES = {"article-newspaper": "NEWS", "article-journal": "JOUR", "report": "RPRT", "dataset": "DATA"}


def to_ris(items: Iterable[CslItem]) -> str:
    """Records in the order given, with CRLF line ends as the format asks."""
    import rispy

    text: str = rispy.dumps([_record(item) for item in items])
    records = [line for line in text.splitlines() if not _is_number(line)]
    return "\r\n".join(records).strip() + "\r\n"


def _is_number(line: str) -> bool:
    """The library numbers the records ("1."), which RIS does not know."""
    return line.endswith(".") and line[:-1].isdigit()


def _record(item: CslItem) -> Mapping[str, object]:
    people = item.get("author", []) + item.get("editor", [])
    record: dict[str, object] = {
        "type_of_reference": _TYPES.get(item["type"], "GEN"),
        "id": item["id"],
        "title": _one_line(item.get("title", "")),
        "authors": [_one_line(inverted(name)) for name in people],
        "secondary_title": _one_line(item.get("container-title", "")),
        "publisher": _one_line(item.get("publisher", "")),
        "urls": [item["URL"]] if item.get("URL") else [],
        "language": item.get("language", ""),
    }
    issued = item.get("issued")
    if issued:
        record["year"] = str(issued["date-parts"][0][0])
        record["date"] = _ris_date(issued)
    accessed = item.get("accessed")
    if accessed:
        record["access_date"] = _ris_date(accessed)
    return {key: value for key, value in record.items() if value}


def _ris_date(date: CslDate) -> str:
    """``YYYY/MM/DD/``: parts that were not stated stay empty, their slashes stay."""
    year, *rest = date["date-parts"][0]
    parts = [f"{year:04d}", *(f"{part:02d}" for part in rest), "", ""]
    return "/".join(parts[:3]) + "/"


def _one_line(text: str) -> str:
    return " ".join(text.split())
