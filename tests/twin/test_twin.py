"""The twin itself: strict, faithful, and able to fail; tried with the least bot there is."""

from pathlib import Path

import pytest

from tests.twin.faults import Fault
from tests.twin.openapi import DOCUMENT, Contract
from tests.twin.twin import Twin, running_bot

FLOOR = "benchmarks.floor_bot"


async def test_a_bare_bot_answers_a_command_a_mention_and_a_keystroke(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path, module=FLOOR):
        seen = await ada.uses("ask", question="Belgium 2016")
        assert "Belgium" in seen.text
        assert (await ada.types("ask", "question", "bel")).choices == ["Belgium"]
        assert "Belgium" in (await ada.asks("Belgium 2016")).body["content"]
    assert twin.rest.refused == []


async def test_a_rate_limited_reply_is_sent_once_after_the_wait(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path, module=FLOOR):
        fault = twin.faults.plan(Fault(r"POST /channels/\d+/messages", "status", status=429, seconds=0.2))
        await ada.asks("Belgium 2016")
    assert fault.happened == 1
    assert len(twin.world.posts) == 1


async def test_a_session_is_resumed_and_missed_messages_arrive(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path, module=FLOOR):
        await twin.gateway.drop()
        assert "Belgium" in (await ada.asks("Belgium 2016")).body["content"]
        assert (twin.gateway.identified, twin.gateway.resumed) == (1, 1)


@pytest.mark.skipif(not DOCUMENT.exists(), reason="Discord's own description is not at hand")
@pytest.mark.parametrize(
    ("method", "path", "body", "fault"),
    [
        ("POST", "/channels/1/messages", {"content": "x" * 4001}, "content"),
        ("POST", "/interactions/1/t/callback", {"type": 4, "data": {"embeds": "no list"}}, "not valid"),
        ("POST", "/channels/1/nonsense", {}, "no such operation"),
    ],
)
def test_bodies_that_break_discords_document_are_refused(
    method: str, path: str, body: dict[str, object], fault: str
) -> None:
    contract = Contract.load()
    assert contract is not None
    assert any(fault in found for found in contract.faults(method, path, body, multipart=False))
