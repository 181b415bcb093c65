"""A moderator adds, corrects and retracts sources, by command or from a message."""

from __future__ import annotations

import pytest

from bot.chat.demo import Stage
from bot.chat.options import Parts
from db.model.records import Figure
from tests.stories.desk import confirms, fills, standing
from tests.stories.forging import Person, picks
from tests.stories.reading import message_of, text_of

KEY = "intelnews_2016_09"
REASON = "Found while checking"


async def test_an_added_source_can_be_cited_at_once(stage: Stage, parts: Parts) -> None:
    opened = await stage.moderator.slash(stage.questions, "source-add", kind="think_tank", reliability="B")
    shown = await fills(
        stage.moderator,
        opened,
        title="Returnees of the north",
        publisher="Northern Institute",
        published="2017-03",
        url="https://example.org/north",
        because=REASON,
    )
    assert "Returnees of the north" in text_of(shown)
    assert "northern_institute_2017_03" in text_of(shown)
    await confirms(stage.moderator, shown)
    assert (await parts.dataset.source("northern_institute_2017_03")) is not None
    opened = await stage.moderator.slash(
        stage.questions, "figure-add", place="MT", measure="returned", source="northern_institute_2017_03"
    )
    shown = await fills(stage.moderator, opened, value="20", as_of="2017-01", because=REASON)
    assert "Answer on Malta" in text_of(shown)
    await confirms(stage.moderator, shown)
    answer = await stage.member.slash(stage.questions, "figure", place="MT", measure="returned")
    assert "Northern Institute" in text_of(answer)


async def test_a_new_grade_shows_which_answers_it_changes(stage: Stage, parts: Parts) -> None:
    opened = await stage.moderator.slash(stage.questions, "source-edit", key=KEY, reliability="E")
    assert standing(opened)["title"].startswith("Flow of foreign fighters")
    shown = await fills(stage.moderator, opened, because=REASON)
    assert "reliability: " in text_of(shown)
    assert "→ **E**" in text_of(shown)
    assert "title:" not in text_of(shown)
    await confirms(stage.moderator, shown)
    source = await parts.dataset.source(KEY)
    assert source is not None
    assert source.reliability == "E"


async def test_a_cited_source_is_retracted_with_its_figures_only(stage: Stage, parts: Parts) -> None:
    told = await stage.moderator.slash(stage.questions, "source-retract", key=KEY, because="Taken down")
    assert told.ephemeral
    assert "Figures still cite that source" in text_of(told)
    shown = await stage.moderator.slash(
        stage.questions, "source-retract", key=KEY, because="Taken down", with_figures=True
    )
    await confirms(stage.moderator, shown)
    assert all(figure.status == "withdrawn" for figure in await stands_on(parts))


async def stands_on(parts: Parts) -> list[Figure]:
    """The figures that the source states."""
    return [figure for figure in await parts.dataset.figures_of_source(KEY) if figure.source == KEY]


async def test_a_message_becomes_a_source(stage: Stage, parts: Parts) -> None:
    person = Person(stage.moderator, stage.questions, stage.server.id)
    posted = await stage.member.send(stage.questions, "Look: https://example.org/new-report?x=1.")
    opened = await picks(stage.env, person, "Add as source", posted)
    texts = standing(opened)
    assert texts["url"] == "https://example.org/new-report?x=1"
    assert "https://discord.com/channels/" in texts["because"]
    shown = await fills(stage.moderator, opened, title="A new report", publisher="Example", published="2018")
    await confirms(stage.moderator, shown)
    source = await parts.dataset.source("example_2018")
    assert source is not None
    assert (source.kind, str(source.accessed)) == ("news", "2026-01-15")


async def test_a_twin_of_a_source_is_pointed_out(stage: Stage, parts: Parts) -> None:
    known = await parts.dataset.source(KEY)
    assert known is not None
    opened = await stage.moderator.slash(stage.questions, "source-add", kind="news")
    shown = await fills(stage.moderator, opened, title="Another title", url=known.url, because=REASON)
    assert "Look twice" in text_of(shown)
    assert "is the address of intelnews" in text_of(shown)


@pytest.mark.parametrize(
    ("texts", "options", "told"),
    [
        ({"published": "2017-13"}, {}, "**published**"),
        ({"published": "2999"}, {}, "is in the future"),
        ({"url": "example.org"}, {}, "**link**"),
        ({}, {"relays": "no_such_source"}, "**relays**"),
        ({"because": " "}, {}, "**reason**"),
    ],
)
async def test_faults_of_a_source_are_told(
    stage: Stage, parts: Parts, texts: dict[str, str], options: dict[str, str], told: str
) -> None:
    opened = await stage.moderator.slash(stage.questions, "source-add", kind="news", **options)
    shown = await fills(stage.moderator, opened, **{"title": "A title", "because": REASON, **texts})
    assert shown.ephemeral
    assert told in text_of(shown)
    assert "Correct it" in str(message_of(shown).components)
    assert await parts.dataset.revision() == 1


async def test_sources_that_are_relayed_complete_one_after_the_other(stage: Stage) -> None:
    found = await stage.moderator.autocomplete(stage.questions, "source-add", "relays", "tsg_2015; intelnews_2016")
    assert "tsg_2015; intelnews_2016_09" in [choice["value"] for choice in found]
