"""A member asks what has changed, and comes back to an answer given before."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest
from simcord import ResponseMessage
from sqlalchemy import insert

from bot.chat.demo import Stage
from bot.chat.options import Parts
from bot.questions.canonical import canonical
from bot.questions.query import Intent, Query
from db.edits import editing
from db.edits.change import Cause
from db.edits.requests import EditFigure, RetractFigure
from db.model.desk_tables import ANSWER
from tests.stories.reading import labels_of, message_of, text_of

BELGIUM = "be-travelled-tsg_2015"
NEWEST = "be-travelled-be_ocam_2019_10"


async def correct(parts: Parts, now: datetime, days: int = 1) -> None:
    """A moderator corrects a Belgian figure."""
    await editing.make(
        parts.database,
        EditFigure(BELGIUM, {"low": "471", "high": "471"}, cause=Cause.TYPO),
        by="Ada",
        because="The table says 471",
        at=now + timedelta(days=days),
    )


async def test_changes_tell_old_and_new_by_whom_and_why(stage: Stage, parts: Parts, now: datetime) -> None:
    await correct(parts, now)
    shown = await stage.member.slash(stage.questions, "changes", since="2026-01-16")
    text = text_of(shown)
    assert "Changes since 16 January 2026" in text
    assert "470 → 471" in text
    assert "Ada: The table says 471" in text
    assert "Data revision 1 → 2" in text


async def test_changes_name_a_role_and_not_the_number_of_an_account(stage: Stage, parts: Parts, now: datetime) -> None:
    account, at = str(stage.moderator.id), now + timedelta(days=1)
    await editing.make(parts.database, RetractFigure(BELGIUM), by=account, because="Counted twice", at=at)
    text = text_of(await stage.member.slash(stage.questions, "changes", since="1"))
    assert "a moderator: Counted twice" in text
    assert account not in text


async def test_changes_of_one_place_leave_others_out(stage: Stage, parts: Parts, now: datetime) -> None:
    await correct(parts, now)
    belgian = await stage.member.slash(stage.questions, "changes", since="r1", place="Belgium")
    assert "470 → 471" in text_of(belgian)
    french = await stage.member.slash(stage.questions, "changes", since="r1", place="FR")
    assert "Nothing has changed" in text_of(french)


async def test_a_withdrawal_is_told_with_its_reason(stage: Stage, parts: Parts, now: datetime) -> None:
    request = RetractFigure(BELGIUM)
    await editing.make(parts.database, request, by="Ada", because="Counted twice", at=now + timedelta(days=1))
    shown = await stage.member.slash(stage.questions, "changes", since="1")
    assert "**withdrawn**" in text_of(shown)
    assert "Counted twice" in text_of(shown)


async def test_a_long_list_of_changes_has_pages(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "changes", since="2020")
    first = text_of(shown)
    assert "Next" in labels_of(shown)
    await stage.member.click(message_of(shown), label="Next")
    assert text_of(shown) != first
    assert "Page 2" in text_of(shown)


async def test_only_who_asked_turns_the_pages_of_changes_or_takes_them_away(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "changes", since="2020")
    first = text_of(shown)
    assert "❌" in labels_of(shown)
    told = await stage.moderator.click(message_of(shown), label="Next")
    assert told.ephemeral
    assert text_of(shown) == first


@pytest.mark.parametrize("since", ["soon", "", "2026-13-01", "-4"])
async def test_a_start_that_means_nothing_is_told(stage: Stage, since: str) -> None:
    shown = await stage.member.slash(stage.questions, "changes", since=since)
    assert shown.ephemeral
    assert "YYYY-MM-DD" in text_of(shown)


@pytest.mark.parametrize("command", ["figure", "trend", "sources", "dispute"])
async def test_a_lookup_answers_as_known_on_a_day(stage: Stage, parts: Parts, now: datetime, command: str) -> None:
    before = await stage.member.slash(stage.questions, command, place="BE", measure="travelled")
    for figure in (await parts.dataset.holdings({"BE"})).of("BE", "travelled"):
        await editing.make(
            parts.database, RetractFigure(figure.id), by="Ada", because="Counted twice", at=now + timedelta(days=3)
        )
    today = await stage.member.slash(stage.questions, command, place="BE", measure="travelled")
    then = await stage.member.slash(
        stage.questions, command, place="BE", measure="travelled", known_on=f"{now.date() + timedelta(days=1)}"
    )
    assert claims(text_of(today))[:3] != claims(text_of(before))[:3]
    assert claims(text_of(then))[:3] == claims(text_of(before))[:3]
    assert re.search(r"16 Jan(uary)? 2026", text_of(then))


def claims(text: str) -> list[str]:
    """What a card says, without how it was read, remarks and the footer, which differ with the day asked for."""
    lines = [line for line in text.splitlines() if not line.startswith(("-# ", "> "))]
    return [line.replace("As known on 16 January 2026: ", "").lstrip("# ").casefold() for line in lines]


async def test_an_answer_is_opened_again_and_tells_what_differs(stage: Stage, parts: Parts, now: datetime) -> None:
    first = await stage.member.slash(stage.questions, "ask", question="how many Belgians ever went")
    found = re.search(r"Answer (\w{8})", text_of(first))
    assert found is not None
    same = await stage.member.slash(stage.questions, "answer", id=found[1], question="how many Belgians ever went")
    assert "gets the same answer today" in text_of(same)
    request = EditFigure(NEWEST, {"low": "437", "high": "437"}, Cause.TYPO)
    await editing.make(parts.database, request, by="Ada", because="A slip", at=now + timedelta(days=1))
    shown = await stage.member.slash(stage.questions, "answer", id=found[1], question="how many Belgians ever went")
    text = text_of(shown)
    assert "430 → " in text
    assert "## 430 people from Belgium had gone" in text
    assert "Data revision 1 → 2" in text
    await stage.member.click(message_of(shown), label="Ask again today")
    assert "## 437 people from Belgium had gone" in text_of(shown)


async def test_a_kept_answer_is_opened_by_its_id_alone(stage: Stage, parts: Parts, now: datetime) -> None:
    query = Query(Intent.LOOKUP, ("BE",), "travelled")
    row = {"id": "abcd2345", "long_id": "abcd2345zzzz", "canonical": canonical(query), "revision": 1, "at": now}
    async with parts.database.writing() as writer:
        await writer.execute(insert(ANSWER).values(row))
    shown = await stage.member.slash(stage.questions, "answer", id=" ABCD2345 ")
    assert "## 430 people from Belgium had gone" in text_of(shown)
    cited = await stage.member.slash(stage.questions, "cite", what="abcd2345", style="short")
    assert "16 October 2019" in text_of(cited)
    assert "Inflow, data revision 1, answer " in text_of(cited)
    taken = await stage.member.slash(stage.questions, "export", what="abcd2345", form="json")
    message = message_of(taken)
    assert isinstance(message, ResponseMessage)
    (file,) = message.attachments
    assert "-r1.json" in file.filename
    document = json.loads(await file.read())
    assert NEWEST in {figure["id"] for figure in document["figures"]}


async def test_the_longest_answer_still_fits_with_what_differs(stage: Stage, parts: Parts, now: datetime) -> None:
    question = "high and low for Russia"
    first = await stage.member.slash(stage.questions, "ask", question=question)
    found = re.search(r"Answer (\w{8})", text_of(first))
    assert found is not None
    for figure in (await parts.dataset.holdings({"RU"})).of("RU", "travelled")[:12]:
        await editing.make(parts.database, RetractFigure(figure.id), by="Ada", because="x" * 200, at=now)
    shown = await stage.member.slash(stage.questions, "answer", id=found[1], question=question)
    assert sum(map(len, text_of(shown).splitlines())) <= 4000
    assert "What differs today" in text_of(shown)


@pytest.mark.parametrize(
    ("options", "told"),
    [({"id": "zzzzzzzz"}, "not kept"), ({"id": "zzzzzzzz", "question": "Belgium"}, "check both")],
)
async def test_an_unknown_answer_is_told(stage: Stage, options: dict[str, str], told: str) -> None:
    shown = await stage.member.slash(stage.questions, "answer", **options)
    assert shown.ephemeral
    assert told in text_of(shown)


async def test_two_taps_lead_from_a_number_to_who_entered_it_when_and_why(
    stage: Stage, parts: Parts, now: datetime
) -> None:
    cells = {"low": "437", "high": "437", "locator": "paragraph 3, after the table"}
    request = EditFigure(NEWEST, cells, Cause.RE_READ)
    await editing.make(parts.database, request, by="Ada", because="Read again in full", at=now + timedelta(days=2))
    shown = await stage.member.slash(stage.questions, "figure", place="BE", measure="travelled")
    assert "## 437 people from Belgium had gone" in text_of(shown)
    traced = await stage.member.click(message_of(shown), label="Sources")
    text = text_of(traced)
    assert "OCAM director before the Chamber" in text  # the document
    assert "At paragraph 3, after the table" in text  # the page
    assert "16 October 2019" in text  # its date
    assert "Entered by Ada on 17 January 2026: Read again in full" in text
    assert "https://www.nieuwsblad.be/" in text
