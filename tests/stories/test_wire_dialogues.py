"""Dialogues over the wire: with a bot in a process of its own that loses its connection, or is started anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.twin.people import words
from tests.twin.twin import BotProcess, Twin, running_bot
from tests.twin.world import Payload, now

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUESTION = "How many Belgians left for Syria in 2016?"
CLAIM = "By the end of 2015, 90,000 Tunisians had gone to Syria."
ROLE = 4242


def forwarded(text: str, **further: Any) -> Payload:
    """What a forwarded message carries of the one that was forwarded."""
    told = {"type": 0, "content": text, "timestamp": now(), "edited_timestamp": None, "flags": 0}
    lists: Payload = {"mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": []}
    return told | lists | further


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Twin, BotProcess]]:
    """One bot that everything here is asked which does not end it."""
    twin = Twin()
    folder = tmp_path_factory.mktemp("dialogues")
    twin.home.roles[ROLE] = "Moderators"
    home, role = str(twin.home.id), str(ROLE)
    async with twin.serving(), running_bot(twin, folder, home_server=home, moderator_roles=role) as bot:
        yield twin, bot
        assert await bot.stop() == 0
    assert twin.rest.refused == []


async def test_a_reply_that_pings_leans_on_the_answer_whoever_asked(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    ada, bo = twin.person("ada"), twin.person("bo")
    answer = await ada.asks(QUESTION)
    assert "Tunisia" in words((await bo.asks("Tunisia 2015")).body)
    replied = words((await bo.replies(answer, "and France?")).body)
    assert "France" in replied
    assert "2016" in replied


async def test_what_a_reply_to_somebody_else_claims_is_checked_where_it_is_shown(
    served: tuple[Twin, BotProcess],
) -> None:
    twin, _ = served
    ada, bo = twin.person("ada"), twin.person("bo", direct=True)
    hidden = await ada.says(CLAIM)
    assert "Check this claim" in words((await ada.asks("is this right?", to=hidden)).body)
    shown = await ada.asks(f"check this: {CLAIM}")
    assert "differs" in words(shown.body)
    said = await bo.says("thanks")
    twin.world.said[said]["content"] = CLAIM
    assert "differs" in words((await bo.asks("is this right?", to=said)).body)


async def test_an_edited_question_is_answered_in_its_answer_and_a_preview_is_no_edit(
    served: tuple[Twin, BotProcess],
) -> None:
    twin, _ = served
    cleo = twin.person("cleo")
    before = len(twin.world.posts)
    asked = await cleo.says(f"<@{twin.world.bot.id}> {QUESTION}")
    answer = await cleo.answer_to(asked, before)
    await cleo.edits(asked, f"<@{twin.world.bot.id}> How many Danes left for Syria?", at=now())
    await twin.rest.wait_until(lambda: answer.edits == 1)
    assert "Denmark" in words(answer.body)
    await cleo.edits(asked, twin.world.said[asked]["content"], at=twin.world.said[asked]["edited_timestamp"])
    assert "Germany" in words((await cleo.asks("and Germany?")).body)
    assert answer.edits == 1
    assert len(twin.world.posts) == before + 2


async def test_a_mention_of_the_bots_role_is_told_how_to_ask(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    dan, before = twin.person("dan"), len(twin.world.posts)
    asked = await dan.says(f"<@&{twin.home.bot_role}> {QUESTION}")
    told = words((await dan.answer_to(asked, before)).body)
    assert f"<@{twin.world.bot.id}>" in told
    assert "Belgians" in told
    await dan.says("<@&4711> hello")
    assert "Belgium" in words((await dan.asks(QUESTION)).body)
    assert len(twin.world.posts) == before + 2


async def test_a_message_that_is_forwarded_to_the_bot_is_answered(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    eve, before = twin.person("eve", direct=True), len(twin.world.posts)
    asked = await eve.says("", forwards=forwarded(QUESTION))
    assert "Belgium" in words((await eve.answer_to(asked, before)).body)


async def test_the_menus_of_a_message_read_what_it_forwards_and_what_stands_in_its_embeds(
    served: tuple[Twin, BotProcess],
) -> None:
    twin, _ = served
    noor = twin.person("noor", roles=(ROLE,))
    question = await noor.says("", forwards=forwarded(QUESTION))
    assert "4 people" in (await noor.picks("Answer this", question)).text
    page = {"type": "rich", "title": "News", "description": CLAIM, "url": "https://example.org/news"}
    claim = await noor.says("", forwards=forwarded("", embeds=[page]))
    assert "differs" in (await noor.picks("Check this claim", claim)).text
    form = (await noor.picks("Add as source", claim)).first["data"]
    filled = {row["component"]["custom_id"]: row["component"].get("value") for row in form["components"]}
    assert (filled["url"], filled["title"]) == ("https://example.org/news", "News")


async def test_two_members_in_one_channel_at_the_same_time_each_go_on_with_their_own_dialogue(
    served: tuple[Twin, BotProcess],
) -> None:
    twin, _ = served
    fay, gus = twin.person("fay"), twin.person("gus")
    turns = [("women from Belgium", "top 5 western europe"), ("and France?", "and the balkans?"), ("2015?", "top 3")]
    told = [await asyncio.gather(fay.asks(hers), gus.asks(his)) for hers, his in turns]
    hers, his = ([words(post.body) for post in column] for column in zip(*told, strict=True))
    assert ["women" in text for text in hers] == [True, True, True]
    assert ["France" in text for text in hers[1:]] == [True, True]
    assert ["Balkans" in text for text in hers + his] == [False, False, False, False, True, True]


async def test_a_card_stays_in_the_language_of_its_question(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    ines = twin.person("ines")
    french = await ines.uses("ask", question="Combien de Belges sont partis en Syrie en 2016 ?")
    assert "Belgique" in french.text
    turned = await ines.presses(french.posts[-1], "Tout")
    assert "Belgique" in turned.text
    fragment = await ines.uses("ask", question="2015 ?")
    assert "Belgique" in fragment.text
    claim = "À la fin de 2015, 90 000 Tunisiens étaient partis en Syrie."
    assert "diffère" in (await ines.uses("check", text=claim)).text
    ines.locale = "fr"
    english = await ines.uses("ask", question=QUESTION)
    assert "All figures" in english.buttons
    assert "In short" in (await ines.presses(english.posts[-1], "All figures")).buttons
    assert "Tout" in (await ines.uses("figure", place="BE")).buttons


async def test_who_asks_in_a_language_without_answers_is_told_so_in_it(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    jan, kei = twin.person("jan"), twin.person("kei", direct=True)
    jan.locale = "pl"
    told = await jan.uses("figure", place="BE")
    assert "po angielsku" in told.text
    assert "po angielsku" in (await jan.presses(told.posts[-1], "⋯")).text
    assert "po angielsku" not in (await jan.uses("ask", question=QUESTION)).text
    assert "по-русски" in words((await kei.asks("сколько бельгийцев уехало в Сирию в 2016")).body)
    assert "по-русски" in words((await kei.asks("2015?")).body)
    assert "по-русски" not in words((await kei.asks(QUESTION)).body)


BRIEFING = (
    ("How many people had gone to Syria and Iraq by the end of 2015?", ("27,000–31,000", "December 2015")),
    ("which country sent the most?", ("Russia comes first",)),
    ("only western europe", ("Western Europe", "France comes first")),
    ("top 3", ("Western Europe", "highest first")),
    ("per million inhabitants", ("Western Europe", "per million", "Belgium")),
    ("and how many came back to Belgium?", ("Belgium", "come back")),
    ("and to Germany?", ("Germany", "returned, as before")),
    ("who says so?", ("Germany", "returned", "reports")),
    ("how many women left Germany?", ("women from Germany",)),
    ("add France", ("women from Germany", "women from France")),
    ("go back", ("women from Germany",)),
    ("thanks", ("Glad to help",)),
)
IN_FRENCH = (
    ("Combien de Belges sont partis en Syrie en 2016 ?", ("4 personnes de Belgique",)),
    ("et la France ?", ("France", "2016, comme avant")),
    ("et en 2015 ?", ("France", "2015", "comme avant")),
    ("seulement les femmes", ("femmes de France", "2015")),
    ("et en Belgique ?", ("Belgique", "femmes")),
    ("merci", ("Avec plaisir",)),
)
IN_ARABIC = (
    ("كم عدد البلجيكيين الذين غادروا إلى سوريا في 2016؟", ("بلجيكا", "4")),
    ("وفرنسا؟", ("فرنسا", "2016")),
    ("وفي 2015؟", ("فرنسا", "2015", "كما سبق")),
    ("النساء فقط", ("فرنسا", "النساء")),
    ("وبلجيكا؟", ("بلجيكا", "النساء")),
    ("شكرا", ("على الرحب والسعة",)),
)


@pytest.mark.parametrize(
    ("turns", "direct"),
    [(BRIEFING, False), (IN_FRENCH, False), (IN_ARABIC, True)],
    ids=["twelve turns in English", "six in French", "six in Arabic, directly"],
)
async def test_a_briefing_of_many_turns_is_answered_turn_by_turn(
    served: tuple[Twin, BotProcess], turns: tuple[tuple[str, tuple[str, ...]], ...], direct: bool
) -> None:
    twin, bot = served
    kim = twin.person("kim", direct=direct)
    told = [(said, expected, words((await kim.asks(said)).body)) for said, expected in turns]
    assert [(said, part) for said, expected, text in told for part in expected if part not in text] == []
    assert "Traceback" not in bot.log


async def test_a_dialogue_goes_on_after_a_resumed_and_after_a_new_session(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    gateway, hal = twin.gateway, twin.person("hal")
    assert "Belgium" in words((await hal.asks("women from Belgium")).body)
    resumed = gateway.resumed
    await gateway.drop(abort=True)
    text = words((await hal.asks("and France?")).body)
    assert "France" in text
    assert "women" in text
    assert gateway.resumed == resumed + 1
    begun = gateway.identified
    await gateway.invalidate(resumable=False)
    await gateway.wait_until(lambda: gateway.identified > begun)
    text = words((await hal.asks("and Germany?")).body)
    assert "Germany" in text
    assert "women" in text


async def test_a_reply_to_an_answer_from_before_a_restart_leans_on_it(tmp_path: Path) -> None:
    twin = Twin()
    ada, bo = twin.person("ada"), twin.person("bo")
    async with twin.serving():
        async with running_bot(twin, tmp_path) as bot:
            answer = await ada.asks("women from Belgium")
            assert await bot.stop() == 0
        identified = twin.gateway.identified
        async with running_bot(twin, tmp_path, wait_ready=False) as bot:
            await twin.gateway.wait_until(lambda: twin.gateway.identified > identified)
            text = words((await bo.replies(answer, "and France?")).body)
            assert "France" in text
            assert "women" in text
            assert await bot.stop() == 0
    assert twin.rest.refused == []
