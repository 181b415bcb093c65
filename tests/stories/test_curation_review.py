"""Moderators look at what was done, take it back, and decide on what others proposed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from simcord import InteractionResult, MemberActor

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.options import Parts
from db.desk import proposals
from tests.stories.desk import answered, confirms, fills
from tests.stories.reading import labels_of, message_of, text_of

BELGIUM = "be-travelled-be_ocam_2019_10"
OLDER = "be-travelled-tsg_2015"


async def retracts(stage: Stage, figure: str = BELGIUM, who: MemberActor | None = None) -> InteractionResult:
    """A moderator withdraws a figure, up to the preview."""
    return await (who or stage.moderator).slash(
        stage.questions, "figure-retract", figure=figure, because="Counted twice"
    )


async def test_an_undone_change_is_answered_as_before_and_both_stay_in_the_history(stage: Stage) -> None:
    before = claims(await answered(stage))
    shown = await retracts(stage)
    await confirms(stage.moderator, shown)
    assert claims(await answered(stage)) != before
    undone = await stage.moderator.slash(stage.questions, "undo", revision=2, because="It was right")
    assert "undo of revision 2" in text_of(undone)
    assert "Answer on Belgium" in text_of(undone)
    await confirms(stage.moderator, undone)
    assert claims(await answered(stage)) == before
    told = text_of(await stage.moderator.slash(stage.questions, "history", place="Belgium"))
    assert "undoes 2" in told
    assert "undone by 3" in told
    assert "Counted twice" in told
    assert f"<@{stage.moderator.id}>" in told


def claims(text: str) -> list[str]:
    """What a card says, without remarks and the footer."""
    return [line for line in text.splitlines() if not line.startswith("-# ")]


async def test_the_receipt_leads_to_the_undo(stage: Stage) -> None:
    shown = await retracts(stage)
    await confirms(stage.moderator, shown)
    opened = await stage.moderator.click(message_of(shown), label="Undo it")
    preview = await fills(stage.moderator, opened, because="It was right")
    assert "Written as data revision 3" in await confirms(stage.moderator, preview)


async def test_an_undo_that_later_changes_block_says_which(stage: Stage) -> None:
    await confirms(stage.moderator, await retracts(stage))
    back = await stage.moderator.slash(
        stage.questions, "figure-retract", figure=BELGIUM, because="It was right", how="restore"
    )
    await confirms(stage.moderator, back)
    told = await stage.moderator.slash(stage.questions, "undo", revision=2, because="Again")
    assert told.ephemeral
    assert "cannot be undone" in text_of(told)
    assert "3" in text_of(told)
    missing = await stage.moderator.slash(stage.questions, "undo", revision=99, because="Again")
    assert "There is no such revision" in text_of(missing)


async def test_history_narrows_and_turns_pages(stage: Stage) -> None:
    for number in range(12):
        how = "dispute" if number % 2 == 0 else "restore"
        shown = await stage.moderator.slash(
            stage.questions, "figure-retract", figure=OLDER, because=f"Step {number}", how=how
        )
        await confirms(stage.moderator, shown)
    listed = await stage.moderator.slash(stage.questions, "history", figure=OLDER)
    assert "Step 11" in text_of(listed)
    assert "Step 1\n" not in text_of(listed)
    await stage.moderator.click(message_of(listed), label="Older")
    assert "Step 1\n" in text_of(listed)
    assert "Newest" in labels_of(listed)
    other = await stage.moderator.slash(stage.questions, "history", place="FR")
    assert "Step" not in text_of(other)
    mine = await stage.moderator.slash(stage.questions, "history", by=stage.member)
    assert "No change is recorded" in text_of(mine)


# A second person ----------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def second(stage: Stage, parts: Parts) -> AsyncIterator[MemberActor]:
    """The stage where a second person decides, and that person."""
    user = stage.env.create_user("sam", global_name="Sam")
    stage.server.add_member(user, roles=[stage.moderators])
    await stage.env.restart_bot(build_client(parts, replace(stage.options, second_person=True)))
    yield MemberActor(stage.env, stage.server, user)


async def test_a_change_waits_until_another_moderator_approves_it(
    stage: Stage, parts: Parts, second: MemberActor
) -> None:
    before = claims(await answered(stage))
    shown = await retracts(stage)
    assert "Proposal 1 waits" in await confirms(stage.moderator, shown, "Propose it")
    assert claims(await answered(stage)) == before
    own = await stage.moderator.slash(stage.questions, "approve", proposal=1)
    assert "A second person decides" in text_of(own)
    listed = await second.slash(stage.questions, "pending")
    assert "Counted twice" in text_of(listed)
    review = await second.select(message_of(listed), ["1"])
    assert "Answer on Belgium" in text_of(review)
    assert f"<@{stage.moderator.id}>" in text_of(review)
    receipt = await confirms(second, review, "Approve and write")
    assert "Approved and written as data revision 2" in receipt
    assert claims(await answered(stage)) != before
    told = text_of(await second.slash(stage.questions, "history"))
    assert f"approved by <@{second.id}>" in told
    again = await second.slash(stage.questions, "approve", proposal=1)
    assert "Decided already" in text_of(again)
    assert "Nothing waits" in text_of(await second.slash(stage.questions, "pending"))


async def test_a_rejected_proposal_says_why_and_changes_nothing(
    stage: Stage, parts: Parts, second: MemberActor
) -> None:
    await confirms(stage.moderator, await retracts(stage), "Propose it")
    review = await second.slash(stage.questions, "approve", proposal=1)
    opened = await second.click(message_of(review), label="Reject")
    told = await fills(second, opened, because="It is right")
    assert "Proposal 1 is rejected" in text_of(told)
    assert await parts.dataset.revision() == 1
    assert (await proposals.proposal(parts.database, 1)).decided_because == "It is right"
    assert "Decided already" in await confirms(second, review, "Approve and write")


async def test_the_author_withdraws_a_proposal(stage: Stage, second: MemberActor) -> None:
    await confirms(stage.moderator, await retracts(stage), "Propose it")
    told = await stage.moderator.slash(stage.questions, "reject", proposal=1, because="My mistake")
    assert "Proposal 1 is withdrawn" in text_of(told)


async def test_a_proposal_that_was_overtaken_shows_what_stands_now(stage: Stage, second: MemberActor) -> None:
    await confirms(stage.moderator, await retracts(stage), "Propose it")
    await confirms(second, await retracts(stage, who=second), "Propose it")
    third = stage.env.create_user("tove")
    stage.server.add_member(third, roles=[stage.moderators])
    judge = MemberActor(stage.env, stage.server, third)
    await confirms(judge, await judge.slash(stage.questions, "approve", proposal=1), "Approve and write")
    told = await judge.slash(stage.questions, "approve", proposal=2)
    assert told.ephemeral
    assert "Somebody changed it meanwhile" in text_of(told)


async def test_proposals_and_revisions_are_offered_to_moderators_only(stage: Stage, second: MemberActor) -> None:
    await confirms(stage.moderator, await retracts(stage), "Propose it")
    offered = await second.autocomplete(stage.questions, "approve", "proposal", "")
    assert [choice["value"] for choice in offered] == [1]
    revisions = await second.autocomplete(stage.questions, "undo", "revision", "")
    assert [choice["value"] for choice in revisions] == [1]


@pytest.mark.parametrize("number", [1, 999_999_999])
async def test_a_proposal_that_there_is_not_is_told(stage: Stage, number: int) -> None:
    for name, options in (("approve", {}), ("reject", {"because": "x"})):
        told = await stage.moderator.slash(stage.questions, name, proposal=number, **options)
        assert told.ephemeral
        assert "There is no such proposal" in text_of(told)
