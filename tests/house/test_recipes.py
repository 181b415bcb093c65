"""The recipes of docs/developing.md, carried out on a copy of the tree: what they name is all that it takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPES = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The product's tree, to be changed."""
    for room in ("bot", "db", "config"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path


def edited(copy: Path, name: str, line: str, *, after: str = "") -> None:
    """Add a line to a file that the recipe names: at its end, or after the last one that begins with ``after``."""
    assert name.rpartition("/")[2] in RECIPES, f"the recipe does not name {name}"
    path = copy / name
    text = path.read_text(encoding="utf-8")
    if not after:
        path.write_text(text.rstrip("\n") + f"\n{line}\n", encoding="utf-8")
        return
    lines = text.split("\n")
    at = max(number for number, one in enumerate(lines) if one.startswith(after))
    path.write_text("\n".join([*lines[: at + 1], line, *lines[at + 1 :]]), encoding="utf-8")


def run(copy: Path, code: str) -> str:
    """What a program prints that runs in the copy."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("INFLOW_")}
    database = f"sqlite+aiosqlite:///{copy / 'inflow.db'}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy,
        # Training's small sums are no quicker on many threads, which others then lack.
        env={**environment, "PYTHONPATH": str(copy), "INFLOW_DATABASE_URL": database, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


MLA = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>MLA</title><id>mla</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix=".">
    <group delimiter=". "><names variable="author"><name/></names><text variable="title" quotes="true"/>
    <date variable="issued"><date-part name="year"/></date></group>
  </layout></bibliography>
</style>
"""


def test_a_citation_style_is_its_file_a_line_and_its_words(copy: Path) -> None:
    (copy / "bot/citations/styles/mla.csl").write_text(MLA, encoding="utf-8")
    edited(copy, "bot/citations/styles/styles.tsv", "mla\tmla.csl\ten-US")
    edited(copy, "bot/questions/words/en.tsv", "style_mla\tmla")

    told = run(
        copy,
        """
import json
from bot.chat.cogs.citing import Citing
from bot.cli.main import main
from bot.questions.reader import Reader
from datetime import date
main(["cite", "tsg_2015", "--style", "mla"])
read = Reader.load().read("sources for Belgium 2015 in mla", today=date(2016, 9, 20))
print(read.query.style, [choice.value for choice in Citing.cite._params["style"].choices])
""",
    )

    assert "“Foreign Fighters" in told
    assert "2015." in told
    assert told.splitlines()[-1].startswith("mla ['short', 'apa'")
    assert "'mla'" in told


def test_a_language_is_its_folder(copy: Path) -> None:
    pytest.importorskip("babel", reason="what Babel knows of a language is written where it is installed")
    shutil.copytree(ROOT / "tools", copy / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    languages = copy / "bot/words/languages"
    (languages / "pt").mkdir()
    for name in ("messages.json", "places.json", "regions.json"):
        assert name in RECIPES
        # Spanish with a word of its own stands for a translator's work.
        spanish = (languages / "es" / name).read_text(encoding="utf-8")
        (languages / "pt" / name).write_text(spanish.replace("personas", "pessoas"), encoding="utf-8")

    told = run(
        copy,
        """
import runpy
runpy.run_module("tools.languages", run_name="__main__")
from bot.chat.inputs import measure_choices
from bot.cli.main import main
main(["ask", "--locale", "pt", "How many Germans left for Syria in 2015?"])
print([one.name for one in measure_choices("", "pt-BR")])
""",
    )

    assert "pessoas" in told
    assert "Alemanha" in told
    assert "Alemania" not in told


OLDEST = '''"""What was published first."""

from bot.answers.lookup import lookup


def oldest(draft):
    """Answer with what had been published when the first figure of the place was."""
    (place,) = draft.query.places
    held = draft.shelf.entries(place, draft.measure, draft.query.who)
    published = [draft.shelf.source(entry.figure.source).published for entry in held]
    draft.shelf = draft.shelf.published_by(min(day.last for day in published if day))
    lookup(draft)
'''
ASKED = (
    "the oldest figure for {}", "what is the earliest figure you have for {}?", "oldest figure {}",
    "which figure for {} came first", "first published figure of {}", "show me the very first figure for {}",
)  # fmt: skip
PLACES = {"Belgium": "BE", "France": "FR", "Tunisia": "TN", "Jordan": "JO", "Norway": "NO", "Denmark": "DK"}


def test_an_intent_is_its_module_its_words_and_its_rows(copy: Path) -> None:
    pytest.importorskip("sklearn", reason="the reader learns where the extra train is installed")
    shutil.copytree(ROOT / "tools", copy / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    edited(copy, "bot/questions/query.py", '    OLDEST = "oldest"', after="    HELP = ")
    (copy / "bot/answers/oldest.py").write_text(OLDEST, encoding="utf-8")
    for path in sorted((copy / "bot/words/languages").glob("*/messages.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(held | {"intent.oldest": "oldest figure"}, ensure_ascii=False), encoding="utf-8")
    edited(copy, "bot/questions/words/en.tsv", "oldest\toldest|earliest|first")
    examples = copy / "bot/questions/examples"
    head, *others = (examples / "intents.csv").read_text(encoding="utf-8").splitlines()
    for path in examples.glob("*.csv"):
        path.unlink()
    (examples / "intents.csv").write_text("\n".join([head, *others[::2]]), encoding="utf-8")  # enough, and quick
    rows = [
        f"O{number},{text.format(name)},oldest,{place},,,,,,"
        for number, (text, (name, place)) in enumerate(product(ASKED, PLACES.items()))
    ]
    (examples / "oldest.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")

    told = run(
        copy,
        """
from bot.cli.main import main
from tools.train_reader import main as train
train(["--intent"])
main(["ask", "what is the oldest figure for Germany?"])
main(["ask", "what is the oldest figure for Germany?", "--json"])
""",
    )

    assert '"intent": "oldest"' in told
    assert "April 2013, says ICSR" in told


MIGRATION = '''"""Where in its country a figure's people come from."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{new}", "{old}", None, None


def upgrade() -> None:
    op.add_column("figure_version", sa.Column("province", sa.Text(), nullable=False, server_default=""))
    op.drop_index("ix_figure_version_pages", "figure_version")
    op.create_index("ix_figure_version_pages", "figure_version", {carried}, unique=False)


def downgrade() -> None:
    op.drop_column("figure_version", "province")
'''


def test_a_column_is_a_line_of_the_record_and_a_migration(copy: Path) -> None:
    edited(
        copy,
        "db/model/records.py",
        '    province: Annotated[str, columns.text("Where in its country they come from.", new=True)] = ""',
        after="    desk_note: Annotated[str, columns.text(",
    )
    figures = copy / "db/data/figures.csv"
    rows = figures.read_text(encoding="utf-8").splitlines()
    widened = [",".join((line, "province" if number == 0 else "")) for number, line in enumerate(rows)]
    figures.write_text("\n".join(widened) + "\n", encoding="utf-8")
    newest = max(path.name[:4] for path in (copy / "db/migrations/versions").glob("[0-9]*.py"))
    after = f"{int(newest) + 1:04d}"
    code = "from db.model.tables import Table; import json\n"
    code += "print(json.dumps([c.name for t in Table.metadata.tables.values() for i in t.indexes "
    code += "if i.name == 'ix_figure_version_pages' for c in i.columns]))"
    carried = json.loads(run(copy, code))
    migration = MIGRATION.format(new=after, old=newest, carried=carried)
    (copy / f"db/migrations/versions/{after}_province.py").write_text(migration, encoding="utf-8")

    told = run(
        copy,
        """
import asyncio, csv, io
from datetime import UTC, datetime
from db.edits.editing import make
from db.edits.requests import AddFigure
from db.package.exporting import figures_csv
from db.package.preparing import prepare
from db.store.engine import open_database
from db.store.figures import FigureStore
CELLS = {"place": "BE", "measure": "travelled", "low": "7", "as_of": "2015-11", "source": "tsg_2015", "locator": "t"}
async def main():
    at = datetime.now(UTC)
    async with open_database("sqlite+aiosqlite:///inflow.db") as database:
        await prepare(database, at=at)
        made = await make(database, AddFigure({**CELLS, "province": "Antwerp"}), by="Ada", because="a test", at=at)
        held = await FigureStore(database).holdings(["BE"])
        taken = csv.DictReader(io.StringIO(figures_csv(held.figures["BE"]).decode("utf-8-sig")))
        print([row["province"] for row in taken if row["id"] == made.changes[0].id])
asyncio.run(main())
""",
    )

    assert told.strip() == "['Antwerp']"


def test_a_measure_is_its_row_and_its_words(copy: Path) -> None:
    edited(copy, "db/data/measures.csv", 'injured,cumulative,Injured,people,"People reported injured.",true,')
    for path in sorted((copy / "bot/words/languages").glob("*/messages.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        # Another measure's words, in each language under the new measure's keys; a translator writes its own.
        new = {key.replace(".killed", ".injured"): text for key, text in held.items() if ".killed" in key}
        assert new, path
        english = {key: text.replace("killed", "injured") for key, text in new.items()}
        path.write_text(json.dumps(held | english, ensure_ascii=False), encoding="utf-8")

    told = run(
        copy,
        """
import asyncio
from datetime import UTC, datetime
from bot.answers.ask import Asker
from bot.chat.inputs import measure_choices, read_measure
from bot.questions.query import Intent, Query
from bot.questions.reader import Reader
from bot.render.telling import sentence_of
from db.edits.editing import make
from db.edits.requests import AddFigure
from db.package.preparing import prepare
from db.store.engine import open_database
from db.store.figures import FigureStore
CELLS = {"place": "BE", "measure": "injured", "low": "7", "as_of": "2015-11", "source": "tsg_2015", "locator": "t"}
async def main():
    at = datetime.now(UTC)
    async with open_database("sqlite+aiosqlite:///inflow.db") as database:
        await prepare(database, at=at)
        await make(database, AddFigure(CELLS), by="Ada", because="a test", at=at)
        asker = Asker(FigureStore(database), Reader.load())
        measure = read_measure("injured")
        print(sentence_of(await asker.answer(Query(Intent.LOOKUP, ("BE",), measure))))
        print([one.value for one in measure_choices("inj", "de")])
asyncio.run(main())
""",
    )

    sentence, choices = told.splitlines()
    assert "7 people from Belgium had been injured" in sentence
    assert choices == "['injured']"
