"""BibTeX and RIS records are read back as they were meant."""

from __future__ import annotations

import re

from pybtex.database import parse_string
from rispy import loads

from bot.citations.bibtex import to_bibtex
from bot.citations.cite import cite
from bot.citations.csl import to_csl
from bot.citations.export import bibliography, documents_behind
from bot.citations.ris import to_ris
from tests.bot.citations.test_cite import source
from tests.built_in import built_in

HOSTILE = source(
    title=r"Profiles & 5% of {A}_b $x #1 ~y ^z \end{document}",
    publisher="A & B",
    url="https://example.org/a_b~c#d?x=1&y={2}%20",
)
_COMMANDS = {
    r"\textbackslash{}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}


def unescaped(text: str) -> str:
    """What LaTeX prints for the commands that we write."""
    text = re.sub(r"\\([&%$#_])", r"\1", text)
    for command, letter in _COMMANDS.items():
        text = text.replace(command, letter)
    return text


def test_bibtex_keeps_every_letter_of_a_title_and_leaves_the_address_alone() -> None:
    entry = parse_string(cite(HOSTILE, "bibtex"), "bibtex").entries["post_2016"]
    assert unescaped(entry.fields["title"][1:-1]) == HOSTILE.title
    assert unescaped(entry.fields["journal"]) == "A & B"
    assert entry.fields["url"] == "https://example.org/a_b~c#d?x=1&y=%7B2%7D%20"
    assert [str(person) for person in entry.persons["author"]] == ["Witte, Griff"]


def test_bibtex_does_not_take_a_body_apart() -> None:
    text = cite(source(kind="un", authors=(), publisher="UN Security Council and others"), "bibtex")
    entry = parse_string(text, "bibtex").entries["post_2016"]
    assert [person.last_names for person in entry.persons["author"]] == [["{UN Security Council and others}"]]


def test_all_sources_survive_bibtex_and_ris() -> None:
    items = [to_csl(entry) for entry in built_in().sources]
    entries = parse_string(to_bibtex(items), "bibtex").entries
    assert [unescaped(entries[item["id"]].fields["title"][1:-1]) for item in items] == [item["title"] for item in items]
    records = loads(to_ris(items), delimiter_tags_mapping={})
    assert [record["id"] for record in records] == [item["id"] for item in items]
    assert [record["title"] for record in records] == [item["title"] for item in items]
    assert [record.get("urls", [""])[0] for record in records] == [item.get("URL", "") for item in items]


def test_ris_states_no_more_of_a_date_than_the_source() -> None:
    text = cite(source(published=None), "ris")
    assert "DA  - " not in text
    assert "DA  - 2016/09/09/" in cite(source(), "ris")
    assert text.endswith("ER  -\r\n")


def test_an_export_lists_the_documents_and_what_they_relay() -> None:
    holdings = built_in().holdings()
    figures = [figure for figure in holdings.of("R:world") if figure.id == "world-monthly_rate-intelnews_2016_09"]
    keys = documents_behind(holdings, figures).keys()
    assert keys == {"intelnews_2016_09", "washington_post_2016_09", "us_intelligence_2016_09"}
    assert bibliography(holdings, figures).count(b"\n@") + 1 == len(keys)
