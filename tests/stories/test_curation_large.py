"""At the desk of a large dataset, of which no answer and no preview reads the whole."""

from __future__ import annotations

import pytest

from bot.chat.demo import Stage
from db.store.engine import Database
from db.store.figures import FigureStore
from tests.stories.desk import fills
from tests.stories.reading import text_of

BELGIUM = "be-travelled-hln_belga_2019_11_30"
REASON = "Read in the annual report"


@pytest.fixture
def dataset(filled_database: Database) -> FigureStore:
    """The dataset, taken for a large one."""
    return FigureStore(filled_database, large_from=0)


async def test_a_preview_tells_what_a_change_does_to_answers(stage: Stage) -> None:
    opened = await stage.moderator.slash(stage.questions, "figure-edit", figure=BELGIUM, cause="typo")
    text = text_of(await fills(stage.moderator, opened, value="5,000", because=REASON))
    assert "→ **5,000**" in text
    assert "Answer on Belgium · ever travelled" in text


async def test_another_grade_of_a_source_is_previewed_too(stage: Stage) -> None:
    opened = await stage.moderator.slash(stage.questions, "source-edit", key="hln_belga_2019_11_30", reliability="F")
    assert "reliability" in text_of(await fills(stage.moderator, opened, because=REASON))


async def test_sources_are_offered_as_they_are_typed(stage: Stage) -> None:
    offered = await stage.moderator.autocomplete(stage.questions, "figure-add", "source", "intelnews")
    assert "intelnews_2016_09" in [choice["value"] for choice in offered]
