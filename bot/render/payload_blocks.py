"""The blocks of an answer in the JSON form; claims stand in them by figure id."""

from __future__ import annotations

from typing import assert_never

from bot.answers.answer import (
    AskBlock,
    Block,
    Claim,
    ClaimsBlock,
    CompareBlock,
    CoverageBlock,
    DefinitionBlock,
    DifferenceBlock,
    DisputeBlock,
    HelpBlock,
    OfferBlock,
    RankBlock,
    RefusalBlock,
    Row,
    ShareBlock,
    Side,
    SidesBlock,
    SourcesBlock,
    TotalBlock,
    TrendBlock,
)
from bot.questions.query import Choice
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
from db.model.values import Interval


def block_payload(block: Block) -> JsonObject:
    """One block as an object whose ``type`` says which."""
    match block:
        case ClaimsBlock() | DisputeBlock() | SourcesBlock():
            return _evidence(block)
        case CompareBlock() | RankBlock() | TotalBlock() | ShareBlock():
            return _comparison(block)
        case TrendBlock():
            return _trend(block)
        case DifferenceBlock():
            return {
                "type": "difference",
                "place": block.place,
                "measure": block.measure,
                **interval_payload(block.value),
                "whole": block.whole.figure.id,
                "parts": _ids(block.parts),
            }
        case SidesBlock():
            return {
                "type": "sides",
                "sides": [_side(side) for side in block.sides],
                "differ": list(block.differ),
                "certain": block.certain,
            }
        case CoverageBlock():
            return _coverage(block)
        case DefinitionBlock():
            return {
                "type": "definition",
                "measure": block.measure.id if block.measure else None,
                "definition": block.measure.definition if block.measure else None,
                "term": block.term,
                "region": block.region,
                "members": list(block.members),
            }
        case OfferBlock():
            return {
                "type": "offer",
                "claim": claim_payload(block.claim),
                "differs": list(block.differs),
                "query": query_payload(block.query),
            }
        case AskBlock():
            choices: list[Json] = [choice_payload(choice) for choice in block.choices]
            return {"type": "ask", "doubt": block.doubt, "text": block.text, "choices": choices}
        case RefusalBlock():
            nearest = list(block.nearest)
            return {"type": "refusal", "refusal": block.refusal, "text": block.text, "nearest": nearest}
        case HelpBlock():
            words = words_of("en")
            return {"type": "help", "examples": [words.say(f"help.example.{number}") for number in range(1, 7)]}
        case unreachable:
            assert_never(unreachable)


def choice_payload(choice: Choice) -> JsonObject:
    """One way out of a doubt: its id, its English name, the query that it leads to."""
    return {
        "label": choice.label,
        "text": choice_label(choice, words_of("en")),
        "query": query_payload(choice.query),
    }


def _evidence(block: ClaimsBlock | DisputeBlock | SourcesBlock) -> JsonObject:
    match block:
        case ClaimsBlock():
            return {
                "type": "claims",
                "place": block.place,
                "measure": block.measure,
                "who": block.who,
                "figures": _ids(block.claims),
                "span": _interval(block.span),
                "reports": len({claim.source.id for claim in block.claims}),
                "origins": block.origins,
                "groups": [{"origin": origin, "figures": list(figures)} for origin, figures in block.groups],
                "earlier": _ids(block.earlier),
            }
        case DisputeBlock():
            return {
                "type": "disputes",
                "place": block.place,
                "measure": block.measure,
                "who": block.who,
                "groups": [{"origin": origin, "figures": _ids(claims)} for origin, claims in block.groups],
                "span": _interval(block.span),
                "agree": not block.apart,
            }
        case SourcesBlock():
            return {
                "type": "sources",
                "figures": _ids(block.claims),
                "sources": [source_payload(source) for source in block.sources],
                "groups": [{"origin": origin, "documents": list(keys)} for origin, keys in block.groups],
                "style": block.style,
                "citations": cited_in(block, *cited_sources(block)) if block.style else None,
            }
        case unreachable:
            assert_never(unreachable)


def _comparison(block: CompareBlock | RankBlock | TotalBlock | ShareBlock) -> JsonObject:
    match block:
        case CompareBlock():
            return {
                "type": "compare",
                "measure": block.measure,
                "who": block.who,
                "per_million": block.per_million,
                "rows": [_row(row) for row in block.rows],
                "missing": list(block.missing),
                "certain": block.certain,
            }
        case RankBlock():
            return {
                "type": "rank",
                "region": block.region,
                "measure": block.measure,
                "who": block.who,
                "per_million": block.per_million,
                "rows": [_row(row) for row in block.rows],
                "coverage": {"with_figures": block.ranked, "of": block.of, "missing": list(block.missing)},
                "from_bottom": block.from_bottom,
            }
        case TotalBlock():
            return {
                "type": "total",
                "region": block.region,
                "places": list(block.places),
                "measure": block.measure,
                "who": block.who,
                **interval_payload(block.value),
                **period_payload(block.period),
                "rows": [_row(row) for row in block.parts],
                "years": {"with_figures": block.years[0], "of": block.years[1]} if block.years else None,
                "coverage": {"with_figures": len(block.parts), "of": block.of, "missing": list(block.missing)},
            }
        case ShareBlock():
            return {
                "type": "share",
                "place": block.place,
                "percent": _interval(block.percent),
                "part": block.part.figure.id if block.part else None,
                "whole": block.whole.figure.id if block.whole else None,
                "whole_sum": _comparison(block.whole_sum) if block.whole_sum else None,
                "part_sum": _comparison(block.part_sum) if block.part_sum else None,
            }
        case unreachable:
            assert_never(unreachable)


def _trend(block: TrendBlock) -> JsonObject:
    return {
        "type": "trend",
        "place": block.place,
        "measure": block.measure,
        "who": block.who,
        "points": [{"figure": point.claim.figure.id, "series": point.series} for point in block.points],
        "direction": block.direction,
        "first": block.first.figure.id if block.first else None,
        "last": block.last.figure.id if block.last else None,
        "change": _interval(block.change),
        "peak": block.peak.figure.id if block.peak else None,
    }


def _coverage(block: CoverageBlock) -> JsonObject:
    rows: list[Json] = [
        {
            "measure": row.measure,
            "figures": row.figures,
            "sources": row.sources,
            "first": row.first,
            "last": row.last,
            "places": row.places,
        }
        for row in block.rows
    ]
    return {
        "type": "coverage",
        "place": block.place,
        "rows": rows,
        "figures": block.figures,
        "sources": block.sources,
        "places": list(block.places),
        "missing": list(block.missing),
    }


def source_payload(source: Source) -> JsonObject:
    """One document."""
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "authors": list(source.authors),
        "published": date_payload(source.published),
        "accessed": date_payload(source.accessed),
        "kind": source.kind,
        "language": source.language,
        "url": source.url or None,
        "archive_url": source.archive_url or None,
        "reliability": source.reliability,
        "status": source.status,
        "relays": list(source.relays),
    }


def _side(side: Side) -> JsonObject:
    return {
        "query": query_payload(side.query),
        "value": _interval(side.value),
        "figures": _ids(side.claims),
        "is_sum": side.is_sum,
    }


def _row(row: Row) -> JsonObject:
    return {
        "place": row.place,
        "figure": row.claim.figure.id,
        **interval_payload(row.value),
        "rank_from": row.rank_from,
        "rank_to": row.rank_to,
        "population": row.population,
        "population_year": row.population_year,
        "share": _interval(row.share),
        "others": _ids(row.others),
        "reach": _interval(row.reach),
        "covered": {"with_figures": row.covered[0], "of": row.covered[1]} if row.covered else None,
    }


def _ids(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.figure.id for claim in claims]


def _interval(value: Interval | None) -> JsonObject | None:
    return None if value is None else interval_payload(value)
