"""A member asks in words: by mention, in a direct message, by command, from a message's menu."""

from __future__ import annotations

import discord
import pytest

from bot.chat.demo import Stage
from bot.chat.limits import Limits
from tests.stories.reading import labels_of, message_of, text_of


def last(stage: Stage) -> discord.Message:
    message = stage.questions.last_message
    assert message is not None
    return message


async def asks(stage: Stage, text: str) -> discord.Message:
    """Mention the bot with a question; the answer."""
    await stage.member.send(stage.questions, text)
    answer = last(stage)
    assert answer.author.bot, f"nothing was answered to {text!r}"
    return answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many Belgians left for Syria in 2016?", ["## 4 people", "none seen by then", "HLN / Belga"]),
        ("americans since january 2016", ["Fewer than 10"]),
        ("how many people had gone by end of 2015", ["30,000"]),
        ("monthly flow at the peak", ["2,000"]),
        ("inflow 2016", ["50", "intelNews"]),
        ("Tunisa 2015", ["Tunisia", "6,000", "7,000"]),
        ("who is the most wanted fighter", ["person"]),
        ("paris", ["not a country"]),
    ],
)
async def test_questions_in_words_are_answered_with_what_is_held(
    stage: Stage, question: str, expected: list[str]
) -> None:
    text = text_of(await asks(stage, question))
    assert [part for part in expected if part not in text] == []


async def test_a_mention_is_answered_as_a_reply_that_pings_nobody(stage: Stage) -> None:
    asked = await stage.member.send(stage.questions, "How many Belgians left for Syria in 2016?")
    answer = last(stage)
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    assert answer.mentions == []


async def test_a_direct_message_needs_no_mention(stage: Stage) -> None:
    await stage.member.send_dm("How many Belgians left for Syria in 2016?")
    history = stage.member.user.dm_channel.history()
    assert "## 4 people" in text_of(history[-1])


async def test_commands_work_in_direct_messages_without_any_server(stage: Stage) -> None:
    stranger = stage.env.create_user("stranger")
    shown = await stranger.slash("ask", question="How many Belgians left for Syria in 2016?")
    assert "## 4 people" in text_of(shown)
    assert "Direct messages need no set-up" in text_of(await stranger.slash("setup"))
    choices = await stranger.autocomplete("figure", "place", "belgi")
    assert choices[0]["value"] == "BE"


async def test_a_place_by_itself_is_a_question_of_its_own_after_another(stage: Stage) -> None:
    await asks(stage, "How many Belgians left for Syria in 2016?")
    assert "Which place do you mean" in text_of(await asks(stage, "congo"))


async def test_a_follow_up_refers_to_the_last_question(stage: Stage) -> None:
    await asks(stage, "How many Belgians left for Syria in 2016?")
    text = text_of(await asks(stage, "and France?"))
    assert "France" in text
    assert "2016, as before" in text


async def test_an_ambiguous_name_is_asked_back_and_settled_with_a_tap_in_place(stage: Stage) -> None:
    asked = await asks(stage, "congo")
    labels = [label for label in labels_of(asked) if "Congo" in label]
    assert len(labels) == 2
    await stage.member.click(asked, label=labels[0])
    settled = last(stage)
    assert settled.id == asked.id
    assert labels[0].split(" ", 1)[-1] in text_of(settled)


async def test_only_the_asker_settles_the_doubt(stage: Stage) -> None:
    asked = await asks(stage, "congo")
    label = next(label for label in labels_of(asked) if "Congo" in label)
    told = await stage.moderator.click(asked, label=label)
    assert told.ephemeral
    assert text_of(last(stage)) == text_of(asked)


async def test_a_refusal_offers_questions_that_can_be_tapped(stage: Stage) -> None:
    refused = await asks(stage, "what is the weather like")
    examples = [label for label in labels_of(refused) if label.endswith("?") or "compare" in label]
    assert examples
    answered = await stage.member.click(refused, label=examples[0])
    assert "## 4 people" in text_of(answered)


async def test_the_command_answers_in_the_channel_or_to_the_asker_alone(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "ask", question="Belgium 2016")
    assert not shown.ephemeral
    alone = await stage.member.slash(stage.questions, "ask", question="Belgium 2016", private=True)
    assert alone.ephemeral
    assert text_of(alone) == text_of(shown)


async def test_a_message_is_answered_from_its_menu(stage: Stage) -> None:
    said = await stage.moderator.user.send_dm("unused") and await _plain(stage, "How many Belgians left in 2016?")
    shown = await stage.member.context_menu(stage.questions, "Answer this", said)
    assert "## 4 people" in text_of(shown)


async def _plain(stage: Stage, text: str) -> discord.Message:
    from simcord import MemberActor

    return await MemberActor(stage.env, stage.server, stage.moderator.user).send(stage.questions, text)


async def test_talk_that_does_not_mention_the_bot_is_left_alone(stage: Stage) -> None:
    await _plain(stage, "How many Belgians left for Syria in 2016?")
    assert not last(stage).author.bot


async def test_thanks_in_reply_to_an_answer_are_met_kindly(stage: Stage) -> None:
    from simcord import MemberActor

    answer = await asks(stage, "Belgium 2016")
    plain = MemberActor(stage.env, stage.server, stage.moderator.user)
    await plain.send(stage.questions, "thanks!", reply_to=answer)
    assert "Glad to help" in text_of(last(stage))


async def test_bots_and_webhooks_are_never_answered(stage: Stage) -> None:
    mention = f"<@{stage.env.backend.bot_user.id}>"
    webhook = stage.server.create_webhook(stage.questions)
    await webhook.send(f"{mention} Belgium 2016")
    assert last(stage).webhook_id is not None
    from simcord import MemberActor

    robot = stage.env.create_user("robot", bot=True)
    stage.server.add_member(robot)
    await MemberActor(stage.env, stage.server, robot).send(stage.questions, f"{mention} Belgium 2016")
    assert last(stage).author.id == robot.id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 1900,
        "**bold** `code` ||spoiler|| [x](https://example.org) # big",
        "@everyone @here",
        "🙂🙂🙂",
        "'; DROP TABLE figures; --",
        "كم عدد البلجيكيين الذين غادروا إلى سوريا في 2016؟",
        "\u202eBelgium\u202c 2016",
        "Bel\x00gium",
        "\ud83d" if False else "٢٠١٦",
        "?" * 500,
        "<@&123> <#456> </ask:1>",
    ],
)
async def test_any_text_gets_a_clear_reply_and_pings_nobody(stage: Stage, text: str) -> None:
    answer = await asks(stage, text)
    assert text_of(answer)
    assert not answer.mention_everyone
    assert answer.mentions == []
    assert answer.role_mentions == []


async def test_a_question_of_4000_characters_is_met_kindly(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "ask", question="how many " * 444)
    assert text_of(shown)


async def test_asking_too_fast_is_paused_once_and_kindly(stage: Stage) -> None:
    allowed = stage.options.questions_per_minute
    still = Limits(allowed, stage.options.server_questions_per_minute, clock=lambda: 0.0)
    stage.env.bot.limits = still  # type: ignore[attr-defined]  # a busy machine is no slow asker
    for _ in range(allowed):
        await asks(stage, "Belgium 2016")
    told = await asks(stage, "Belgium 2016")
    assert "faster than I can answer" in text_of(told)
    before = len(stage.questions.history())
    await stage.member.send(stage.questions, "Belgium 2016")
    assert len(stage.questions.history()) == before + 1
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    assert shown.ephemeral
    assert "faster than I can answer" in text_of(shown)
    other = await stage.moderator.slash(stage.questions, "figure", place="BE")
    assert "Belgium" in text_of(message_of(other))


async def test_a_claim_in_a_message_is_checked_against_what_is_held(stage: Stage) -> None:
    said = await _plain(
        stage, "In all of 2016, 4 Belgians left for Syria. And 90,000 Tunisians travelled. Nice weather, 21 degrees."
    )
    shown = await stage.member.context_menu(stage.questions, "Check this claim", said)
    text = text_of(shown)
    assert shown.ephemeral
    assert "**4** · ✅ agrees" in text
    assert "**90,000** · ⚠️ differs" in text
    assert "21" not in text.split("**90,000**")[1].split("\n")[0]


async def test_a_typed_claim_is_checked_by_command_and_by_mention(stage: Stage) -> None:
    claim = "By the end of 2015, 6,000 Tunisians had gone to Syria, and 915 Belgians."
    by_command = await stage.member.slash(stage.questions, "check", text=claim)
    for text in (text_of(message_of(by_command)), text_of(await asks(stage, f"check this: {claim}"))):
        assert "**6,000** · ✅ agrees" in text
        assert "**915** · ⚠️ differs" in text


async def test_a_message_that_is_replied_to_with_check_this_is_checked_where_it_may_be_read(stage: Stage) -> None:
    shown = await stage.moderator.send(stage.questions, "5,000,000 people went to Syria.")
    await stage.member.send(stage.questions, "is this true?", reply_to=shown)
    assert "**5,000,000** · ⚠️ differs" in text_of(last(stage))
    hidden = await _plain(stage, "5,000,000 people went to Syria.")
    await stage.member.send(stage.questions, "is this true?", reply_to=hidden)
    assert "Apps → Check this claim" in text_of(last(stage))


async def test_the_bots_own_name_is_no_part_of_a_claim(stage: Stage) -> None:
    assert stage.env.bot.user is not None
    said = await _plain(stage, f"<@{stage.env.bot.user.id}> Germany had 1,050 fighters.")
    shown = await stage.member.context_menu(stage.questions, "Check this claim", said)
    assert "**1,050** · ✅ agrees" in text_of(shown)


async def test_a_message_without_numbers_has_nothing_to_check(stage: Stage) -> None:
    said = await _plain(stage, "Nice weather today")
    shown = await stage.member.context_menu(stage.questions, "Check this claim", said)
    assert "found no number" in text_of(shown)
