"""Changes that wait for a second person: kept as they were asked for, made when approved, and told how they ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from db.edits.change import Cause
from db.edits.checks import require_reason
from db.edits.current import MOST_NUMBER
from db.edits.entry.names import PlaceNames
from db.edits.errors import DatasetMoved, NotHeld, NothingChanges, NotPending, OwnProposal
from db.edits.making import Preview, Recorded, make_request, rehearse
from db.edits.requests import Request, request_from_json, request_name, request_to_json
from db.imports.importing import ImportFile, Plan, Wishes, plan_import, write_plan
from db.model.desk_tables import PROPOSAL
from db.model.errors import PackageFaults
from db.store.engine import Database
from db.store.reading import AnyRow
from db.store.recording import Writer

IMPORT = "import"
_COLUMNS = [column for column in PROPOSAL.c if column.name != "attachment"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that somebody asked for, and what became of it."""

    id: int
    at: datetime
    by: str
    because: str
    kind: str
    """The name of the request, or ``import``."""
    request: Request | None
    """None for an import."""
    file: str
    """The name of the file of an import."""
    summary: str
    state: str
    """``pending``, ``approved``, ``rejected`` or ``withdrawn``."""
    decided_at: datetime | None
    decided_by: str
    decided_because: str
    revision: int | None
    """The revision that it became."""


async def submit(database: Database, request: Request, *, by: str, because: str, at: datetime) -> Proposal:
    """Keep a request for a second person; it is checked first, and raises as ``editing.preview``."""
    async with database.writing() as writer:
        seen = await rehearse(writer, request, by=by, because=because, at=at)
        kept = {"kind": request_name(request), "request": request_to_json(seen.request), "summary": seen.summary}
        return await _insert(writer, kept, by=by, because=because, at=at)


async def submit_import(
    database: Database,
    file: ImportFile,
    *,
    by: str,
    because: str,
    at: datetime,
    names: PlaceNames | None = None,
) -> Proposal:
    """Keep a file for a second person; raises PackageFaults, FaultsFound, or NothingChanges when it brings nothing."""
    require_reason(by, because)
    plan = await plan_import(database, file, at=at, names=names)
    if plan.refused:
        raise PackageFaults(plan.refused)
    if not plan.changes:
        raise NothingChanges(file.name)
    read = file.wishes.to_json() if file.wishes else ""
    asked = {"kind": IMPORT, "file": file.name, "cause": file.cause, "read": read}
    request = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    kept = {"kind": IMPORT, "request": request, "attachment": file.data, "summary": plan.summary}
    async with database.writing() as writer:
        return await _insert(writer, kept, by=by, because=because, at=at)


async def pending(database: Database, *, limit: int = 25) -> tuple[Proposal, ...]:
    """The proposals that nobody decided yet, oldest first."""
    statement = select(*_COLUMNS).where(PROPOSAL.c.state == "pending").order_by(PROPOSAL.c.id).limit(limit)
    async with database.reading() as connection:
        return tuple(map(_proposal_of, await connection.execute(statement)))


async def proposal(database: Database, id: int) -> Proposal:
    """A proposal, decided or not; raises NotHeld."""
    async with database.reading() as connection:
        return await _held(connection, id)


async def review(database: Database, id: int, *, at: datetime, names: PlaceNames | None = None) -> Preview | Plan:
    """What a proposal would do now; raises NotHeld, NotPending, and as ``editing.preview``."""
    kept = await proposal(database, id)
    _refuse_decided(kept)
    if kept.request is None:
        return await _plan(database, kept, at, names)
    async with database.writing() as writer:
        return await rehearse(writer, kept.request, by=kept.by, because=kept.because, at=at)


async def approve(
    database: Database,
    id: int,
    *,
    by: str,
    at: datetime,
    because: str = "",
    second_person: bool = True,
    shown: Preview | Plan | None = None,
    names: PlaceNames | None = None,
) -> Recorded:
    """Make what was proposed, in the author's name, and mark it approved: both or neither.

    Raises NotHeld, NotPending, OwnProposal when a second person is wanted, and as ``editing.make`` or
    ``importing.apply_import``; the proposal stays pending then.
    """
    require_reason(by, because or "approved")
    kept = await proposal(database, id)
    _refuse_own(kept, by, second_person)
    plan = await _plan(database, kept, at, names) if kept.request is None else None
    if plan is not None and isinstance(shown, Plan) and plan.changes != shown.changes:
        raise DatasetMoved(shown.revision, plan.revision)
    async with database.writing() as writer:
        kept = await _held(writer, id)
        _refuse_decided(kept)
        if kept.request is not None:
            seen = shown if isinstance(shown, Preview) else None
            made = await make_request(writer, kept.request, by=kept.by, because=kept.because, at=at, shown=seen)
        elif plan is not None:
            made = await write_plan(writer, plan, by=kept.by, because=kept.because, at=at)
        else:
            raise AssertionError("an import was planned before the transaction")
        await _decide(writer, id, "approved", by=by, because=because, at=at, revision=made.revision.id)
    return made


async def reject(database: Database, id: int, *, by: str, because: str, at: datetime) -> Proposal:
    """Decide against a proposal, with a reason; its author withdraws it. Raises NotHeld, NotPending or FaultsFound."""
    require_reason(by, because)
    async with database.writing() as writer:
        kept = await _held(writer, id)
        _refuse_decided(kept)
        state = "withdrawn" if _is_same_person(kept.by, by) else "rejected"
        await _decide(writer, id, state, by=by, because=because, at=at)
        return await _held(writer, id)


async def _insert(writer: Writer, kept: dict[str, Any], *, by: str, because: str, at: datetime) -> Proposal:
    values = kept | {"by": by.strip(), "because": because.strip(), "at": at, "state": "pending"}
    blank = {"decided_by": "", "decided_because": ""}
    made = await writer.execute(insert(PROPOSAL).values(values | blank).returning(PROPOSAL.c.id))
    return await _held(writer, made.scalar_one())


async def _decide(
    writer: Writer, id: int, state: str, *, by: str, because: str, at: datetime, revision: int | None = None
) -> None:
    decision = {"state": state, "decided_at": at, "decided_by": by.strip(), "decided_because": because.strip()}
    this: ColumnElement[bool] = PROPOSAL.c.id == id
    await writer.execute(update(PROPOSAL).where(this).values(decision | {"revision": revision}))


async def _held(reader: Writer, id: int) -> Proposal:
    row = (await reader.execute(select(*_COLUMNS).where(PROPOSAL.c.id == (id if 0 < id <= MOST_NUMBER else 0)))).first()
    if row is None:
        waiting = select(PROPOSAL.c.id).where(PROPOSAL.c.state == "pending").order_by(PROPOSAL.c.id).limit(5)
        raise NotHeld("proposal", str(id), tuple(map(str, (await reader.execute(waiting)).scalars())))
    return _proposal_of(row)


async def _plan(database: Database, kept: Proposal, at: datetime, names: PlaceNames | None) -> Plan:
    """The plan of an import as the dataset stands now."""
    async with database.reading() as connection:
        found = await connection.execute(
            select(PROPOSAL.c.attachment, PROPOSAL.c.request).where(PROPOSAL.c.id == kept.id)
        )
        data, asked = found.one()
    stored = json.loads(asked)
    cause = Cause(stored["cause"]) if stored["cause"] else None
    file = ImportFile(data or b"", kept.file, cause, Wishes.from_json(stored.get("read", "")))
    return await plan_import(database, file, at=at, names=names)


def _proposal_of(row: AnyRow) -> Proposal:
    if row.kind == IMPORT:
        asked = {"request": None, "file": json.loads(row.request)["file"]}
    else:
        asked = {"request": request_from_json(row.request), "file": ""}
    return Proposal(**row._asdict() | asked)


def _refuse_decided(kept: Proposal) -> None:
    if kept.state != "pending":
        raise NotPending(kept.id, kept.state, kept.decided_by)


def _refuse_own(kept: Proposal, by: str, second_person: bool) -> None:
    _refuse_decided(kept)
    if second_person and _is_same_person(kept.by, by):
        raise OwnProposal(kept.id)


def _is_same_person(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
