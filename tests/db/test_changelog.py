"""The dataset's changelog tells each change with its reason, and no account of anybody."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from db.edits.editing import make
from db.edits.requests import RetractFigure
from db.package.changelog import changelog
from db.package.exporting import package_zip, stored_package
from db.store.engine import Database

FIGURE = "be-travelled-hln_belga_2019_11_30"


async def test_a_change_is_a_line_with_its_reason_and_without_an_account(
    filled_database: Database, now: datetime
) -> None:
    before = await changelog(filled_database)
    await make(filled_database, RetractFigure(FIGURE), by="123456789012345678", because="The page\n# is gone", at=now)

    text = await changelog(filled_database)

    assert text.startswith(f"# Changes of the dataset\n\n## Revision 2 · {now:%Y-%m-%d}\n")
    assert "A moderator: The page \\# is gone" in text
    assert FIGURE.replace("_", "\\_") in text
    assert "123456789012345678" not in text
    assert text.endswith(before.partition("\n\n")[2])
    assert await changelog(filled_database, until=1) == before


async def test_the_changelog_goes_along_with_the_data_package(filled_database: Database) -> None:
    package = await stored_package(filled_database)

    with zipfile.ZipFile(io.BytesIO(package_zip(package))) as archive:
        assert archive.read("CHANGELOG.md").decode() == await changelog(filled_database)
