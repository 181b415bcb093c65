"""How files were read that went in: one with the same first row is read so again, save what held for all rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import delete, insert, select

from db.imports.layout import Wishes
from db.model.desk_tables import MAPPING
from db.store.engine import Database

MOST_KEPT = 200
"""The ones used longest ago are forgotten."""
READ_AGAIN = "as the last file that began with the same row"
"""How a file was read that a kept mapping reads, as said behind "Read:"."""


async def keep_mapping(database: Database, first: Sequence[str], wishes: Wishes, *, at: datetime) -> None:
    """Remember how a file was read that begins with this row."""
    header = _digest(first)
    columns = replace(wishes, fixed={}).to_json()
    stale = select(MAPPING.c.header).order_by(MAPPING.c.at.desc(), MAPPING.c.header).offset(MOST_KEPT)
    async with database.writing() as writer:
        await writer.execute(delete(MAPPING).where(MAPPING.c.header == header))
        await writer.execute(insert(MAPPING).values(header=header, wishes=columns, at=at))
        old = (await writer.execute(stale)).scalars().all()
        await writer.execute(delete(MAPPING).where(MAPPING.c.header.in_(old)))


async def kept_mapping(database: Database, first: Sequence[str]) -> Wishes | None:
    """How a file with this first row was read last; None when none went in."""
    async with database.reading() as connection:
        text = await connection.scalar(select(MAPPING.c.wishes).where(MAPPING.c.header == _digest(first)))
    return None if text is None else Wishes.from_json(text)


def _digest(first: Sequence[str]) -> str:
    return blake2b(json.dumps(list(first)).encode(errors="surrogatepass"), digest_size=16).hexdigest()
