"""Writers to be killed: a process that is warm already forks one for each line of input.

Each writer changes the dataset without end and tells every change that was acknowledged to it. Its reasons say how
many versions the change has to write, so that a half change would be seen afterwards.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from datetime import UTC, datetime

from db.desk import proposals
from db.edits import editing
from db.edits.errors import ChangeRefused, DatasetMoved
from db.edits.requests import AddFigure, EditFigure, PickHeadline, Request, Undo
from db.imports import importing
from db.store.engine import Database, open_database

NOW = datetime(2026, 1, 16, 12, tzinfo=UTC)
ROWS = 800
HEADER = "place,measure,low,as_of,source,locator"


def main(url: str) -> None:
    """Fork a writer for each seed on standard input; tell its number, its changes and its end."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            asyncio.run(write_on(url, random.Random(int(line))))
            os._exit(0)
        print("pid", pid, flush=True)
        os.waitpid(pid, 0)
        print("ended", flush=True)


async def write_on(url: str, chance: random.Random) -> None:
    """Change the dataset until killed."""
    async with open_database(url) as database:
        tell("ready")
        own: list[str] = []
        last = 0
        while True:
            try:
                made = await change(database, chance, own, last)
            except (ChangeRefused, DatasetMoved):
                continue
            own += [row.id for row in made.changes if row.before is None and row.id.startswith("be-")]
            last = made.revision.id
            tell(f"made {made.revision.id}")


def tell(line: str) -> None:
    """Print a line in one call: what gets out is whole, whenever the writer is killed."""
    os.write(1, f"{line}\n".encode())


async def change(database: Database, chance: random.Random, own: list[str], last: int) -> editing.Recorded:
    """One change of a kind that chance chooses."""
    mark = f"{os.getpid()} {chance.randrange(10**9)}"
    cells = {"place": "BE", "measure": "travelled", "low": "5", "as_of": "2015-11", "source": "tsg_2015"}
    match chance.choice(["add", "add", "edit", "pick", "undo", "import", "propose"]):
        case "edit" if own:
            return await make(database, EditFigure(chance.choice(own), {"note": mark}), 1)
        case "pick" if own:
            return await make(database, PickHeadline(chance.choice(own)), 1)
        case "undo" if last:
            return await make(database, Undo(last), None)
        case "import":
            lines = [f"BE,travelled,{row},2015-11,tsg_2015,{mark} {row}" for row in range(ROWS)]
            data = "\n".join([HEADER, *lines]).encode()
            plan = await importing.plan_import(database, importing.ImportFile(data, "rows.csv"), at=NOW)
            return await importing.apply_import(database, plan, by="Ada", because=f"writes {ROWS}", at=NOW)
        case "propose":
            request = AddFigure({**cells, "locator": mark})
            kept = await proposals.submit(database, request, by="Ada", because="writes 1 as proposed", at=NOW)
            return await proposals.approve(database, kept.id, by="Bob", at=NOW)
        case _:
            return await make(database, AddFigure({**cells, "locator": mark}), 1)


async def make(database: Database, request: Request, versions: int | None) -> editing.Recorded:
    because = "takes back" if versions is None else f"writes {versions}"
    return await editing.make(database, request, by="Ada", because=because, at=NOW)


if __name__ == "__main__":
    main(sys.argv[1])
