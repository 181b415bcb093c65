"""The tables and their constraints; versions are never changed or deleted, only superseded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy import Table as CoreTable
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from db.model.cells import MOST_PEOPLE
from db.model.layout import Layout
from db.model.records import Who
from db.model.rows import FIGURES, MEASURES, MEMBERSHIPS, PLACES, POPULATIONS, SOURCES

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
UNDATED = (9999, 0)
"""The years of a figure without any date: they meet no other years."""
TOPIC = ("place", "measure", "who", "year_last", "year_first", "status", "recorded", "superseded")
"""By what the figures of an answer are found, and told from those of other times without looking at them."""
CARRIED = tuple(name for name in FIGURES.kept if name not in TOPIC)
"""What else answers show of a figure."""
VIA = ("package", "edit", "import")
"""The doors through which a revision can come in."""


_TYPES = {"word": String, "text": Text, "number": BigInteger, "grade": Integer, "flag": Boolean}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always in UTC: SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Table(SQLModel):
    """The base of every table: one metadata with named constraints."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def one_of(column: str, words: Iterable[str], name: str) -> CheckConstraint:
    """The constraint that a text column holds one of some words."""
    listed = ", ".join(f"'{word.value if isinstance(word, StrEnum) else word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """The index of some rows alone; ``metadata_on`` tells a kind of database which."""
    return Index(name, *columns, unique=unique, info={"where": where})


def live_once(table: str, *columns: str) -> Index:
    """The index that lets one version at a time be live."""
    return partial(f"uq_{table}_live", *columns, unique=True, where="superseded IS NULL")


def ended(table: str) -> Index:
    """The index to find what a revision ended; live versions stay out, or SQLite would take it to look for those."""
    return partial(f"ix_{table}_superseded", "superseded", where="superseded IS NOT NULL")


def relayed(table: str) -> Index:
    """The index to find the figures of a place that relay some source; few do."""
    return partial(f"ix_{table}_place_relays", "place", "relays", where="relays IS NOT NULL")


def relayed_figures(table: str) -> Index:
    """The index to find the figures that others relay; few are."""
    return partial(f"ix_{table}_relays_figure", "relays_figure", where="relays_figure IS NOT NULL")


def only_on(dialect: str, index: Index) -> Index:
    """An index that one kind of database has."""
    index.info["only_on"] = dialect
    return index


def belongs_on(dialect: str, item: object) -> bool:
    """Whether a kind of database has an item of the metadata."""
    return not isinstance(item, Index) or item.info.get("only_on", dialect) == dialect


def metadata_on(dialect: str) -> MetaData:
    """The tables with what one kind of database is told besides; to read and write, its dialect need not be loaded."""
    for index in (index for table in Table.metadata.tables.values() for index in table.indexes):
        if "where" in index.info:
            index.dialect_options[dialect]["where"] = text(index.info["where"])
    return Table.metadata


class RevisionRow(Table, table=True):
    """One change of the dataset: who, when and why; append-only, ids rise in the order of commits."""

    __tablename__ = "revision"
    __table_args__ = (
        CheckConstraint("length(by) > 0", name="by_given"),
        CheckConstraint("length(because) > 0", name="because_given"),
        one_of("via", VIA, "via"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    by: str
    because: str = Field(sa_type=Text)
    summary: str = Field(sa_type=Text)
    undoes: int | None = Field(default=None, foreign_key="revision.id")
    via: str = "edit"


class SourceRow(Table, table=True):
    """The key of a source, for the links to it; what is known of it stands in its versions."""

    __tablename__ = "source"

    id: str = Field(primary_key=True)


def versioned(name: str, layout: Layout[Any], *more: SchemaItem) -> CoreTable:
    """The table of the versions of one kind of record: what was known of each from one revision to another."""
    columns: list[SchemaItem] = [
        Column("row", Integer(), primary_key=True),
        Column("version", Integer(), nullable=False),
        Column("recorded", Integer(), ForeignKey("revision.id"), nullable=False, index=True),
        Column("superseded", Integer(), ForeignKey("revision.id")),
    ]
    return CoreTable(
        name,
        Table.metadata,
        *columns,
        *_kept(layout),
        UniqueConstraint(layout.key, "version"),
        live_once(name, layout.key),
        ended(name),
        CheckConstraint("status = 'current' OR length(status_reason) > 0", name="status_reason"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("superseded > recorded", name="superseded"),
        *more,
    )


def reference(name: str, layout: Layout[Any], *more: SchemaItem, key: Collection[str] = ("id",)) -> CoreTable:
    """The table of one kind of record that has no versions; without a key its rows are counted."""
    counted = [] if key else [Column("row", Integer(), primary_key=True)]
    return CoreTable(name, Table.metadata, *counted, *_kept(layout, key), *more)


def _kept(layout: Layout[Any], key: Collection[str] = ()) -> Iterator[SchemaItem]:
    """The columns of one kind of record, with the words that they may hold."""
    for part in layout.fields:
        for called, kept in zip(part.kept, part.form.kept, strict=True):
            default = None if kept.default is None else text(f"'{kept.default}'")
            links = [ForeignKey(kept.link)] if kept.link else []
            yield Column(
                called,
                _TYPES[kept.kind](),
                *links,
                nullable=kept.null,
                server_default=default,
                primary_key=called in key,
                autoincrement=False,
            )
            if kept.words:
                yield one_of(called, kept.words, called)


class HeadlineVersion(Table, table=True):
    """A moderator's choice of the figure that opens an answer, from one revision to another."""

    __tablename__ = "headline_version"
    __table_args__ = (
        live_once("headline_version", "place", "measure", "who"),
        ended("headline_version"),
        one_of("who", Who, "who"),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("superseded > recorded", name="superseded"),
    )

    row: int | None = Field(default=None, primary_key=True)
    place: str = Field(foreign_key="place.id")
    measure: str = Field(foreign_key="measure.id")
    who: str
    figure_id: str = Field(index=True)
    reason: str = Field(sa_type=Text)
    recorded: int = Field(foreign_key="revision.id", index=True)
    superseded: int | None = Field(default=None, foreign_key="revision.id")


def core(row: type[Table]) -> CoreTable:
    """The table behind a class, for statements that read or write many rows without objects."""
    table: CoreTable = row.__table__  # type: ignore[attr-defined]  # SQLModel sets it without declaring it
    return table


REVISION = core(RevisionRow)
MEASURE = reference("measure", MEASURES)
PLACE = reference("place", PLACES)
MEMBERSHIP = reference("membership", MEMBERSHIPS, UniqueConstraint("region", "place", "member_from"), key=())
SOURCE = core(SourceRow)
POPULATION = reference(
    "population", POPULATIONS, CheckConstraint("inhabitants > 0", name="inhabitants"), key=("place", "year")
)
HEADLINE_VERSION = core(HeadlineVersion)
SOURCE_VERSION = versioned("source_version", SOURCES, CheckConstraint("length(title) > 0", name="title"))
FIGURE_VERSION = versioned(
    "figure_version",
    FIGURES,
    Column("as_of_last", String(), nullable=False),  # the last day that the as-of date can mean, for sorting in SQL
    Column("year_first", Integer(), nullable=False, server_default=str(UNDATED[0])),
    Column("year_last", Integer(), nullable=False, server_default=str(UNDATED[1])),
    # The rows of a SQLite file lie in the order in which they were written; this index holds all that is read of
    # them, in the order in which it is asked for. PostgreSQL has no room for a long note in an index.
    only_on("sqlite", Index("ix_figure_version_pages", *TOPIC, *CARRIED)),
    only_on("postgresql", Index("ix_figure_version_topic", *TOPIC)),
    Index("ix_figure_version_place_source", "place", "source", "who", "measure"),
    Index("ix_figure_version_source", "source"),
    relayed("figure_version"),
    relayed_figures("figure_version"),
    CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name="value_stated"),
    CheckConstraint("low >= 0 AND high >= 0 AND low <= high", name="low_high"),
    CheckConstraint("(bound IN ('at_least', 'more_than')) = (high IS NULL)", name="high_open"),
    CheckConstraint("(bound IN ('at_most', 'fewer_than')) = (low IS NULL)", name="low_open"),
    CheckConstraint("bound NOT IN ('exact', 'about') OR low = high", name="one_number"),
    CheckConstraint(f"low <= {MOST_PEOPLE} AND high <= {MOST_PEOPLE}", name="most"),
    CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility"),
    CheckConstraint("relays <> source", name="relays"),
)
