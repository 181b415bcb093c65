"""Names of authors in all styles: persons by their parts, bodies whole, and nothing guessed in silence."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string

from bot.citations.cite import cite
from bot.citations.references import table_of_references
from bot.citations.registry import styles
from db.edits.entry.authors import Told, read_author, read_authors
from tests.bot.citations.test_cite import source
from tests.built_in import built_in

with Path("tests/cases/authors.csv").open(encoding="utf-8", newline="") as table:
    NAMES = list(csv.DictReader(table))


def cited(authors: tuple[str, ...], style: str) -> str:
    return cite(source(kind="think_tank", publisher="ICCT", authors=authors), style)


def expected(name: dict[str, str], style: str) -> object:
    """What a style's manual makes of a name."""
    body, family, suffix, particle = (name[part] for part in ("body", "family", "suffix", "particle"))
    ending = (f" {particle}" if particle else "") + (f", {suffix}" if suffix else "")
    short = f"{family}, {name['initials']}{ending}"
    full = f"{family}, {name['given']}{ending}"
    match style:
        case "short":
            return "ICCT, 9 September 2016"
        case "apa":
            return (body or short).rstrip(".") + ". (2016"
        case "chicago":
            return (body or full).rstrip(".") + ". 2016."
        case "harvard":
            return (body or short.replace(". ", ".").replace(f".{particle}", f". {particle}".rstrip())) + " (2016)"
        case "bibtex" if body:
            return (["{" + body.replace("&", r"\&") + "}"], [], [])
        case "bibtex":
            return f"{particle} {family}".split(), suffix.split(), name["given"].split()
        case "ris":
            return body or full
        case _:
            parts = {"family": family, "given": name["given"], "suffix": suffix, "dropping-particle": particle}
            return {"literal": body} if body else {key: part for key, part in parts.items() if part}


def printed(text: str, style: str) -> object:
    """The name that a citation holds, as programs read it, or the citation."""
    if style == "bibtex":
        (person,) = parse_string(text, "bibtex").entries["post_2016"].persons["author"]
        family, given = [*person.prelast_names, *person.last_names], [*person.first_names, *person.middle_names]
        return family, list(person.lineage_names), given
    if style == "ris":
        return rispy.loads(text)[0]["authors"][0]
    return json.loads(text)[0]["author"][0] if style == "csl-json" else text


@pytest.mark.parametrize("style", styles())
def test_a_name_is_cited_as_the_style_asks(style: str) -> None:
    wrong = []
    for name in NAMES:
        told, wanted = printed(cited((name["written"],), style), style), expected(name, style)
        if (told[: len(wanted)] if isinstance(told, str) and isinstance(wanted, str) else told) != wanted:
            wrong.append((name["written"], told, wanted))
    assert wrong == []


def test_it_is_known_how_sure_a_name_is_and_it_is_kept_as_it_was_read() -> None:
    for name in NAMES:
        author = read_author(name["written"])
        assert author.told.value == name["told"], name
        again = read_author(author.written)
        assert (again.written, again.spoken) == (author.written, author.spoken)
        assert author.told is Told.UNTOLD or again.told is Told.STATED, name


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_a_name_comes_back_from_every_reference_file(style: str) -> None:
    for name in NAMES:
        comes_back(name, style)


def comes_back(name: dict[str, str], style: str) -> None:
    """A name that was written into a file of references is read from it as it was."""
    if name["told"] == "untold" or (style == "ris" and "," in name["body"]):  # RIS cannot mark a body with a comma
        return
    text = cited((name["written"],), style)
    if style == "csl-json":
        text = json.dumps([{key: part for key, part in item.items() if key != "custom"} for item in json.loads(text)])
    read = table_of_references(text.encode())
    assert read is not None
    (row,) = csv.DictReader(io.StringIO(read.decode()))
    author = read_author(name["written"])
    if style == "bibtex":  # which knows one kind of particles
        author = replace(author, family=f"{author.particle} {author.family}".strip(), particle="")
    assert row["authors"] == author.written


@pytest.mark.parametrize(
    "authors", [("Peter R. Neumann et al.",), ("Neumann, Peter R.", "et al."), ("Neumann, Peter R., et al",)]
)
@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        ("apa", "Neumann, P. R., et al. (2016"),
        ("chicago", "Neumann, Peter R., et al. 2016."),
        ("harvard", "Neumann, P.R. et al. (2016)"),
        ("bibtex", 'author = "Neumann, Peter R. and others"'),
        ("ris", "AU  - Neumann, Peter R.\r\nAU  - et al.\r\n"),
        ("csl-json", '"literal": "et al."'),
    ],
)
def test_those_not_named_are_told_as_such(authors: tuple[str, ...], style: str, wanted: str) -> None:
    text = cited(authors, style)
    assert wanted in text
    if style in ("bibtex", "ris"):
        read = table_of_references(text.encode())
        assert read is not None
        assert "Neumann, Peter R.; et al." in read.decode()


def test_editors_are_editors_however_they_are_written() -> None:
    for authors in (("Bibi van Ginkel", "Eva Entenmann (eds)"), ("van Ginkel, Bibi", "Entenmann, Eva (eds)")):
        assert cited(authors, "apa").startswith("van Ginkel, B., & Entenmann, E. (Eds.). (2016")


def test_every_author_of_the_dataset_is_stated() -> None:
    """A name that would be guessed is written as "Family, Given", a body in braces."""
    for held in built_in().sources:
        for author in read_authors(held.authors)[0]:
            assert author.told is Told.STATED, (held.id, author)
        assert read_authors(held.authors)[1] or held.authors == tuple(
            author.written for author in read_authors(held.authors)[0]
        ), held.id
