"""One source as text: what the document is, whom it relays, how reliable it is, what rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.places.catalogue import measures
from bot.render.fragments import body_of, citation, publisher_of, when
from bot.render.markdown import escaped, link
from bot.words.words import Words
from db.edits.entry.authors import read_authors
from db.model.records import Figure, Kind, Source


def source_text(source: Source, figures: Sequence[Figure], others: Mapping[str, Source], words: Words) -> str:
    """The text of a source's card; ``others`` are the sources that it relays."""
    lines = [f"### {escaped(source.title)}", escaped(citation(source, words))]
    if source.authors:
        lines.append(escaped(words.listed([author.spoken for author in read_authors(source.authors)[0]])))
    links = [link(words.say("source.link"), source.url), link(words.say("source.archive"), source.archive_url)]
    lines.append(" · ".join(filter(None, links)) or escaped(words.say("source.no_link")))
    if source.relays:
        names = [publisher_of(others.get(key), key, words) for key in source.relays]
        lines.append(escaped(words.say("source.relays", sources=words.listed(names))))
    if source.authority and not source.relays:
        lines.append(escaped(words.say("source.counted", bodies=body_of(source.authority, words))))
    lines.append(f"{source.reliability}: {escaped(words.say(f'grade.{source.reliability}'))}")
    stated = [figure for figure in figures if figure.source == source.id]
    lines.append(escaped(words.count("figures", len(stated))))
    lines += [f"- {figure_line(figure, words)}" for figure in stated[:10]]
    if len(stated) > 10:
        lines.append(f"-# {escaped(words.count('more', len(stated) - 10))}")
    if source.note:
        lines.append(f"-# {escaped(source.note[:600])}")
    if source.status != "current":
        lines.append(f"⚠️ {escaped(words.say(f'status.{source.status}'))}: {escaped(source.status_reason[:300])}")
    lines.append(f"-# `{source.id}`")
    return "\n".join(words.line(line) for line in lines)


def figure_line(figure: Figure, words: Words) -> str:
    """A figure on one line: its value, what and whom it counts, where and when."""
    parts = [words.place(figure.place), words.measure(figure.measure), when(figure, words, short=True)]
    if figure.who != "everyone":
        parts.insert(2, words.who(figure.who))
    value = words.value(figure.value)
    if measures().get(figure.measure) is Kind.RATE:
        value = words.say("value.a_month", value=value)
    return f"**{escaped(value)}** · {escaped(' · '.join(parts))}"


def by_text(by: str) -> str:
    """Who made a change: a Discord member by id, anybody else by name."""
    return f"<@{by}>" if by.isdecimal() else escaped(by)
