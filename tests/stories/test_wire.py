"""The bot as a process of its own, over the wire: it answers, survives a bad net, and stops cleanly."""

import asyncio
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.twin.faults import Fault
from tests.twin.twin import Twin, running_bot

QUESTION = "How many Belgians left for Syria in 2016?"


async def test_a_member_is_answered_by_command_mention_and_message(tmp_path: Path) -> None:
    twin = Twin()
    ada, bo = twin.person("ada"), twin.person("bo", direct=True)
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        seen = await ada.uses("ask", question=QUESTION)
        assert "Belgium" in seen.text
        assert "Belgium" in str((await ada.asks(QUESTION)).body)
        assert "Belgium" in str((await bo.asks(QUESTION)).body)
        assert "token-that-must-not-be-logged" not in bot.log
        assert "Belgians left" not in bot.log
        assert await bot.stop() == 0
    assert twin.rest.refused == []


async def test_an_answer_is_not_sent_back_to_the_bot(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path):
        await ada.uses("ask", question=QUESTION)
        assert twin.rest.echoed == 0
    assert twin.rest.refused == []


async def test_typing_a_place_offers_choices(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path):
        choices = (await ada.types("figure", "place", "belg")).choices
        assert "Belgium" in choices[0]
        assert len(choices) <= 25
    assert twin.rest.refused == []


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_failing_reply_is_tried_again_and_given_once(tmp_path: Path, status: int) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path):
        fault = twin.faults.plan(Fault(r"POST /channels/\d+/messages", "status", status=status))
        await ada.asks(QUESTION)
        assert fault.happened == 1
    assert len(twin.world.posts) == 1


async def test_a_rate_limit_delays_the_answer_and_does_not_double_it(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path):
        twin.faults.plan(Fault(r"POST /interactions/", "status", status=429, seconds=0.3, everywhere=True))
        seen = await ada.uses("ask", question=QUESTION)
        assert "Belgium" in seen.text
    assert len(twin.world.posts) == 1


async def test_a_dropped_gateway_is_resumed_and_no_question_is_lost(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        await twin.gateway.drop(abort=True)
        assert "Belgium" in str((await ada.asks(QUESTION)).body)
        assert bot.process.returncode is None
        assert twin.gateway.resumed == 1


async def test_a_request_to_reconnect_is_followed(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path):
        await twin.gateway.ask_to_reconnect()
        await twin.gateway.wait_until(lambda: twin.gateway.resumed == 1)
        assert "Belgium" in str((await ada.asks(QUESTION)).body)


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalidated_session_is_replaced(tmp_path: Path, resumable: bool) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path):
        before = twin.gateway.attempts
        await twin.gateway.invalidate(resumable=resumable)
        gateway = twin.gateway
        await gateway.wait_until(lambda: gateway.attempts > before and gateway.identified + gateway.resumed > 1)
        assert "Belgium" in str((await ada.asks(QUESTION)).body)


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
        twin.faults.plan(Fault(r"POST /interactions/", "slow", seconds=0.5))
        seen = await ada.uses("ask", question=QUESTION, wait=False)
        await asyncio.sleep(0.2)
        assert await bot.stop(within=5) == 0
        assert "Belgium" in str(twin.world.answered[seen.token])
