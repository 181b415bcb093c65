"""Every answer is told in every language, by every renderer, without a gap and in the right direction."""

from __future__ import annotations

import io
import re
from typing import get_args

import pytest
from rich.console import Console

from bot.answers.answer import Block, ClaimsBlock
from bot.render.cards import card
from bot.render.markdown import https_url
from bot.render.telling import DRAWN
from bot.render.terminal import render, to_text
from bot.words.catalogue import languages
from tests.bot.render.made import belgium_2016
from tests.golden.asked import QUESTIONS, answer_to

ASKED = [asked for asked in QUESTIONS if asked.locale == "en"]
ISOLATED = re.compile("[\u2066\u2068][^\u2066-\u2069]*\u2069")
SLOT = re.compile(r"\{[a-z_]+\}")


@pytest.mark.parametrize("locale", languages())
def test_every_answer_is_told_without_a_gap(locale: str) -> None:
    for asked in ASKED:
        answer = answer_to(asked.question)
        pages = ["\n".join(page) for page in card(answer, locale).pages]
        for shown in (to_text(answer, locale=locale), *pages):
            assert shown.strip(), asked.name
            assert not SLOT.search(shown), asked.name
            assert shown.count("\u2068") + shown.count("\u2066") == shown.count("\u2069"), asked.name


def test_every_kind_of_block_is_drawn() -> None:
    assert set(get_args(Block)) == {*DRAWN, ClaimsBlock}


def test_arabic_lines_isolate_every_latin_word_and_fix_their_direction() -> None:
    for asked in ASKED:
        lines = to_text(answer_to(asked.question), width=10_000, locale="ar").splitlines()
        for line in filter(None, lines):
            assert "\u200f" in line[:5], asked.name
            assert not re.search("[A-Za-z]", ISOLATED.sub("", line)), line


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_text_keeps_to_its_width(width: int) -> None:
    lines = to_text(belgium_2016(), width=width).splitlines()
    assert max(len(line) for line in lines) <= width


def test_the_console_says_what_the_text_says() -> None:
    console = Console(file=io.StringIO(), width=80, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(render(belgium_2016()))
    shown = [" ".join(line.split()) for line in captured.get().splitlines()]
    text = [" ".join(line.split()) for line in to_text(belgium_2016(), width=80).splitlines()]
    assert " ".join(shown).split() == " ".join(text).split()


def test_the_console_links_only_what_is_sound() -> None:
    console = Console(file=io.StringIO(), width=200, force_terminal=True, color_system="truecolor")
    with console.capture() as captured:
        console.print(render(belgium_2016()))
    assert "https://www.hln.be/nieuws/" in captured.get()
    assert "http://" not in captured.get()


def test_piped_text_gives_every_linked_document_its_whole_address_once() -> None:
    met = 0
    for asked in QUESTIONS:
        answer = answer_to(asked.question)
        text = to_text(answer, 60, asked.locale, links=True)
        assert text.startswith(to_text(answer, 60, asked.locale)), asked.name
        addresses = re.findall(r"https?://\S+", text.rpartition("\n\n")[2])
        assert len(set(addresses)) == len(addresses), asked.name
        linked = set(re.findall(r"\]\(<(https[^>]*)>\)", "\n".join(card(answer, asked.locale).pages[0])))
        assert linked <= {https_url(address) for address in addresses}, asked.name
        met += len(linked)
    assert met > 30
