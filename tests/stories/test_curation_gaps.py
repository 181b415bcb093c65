"""A member reports a problem; a moderator finds it on the board, takes it and settles it."""

from __future__ import annotations

from simcord import MemberActor

from bot.chat.demo import Stage
from bot.chat.desk.gap_board import SHOWN
from bot.chat.options import Parts
from db.desk.answer_log import Noted, keep_answers
from db.desk.gap_board import PROBLEM, gap_board, note_gap, settle_gap
from tests.stories.desk import fills
from tests.stories.reading import further, message_of, text_of


async def reports(stage: Stage, problem: str = "The ministry says 431") -> str:
    """A member reports a problem with the Belgian answer."""
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    opened = await stage.member.click(await further(stage.member, shown), label="Report a problem")
    told = await fills(stage.member, opened, problem=problem)
    assert told.ephemeral
    return text_of(told)


async def test_a_report_reaches_the_board_without_who_reported(stage: Stage, parts: Parts) -> None:
    assert "Thank you" in await reports(stage)
    text = text_of(await stage.moderator.slash(stage.questions, "gaps"))
    assert "The ministry says 431" in text
    assert "Belgium" in text
    (gap,) = await gap_board(parts.database)
    assert str(stage.member.id) not in repr(gap)


async def test_the_most_asked_stands_first(stage: Stage) -> None:
    await reports(stage, "Only once")
    for _ in range(2):
        await reports(stage, "The ministry says 431")
    text = text_of(await stage.moderator.slash(stage.questions, "gaps"))
    assert text.index("says 431") < text.index("Only once")
    assert "2×" in text


async def test_what_members_ask_for_and_one_origin_alone_answers_is_on_the_board(stage: Stage, parts: Parts) -> None:
    given = [Noted(f"a{at}", f"q{at}", 1, parts.clock(), ("MN", "BE", "SE"), "killed") for at in range(3)]
    await keep_answers(parts.database, given)

    text = text_of(await stage.moderator.slash(stage.questions, "gaps"))

    assert "3× · " in text
    assert "Mongolia" not in text, "nothing is held of it, so nothing of it is thin"


async def test_one_moderator_takes_a_gap_and_the_next_sees_who(stage: Stage, parts: Parts) -> None:
    await reports(stage)
    user = stage.env.create_user("sam")
    stage.server.add_member(user, roles=[stage.moderators])
    other = MemberActor(stage.env, stage.server, user)
    mine, theirs = [await who.slash(stage.questions, "gaps") for who in (stage.moderator, other)]
    taken = await stage.moderator.select(message_of(mine), ["1"])
    assert "Yours" in text_of(taken)
    assert f"<@{stage.moderator.id}> has it" in text_of(await other.select(message_of(theirs), ["1"]))
    opened = await stage.moderator.click(message_of(taken), label="It is done")
    assert "off the board" in text_of(await fills(stage.moderator, opened, because="Corrected"))
    assert "Nothing is open" in text_of(await stage.moderator.slash(stage.questions, "gaps"))
    await reports(stage)
    (again,) = await gap_board(parts.database)
    assert (again.state, again.asked, again.taken_by) == ("open", 2, "")


async def test_a_refusal_is_counted_by_its_kind_and_can_be_reported(stage: Stage, parts: Parts) -> None:
    for _ in range(2):
        shown = await stage.member.slash(stage.questions, "ask", question="Will zebras win the 2030 elections?")
    opened = await stage.member.click(message_of(shown), label="Report a problem")
    assert "Thank you" in text_of(await fills(stage.member, opened, problem="You could say more"))
    bot = stage.env.bot
    await bot.answering.keep()  # type: ignore[attr-defined]  # the bot of this house
    text = text_of(await stage.moderator.slash(stage.questions, "gaps"))
    assert "You could say more" in text
    assert "Questions refused: " in text
    assert "2×" in text
    assert "zebra" not in repr(await gap_board(parts.database))
    (counted,) = [gap for gap in await gap_board(parts.database) if gap.kind == "unanswered"]
    await settle_gap(parts.database, counted.id, because="Nothing to do", at=parts.clock(), done=False)
    await stage.member.slash(stage.questions, "ask", question="Will zebras win the 2030 elections?")
    await bot.answering.keep()  # type: ignore[attr-defined]
    assert counted.id not in [gap.id for gap in await gap_board(parts.database)]


async def test_an_empty_report_is_not_noted(stage: Stage, parts: Parts) -> None:
    assert "nothing was noted" in await reports(stage, "  \n ")
    assert await gap_board(parts.database) == ()


async def test_what_one_took_is_found_again_and_given_back(stage: Stage, parts: Parts) -> None:
    await reports(stage)
    (gap,) = await gap_board(parts.database)
    board = await stage.moderator.slash(stage.questions, "gaps")
    await stage.moderator.select(message_of(board), values=[str(gap.id)])
    assert [found.state for found in await gap_board(parts.database)] == ["taken"]

    board = await stage.moderator.slash(stage.questions, "gaps")  # another day, the first card is gone
    yours = await stage.moderator.select(message_of(board), values=[str(gap.id)])
    freed = await stage.moderator.click(message_of(yours), label="Give it back")
    assert "On the board again" in text_of(freed)
    assert [(found.state, found.taken_by) for found in await gap_board(parts.database)] == [("open", "")]


async def test_a_long_board_has_pages(stage: Stage, parts: Parts) -> None:
    for number in range(SHOWN + 2):
        await note_gap(parts.database, PROBLEM, f"t{number}", f"problem {number}.", at=parts.clock())
    board = await stage.moderator.slash(stage.questions, "gaps")
    first = text_of(board)
    second = text_of(await stage.moderator.click(message_of(board), label="Next"))
    told = [number for number in range(SHOWN + 2) if f"problem {number}." in first + second]
    assert told == list(range(SHOWN + 2))
    assert f"problem {SHOWN + 1}." not in first or "problem 0." not in first
