"""Replies, edits, forwards and roles: what a member means by more than a plain mention."""

from __future__ import annotations

from datetime import datetime, timedelta

import discord
from simcord import MemberActor

from bot.chat.cards.answer import pages_reply
from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.lately import Lately
from bot.chat.leaning import answer_in
from tests.stories.reading import labels_of, text_of
from tests.stories.test_ask import asks, last


def plain(stage: Stage, who: MemberActor | None = None) -> MemberActor:
    """Somebody who writes without the bot's name."""
    return MemberActor(stage.env, stage.server, (who or stage.moderator).user)


async def test_a_reply_leans_on_the_answer_that_it_replies_to_whoever_asked(stage: Stage) -> None:
    belgium = await asks(stage, "How many Belgians left for Syria in 2016?")
    await asks(stage, "Tunisia 2015")
    await plain(stage).send(stage.questions, "and France?", reply_to=belgium)
    assert "France" in text_of(last(stage))
    assert "2016" in text_of(last(stage))
    await stage.member.send(stage.questions, "and Germany?", reply_to=belgium)
    assert "Germany" in text_of(last(stage))
    assert "2016" in text_of(last(stage))


async def test_a_reply_leans_on_an_old_answer_after_a_restart(stage: Stage) -> None:
    belgium = await asks(stage, "women from Belgium")
    parts = stage.env.bot.parts  # type: ignore[attr-defined]
    parts.asker.memory.forget(str(stage.member.id))
    await stage.env.restart_bot(build_client(parts, stage.options))
    await plain(stage).send(stage.questions, "and France?", reply_to=belgium)
    assert "France" in text_of(last(stage))
    assert "women" in text_of(last(stage))


async def test_a_reply_to_a_page_without_buttons_leans_on_the_answer_that_it_names(stage: Stage) -> None:
    await stage.member.send(stage.questions, "women from Belgium")
    bot = stage.env.bot
    await bot.answering.keep()  # type: ignore[attr-defined]
    answer = await bot.parts.asker.ask("women from Belgium")  # type: ignore[attr-defined]
    (page, *_) = pages_reply(answer, locale="en", most=1)
    channel = bot.get_channel(stage.questions.id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send(**page.arguments())
    await plain(stage).send(stage.questions, "and France?", reply_to=sent)
    assert "women from France" in text_of(last(stage))


async def test_a_bare_mention_in_reply_to_a_question_answers_it(stage: Stage) -> None:
    said = await stage.moderator.send(stage.questions, "nice weather")
    await stage.moderator.edit(said, f"<@{stage.env.backend.bot_user.id}> women from Belgium")
    await stage.member.send(stage.questions, "", reply_to=said)
    assert "women from Belgium" in text_of(last(stage))
    await stage.member.send(stage.questions, "")
    assert "How many Belgians left" in text_of(last(stage))


async def test_a_reply_to_what_was_asked_back_answers_it(stage: Stage) -> None:
    asked = await asks(stage, "how many women left congo")
    first = next(label for label in labels_of(asked) if "Congo" in label)
    await plain(stage).send(stage.questions, "the first one", reply_to=asked)
    assert first.split(" ", 1)[-1] in text_of(last(stage))
    assert "women" in text_of(last(stage))


async def test_a_reply_to_an_answer_that_was_given_in_plain_text_leans_on_it(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "ask", question="women from Belgium", plain=True)
    answer = last(stage)
    await stage.moderator.send(stage.questions, "and France?", reply_to=answer)
    assert "France" in text_of(last(stage))
    assert "women" in text_of(last(stage))


async def test_a_reply_whose_words_are_hidden_is_told_how_to_ask(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "ask", question="Belgium 2016")
    await plain(stage).send(stage.questions, "and France?", reply_to=last(stage))
    assert "Discord does not show me" in text_of(last(stage))


async def test_a_reply_that_pings_nobody_is_left_alone(stage: Stage) -> None:
    said = await plain(stage).send(stage.questions, "Tunisia 2015")
    await plain(stage, stage.member).send(stage.questions, "how many?", reply_to=said)
    assert last(stage).content == "how many?"


async def test_an_edited_mention_is_answered_anew_in_its_answer(stage: Stage) -> None:
    asked = await stage.member.send(stage.questions, "How many Belgians left for Syria in 2016?")
    answer = last(stage)
    await stage.member.edit(asked, asked.content.replace("Belgians", "Danes"))
    assert last(stage).id == answer.id
    assert "Denmark" in text_of(last(stage))
    assert "Belgium" not in text_of(last(stage))
    assert "Germany" in text_of(await asks(stage, "and Germany?"))


async def test_an_edit_is_read_after_what_went_before_the_question(stage: Stage) -> None:
    await asks(stage, "women from Belgium")
    asked = await stage.member.send(stage.questions, "and Frnace in 2015?")
    await stage.member.edit(asked, asked.content.replace("Frnace in 2015", "Germany"))
    assert "Germany" in text_of(last(stage))
    assert "women" in text_of(last(stage))
    kept = stage.env.bot.parts.asker.memory.recall(str(stage.questions.id), str(stage.member.id))  # type: ignore[attr-defined]
    assert [query.period.is_open for query in kept.queries] == [True, True]


async def test_an_edit_is_answered_though_the_first_wording_was_refused(stage: Stage) -> None:
    asked = await stage.member.send(stage.questions, "check this: nice weather")
    assert "found no number" in text_of(last(stage))
    await stage.member.edit(asked, asked.content.split("check", 1)[0] + "Belgium 2016")
    assert "4" in text_of(last(stage))
    assert len([one for one in stage.questions.history() if one.author.bot]) == 1


async def test_an_answer_that_was_taken_back_stays_away(stage: Stage) -> None:
    asked = await stage.member.send(stage.questions, "Belgium 2016")
    await last(stage).delete()
    await stage.member.edit(asked, asked.content + " women")
    assert not [one for one in stage.questions.history() if one.author.bot]


async def test_what_was_heard_is_remembered_for_ten_minutes_and_is_bounded() -> None:
    now = datetime(2020, 1, 1)
    held: Lately[int, str] = Lately(lambda: now, limit=3)
    for number in range(5):
        held.put(number, "said")
    assert len(held) == 3
    assert [held.get(number) for number in range(5)] == [None, None, "said", "said", "said"]
    now += timedelta(minutes=9)
    held.put(4, "again")
    now += timedelta(minutes=2)
    assert (held.get(3), held.get(4)) == (None, "again")
    held.forget(lambda key, value: value == "again")
    assert held.get(4) is None


async def test_a_forwarded_message_is_read_by_both_menus(stage: Stage) -> None:
    question = await plain(stage).send(stage.questions, "How many Belgians left for Syria in 2016?")
    forwarded = await plain(stage).forward(question, stage.updates)
    shown = await stage.member.context_menu(stage.updates, "Answer this", forwarded)
    assert "## 4 people" in text_of(shown)
    claim = await plain(stage).send(stage.questions, "By the end of 2015, 90,000 Tunisians had gone to Syria.")
    forwarded = await plain(stage).forward(claim, stage.updates)
    shown = await stage.member.context_menu(stage.updates, "Check this claim", forwarded)
    assert "**90,000** · ⚠️ differs" in text_of(shown)


async def test_an_embed_is_read_by_both_menus(stage: Stage) -> None:
    webhook = stage.server.create_webhook(stage.questions)
    embed = discord.Embed(title="News", description="By the end of 2015, 90,000 Tunisians had gone to Syria.")
    await webhook.send(embeds=[embed])
    shown = await stage.member.context_menu(stage.questions, "Check this claim", last(stage))
    assert "**90,000** · ⚠️ differs" in text_of(shown)
    question = discord.Embed(description="How many Belgians left for Syria in 2016?")
    await webhook.send(embeds=[question])
    shown = await stage.member.context_menu(stage.questions, "Answer this", last(stage))
    assert "## 4 people" in text_of(shown)


async def test_each_answer_tells_by_its_buttons_which_it_is(stage: Stage) -> None:
    for question in ("Belgium 2016", "france vs germany", "top 5 western europe", "congo women", "Mongolia"):
        answer = await asks(stage, question)
        found = answer_in(answer)
        kept = stage.env.bot.parts.asker.memory.recall(str(stage.questions.id), str(stage.member.id))  # type: ignore[attr-defined]
        assert (found.query if found else None) == (None if kept.open else kept.last), question
