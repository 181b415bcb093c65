"""A citation style heard is the style printed: in the terminal, on the card and as data."""

from __future__ import annotations

import pytest

from bot.answers.answer import SourcesBlock
from bot.citations.cite import cite, cite_many
from bot.citations.registry import styles
from bot.render.cards import card
from bot.render.payload_blocks import block_payload
from bot.render.terminal import to_text
from tests.golden.asked import answer_to


@pytest.mark.parametrize("style", [style for style in styles() if style != "short"])
def test_a_style_heard_is_the_style_printed(style: str) -> None:
    answer = answer_to(f"{style} for Belgium")
    block = answer.blocks[0]
    assert isinstance(block, SourcesBlock)
    assert block.style == style
    cited = list(dict.fromkeys(claim.source for claim in block.claims))
    assert len(cited) > 20

    printed = to_text(answer, 80)
    assert all("\n".join(cite(source, style).splitlines()) in printed for source in cited)
    shown = ["\n".join(page) for page in card(answer).pages]
    assert sum(f"```\n{cite(source, style)}\n```" in shown[0] for source in cited) >= 1
    assert all(any(f"```\n{cite(source, style)}\n```" in page for page in shown) for source in cited)
    assert block_payload(block)["citations"] == cite_many(cited, style)


def test_without_a_style_sources_are_listed_and_nothing_is_cited() -> None:
    answer = answer_to("sources for Belgium")
    assert "```" not in "\n".join("\n".join(page) for page in card(answer).pages)
    assert block_payload(answer.blocks[0])["citations"] is None
