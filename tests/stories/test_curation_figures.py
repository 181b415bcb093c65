"""A moderator adds, corrects, disputes, retracts and picks figures, always seeing first what would change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.desk.drafts import GONE
from bot.chat.options import Parts
from db.edits import editing
from db.edits.change import Cause
from db.edits.history import history
from db.edits.requests import EditFigure
from tests.stories.desk import answered, confirms, fills, standing
from tests.stories.reading import labels_of, message_of, text_of

BELGIUM = "be-travelled-be_ocam_2019_10"
OLDER = "be-travelled-tsg_2015"
REASON = "Read in the annual report"


async def test_an_added_figure_is_previewed_confirmed_and_then_answered(stage: Stage, parts: Parts) -> None:
    opened = await stage.moderator.slash(
        stage.questions, "figure-add", place="LU", measure="travelled", source="intelnews_2016_09"
    )
    shown = await fills(
        stage.moderator, opened, value="about 9", as_of="2016-09", locator="paragraph 3", because=REASON
    )
    text = text_of(shown)
    assert shown.ephemeral
    assert "value: about 9" in text
    assert "Rank in the world of Luxembourg · ever travelled" in text
    assert "Nothing is written yet" in text
    assert await parts.dataset.revision() == 1
    receipt = await confirms(stage.moderator, shown)
    assert "Written as data revision 2" in receipt
    assert "6–9" in await answered(stage, "LU")
    (entry,) = await history(parts.database, limit=1)
    assert entry.revision.by == str(stage.moderator.id)
    assert entry.revision.because == REASON


async def test_every_fault_is_told_at_once_and_the_form_opens_again_with_what_was_written(stage: Stage) -> None:
    opened = await stage.moderator.slash(
        stage.questions, "figure-add", place="BE", measure="travelled", source="no_such_source"
    )
    told = await fills(stage.moderator, opened, value="a few", as_of="2016-13", period="soon", because=REASON)
    text = text_of(told)
    assert told.ephemeral
    for wrong in ("**value**", "**as of**", "**period**", "**source**", "Nothing was written"):
        assert wrong in text
    again = await stage.moderator.click(message_of(told), label="Correct it")
    kept = standing(again)
    assert (kept["value"], kept["as_of"], kept["period"], kept["because"]) == ("a few", "2016-13", "soon", REASON)


async def test_a_changed_value_needs_its_cause(stage: Stage) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM)
    told = await fills(stage.moderator, opened, value="437", because=REASON)
    assert "the value changes while the source stays the same" in text_of(told)


async def test_a_corrected_figure_shows_old_and_new_and_its_impact(stage: Stage) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM, cause="typo")
    shown = await fills(stage.moderator, opened, value="5,000", because=REASON)
    text = text_of(shown)
    assert "→ **5,000**" in text
    assert "Total of Western Europe" in text
    assert "Rank in the world of Belgium" in text
    assert "as of:" not in text
    await confirms(stage.moderator, shown)
    assert "5,000 people" in await answered(stage)


async def test_a_dash_empties_a_cell(stage: Stage, parts: Parts) -> None:
    for note in ("Read twice", "-"):
        opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM, note=note)
        await confirms(stage.moderator, await fills(stage.moderator, opened, because=REASON))
    figure = await parts.dataset.figure(BELGIUM)
    assert figure is not None
    assert (figure.note, figure.version) == ("", 3)


async def test_the_second_of_two_moderators_sees_what_the_first_one_wrote(
    stage: Stage, parts: Parts, now: datetime
) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM)
    request = EditFigure(BELGIUM, {"low": "431", "high": "431"}, cause=Cause.TYPO)
    await editing.make(parts.database, request, by="Ada", because="The page says 431", at=now + timedelta(days=1))
    told = await fills(stage.moderator, opened, locator="page 7", because=REASON)
    text = text_of(told)
    assert "Somebody changed it meanwhile" in text
    assert "Ada" in text
    assert "431" in text
    again = await stage.moderator.click(message_of(told), label="Decide again")
    shown = await fills(stage.moderator, again)
    assert "page 7" in text_of(shown)
    await confirms(stage.moderator, shown)
    figure = await parts.dataset.figure(BELGIUM)
    assert figure is not None
    assert (figure.locator, figure.value.low) == ("page 7", 431)


async def test_what_is_confirmed_is_what_was_shown(stage: Stage, parts: Parts, now: datetime) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM)
    shown = await fills(stage.moderator, opened, locator="page 7", because=REASON)
    request = EditFigure(BELGIUM, {"note": "Seen again."})
    await editing.make(parts.database, request, by="Ada", because="Noted", at=now + timedelta(days=1))
    assert "Somebody changed it meanwhile" in await confirms(stage.moderator, shown)
    assert await parts.dataset.revision() == 2


async def test_a_preview_is_confirmed_once(stage: Stage, parts: Parts) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM)
    shown = await fills(stage.moderator, opened, locator="page 7", because=REASON)
    await confirms(stage.moderator, shown)
    assert "Write it" not in labels_of(shown)
    assert await parts.dataset.revision() == 2


async def test_a_dropped_preview_writes_nothing(stage: Stage, parts: Parts) -> None:
    shown = await stage.moderator.slash(stage.questions, "figure-retract", figure=OLDER, because="Counted twice")
    assert "Dropped" in await confirms(stage.moderator, shown, "Drop it")
    assert await parts.dataset.revision() == 1


async def test_after_a_restart_a_preview_says_that_it_is_gone(stage: Stage, parts: Parts) -> None:
    shown = await stage.moderator.slash(stage.questions, "figure-retract", figure=OLDER, because="Counted twice")
    await stage.env.restart_bot(build_client(parts, stage.options))
    told = await stage.moderator.click(message_of(shown), label="Write it")
    assert text_of(told) == GONE
    assert await parts.dataset.revision() == 1


async def test_a_retracted_figure_is_no_longer_answered_and_can_be_restored(stage: Stage) -> None:
    before = await answered(stage)
    shown = await stage.moderator.slash(stage.questions, "figure-retract", figure=BELGIUM, because="Counted twice")
    assert "current → **withdrawn**" in text_of(shown)
    await confirms(stage.moderator, shown)
    without = await answered(stage)
    assert without.splitlines()[1:3] != before.splitlines()[1:3]
    back = await stage.moderator.slash(
        stage.questions, "figure-retract", figure=BELGIUM, because="It was right", how="restore"
    )
    await confirms(stage.moderator, back)
    assert (await answered(stage)).splitlines()[1:3] == before.splitlines()[1:3]


def claims(text: str) -> list[str]:
    """What a card says, without remarks and the footer."""
    return [line for line in text.splitlines() if not line.startswith("-# ")]


async def test_a_disputed_figure_is_shown_with_the_reason(stage: Stage) -> None:
    shown = await stage.moderator.slash(
        stage.questions, "figure-retract", figure=BELGIUM, because="The ministry denies it", how="dispute"
    )
    await confirms(stage.moderator, shown)
    assert "The ministry denies it" in await answered(stage)


async def test_a_pick_opens_the_answer_with_its_reason_until_it_is_dropped(stage: Stage) -> None:
    rival = "be-travelled-be_ocam_2016_07"
    before = await answered(stage, period="2016")
    shown = await stage.moderator.slash(stage.questions, "headline", figure=rival, because="The full survey")
    assert "headline of Belgium" in text_of(shown)
    await confirms(stage.moderator, shown)
    opened = await stage.member.slash(stage.questions, "figure", place="BE", period="2016")
    await stage.member.click(message_of(opened), label="All figures")
    picked = text_of(opened)
    dropped = await stage.moderator.slash(
        stage.questions, "headline", figure=rival, because="No longer needed", by_rule=True
    )
    await confirms(stage.moderator, dropped)
    assert "The full survey" in picked
    assert "The full survey" not in before
    assert claims(await answered(stage, period="2016")) == claims(before)


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("figure-edit", {"figure": "be-no-such"}, "There is no such figure"),
        ("figure-retract", {"figure": "be-no-such", "because": "x"}, "There is no such figure"),
        ("figure-retract", {"figure": OLDER, "because": " "}, "reason"),
        ("figure-retract", {"figure": OLDER, "because": "x", "how": "restore"}, "Nothing would change"),
        ("headline", {"figure": OLDER, "because": "x", "by_rule": True}, "There is no such headline"),
        ("figure-add", {"place": "Atlantis", "measure": "travelled", "source": "tsg_2015"}, "no place called"),
        ("figure-add", {"place": "BE", "measure": "cost", "source": "tsg_2015"}, "no measure called"),
    ],
)
async def test_each_refusal_is_one_private_card(
    stage: Stage, parts: Parts, name: str, options: dict[str, object], told: str
) -> None:
    shown = await stage.moderator.slash(stage.questions, name, **options)
    assert shown.ephemeral
    assert told in text_of(shown)
    assert shown.followups == []
    assert await parts.dataset.revision() == 1


async def test_figures_are_found_by_place_value_and_source(stage: Stage) -> None:
    found = await stage.moderator.autocomplete(stage.questions, "figure-edit", "figure", "belgium hln")
    assert "be-travelled-hln_belga_2019_11_30" in [choice["value"] for choice in found]
    assert len(await stage.moderator.autocomplete(stage.questions, "figure-edit", "figure", "")) == 25
