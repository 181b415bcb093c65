"""A source as CSL-JSON, the form in which citations are kept, and back without loss."""

from __future__ import annotations

import re
from typing import TypedDict, cast

from bot.citations.names import CslName, read_names
from db.model.records import Source, Status
from db.model.values import PartialDate

CslDate = TypedDict("CslDate", {"date-parts": list[list[int]]})


class CslCustom(TypedDict):
    """What CSL has no field for; kept so that an item can become a source again."""

    kind: str
    publisher: str
    authors: list[str]
    archive_url: str
    reliability: str
    relays: list[str]
    status: str
    status_reason: str
    authority: str
    version: int
    revision: int


CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[CslName],
        "editor": list[CslName],
        "publisher": str,
        "container-title": str,
        "volume": str,
        "issue": str,
        "page": str,
        "version": str,
        "issued": CslDate,
        "accessed": CslDate,
        "URL": str,
        "DOI": str,
        "archive_location": str,
        "language": str,
        "note": str,
        "custom": CslCustom,
    },
    total=False,
)

_PERIODICAL = re.compile(r"\b(Journal|Sentinel|Annals|Review|Quarterly|Studies|International Security)\b")


def to_csl(source: Source) -> CslItem:
    """A source as one CSL-JSON item.

    Who publishes news is its container; any other publisher without named authors is the author itself, and then
    is not repeated as the publisher.
    """
    item: CslItem = {"id": source.id, "type": _type_of(source), "title": source.title}
    authors, editors = read_names(source.authors)
    if authors:
        item["author"] = authors
    if editors:
        item["editor"] = editors
    if item["type"] in ("article-newspaper", "article-journal"):
        item["container-title"] = source.publisher
    elif authors or editors:
        if authors != [{"literal": source.publisher}]:
            item["publisher"] = source.publisher
    elif source.publisher:
        item["author"] = [{"literal": source.publisher}]
    for key, value in (("issued", source.published), ("accessed", source.accessed)):
        if value is not None:
            item[key] = _date_parts(value)  # type: ignore[literal-required]  # both keys hold dates
    told = {
        "URL": source.url,
        "archive_location": source.archive_url,
        "language": source.language,
        "DOI": source.doi,
        "note": source.note,
    }
    item |= cast("CslItem", {key: text for key, text in told.items() if text})
    item["custom"] = {
        "kind": source.kind,
        "publisher": source.publisher,
        "authors": list(source.authors),
        "archive_url": source.archive_url,
        "reliability": source.reliability,
        "relays": list(source.relays),
        "status": source.status.value,
        "status_reason": source.status_reason,
        "authority": source.authority,
        "version": source.version,
        "revision": source.revision,
    }
    return item


def _type_of(source: Source) -> str:
    match source.kind:
        case "news":
            return "article-newspaper"
        case "academic":
            return "article-journal" if _PERIODICAL.search(source.publisher) else "report"
        case "dataset":
            return "dataset"
        case _:
            return "report"


def from_csl(item: CslItem) -> Source:
    """The very source that ``to_csl`` made an item of; raises KeyError for an item from elsewhere."""
    custom = item["custom"]
    return Source(
        id=item["id"],
        title=item.get("title", ""),
        publisher=custom["publisher"],
        authors=tuple(custom["authors"]),
        published=_partial_date(item.get("issued")),
        accessed=_partial_date(item.get("accessed")),
        kind=custom["kind"],
        url=item.get("URL", ""),
        archive_url=custom["archive_url"],
        language=item.get("language", ""),
        reliability=custom["reliability"],
        relays=tuple(custom["relays"]),
        note=item.get("note", ""),
        status=Status(custom["status"]),
        status_reason=custom["status_reason"],
        authority=custom.get("authority", ""),
        doi=item.get("DOI", ""),
        version=custom["version"],
        revision=custom["revision"],
    )


def _date_parts(day: PartialDate) -> CslDate:
    return {"date-parts": [[part for part in (day.year, day.month, day.day) if part is not None]]}


def _partial_date(date: CslDate | None) -> PartialDate | None:
    if date is None or not date["date-parts"] or not date["date-parts"][0]:
        return None
    return PartialDate(*date["date-parts"][0][:3])
