"""What stands now and stood before, read inside the transaction that is to change it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Select, or_, select

from db.edits.change import differences, headline_cells, record_cells
from db.edits.errors import NotHeld, Stale
from db.edits.references import close_keys, is_storable
from db.model import rows
from db.model.cells import CellFault
from db.model.columns import is_figure_id
from db.model.records import Figure, Headline, Revision, Source, Status
from db.model.tables import FIGURE_VERSION, HEADLINE_VERSION, REVISION
from db.model.tables import SOURCE as SOURCE_KEYS
from db.store import reading
from db.store.reading import BATCH, FIGURE, PICK, SOURCE, Versions, batches
from db.store.recording import Writer

R = TypeVar("R", Figure, Source)
_SHOWN = FIGURE_VERSION.c.status != Status.WITHDRAWN.value
MOST_NUMBER = 2**31 - 1
"""The largest number of a row that every database takes."""
LONGEST_ID = 200
_BESIDE_CLAIM = frozenset(
    (
        *("figure_id", "seen", "evidence", "credibility", "status", "status_reason", "grade_reason", "note"),
        *("desk_note", "accepted"),
    )
)
CLAIM_COLUMNS = tuple(name for name in rows.FIGURES.kept[:-2] if name not in _BESIDE_CLAIM)
"""What a figure claims: two that stand with the same in all of these are duplicates."""


async def live_figure(reader: Writer, id: str, expected: int | None = None) -> Figure:
    """The live version of a figure.

    Raises NotHeld, or Stale when it is not the version that was looked at.
    """
    near = select(FIGURE.key).where(FIGURE.live, FIGURE.key.startswith(id[:3])).limit(2_000)
    return await _live(reader, FIGURE, id, expected, near)


async def live_source(reader: Writer, key: str, expected: int | None = None) -> Source:
    """The live version of a source.

    Raises NotHeld, or Stale when it is not the version that was looked at.
    """
    return await _live(reader, SOURCE, key, expected, select(SOURCE_KEYS.c.id))


async def _live(reader: Writer, kind: Versions[R], id: str, expected: int | None, near: Select[str]) -> R:
    """The live version of a record; ``near`` selects what is suggested where it is not held."""
    if not is_storable(id):
        raise NotHeld(kind.kind, id)
    found = await kind.where(reader, kind.key == id, kind.live)
    if not found:
        raise NotHeld(kind.kind, id, close_keys(id, (await reader.execute(near)).scalars()))
    (current,) = found
    if expected is not None and expected != current.version:
        seen = await kind.where(reader, kind.key == id, kind.table.c.version == _number(expected))
        changed = differences(record_cells(seen[0]) if seen else {}, record_cells(current))
        raise Stale(
            current, expected, tuple(part.column for part in changed), await revision_of(reader, current.revision)
        )
    return current


async def live_figures(reader: Writer, ids: Collection[str]) -> dict[str, Figure]:
    """The live versions of some figures, by id; an id that is not held is left out."""
    found: dict[str, Figure] = {}
    for batch in batches(filter(is_storable, ids)):
        found |= {figure.id: figure for figure in await FIGURE.where(reader, FIGURE.key.in_(batch), FIGURE.live)}
    return found


async def live_claims(reader: Writer, places: Collection[str]) -> list[tuple[str, bool, int]]:
    """Each figure of some places: its id, whether it is shown, and what it claims, as ``claim_key``."""
    columns = FIGURE_VERSION.c
    statement = select(columns.figure_id, columns.status, *(columns[name] for name in CLAIM_COLUMNS))
    found: list[tuple[str, bool, int]] = []
    for batch in batches(sorted(places)):
        claims = await reader.stream(statement.where(columns.place.in_(batch), FIGURE.live))
        async for part in claims.partitions(1_000):  # the event loop goes on in between
            found += [(row[0], row[1] != Status.WITHDRAWN.value, hash(tuple(row[2:]))) for row in part]
    return found


def claim_key(figure: Figure) -> int:
    """What a figure claims in one number: the same for the same, in this process."""
    return hash(claim(figure))


async def live_pick(reader: Writer, place: str, measure: str, who: str, expected: int | None = None) -> Headline | None:
    """The live pick of a place, measure and who; raises Stale when ``expected`` is not its revision (0: no pick)."""
    columns = HEADLINE_VERSION.c
    if not all(map(is_storable, (place, measure, who))):
        raise NotHeld("headline", f"{place}/{measure}/{who}")
    named = (columns.place == place) & (columns.measure == measure) & (columns.who == who)
    current = next(iter(await PICK.where(reader, named, PICK.live)), None)
    standing = current.revision if current else 0
    if expected is not None and expected != standing:
        seen = await PICK.where(reader, named, columns.recorded == _number(expected))
        old = headline_cells(seen[0] if seen else None)
        changed = tuple(part.column for part in differences(old, headline_cells(current)))
        raise Stale(current, expected, changed, await revision_of(reader, standing))
    return current


async def picks_of(reader: Writer, figures: Collection[str]) -> list[Headline]:
    """The live picks that name some figures."""
    if len(figures) > BATCH:  # picks are few: reading them all beats asking for thousands of figures
        wanted = set(figures)
        return [pick for pick in await PICK.where(reader, PICK.live) if pick.figure in wanted]
    found: list[Headline] = []
    for batch in batches(figures):
        found += await PICK.where(reader, PICK.key.in_(batch), PICK.live)
    return found


async def shown_figures(reader: Writer, place: str, measure: str) -> list[Figure]:
    """The figures of a place and measure that are not withdrawn."""
    columns = FIGURE_VERSION.c
    return await FIGURE.where(reader, columns.place == place, columns.measure == measure, FIGURE.live, _SHOWN)


async def rivals(reader: Writer, figures: Iterable[Figure]) -> dict[str, Figure]:
    """The figures, not withdrawn, of the places and measures of some figures, by id."""
    found: dict[str, Figure] = {}
    for place, measure in sorted({(figure.place, figure.measure) for figure in figures}):
        found |= {row.id: row for row in await shown_figures(reader, place, measure)}
    return found


async def figures_of_sources(reader: Writer, keys: Collection[str]) -> list[Figure]:
    """The figures, not withdrawn, that some sources state."""
    found: list[Figure] = []
    for batch in batches(sorted(keys)):
        found += await FIGURE.where(reader, FIGURE_VERSION.c.source.in_(batch), FIGURE.live, _SHOWN)
    return found


async def citing_figures(reader: Writer, key: str, *, relayed: bool = False) -> list[Figure]:
    """The figures, not withdrawn, that a source states; with ``relayed``, those that others relay from it."""
    column = FIGURE_VERSION.c.relays if relayed else FIGURE_VERSION.c.source
    return list(reading.sorted_figures(await FIGURE.where(reader, column == key, FIGURE.live, _SHOWN)))


async def taken_figure_ids(reader: Writer, stem: str) -> set[str]:
    """The ids that begin like one, of any version ever: an id is never used twice."""
    if not is_storable(stem) or len(stem) > LONGEST_ID:  # such an id is refused anyway
        return set()
    columns = FIGURE_VERSION.c
    alike = or_(columns.figure_id == stem, columns.figure_id.startswith(stem + "-", autoescape=True))
    return set((await reader.execute(select(columns.figure_id).where(alike).distinct())).scalars())


async def taken_source_keys(reader: Writer) -> set[str]:
    """The keys of every source ever held."""
    return set((await reader.execute(select(SOURCE_KEYS.c.id))).scalars())


async def revision_of(reader: Writer, id: int) -> Revision | None:
    """A revision; None when there is none of that number."""
    if not 0 < id <= MOST_NUMBER:
        return None
    found = await reading.REVISIONS.where(reader, REVISION.c.id == id)
    return found[0] if found else None


async def relay_faults(reader: Writer, figure: Figure, more: Mapping[str, Figure] | None = None) -> list[CellFault]:
    """What is wrong with the figure that a figure relays: it has to stand, speak of the same place, and lead on.

    ``more`` are figures that are written together with this one.
    """
    known, path, at = more or {}, {figure.id}, figure
    while at.relays is not None and is_figure_id(at.relays):
        if at.relays in path:
            return [CellFault("relays", "leads back to this figure", "remove the link that closes the circle")]
        path.add(at.relays)
        upstream = known.get(at.relays) or (await live_figures(reader, [at.relays])).get(at.relays)
        if upstream is None or upstream.status is Status.WITHDRAWN:
            wrong = f"{at.relays[:60]!r} is not held, or withdrawn"
            return [CellFault("relays", wrong, "name a figure that stands, or the document")]
        if upstream.place != figure.place:
            return [CellFault("relays", f"{upstream.id} speaks of {upstream.place}", "name a figure of the same place")]
        at = upstream
    return []


def claim(figure: Figure) -> tuple[object, ...]:
    """What a figure claims, apart from id, grade, status and remarks: two with the same claim are duplicates."""
    values = rows.FIGURES.values(figure)
    return tuple(values[name] for name in CLAIM_COLUMNS)


def same_claim(figure: Figure, others: Iterable[Figure]) -> Figure | None:
    """Another figure that claims the same; None when there is none."""
    return next((other for other in others if other.id != figure.id and claim(other) == claim(figure)), None)


def _number(given: int) -> int:
    """A number that a database can compare with; one beyond its range names nothing, as 0 does."""
    return given if 0 < given <= MOST_NUMBER else 0
