"""A moderator imports files: the dry run shows every change or every fault, and only a confirmed plan is written."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from simcord import InteractionResult, MemberActor

from bot.chat.cogs import build_client
from bot.chat.demo import Stage
from bot.chat.desk import importing
from bot.chat.options import Parts
from db.edits import editing
from db.edits.requests import RetractFigure
from tests.stories.desk import answered, confirms, fills, standing
from tests.stories.reading import labels_of, message_of, text_of
from tests.stories.test_taking import file_of

HEADER = "place,measure,low,high,bound,as_of,source\n"
GOOD = HEADER + "MT,travelled,3,3,exact,2015-12,tsg_2015\nBW,travelled,1,2,range,2015-12,tsg_2015\n"
BAD = HEADER + (
    "MT,travelled,9,3,range,2015-12,tsg_2015\n"
    "XX,travelled,1,1,exact,2015-13,tsg_2015\n"
    "MT,cost,1,1,exact,2015-12,no_such\n"
)


async def imports(
    stage: Stage,
    data: str | bytes,
    name: str = "figures.csv",
    *,
    who: MemberActor | None = None,
    because: str = "Annual update",
) -> InteractionResult:
    """Give a file to the bot."""
    content = data.encode() if isinstance(data, str) else data
    return await (who or stage.moderator).slash(stage.questions, "import", file=(name, content), because=because)


async def test_a_good_file_is_planned_confirmed_and_answered(stage: Stage, parts: Parts) -> None:
    shown = await imports(stage, GOOD)
    text = text_of(shown)
    assert shown.ephemeral
    assert "2 rows read: 2 new, 0 changed, 0 as they stand" in text
    assert "Answer on Malta" in text
    assert await parts.dataset.revision() == 1
    assert "Written as data revision 2" in await confirms(stage.moderator, shown, "Import it")
    assert "1–2 people" in await answered(stage, "BW")
    again = await imports(stage, GOOD)
    assert "Nothing would change" in text_of(again)
    assert labels_of(again) == []


async def test_a_bad_file_tells_every_fault_with_its_line_and_cannot_be_confirmed(stage: Stage, parts: Parts) -> None:
    shown = await imports(stage, BAD)
    text = text_of(shown)
    for told in ("line 2", "line 3", "line 4", "as\\_of", "'XX'", "'cost'", "'no\\_such'"):
        assert told in text
    assert "Import it" not in labels_of(shown)
    assert await parts.dataset.revision() == 1


async def test_many_faults_come_as_a_file(stage: Stage) -> None:
    shown = await imports(stage, HEADER + "MT,travelled,9,3,range,2015-12,tsg_2015\n" * 300)
    name, content = await file_of(shown)
    assert name == "corrected.csv"
    assert content.decode().count("the low end 9 is above the high end 3") == 300
    assert "300 rows (lines 2, 3, 4, 5, 6 …)" in text_of(shown)
    assert "mend it there" in text_of(shown)


async def test_many_changes_come_as_a_file_and_the_impact_says_what_was_compared(stage: Stage) -> None:
    rows = "".join(f"MT,travelled,{number},{number},exact,20{number:02},tsg_2015\n" for number in range(10, 15))
    others = "".join(
        f"{place},travelled,7,7,exact,2015-11,tsg_2015\n" for place in "AT BE BG CZ DE DK ES FI FR".split()
    )
    shown = await imports(stage, HEADER + rows + others)
    name, content = await file_of(shown)
    assert name == "plan.txt"
    assert content.decode().count("\n") == 14
    assert "8 of 10 places and measures were compared" in text_of(shown)


async def test_a_data_package_is_imported_too(stage: Stage, parts: Parts) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("figures.csv", GOOD)
        archive.writestr("measures.csv", "id\n")
    shown = await imports(stage, made.getvalue(), "package.zip")
    assert "Not imported: measures.csv" in text_of(shown)
    await confirms(stage.moderator, shown, "Import it")
    assert await parts.dataset.revision() == 2


async def test_a_plan_is_not_applied_to_a_dataset_that_moved(stage: Stage, parts: Parts, now: datetime) -> None:
    shown = await imports(stage, GOOD)
    request = RetractFigure("be-travelled-tsg_2015")
    await editing.make(parts.database, request, by="Ada", because="Counted twice", at=now + timedelta(days=1))
    assert "The dataset has changed meanwhile" in await confirms(stage.moderator, shown, "Import it")
    assert await parts.dataset.revision() == 2


async def test_an_import_waits_for_a_second_person_where_one_is_asked(stage: Stage, parts: Parts) -> None:
    user = stage.env.create_user("sam")
    stage.server.add_member(user, roles=[stage.moderators])
    second = MemberActor(stage.env, stage.server, user)
    await stage.env.restart_bot(build_client(parts, replace(stage.options, second_person=True)))
    shown = await imports(stage, GOOD)
    assert "Proposal 1 waits" in await confirms(stage.moderator, shown, "Propose it")
    review = await second.slash(stage.questions, "approve", proposal=1)
    assert "2 rows read" in text_of(review)
    assert "Approved and written" in await confirms(second, review, "Approve and write")
    assert "3 people" in await answered(stage, "MT")


async def test_only_the_last_plan_of_a_moderator_waits(stage: Stage, parts: Parts) -> None:
    first = await imports(stage, GOOD)
    second = await imports(stage, HEADER + "MT,travelled,4,4,exact,2015-12,tsg_2015\n")
    told = await stage.moderator.click(message_of(first), label="Import it")
    assert "no longer held" in text_of(told)
    await confirms(stage.moderator, second, "Import it")
    assert await parts.dataset.revision() == 2


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        ("", "empty.csv", "not imported"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.png", "not imported"),
        ("place;measure\nBE", "short.csv", "not imported"),
        ("Ort,Zahl\nBE,4\n", "other.csv", "not imported"),
        ((HEADER + "BE,travelled,4,4,exact,2015,tsg_2015\n").encode("utf-16")[:-1], "wide.csv", "not imported"),
        (b"PK\x03\x04 broken", "broken.zip", "not imported"),
        (HEADER + "MT,travelled,=1+1,4,exact,2015,tsg_2015\n", "formula.csv", "not imported"),
        (HEADER + "MT,travelled,3,3,exact,2015-12,tsg_2015\n" * 2, "twice.csv", "line 2 says the same already"),
        ((HEADER + "Côte,travelled,4,4,exact,2015,tsg_2015\n").encode("cp1252"), "old.csv", "read as Windows-1252"),
        ("place;measure;low;as_of;source\nMT;travelled;3,5;2015-12;tsg_2015\n", "comma.csv", "not a whole number"),
    ],
)
async def test_what_is_no_table_is_refused_with_words(
    stage: Stage, parts: Parts, data: str | bytes, name: str, told: str
) -> None:
    shown = await imports(stage, data, name)
    assert shown.ephemeral
    assert told in text_of(shown)
    assert await parts.dataset.revision() == 1


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 10)
    shown = await imports(stage, GOOD)
    assert shown.ephemeral
    assert "import it in parts" in text_of(shown)


async def test_an_import_without_a_reason_is_refused(stage: Stage) -> None:
    assert "**reason**" in text_of(await imports(stage, GOOD, because="  "))


async def test_the_undo_of_a_large_import_is_told_in_part_and_takes_all_of_it_back(stage: Stage, parts: Parts) -> None:
    before = len((await parts.dataset.holdings()).of("MT"))
    rows = "".join(f"MT,travelled,{number},{number},exact,2015-12,tsg_2015\n" for number in range(1, 131))
    await confirms(stage.moderator, await imports(stage, HEADER + rows), "Import it")
    shown = await stage.moderator.slash(stage.questions, "undo", revision=2, because="The wrong table")
    assert "Compared for the first 100 of 130 changes" in text_of(shown)
    await confirms(stage.moderator, shown)
    assert len((await parts.dataset.holdings()).of("MT")) == before


FOREIGN = "Herkunft;Ausgereiste;Farbe\nMalta;c. 30;rot\nGesamt;37;blau\n"


async def test_a_file_with_foreign_headers_is_read_as_its_moderator_says(stage: Stage, parts: Parts) -> None:
    shown = await imports(stage, FOREIGN, "fremd.csv")
    assert "Herkunft: " not in text_of(shown)
    opened = await stage.moderator.click(message_of(shown), label="Say how to read it")
    planned = await fills(
        stage.moderator,
        opened,
        columns="Herkunft = place\nAusgereiste = value\nFarbe =",
        fixed="source = tsg_2015\nmeasure = travelled\nas_of = Oct 2015",
        names="Gesamt =",
    )
    text = text_of(planned)
    assert "Malta" in text
    assert "passed over: 1 row of Gesamt" in text
    assert "Written as data revision 2" in await confirms(stage.moderator, planned, "Import it")
    again = await imports(stage, FOREIGN.replace("30", "31"), "fremd.csv")
    opened = await stage.moderator.click(message_of(again), label="Say how to read it")
    assert "Herkunft = place" in standing(opened)["columns"]
    assert "Gesamt =" in standing(opened)["names"]


async def test_references_become_sources(stage: Stage, parts: Parts) -> None:
    shown = await imports(stage, "@techreport{new_one_2015, title={Foreign fighters}, year=2015}", "library.bib")
    assert "1 rows read: 1 new" in text_of(shown)
    await confirms(stage.moderator, shown, "Import it")
    source = await parts.dataset.source("new_one_2015")
    assert source is not None
    assert source.title == "Foreign fighters"
    again = await imports(stage, "@techreport{other, title={Foreign Fighters}, year=2015}", "library.bib")
    assert "held already and passed over" in text_of(again)
    assert "broken" in text_of(await imports(stage, "@misc{a, title=", "broken.bib"))
