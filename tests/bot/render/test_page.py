"""An answer as a page: nothing from outside, nothing that runs, every figure with its document, in every language."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser

import pytest

from bot.answers.answer import Answer
from bot.answers.compose import compose
from bot.questions.canonical import canonical, from_canonical
from bot.questions.query import Intent, Query, Read
from bot.render.page import to_page
from bot.render.telling import sentence_of
from bot.words.catalogue import languages
from db.model.values import Period
from tests.built_in import built_in

QUERIES = {
    "lookup": Query(Intent.LOOKUP, ("BE",), "travelled_in_period", period=Period.year(2016)),
    "rank": Query(Intent.RANK, ("R:western_europe",), "travelled", per_million=True, top=5),
    "compare": Query(Intent.COMPARE, ("FR", "DE"), "travelled"),
    "trend": Query(Intent.TREND, ("TN",), "travelled"),
    "total": Query(Intent.TOTAL, ("R:nordic",), "travelled"),
    "disputes": Query(Intent.DISPUTES, ("TR",), "travelled", period=Period.year(2015)),
    "sources": Query(Intent.SOURCES, ("BE",), "travelled"),
    "nothing": Query(Intent.LOOKUP, ("IS",), "killed", period=Period.year(2013)),
}


@cache
def answered(name: str) -> Answer:
    return compose(Read(QUERIES[name]), built_in().holdings(), question='how many <b>"there"</b>?')


class Seen(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "srcset", "action") or name.startswith("on"):
                self.loaded.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", QUERIES)
def test_a_page_stands_alone_and_tells_every_figure_with_its_document(name: str, language: str) -> None:
    answer = answered(name)
    seen = Seen(to_page(answer, language))
    assert not {"script", "iframe", "img", "link", "form", "b/"} & set(seen.tags)
    assert not seen.loaded
    assert all(link.startswith("https://") for link in seen.links)
    assert seen.tags.count("h1") <= 1
    assert sentence_of(answer, language) in seen.text
    assert {claim.figure.id for claim in answer.claims} <= set(seen.ids)
    for claim in answer.claims:
        assert claim.source.title in seen.text
        assert claim.figure.locator in seen.text
        assert claim.source.url in seen.text
    assert "url(" not in to_page(answer, language)


def test_what_members_wrote_cannot_become_markup() -> None:
    page = to_page(answered("lookup"))
    assert "<b>&quot;there" not in page
    assert "&lt;b&gt;" in page


def test_the_page_carries_its_question_for_programs() -> None:
    page = to_page(answered("rank"))
    kept = page.partition('name="inflow-query" content="')[2].partition('"')[0].replace("&amp;", "&")
    assert from_canonical(kept) == QUERIES["rank"]
    assert kept == canonical(QUERIES["rank"])


def test_it_is_set_for_phones_paper_and_the_direction_of_its_language() -> None:
    page = to_page(answered("lookup"), "ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert "width=device-width" in page
    assert "@media print" in page
