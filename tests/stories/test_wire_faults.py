"""Every way in which one request or connection can fail: the member is answered once, and the next question too."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from db.store.engine import open_database
from db.store.figures import FigureStore
from tests.stories.test_wire_stops import write_locked
from tests.twin.faults import Fault
from tests.twin.people import Seen
from tests.twin.twin import Twin, running_bot
from tests.twin.world import Post

ROLE = 4242
MANY = "10000"
BELGIUM = "be-travelled-hln_belga_2019_11_30"
QUESTION = "How many Belgians left for Syria in 2016?"
POST = r"POST /channels/\d+/messages"
CALLBACK = r"POST /interactions/"
LOCKED_FURTHER = 1.5

MESSAGE_FAULTS = {
    "503": Fault(POST, "status", status=503),
    "429 of this route": Fault(POST, "status", status=429, seconds=0.3),
    "429 for all": Fault(POST, "status", status=429, seconds=0.3, everywhere=True),
    "sent, and the reply lost": Fault(POST, "commit_then_fail", status=502),
    "429 before Discord": Fault(POST, "status", status=429, seconds=0.3, via=False),
    "reset": Fault(POST, "reset"),
    "hang": Fault(POST, "hang", seconds=2.0),
    "slow": Fault(POST, "slow", seconds=1.5),
}
CALLBACK_FAULTS = {
    "500": Fault(CALLBACK, "status", status=500),
    "503": Fault(CALLBACK, "status", status=503),
    "429 of this route": Fault(CALLBACK, "status", status=429, seconds=0.3),
    "429 before Discord": Fault(CALLBACK, "status", status=429, seconds=0.3, via=False),
    "taken, and the reply lost": Fault(CALLBACK, "commit_then_fail", status=502),
    "taken, and the reply lost for good": Fault(CALLBACK, "commit_then_fail", status=503),
    "hang": Fault(CALLBACK, "hang", seconds=4.0),
    "reset": Fault(CALLBACK, "reset"),
    "slow": Fault(CALLBACK, "slow", seconds=1.5),
}


async def test_a_mention_is_answered_once_through_each_fault(tmp_path: Path) -> None:
    twin = Twin()
    async with twin.serving(), running_bot(twin, tmp_path, server_questions_per_minute=MANY) as bot:
        for name, planned in MESSAGE_FAULTS.items():
            ada, before = twin.person(f"asks through {name}"), len(twin.world.posts)
            fault = twin.faults.plan(fresh(planned))
            assert "Belgium" in str((await ada.asks(QUESTION)).body), name
            assert fault.happened == 1, name
            assert "Tunisia" in str((await ada.asks("Tunisia 2015")).body), name
            assert len(twin.world.posts) - before == 2, name
            assert "Traceback" not in bot.log, name
        assert await bot.stop() == 0


async def test_a_command_is_answered_once_through_each_fault(tmp_path: Path) -> None:
    twin = Twin()
    async with twin.serving(), running_bot(twin, tmp_path, server_questions_per_minute=MANY) as bot:
        for name, planned in CALLBACK_FAULTS.items():
            ada, before = twin.person(f"asks through {name}"), len(twin.world.posts)
            fault = twin.faults.plan(fresh(planned))
            assert "Belgium" in (await ada.uses("ask", question=QUESTION)).text, name
            assert fault.happened == 1, name
            assert "Tunisia" in (await ada.uses("ask", question="Tunisia 2015")).text, name
            assert len(twin.world.posts) - before == 2, name
            assert "Traceback" not in bot.log, name
        assert await bot.stop() == 0


async def test_a_connection_that_no_longer_answers_is_left_for_a_new_one(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    twin.gateway.heartbeat_ms = 200
    async with twin.serving(), running_bot(twin, tmp_path, extra={"TWIN_HEARTBEAT_TIMEOUT": "1"}) as bot:
        twin.gateway.acknowledge_heartbeats = False
        attempts = twin.gateway.attempts
        await twin.gateway.wait_until(lambda: twin.gateway.resumed > 0)
        twin.gateway.acknowledge_heartbeats = True
        assert twin.gateway.attempts > attempts
        assert "Belgium" in str((await ada.asks(QUESTION)).body)
        assert len(twin.world.posts) == 1
        assert await bot.stop() == 0


async def test_a_gateway_that_refuses_the_first_connections_is_asked_again(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    twin.gateway.refuse_connections = 2
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        assert twin.gateway.attempts == 3
        assert "Belgium" in str((await ada.asks(QUESTION)).body)
        assert await bot.stop() == 0


WRITE_FAULTS = {
    "taken, and the reply lost": Fault(CALLBACK, "commit_then_fail", status=502),
    "503": Fault(CALLBACK, "status", status=503),
    "reset": Fault(CALLBACK, "reset"),
    "hang": Fault(CALLBACK, "hang", seconds=4.0),
    "429 for all": Fault(CALLBACK, "status", status=429, seconds=0.3, everywhere=True),
}


async def test_a_change_is_written_once_though_its_receipt_meets_a_fault(tmp_path: Path) -> None:
    twin = Twin()
    twin.home.roles[ROLE] = "Moderators"
    noor = twin.person("noor", roles=(ROLE,))
    home, role = str(twin.home.id), str(ROLE)
    async with twin.serving(), running_bot(twin, tmp_path, home_server=home, moderator_roles=role) as bot:
        for revision, (name, planned) in enumerate(WRITE_FAULTS.items(), 2):
            opened = await noor.uses("figure-edit", figure=BELGIUM, cause="typo")
            shown = await noor.submits(opened, value=f"5,00{revision}", because="Read again")
            fault = twin.faults.plan(fresh(planned))
            card, write = shown.posts[-1], shown.buttons["Write it"]
            await tells(twin, await noor.presses_id(card, write), card, f"Written as data revision {revision}")
            assert fault.happened == 1, name
            again = await noor.presses_id(card, write)  # a card that was not redrawn in time
            await tells(twin, again, card, "no longer held")
            assert "Traceback" not in bot.log, name
        assert await bot.stop() == 0
    async with open_database(f"sqlite:///{tmp_path / 'inflow.db'}") as database:
        assert await FigureStore(database).revision() == 1 + len(WRITE_FAULTS)


RECEIPT_FAULTS = {
    "taken, and both receipts hang": Fault(CALLBACK, "commit_then_fail", 2, status=502, seconds=4.0),
    "taken, and both receipts are lost": Fault(CALLBACK, "commit_then_fail", 2, status=503),
    "two resets": Fault(CALLBACK, "reset", 2),
}


@pytest.mark.parametrize("name", RECEIPT_FAULTS)
async def test_nobody_is_left_thinking_though_the_receipt_stays_away_twice(tmp_path: Path, name: str) -> None:
    twin, fault = Twin(), RECEIPT_FAULTS[name]
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        await ada.uses("watch", place="TN")  # which opens the database
        twin.faults.plan(fault)
        with write_locked(tmp_path / "inflow.db"):
            waiting = asyncio.create_task(ada.uses("watch", place="BE"))
            await twin.rest.wait_until(lambda: fault.happened == fault.times or bool(twin.world.deferred))
            await asyncio.sleep(LOCKED_FURTHER)
        assert "Watching Belgium" in (await waiting).text
        assert not twin.world.deferred
        assert "Traceback" not in bot.log
        assert await bot.stop() == 0


@pytest.mark.slow
async def test_work_that_fails_is_told_though_its_receipt_stayed_away(tmp_path: Path) -> None:
    twin = Twin()
    ada = twin.person("ada")
    async with twin.serving(), running_bot(twin, tmp_path) as bot:
        await ada.uses("watch", place="TN")
        twin.faults.plan(Fault(CALLBACK, "commit_then_fail", status=503))
        with write_locked(tmp_path / "inflow.db"):
            told = await ada.uses("watch", place="BE")
        assert "database" in told.text
        assert not twin.world.deferred
        assert await bot.stop() == 0


async def tells(twin: Twin, seen: Seen, card: Post, text: str) -> None:
    """Wait for a text: in the response, or on the card, where work that takes its time is acknowledged first."""
    await twin.rest.wait_until(lambda: text in f"{seen.first}{card.body}{twin.world.of_interaction(seen.token)}")


def fresh(fault: Fault) -> Fault:
    """A fault that has not happened yet."""
    return Fault(fault.matches, fault.kind, 1, fault.status, fault.seconds, fault.everywhere, fault.via)
