"""The bot as a process of its own, over the wire: it answers, survives a bad net, and stops cleanly."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.patience import PATIENCE
from tests.twin.faults import Fault
from tests.twin.twin import BotProcess, Twin, running_bot

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUESTION = "How many Belgians left for Syria in 2016?"
MANY = "10000"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Twin, BotProcess]]:
    """One bot that everything here is asked which does not end it: it has to bear one bad day after the other."""
    twin = Twin()
    folder = tmp_path_factory.mktemp("wire")
    drawing = {"TWIN_DRAWS": "yes"}
    async with (
        twin.serving(),
        running_bot(twin, folder, fresh=True, extra=drawing, server_questions_per_minute=MANY) as bot,
    ):
        yield twin, bot
        assert await bot.stop() == 0
    assert twin.rest.refused == []


async def test_a_member_is_answered_by_command_mention_and_message(served: tuple[Twin, BotProcess]) -> None:
    twin, bot = served
    ada, bo = twin.person("ada"), twin.person("bo", direct=True)
    seen = await ada.uses("ask", question=QUESTION)
    assert "Belgium" in seen.text
    assert "Belgium" in str((await ada.asks(QUESTION)).body)
    assert "Belgium" in str((await bo.asks(QUESTION)).body)
    assert "token-that-must-not-be-logged" not in bot.log
    assert "Belgians left" not in bot.log


async def test_an_answer_is_not_sent_back_to_the_bot(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    before = twin.rest.echoed
    await twin.person("cleo").uses("ask", question=QUESTION)
    assert twin.rest.echoed == before


async def test_typing_a_place_offers_choices(served: tuple[Twin, BotProcess]) -> None:
    choices = (await served[0].person("dan").types("figure", "place", "belg")).choices
    assert "Belgium" in choices[0]
    assert len(choices) <= 25


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_failing_reply_is_tried_again_and_given_once(served: tuple[Twin, BotProcess], status: int) -> None:
    twin, _ = served
    eve, before = twin.person("eve"), len(twin.world.posts)
    fault = twin.faults.plan(Fault(r"POST /channels/\d+/messages", "status", status=status))
    await eve.asks(QUESTION)
    assert fault.happened == 1
    assert len(twin.world.posts) == before + 1


async def test_a_rate_limit_delays_the_answer_and_does_not_double_it(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    fay, before = twin.person("fay"), len(twin.world.posts)
    twin.faults.plan(Fault(r"POST /interactions/", "status", status=429, seconds=0.3, everywhere=True))
    seen = await fay.uses("ask", question=QUESTION)
    assert "Belgium" in seen.text
    assert len(twin.world.posts) == before + 1


async def test_a_dropped_gateway_is_resumed_and_no_question_is_lost(served: tuple[Twin, BotProcess]) -> None:
    twin, bot = served
    before = twin.gateway.resumed
    await twin.gateway.drop(abort=True)
    assert "Belgium" in str((await twin.person("gus").asks(QUESTION)).body)
    assert bot.process.returncode is None
    assert twin.gateway.resumed == before + 1


async def test_a_request_to_reconnect_is_followed(served: tuple[Twin, BotProcess]) -> None:
    twin, _ = served
    before = twin.gateway.resumed
    await twin.gateway.ask_to_reconnect()
    await twin.gateway.wait_until(lambda: twin.gateway.resumed == before + 1)
    assert "Belgium" in str((await twin.person("hal").asks(QUESTION)).body)


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalidated_session_is_replaced(served: tuple[Twin, BotProcess], resumable: bool) -> None:
    twin, _ = served
    gateway = twin.gateway
    attempts, begun = gateway.attempts, gateway.identified + gateway.resumed
    await gateway.invalidate(resumable=resumable)
    await gateway.wait_until(lambda: gateway.attempts > attempts and gateway.identified + gateway.resumed > begun)
    assert "Belgium" in str((await twin.person("ida").asks(QUESTION)).body)


async def test_a_refused_first_connection_is_waited_out(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    twin.faults.plan(Fault(r"GET /users/@me", "reset", times=2))
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        assert "Belgium" in str((await ada.asks(QUESTION)).body)
        assert await bot.stop() == 0


async def test_a_refused_token_is_said_plainly_and_not_tried_again(tmp_path: Path) -> None:
    twin = Twin()
    twin.faults.plan(Fault(r"GET /users/@me", "status", times=9, status=401))
    async with twin.serving(), running_bot(twin, tmp_path, wait_ready=False) as bot:
        assert await asyncio.wait_for(bot.process.wait(), PATIENCE) == 2
        assert "does not accept the token" in bot.log
        assert "Traceback" not in bot.log


async def test_an_answer_under_way_reaches_its_member_before_the_stop(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        fault = twin.faults.plan(Fault(r"POST /interactions/", "slow", seconds=0.5))
        asked = asyncio.create_task(ada.uses("ask", question=QUESTION))
        async with asyncio.timeout(PATIENCE):
            while not fault.happened:  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.02)
        assert await bot.stop(within=5) == 0
        assert "Belgium" in (await asked).text
