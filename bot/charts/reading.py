"""From an answer to a picture: which of its blocks can be drawn, and what then stands in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers import answer as blocks
from bot.answers.answer import Answer, Block, Claim, Row, claims_of
from bot.charts.chart import ChartKind
from bot.charts.labels import all_dates, cited, cited_claim, days, is_flow, source_name, when
from bot.charts.picture import Mark, Picture
from bot.charts.words import signs
from bot.places.catalogue import measures
from bot.words.words import Words
from db.model.records import Kind, Official, Status, Who, Zero
from db.model.values import Interval, PartialDate

NAMED_MISSING = 6
NAMED_SOURCES = 6


def picture_of(answer: Answer, words: Words) -> Picture | None:
    """The picture of the first block that can be drawn; None when there is nothing to draw."""
    for block in answer.blocks:
        picture = _of_block(block, answer, words) if claims_of(block) else None
        if picture is not None and picture.drawn:
            return picture
    return None


def can_be_drawn(answer: Answer) -> bool:
    """Whether an answer has a picture, without making it."""
    return any(map(_is_drawn, answer.blocks))


def _is_drawn(block: Block) -> bool:
    if isinstance(block, blocks.ClaimsBlock):
        return bool(block.earlier) or (len(block.claims) > 1 and block.span is not None)
    kinds = (blocks.TrendBlock, blocks.RankBlock, blocks.CompareBlock, blocks.TotalBlock, blocks.DisputeBlock)
    return isinstance(block, kinds) and bool(claims_of(block))


def _of_block(block: Block, answer: Answer, words: Words) -> Picture | None:
    if isinstance(block, blocks.TrendBlock):
        documents: dict[str, set[str]] = {}
        for point in block.points:
            documents.setdefault(point.series, set()).add(point.claim.source.id)
        # A line has one name in the key, so it joins the points of one document only.
        several = {series for series, keys in documents.items() if len(keys) > 1}
        pairs = [
            (point.claim, f"{point.series}|{point.claim.source.id}" if point.series in several else point.series)
            for point in block.points
        ]
        return _trend(block, pairs, answer, words)
    if isinstance(block, blocks.RankBlock):
        return _rank(block, answer, words)
    if isinstance(block, blocks.CompareBlock):
        return _compare(block, answer, words)
    if isinstance(block, blocks.TotalBlock):
        return _total(block, answer, words)
    if isinstance(block, blocks.DisputeBlock):
        return _dispute(block, block.groups, block.span, answer, words)
    if isinstance(block, blocks.ClaimsBlock):
        return _claims(block, answer, words)
    return None


def _claims(block: blocks.ClaimsBlock, answer: Answer, words: Words) -> Picture | None:
    """Rival claims as a strip; a single claim with older ones behind it as a trend; alone it needs no picture."""
    if len(block.claims) > 1 and block.span is not None:
        by_id = {claim.figure.id: claim for claim in block.claims}
        groups = tuple((origin, tuple(by_id[key] for key in ids if key in by_id)) for origin, ids in block.groups)
        if not groups:
            groups = tuple((claim.relay_chain[-1], (claim,)) for claim in block.claims)
        return _dispute(block, groups, block.span, answer, words)
    if block.earlier:
        pairs = [(claim, series_of(claim)) for claim in (*block.claims, *block.earlier)]
        return _trend(block, pairs, answer, words)
    return None


def series_of(claim: Claim) -> str:
    """What one line may join: one source counting the same people in the same way."""
    figure = claim.figure
    way = (figure.counts, figure.official)
    return "|".join((figure.source, figure.measure, figure.who, figure.destination, *way))


def _official(claim: Claim, words: Words) -> tuple[str, ...]:
    """Whether a state counted, where the source says."""
    key = {Official.YES: "basis.official_count", Official.NO: "basis.nonofficial_count"}.get(claim.figure.official)
    return (words.say(key),) if key else ()


def _trend(
    block: blocks.TrendBlock | blocks.ClaimsBlock, pairs: Sequence[tuple[Claim, str]], answer: Answer, words: Words
) -> Picture | None:
    dated = [(claim, series) for claim, series in pairs if days(claim.figure)[0] is not None]
    if not dated:
        return None
    opening = _opening(block, answer)
    marks = [
        replace(_mark(claim, answer, words), series=series, lead=claim.figure.id in opening) for claim, series in dated
    ]
    marks.sort(key=lambda mark: (mark.start, mark.end, mark.series))
    names: dict[str, str] = {}
    for claim, series in dated:
        parts = (cited_claim(claim, answer.sources, words), *_official(claim, words))
        names.setdefault(series, " · ".join(parts))
    undated = len(pairs) - len(dated)
    notes = (words.say("chart.not_dated", n=str(undated)),) if undated else ()
    return _picture(
        ChartKind.TREND,
        [block.place],
        marks,
        [claim for claim, _ in dated],
        answer,
        words,
        notes=notes,
        series=tuple(names.items()),
    )


def _opening(block: blocks.TrendBlock | blocks.ClaimsBlock, answer: Answer) -> set[str]:
    """The figures that the answer's first sentence names."""
    if isinstance(block, blocks.TrendBlock):
        asked = answer.reading.query is not None and answer.reading.query.peak
        named: tuple[Claim | None, ...] = (block.first, block.last, block.turn, block.peak if asked else None)
    else:
        named = (answer.headline,)
    return {claim.figure.id for claim in named if claim}


def _rank(block: blocks.RankBlock, answer: Answer, words: Words) -> Picture:
    marks = [_row(row, answer, words, ranked=True) for row in block.rows]
    notes = [words.say("chart.coverage", n=str(block.ranked), of=str(block.of))]
    if any(row.rank_from != row.rank_to for row in block.rows):
        notes.append(words.say("chart.overlap"))
    notes += _missing(block.missing, words)
    picture = _picture(
        ChartKind.RANK,
        [block.region] if block.region else [row.place for row in block.rows],
        marks,
        [row.claim for row in block.rows],
        answer,
        words,
        notes=tuple(notes),
        per_million=block.per_million,
        layout="rank_bottom" if block.from_bottom else "rank",
    )
    return replace(picture, region=block.region)


def _compare(block: blocks.CompareBlock, answer: Answer, words: Words) -> Picture:
    marks = [_row(row, answer, words) for row in block.rows]
    marks += [Mark(words.place(place), None, place=place) for place in block.missing]
    notes = () if block.certain or len(block.rows) < 2 else (words.say("chart.overlap"),)
    places = [mark.place for mark in marks]
    claims = [row.claim for row in block.rows]
    return _picture(ChartKind.COMPARE, places, marks, claims, answer, words, notes=notes, per_million=block.per_million)


def _total(block: blocks.TotalBlock, answer: Answer, words: Words) -> Picture:
    several_places = len({row.place for row in block.parts}) > 1
    marks = [_row(row, answer, words) for row in block.parts]
    if not several_places:
        marks = [replace(mark, label=mark.when, when="") for mark in marks]
    marks.insert(0, Mark(words.say("chart.sum"), block.value, lead=True))
    notes = [words.say("chart.coverage", n=str(len(block.parts)), of=str(block.of))] if several_places else []
    notes += _missing(block.missing, words)
    places = [block.region] if block.region else list(block.places)
    claims = [row.claim for row in block.parts]
    return _picture(ChartKind.TOTAL, places, marks, claims, answer, words, notes=tuple(notes))


def _dispute(
    block: blocks.DisputeBlock | blocks.ClaimsBlock,
    groups: Iterable[tuple[str, tuple[Claim, ...]]],
    span: Interval,
    answer: Answer,
    words: Words,
) -> Picture:
    marks: list[Mark] = []
    series: dict[str, str] = {}
    claims: list[Claim] = []
    opening = answer.headline.figure.id if answer.headline else ""
    for origin, members in sorted(groups, key=lambda group: opening not in {claim.figure.id for claim in group[1]}):
        for claim in members:
            claims.append(claim)
            series.setdefault(origin, source_name(origin, answer.sources, words))
            mark, label = _mark(claim, answer, words), cited(claim.source, words)
            heard = "" if series[origin] in label else words.say("chart.origin", origin=series[origin])
            remarks = (*mark.remarks, *_official(claim, words))  # what tells two counts of one table apart
            marks.append(replace(mark, label=label, source=heard, series=origin, remarks=remarks))
    marks.sort(key=lambda mark: not mark.lead)
    told = (words.say("chart.span", value=signs(span, words)), words.say("chart.independent", n=str(len(series))))
    notes = () if isinstance(block, blocks.DisputeBlock) else told  # the opening sentence of a dispute says both
    picture = _picture(ChartKind.DISPUTE, [block.place], marks, claims, answer, words, notes=notes)
    return replace(picture, span=span, series=tuple(series.items()))


def _row(row: Row, answer: Answer, words: Words, *, ranked: bool = False) -> Mark:
    mark = replace(_mark(row.claim, answer, words), value=row.value, lead=False, place=row.place)
    rank = ""
    if ranked and row.rank_from is not None and row.rank_to is not None:
        rank = str(row.rank_from) if row.rank_from == row.rank_to else f"{row.rank_from}–{row.rank_to}"
    return replace(mark, label=words.place(row.place), rank=words.embed(rank))


def _mark(claim: Claim, answer: Answer, words: Words) -> Mark:
    figure = claim.figure
    start, end = days(figure)
    remarks = []
    if len({other.figure.destination for other in answer.claims}) > 1:
        remarks.append(words.destination(figure.destination))
    if figure.status is Status.DISPUTED:
        remarks.append(words.say("status.disputed"))
    if figure.counts.holds_attempts:
        remarks.append(words.say("differs.attempts"))
    return Mark(
        label=words.place(figure.place),
        value=figure.value,
        when=when(figure, words),
        source=cited_claim(claim, answer.sources, words),
        remarks=tuple(remarks),
        place=figure.place,
        start=start,
        end=end,
        lead=answer.headline is not None and answer.headline.figure.id == figure.id,
        none_known=figure.zero is Zero.NONE_KNOWN,
    )


def _missing(places: Sequence[str], words: Words) -> list[str]:
    if not places:
        return []
    return [words.say("chart.missing", places=words.several((words.place(place) for place in places), NAMED_MISSING))]


def _picture(
    kind: ChartKind,
    places: Sequence[str],
    marks: Sequence[Mark],
    claims: Iterable[Claim],
    answer: Answer,
    words: Words,
    *,
    notes: tuple[str, ...] = (),
    series: tuple[tuple[str, str], ...] = (),
    per_million: bool = False,
    layout: str = "",
) -> Picture:
    shown = list(claims)
    documents = {claim.source.id: cited(claim.source, words) for claim in shown}
    measure = shown[0].figure.measure
    if len({claim.figure.destination for claim in shown}) == 1:
        shared = words.destination(shown[0].figure.destination)
        marks = [replace(mark, remarks=tuple(one for one in mark.remarks if one != shared)) for mark in marks]
    if per_million:
        notes = (*notes, words.say("chart.rates"))
    return Picture(
        kind=kind,
        words=words,
        title=_title(layout or kind, places, shown, answer, words, per_million=per_million),
        subtitle=_subtitle(measure, shown, words, per_million=per_million),
        marks=tuple(marks),
        sources=words.say("chart.sources", list=words.several(documents.values(), NAMED_SOURCES, "list.semicolon")),
        main_source=words.say("chart.sources", list=words.several(documents.values(), 1, "list.semicolon")),
        stamp=words.say("chart.stamp", revision=words.embed(str(answer.revision)), id=words.embed(answer.id)),
        revision=answer.revision,
        notes=(*_known_on(answer, words), *notes),
        series=series,
        per_million=per_million,
        layout=words.say(f"chart.kind.{layout or kind}"),
    )


def laid_out_as(picture: Picture, kind: ChartKind) -> Picture:
    """The same figures under another layout, and a title that says so."""
    name = picture.words.say(f"chart.kind.{kind}")
    return replace(picture, kind=kind, title=picture.title.replace(picture.layout, name), layout=name)


def _title(
    layout: str,
    places: Sequence[str],
    claims: Sequence[Claim],
    answer: Answer,
    words: Words,
    *,
    per_million: bool,
) -> str:
    figure = claims[0].figure
    parts = [words.several((words.place(place) for place in places), 5), words.measure(figure.measure)]
    if figure.who is not Who.EVERYONE:
        parts.append(words.who(figure.who))
    if per_million:
        parts.append(words.say("chart.unit.per_million"))
    parts.append(words.say(f"chart.kind.{layout}"))
    if not answer.asked_period.is_open:
        parts.append(words.period(answer.asked_period, short=True))
    return " · ".join(parts)


def _subtitle(measure: str, claims: Sequence[Claim], words: Words, *, per_million: bool) -> str:
    who = claims[0].figure.who
    special = {Kind.COUNTRIES: "countries", Kind.SAMPLE: "records", Kind.RATE: "rate"}
    if (kind := measures().get(measure)) in special:
        unit = words.say(f"chart.unit.{special[kind]}")
    else:
        unit = words.say("chart.unit.people") if who is Who.EVERYONE else words.who(who)
    if per_million:
        unit = f"{unit} {words.say('chart.unit.per_million')}"
    destinations = dict.fromkeys(words.destination(claim.figure.destination) for claim in claims)
    dates = all_dates((claim.figure for claim in claims), words)
    time = words.say("chart.period" if is_flow(measure) else "chart.as_of", dates=dates)
    return " · ".join((words.say("chart.unit", unit=unit), " / ".join(destinations), time))


def _known_on(answer: Answer, words: Words) -> tuple[str, ...]:
    query = answer.reading.query
    if query is None or query.known_on is None:
        return ()
    return (words.say("chart.known_on", date=words.date(PartialDate.of(query.known_on), short=True)),)
