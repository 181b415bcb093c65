"""What is kept about one person, and its deletion.

Revisions keep who made them: without that no figure could be traced. Everything else of a person can go.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select, update

from db.desk.watches import Watch, drop_watches, watches_of
from db.model.desk_tables import OUTBOX, PROPOSAL, WATCH
from db.model.tables import REVISION
from db.store.engine import Database


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about somebody."""

    watches: tuple[Watch, ...]
    revisions: int
    """Changes of the dataset that carry their id; these stay."""
    proposals: int
    """Proposed changes that carry their id; these stay."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.watches or self.revisions or self.proposals)

    def as_fields(self) -> dict[str, Any]:
        """Plain fields, for a file."""
        watches = [{key: str(value) for key, value in asdict(watch).items()} for watch in self.watches]
        return {
            "watches": watches,
            "revisions": self.revisions,
            "proposals": self.proposals,
        }


async def kept_about(database: Database, by: str) -> Kept:
    """What is kept about a person, by the id that the rows carry."""
    watches = await watches_of(database, by)
    async with database.reading() as connection:
        counts = [
            await connection.scalar(select(func.count()).select_from(table).where(table.c.by == by)) or 0
            for table in (REVISION, PROPOSAL)
        ]
    return Kept(watches, *counts)


async def forget(database: Database, by: str) -> Kept:
    """Delete what may be deleted of a person in one transaction; gives what was there before."""
    before = await kept_about(database, by)
    async with database.writing() as writer:
        ids = (await writer.execute(select(WATCH.c.id).where(WATCH.c.by == by))).scalars().all()
        await drop_watches(writer, ids)
        told = (OUTBOX.c.recipient == by) & (OUTBOX.c.recipient_kind == "user")  # settled before they were emptied
        await writer.execute(update(OUTBOX).where(told).values(recipient=""))
    return before
