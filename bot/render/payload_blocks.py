"""The blocks of an answer in the JSON form; claims stand in them by figure id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

from bot.answers import answer as blocks
from bot.answers.answer import Block, Claim, CoverageRow, Row, Side, TrendPoint
from bot.questions.query import Choice, Query
from bot.render.evidence import cited_in, cited_sources
from bot.render.payload_values import (
    Json,
    JsonObject,
    claim_payload,
    date_payload,
    interval_payload,
    period_payload,
    query_payload,
)
from bot.render.talk import choice_label
from bot.words.words import words_of
from db.model.records import Source
from db.model.values import Interval, PartialDate


def block_payload(block: Block) -> JsonObject:
    """One block as an object whose ``type`` says which."""
    match block:
        case blocks.ClaimsBlock() | blocks.DisputeBlock() | blocks.SourcesBlock():
            return _evidence(block)
        case blocks.CompareBlock() | blocks.RankBlock() | blocks.TotalBlock() | blocks.ShareBlock():
            return _comparison(block)
        case blocks.TrendBlock():
            return {"type": "trend", **_of(block, "place measure who points direction first last change peak")}
        case blocks.DifferenceBlock():
            value = interval_payload(block.value)
            return {"type": "difference", **_of(block, "place measure"), **value, **_of(block, "whole parts")}
        case blocks.SidesBlock():
            return {"type": "sides", **_of(block, "sides differ certain")}
        case blocks.CoverageBlock():
            return {"type": "coverage", **_of(block, "place rows figures sources places missing newest")}
        case blocks.DefinitionBlock(measure=measure):
            named, meaning = (measure.id, measure.definition) if measure else (None, None)
            told = _of(block, "term region members")
            return {"type": "definition", "measure": named, "definition": meaning, **told}
        case blocks.OfferBlock():
            return {"type": "offer", "claim": claim_payload(block.claim), **_of(block, "differs query")}
        case blocks.AskBlock():
            return {"type": "ask", **_of(block, "doubt text choices")}
        case blocks.RefusalBlock():
            return {"type": "refusal", **_of(block, "refusal text nearest")}
        case blocks.HelpBlock():
            return {"type": "help", "examples": [words_of("en").say(f"help.example.{one}") for one in range(1, 7)]}
        case unreachable:
            assert_never(unreachable)


def choice_payload(choice: Choice) -> JsonObject:
    """One way out of a doubt: its id, its English name, the query that it leads to."""
    return {"label": choice.label, "text": choice_label(choice, words_of("en")), "query": query_payload(choice.query)}


def source_payload(source: Source) -> JsonObject:
    """One document."""
    return {
        "source": source.id,
        **_of(source, "title publisher authors published accessed kind language"),
        "url": source.url or None,
        "archive_url": source.archive_url or None,
        **_of(source, "reliability status relays"),
    }


def _of(record: object, names: str) -> JsonObject:
    """The fields of a record that the JSON form names as the program does."""
    return {name: _plain(getattr(record, name)) for name in names.split()}


def _plain(value: Any) -> Json:
    """A part of a block: figures by id, intervals, dates and questions as everywhere in the form."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    form = _FORMS.get(type(value))
    plain: Json = value if form is None else form(value)
    return plain


def _evidence(block: blocks.ClaimsBlock | blocks.DisputeBlock | blocks.SourcesBlock) -> JsonObject:
    match block:
        case blocks.ClaimsBlock():
            return {
                "type": "claims",
                **_of(block, "place measure who"),
                "figures": _plain(block.claims),
                "span": _plain(block.span),
                "reports": len({claim.source.id for claim in block.claims}),
                "origins": block.origins,
                "groups": _groups(block.groups, "figures"),
                "earlier": _plain(block.earlier),
            }
        case blocks.DisputeBlock():
            groups = {"groups": _groups(block.groups, "figures"), "span": _plain(block.span), "agree": not block.apart}
            return {"type": "disputes", **_of(block, "place measure who"), **groups}
        case blocks.SourcesBlock():
            return {
                "type": "sources",
                "figures": _plain(block.claims),
                "sources": _plain(block.sources),
                "groups": _groups(block.groups, "documents"),
                "style": block.style,
                "citations": cited_in(block, *cited_sources(block)) if block.style else None,
            }
        case unreachable:
            assert_never(unreachable)


def _groups(groups: Sequence[tuple[str, tuple[str | Claim, ...]]], name: str) -> list[Json]:
    return [{"origin": origin, name: _plain(members)} for origin, members in groups]


def _comparison(block: blocks.CompareBlock | blocks.RankBlock | blocks.TotalBlock | blocks.ShareBlock) -> JsonObject:
    match block:
        case blocks.CompareBlock():
            return {"type": "compare", **_of(block, "measure who per_million rows missing certain")}
        case blocks.RankBlock():
            return {
                "type": "rank",
                **_of(block, "region measure who per_million rows"),
                "coverage": _coverage(block.ranked, block.of, block.missing),
                "from_bottom": block.from_bottom,
            }
        case blocks.TotalBlock():
            return {
                "type": "total",
                **_of(block, "region places measure who"),
                **interval_payload(block.value),
                **period_payload(block.period),
                "rows": _plain(block.parts),
                "years": _coverage(*block.years) if block.years else None,
                "coverage": _coverage(len(block.parts), block.of, block.missing),
            }
        case blocks.ShareBlock():
            return {"type": "share", **_of(block, "place percent part whole whole_sum part_sum")}
        case unreachable:
            assert_never(unreachable)


def _coverage(held: int, of: int, missing: tuple[str, ...] | None = None) -> JsonObject:
    return {"with_figures": held, "of": of} | ({} if missing is None else {"missing": list(missing)})


def _row(row: Row) -> JsonObject:
    return {
        "place": row.place,
        "figure": row.claim.figure.id,
        **interval_payload(row.value),
        **_of(row, "rank_from rank_to population population_year share others reach"),
        "covered": _coverage(*row.covered) if row.covered else None,
    }


_FORMS: Mapping[type, Callable[[Any], Json]] = {
    Claim: lambda claim: claim.figure.id,
    Interval: interval_payload,
    PartialDate: date_payload,
    Query: query_payload,
    Source: source_payload,
    Choice: choice_payload,
    Row: _row,
    blocks.TotalBlock: _comparison,
    Side: lambda side: {**_of(side, "query value"), "figures": _plain(side.claims), "is_sum": side.is_sum},
    TrendPoint: lambda point: {"figure": point.claim.figure.id, "series": point.series},
    CoverageRow: lambda row: _of(row, "measure figures sources first last places"),
}
