"""A member looks a figure up with options, follows it to its source, reads it differently, and takes it back."""

from __future__ import annotations

import re

import discord
import pytest
from simcord import ResponseMessage

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.errors import say_in
from bot.chat.options import Parts
from tests.stories.reading import further, id_of, labels_of, message_of, text_of


async def test_the_belgian_figure_of_2016_shows_both_claims_and_the_later_one_first(stage: Stage) -> None:
    shown = await stage.member.slash(
        stage.questions, "figure", place="BE", measure="travelled_in_period", period="2016"
    )
    text = text_of(shown)
    assert not shown.ephemeral
    assert "## 4 people from Belgium went to Syria in 2016" in text
    assert "HLN / Belga" in text
    assert "Earlier reports had said: none; none seen by then" in text
    assert labels_of(shown) == ["All figures", "Sources", "⋯", "In total?", "vs France", "Came back"]
    every = set(labels_of(await further(stage.member, shown)))
    assert {"Sources", "Data", "Change the question", "Report a problem", "❌"} <= every


async def test_one_tap_leads_from_a_number_to_document_page_link_and_entry(stage: Stage) -> None:
    shown = await stage.member.slash(
        stage.questions, "figure", place="BE", measure="travelled_in_period", period="2016"
    )
    traced = await stage.member.click(message_of(shown), label="Sources")
    text = text_of(traced)
    assert traced.ephemeral
    assert "Flow of foreign fighters to ISIS drops to near zero" in text
    assert "paragraph 2" in text
    assert "https://intelnews.org/2016/09/12/01-1975/" in text
    assert "Entered by" not in text  # what came with the program: its revision stands below


async def test_a_question_is_read_differently_in_place(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    opened = await stage.member.click(await further(stage.member, shown), label="Change the question")
    assert opened.modal is not None
    await stage.member.submit_modal(
        opened, {"place": "Tunisia", "measure": ["returned"], "who": ["everyone"], "period": ""}
    )
    assert "from Tunisia had come back" in text_of(shown)


async def test_an_unknown_place_in_the_form_is_told_and_the_card_stays(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    before = text_of(shown)
    opened = await stage.member.click(await further(stage.member, shown), label="Change the question")
    told = await stage.member.submit_modal(
        opened, {"place": "Atlantis", "measure": ["returned"], "who": ["everyone"], "period": ""}
    )
    assert told.ephemeral
    assert "no place called" in text_of(told)
    assert text_of(shown) == before


async def test_another_member_gets_sources_but_not_the_askers_controls(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    assert "Where it comes from" in text_of(await stage.moderator.click(message_of(shown), label="Sources"))
    refused = await stage.moderator.click(await further(stage.moderator, shown), label="Change the question")
    assert refused.ephemeral
    assert text_of(refused) == say_in("en", "kind.not_your_control")


async def test_the_asker_takes_an_answer_back_and_others_cannot(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    cross = id_of(await further(stage.moderator, shown), "❌")
    refused = await stage.moderator.click(message_of(shown), custom_id=cross)
    assert "Only whoever asked" in text_of(refused)
    await stage.member.click(message_of(shown), custom_id=cross)
    assert shown.response is None


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ask", {"question": "congo"}),
        ("ask", {"question": "what is the weather like"}),
        ("ask", {"question": "Belgium 2016", "plain": True}),
        ("source", {"key": "intelnews_2016_09"}),
    ],
)
async def test_whatever_was_asked_in_the_open_is_taken_back_even_after_a_restart(
    stage: Stage, parts: Parts, name: str, options: dict[str, object]
) -> None:
    shown = await stage.member.slash(stage.questions, name, **options)
    await stage.env.restart_bot(build_client(parts, stage.options))
    seen = await further(stage.member, shown) if "⋯" in labels_of(shown) else message_of(shown)
    await stage.member.click(seen, custom_id=id_of(seen, "❌"))
    assert stage.questions.history() == []


async def test_a_mention_is_answered_and_the_answer_taken_back(stage: Stage) -> None:
    asked = await stage.member.send(stage.questions, "Belgium 2016")
    answer = stage.questions.last_message
    assert answer is not None
    await further(stage.member, answer)
    answer = stage.questions.last_message
    assert answer is not None
    await stage.member.click(answer, custom_id=id_of(answer, "❌"))
    assert [message.id for message in stage.questions.history()] == [asked.id]


async def test_those_who_may_delete_messages_take_answers_back_too(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    keeper = stage.env.create_user("keeper")
    role = stage.server.create_role("Keepers", permissions=discord.Permissions(manage_messages=True, view_channel=True))
    actor = stage.server.add_member(keeper, roles=[role])
    seen = await further(actor, shown)
    await actor.click(seen, custom_id=id_of(seen, "❌"))
    assert shown.response is None


async def test_buttons_work_after_a_restart(stage: Stage, parts: Parts) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE", measure="travelled_in_period")
    await stage.env.restart_bot(build_client(parts, stage.options))
    assert "Where it comes from" in text_of(await stage.member.click(message_of(shown), label="Sources"))
    opened = await stage.member.click(await further(stage.member, shown), label="Change the question")
    await stage.env.restart_bot(build_client(parts, stage.options))
    await stage.member.submit_modal(
        opened, {"place": "France", "measure": ["travelled"], "who": ["everyone"], "period": "2015"}
    )
    assert "France" in text_of(shown)


async def test_pages_turn_in_place_and_back(stage: Stage) -> None:
    shown = await stage.member.slash(stage.questions, "sources", place="RU")
    first = text_of(shown)
    await stage.member.click(message_of(shown), label="All figures")
    assert "Page 2 of" in text_of(shown)
    await stage.member.click(message_of(shown), label="Next")
    assert "Page 3 of" in text_of(shown)
    await stage.member.click(message_of(shown), label="Back")
    await stage.member.click(message_of(shown), label="In short")
    assert text_of(shown) == first


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("compare", {"first": "FR", "second": "DE"}, "France 1,910"),
        ("rank", {"region": "R:western_europe", "top": 3}, "highest first"),
        ("trend", {"place": "TN"}, "to a peak of 6,000"),
        ("sources", {"place": "RU"}, r"## Russia: I hold \d+ reports, \d+ independent bodies"),
        ("dispute", {"place": "TN"}, "do not agree"),
        ("source", {"key": "intelnews_2016_09"}, "intelNews"),
    ],
)
async def test_each_lookup_answers_in_the_channel(
    stage: Stage, name: str, options: dict[str, object], expected: str
) -> None:
    shown = await stage.member.slash(stage.questions, name, **options)
    assert not shown.ephemeral
    assert re.search(expected, text_of(shown))


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("figure", {"place": "Atlantis"}, "no place called"),
        ("figure", {"place": "congo"}, "pick one"),
        ("figure", {"place": "BE", "measure": "cost"}, "no measure called"),
        ("figure", {"place": "BE", "period": "soon"}, "could not read that period"),
        ("figure", {"place": "BE", "known_on": "soon"}, "YYYY-MM-DD"),
        ("compare", {"first": "FR", "second": "France"}, "two different"),
        ("source", {"key": "nothing_here"}, "no source"),
        ("figure", {"place": "@everyone **x** `y`"}, "no place called"),
        ("figure", {"place": "\x00"}, "no place called"),
    ],
)
async def test_an_option_that_means_nothing_is_told_to_the_asker_alone(
    stage: Stage, name: str, options: dict[str, object], told: str
) -> None:
    shown = await stage.member.slash(stage.questions, name, **options)
    assert shown.ephemeral
    assert told in text_of(shown)
    response = message_of(shown)
    assert isinstance(response, ResponseMessage)
    assert not response.message.mention_everyone


async def test_completing_a_place_offers_at_most_25_and_the_last_asked_first(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "figure", place="TN")
    choices = await stage.member.autocomplete(stage.questions, "figure", "place", "")
    assert len(choices) <= 25
    assert choices[0] == {"name": "🇹🇳 Tunisia", "value": "TN"}
    typed = await stage.member.autocomplete(stage.questions, "figure", "place", "belg")
    assert "BE" in [choice["value"] for choice in typed]
    sources = await stage.member.autocomplete(stage.questions, "source", "key", "intelnews")
    assert "intelnews_2016_09" in [choice["value"] for choice in sources]


async def test_a_word_is_defined_whatever_was_asked_before_and_whatever_is_printed_is_offered(stage: Stage) -> None:
    await stage.member.slash(stage.questions, "figure", place="BE", who="women")
    told = await stage.member.slash(stage.questions, "define", word="departures")
    assert "Those who left between two dates" in text_of(told)
    offered = await stage.member.autocomplete(stage.questions, "define", "word", "re")
    assert {"returned", "relay", "revised", "data revision"} <= {one["value"] for one in offered}
    for word in ("relay", "data revision", "none known"):
        shown = await stage.member.slash(stage.questions, "define", word=word)
        assert "before" not in text_of(shown)
        assert "All figures" not in labels_of(shown)  # a button knows the question, not the word


@pytest.mark.parametrize("forged", ["nonsense", "i1:src::x", "i1:zzz::1", "i1:src::1.0.!q!pBE", "i1:page:1:1.0.!l!pBE"])
async def test_a_forged_control_is_refused_kindly(stage: Stage, forged: str) -> None:
    shown = await stage.member.slash(stage.questions, "figure", place="BE")
    message = message_of(shown)
    stored = stage.env.backend.get_message(stage.questions.id, message.id)
    for row in stored.components:
        for part in row.get("components", []):
            if part.get("type") == 2 and part.get("label") == "Sources":
                part["custom_id"] = forged
    told = await stage.member.click(message, custom_id=forged)
    assert told.ephemeral
    assert text_of(told) in (
        say_in("en", "kind.control_old"),
        say_in("en", "kind.not_your_control"),
    ) or "another version" in text_of(told)
