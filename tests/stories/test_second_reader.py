"""A second reader in the conversation: its card says so on every page, and what may not leave the house does not."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.answers.ask import Asker
from bot.chat.cards.answer import reply_with
from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.options import NO_MODEL, ChatOptions, Parts
from bot.chat.plain_form import text_of as words_on
from bot.chat.reference import Reference
from bot.ops.metrics import Metrics
from bot.questions.query import Intent, Query, Reading
from bot.questions.reader import Reader
from bot.questions.second import is_due
from bot.render.payload import to_payload
from bot.words.words import words_of
from db.model.records import Measure
from db.model.values import Period
from db.store.figures import FigureStore
from tests.patience import PATIENCE
from tests.stories.reading import message_of, text_of

TODAY = date(2026, 11, 23)
READ = Query(Intent.LOOKUP, ("BE",), period=Period.year(2016))
LOST = "and the other ones?"


class Second:
    """A second reader that reads one thing into everything that is due."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Query | None]] = []
        self.until: Callable[[], bool] = lambda: True
        """What it waits for before it says anything."""

    async def read(
        self, text: str, reading: Reading, last: Query | None, today: date, measures: Mapping[str, Measure]
    ) -> Query | None:
        if not is_due(reading):
            return None
        self.seen.append((text, last))
        for _ in range(int(PATIENCE / 0.05)):
            if self.until():
                return READ
            await asyncio.sleep(0.05)
        return None


@pytest.fixture
def second() -> Second:
    return Second()


@pytest.fixture
def asker(dataset: FigureStore, second: Second) -> Asker:
    return Asker(dataset, Reader.load(), second=second.read)


async def test_what_it_read_is_flagged_answered_from_the_dataset_and_leant_on_with_doubt(asker: Asker) -> None:
    given = await asker.ask(LOST, asker="1", channel="1", today=TODAY, may_leave=True)
    typed = await asker.answer(READ)

    assert given.reading.helped
    assert given.reading.flagged
    assert (given.claims, given.blocks, given.id) == (typed.claims, typed.blocks, typed.id)
    assert not typed.reading.helped
    after = await asker.ask("and 2015?", asker="1", channel="1", today=TODAY)
    assert after.reading.query is not None
    assert after.reading.query.places == ("BE",)
    assert after.reading.flagged


async def test_it_sees_nothing_unless_it_may_and_only_what_is_due(asker: Asker, second: Second) -> None:
    plain = await asker.ask(LOST, today=TODAY)
    sure = await asker.ask("How many Belgians left for Syria in 2016?", today=TODAY, may_leave=True)

    assert second.seen == []
    assert not plain.reading.helped
    assert not sure.reading.helped


async def test_without_one_the_answer_is_the_same(dataset: FigureStore) -> None:
    alone = Asker(dataset, Reader.load())
    for text in (LOST, "How many Belgians left for Syria in 2016?", "weather tomorrow"):
        given = [await alone.ask(text, today=TODAY, may_leave=leave) for leave in (True, False)]
        assert to_payload(given[0]) == to_payload(given[1])


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es", "it", "nl", "ar"])
async def test_every_page_of_its_card_says_so_first_and_has_the_way_to_say_that_it_is_wrong(
    asker: Asker, locale: str
) -> None:
    given = await asker.ask(LOST, today=TODAY, may_leave=True)
    words = words_of(locale)
    says = words.say("read.helped", reading="§").partition("§")[0].strip()
    view = reply_with(given, owner=1, locale=locale).view
    assert view is not None
    assert words_on(view).lstrip("-# \u200f").startswith(says)
    buttons = [item for item in view.walk_children() if isinstance(item, discord.ui.Button)]
    assert words.say("button.misread") in [button.label for button in buttons]

    turned = [str(button.custom_id) for button in buttons if ":page:" in str(button.custom_id)]
    reference = Reference.read(turned[0].split(":", 3)[3])
    assert reference.helped
    again = await asker.at(reference.query, reference.revision, helped=reference.helped)
    page = reply_with(again, owner=1, locale=locale, page=reference.page, further=True).view
    assert page is not None
    assert says in words_on(page)


def server(*roles: str, there: bool = True) -> discord.Guild:
    me = SimpleNamespace(roles=[SimpleNamespace(name=name) for name in roles]) if there else None
    return cast(discord.Guild, SimpleNamespace(me=me))


WHERE: list[tuple[Any, bool, bool]] = [
    (server("@everyone", "bots"), False, True),
    (server("@everyone", NO_MODEL), True, False),
    (server(NO_MODEL.title()), True, False),
    (server(there=False), False, False),
    (server(there=False), True, True),
    (None, False, False),
    (None, True, True),
]


@pytest.mark.parametrize(("guild", "direct", "may"), WHERE, ids=str)
def test_where_a_question_may_leave_the_house(guild: discord.Guild | None, direct: bool, may: bool) -> None:
    assert ChatOptions(reader_direct_messages=direct).may_leave(guild) is may


def test_what_became_of_them_is_counted_and_only_then_shown() -> None:
    metrics = Metrics()
    before = metrics.page()
    assert b"second_reader" not in before
    metrics.second_reader("used")
    metrics.second_reader("wrong")
    metrics.second_reader("used")
    family = next(
        one for one in text_string_to_metric_families(metrics.page().decode()) if one.name == "inflow_second_reader"
    )
    counted = {s.labels["result"]: s.value for s in family.samples if s.name.endswith("_total")}
    assert counted == {"used": 2, "wrong": 1}


def test_a_reference_keeps_that_it_was_helped() -> None:
    for helped in (True, False):
        reference = Reference(READ, 40, 2, helped)
        assert Reference.read(reference.payload("page", owner=7)) == reference
    assert "~" not in Reference(READ, 40, 2).payload("page")


async def test_a_member_is_told_presses_that_it_is_wrong_and_reads_what_leaves(
    stage: Stage, parts: Parts, second: Second
) -> None:
    member, channel = stage.member, stage.questions
    assert NO_MODEL not in text_of(await member.slash(channel, "privacy"))
    asker = Asker(parts.dataset, Reader(parts.resolver), clock=parts.clock, second=second.read)
    metrics = Metrics()
    helped = dataclasses.replace(parts, asker=asker, metrics=metrics)
    await stage.env.restart_bot(build_client(helped, stage.options))

    second.until = lambda: (
        "Reading…" in str([part.to_dict() for said in channel.history()[-1:] for part in said.components])
    )
    shown = await member.slash(channel, "ask", question=LOST)
    assert "Read with the help of a language model: Belgium" in text_of(shown)
    await member.click(message_of(shown), label="Read wrongly")
    assert b'inflow_second_reader_total{result="wrong"} 1.0' in metrics.page()
    assert NO_MODEL in text_of(await member.slash(channel, "privacy"))
    assert second.seen == [(LOST, None)]
