"""The tables, as they were when figures were first read by topic."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = None
branch_labels = None
depends_on = None

TABLES = {
    "measure": "id:key kind label unit definition:text summable:flag",
    "place": "id:key kind name iso3? note:text",
    "revision": "id:row at:moment# by because:text summary:text undoes:number?>revision.id via",
    "source": "id:key",
    "membership": "row:row region>place.id place>place.id member_from member_until note:text",
    "population": "place:key>place.id year:counted inhabitants:people source>source.id",
    "figure_version": """
        row:row figure_id version:number recorded:number#>revision.id superseded:number?>revision.id place>place.id
        measure>measure.id who destination low:people? high:people? bound as_of period_start period_end as_of_last
        source#>source.id relays?>source.id basis:text locator:text seen evidence:text credibility:number status
        status_reason:text note:text year_first:number=9999 year_last:number=0""",
    "headline_version": """
        row:row place>place.id measure>measure.id who figure_id# reason:text recorded:number#>revision.id
        superseded:number?>revision.id""",
    "source_version": """
        row:row source_id>source.id version:number recorded:number#>revision.id superseded:number?>revision.id
        title:text publisher:text authors:text published accessed kind url:text archive_url:text language reliability
        relays:text note:text status status_reason:text""",
    "answer": "row:row id# long_id canonical:text revision:number known_on at:moment#",
    "answer_place": "answer:counted>answer.row place:key measure:key",
    "demand": "place:key measure:key asked:number",
    "gap": """
        id:row kind topic:text text:text place measure answer asked:number first_at:moment last_at:moment# state#
        taken_by settled_at:moment? settled_because:text""",
    "progress": "name:key revision:number",
    "outbox": """
        id:row kind first_revision:number>revision.id last_revision:number#>revision.id text:text by watch:number?#
        recipient_kind recipient# nonce state attempts:number due_at:moment message problem:text created_at:moment
        settled_at:moment?""",
    "proposal": """
        id:row at:moment by# because:text kind request:text attachment:bytes? summary:text state# decided_at:moment?
        decided_by decided_because:text revision:number?#>revision.id""",
    "watch": """
        id:row recipient_kind recipient by# place#>place.id measure locale digest seen:number digest_at:moment?#
        failures:number created_at:moment""",
}
"""Of each column its name, its kind (a word where none is said), whether it may be NULL (?) and has an index (#), the
column that it points to (>), and what rows have that say nothing (=)."""
COLUMN = re.compile(r"(\w+)(?::(\w+))?(\?)?(#)?(?:>([\w.]+))?(?:=(\w+))?")
KINDS: dict[str, Any] = {
    **dict.fromkeys(("row", "counted", "number"), sa.Integer()),
    **dict.fromkeys(("key", "word"), sa.String()),
    "text": sa.Text(),
    "people": sa.BigInteger(),
    "flag": sa.Boolean(),
    "bytes": sa.LargeBinary(),
    "moment": sa.DateTime(timezone=True),
}
WORDS = {
    "measure": {"kind": "cumulative flow rate stock countries sample"},
    "place": {"kind": "country region world"},
    "revision": {"via": "package edit import"},
    "figure_version": {
        "bound": "exact about at_least more_than at_most fewer_than range",
        "destination": "SY IQ SY+IQ wider",
        "seen": "primary secondary",
        "status": "current disputed withdrawn",
        "who": "everyone men women minors women_and_minors",
    },
    "headline_version": {"who": "everyone men women minors women_and_minors"},
    "source_version": {
        "kind": "government un think_tank academic news dataset",
        "reliability": "A B C D E F",
        "status": "current disputed withdrawn",
    },
    "gap": {"kind": "unanswered problem stale single_origin", "state": "open taken done dropped"},
    "outbox": {"kind": "update notice", "state": "pending sending sent dead"},
    "proposal": {"state": "pending approved rejected withdrawn"},
    "watch": {"digest": "off daily", "recipient_kind": "user channel"},
}
VERSIONED = {"superseded": "superseded > recorded"}
NUMBERED = {
    **VERSIONED,
    "version": "version >= 1",
    "status_reason": "status = 'current' OR length(status_reason) > 0",
}
RULES = {
    "revision": {"because_given": "length(because) > 0", "by_given": "length(by) > 0"},
    "population": {"inhabitants": "inhabitants > 0"},
    "figure_version": {
        **NUMBERED,
        "high_open": "(bound IN ('at_least', 'more_than')) = (high IS NULL)",
        "low_open": "(bound IN ('at_most', 'fewer_than')) = (low IS NULL)",
        "one_number": "bound NOT IN ('exact', 'about') OR low = high",
        "credibility": "credibility BETWEEN 1 AND 6",
        "most": "low <= 1000000000 AND high <= 1000000000",
        "low_high": "low >= 0 AND high >= 0 AND low <= high",
        "value_stated": "low IS NOT NULL OR high IS NOT NULL",
        "relays": "relays <> source",
    },
    "headline_version": {**VERSIONED, "reason": "length(reason) > 0"},
    "source_version": {**NUMBERED, "title": "length(title) > 0"},
    "gap": {"asked": "asked >= 0"},
    "outbox": {"revisions": "first_revision <= last_revision"},
    "proposal": {
        "revision": "(state = 'approved') = (revision IS NOT NULL)",
        "decided": "(state = 'pending') = (decided_at IS NULL)",
    },
}
UNIQUE = {
    "membership": ("region", "place", "member_from"),
    "figure_version": ("figure_id", "version"),
    "source_version": ("source_id", "version"),
    "answer": ("long_id",),
    "gap": ("kind", "topic"),
    "outbox": ("nonce",),
    "watch": ("recipient_kind", "recipient", "place", "measure"),
}
LIVE = {
    "figure_version": ("figure_id",),
    "headline_version": ("place", "measure", "who"),
    "source_version": ("source_id",),
}
TOPIC = ("place", "measure", "who", "year_last", "year_first", "status", "recorded", "superseded")
CARRIED = (
    *("figure_id", "destination", "low", "high", "bound", "as_of", "period_start", "period_end", "source", "relays"),
    *("basis", "locator", "seen", "evidence", "credibility", "status_reason", "note", "version"),
)


def upgrade() -> None:
    bind = op.get_bind()
    _tables().create_all(bind)
    for table, columns in LIVE.items():
        _index_some(f"ix_{table}_superseded", table, ("superseded",), "superseded IS NOT NULL")
        _index_some(f"uq_{table}_live", table, columns, "superseded IS NULL", unique=True)
    _index_some("ix_outbox_due", "outbox", ("due_at",), "state IN ('pending', 'sending')")
    _index_some("ix_figure_version_place_relays", "figure_version", ("place", "relays"), "relays IS NOT NULL")
    op.create_index("ix_figure_version_place_source", "figure_version", ["place", "source", "who", "measure"])
    op.create_index("ix_answer_place_place_measure", "answer_place", ["place", "measure"])
    if bind.dialect.name == "sqlite":  # PostgreSQL's indexes cannot hold a long note
        op.create_index("ix_figure_version_pages", "figure_version", [*TOPIC, *CARRIED])
    else:
        op.create_index("ix_figure_version_topic", "figure_version", list(TOPIC))


def downgrade() -> None:
    _tables().drop_all(op.get_bind())


def _index_some(name: str, table: str, columns: tuple[str, ...], some: str, *, unique: bool = False) -> None:
    which = sa.text(some)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=which, postgresql_where=which)


def _tables() -> sa.MetaData:
    names = {
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
    data = sa.MetaData(naming_convention=names)
    for table, columns in TABLES.items():
        made = sa.Table(table, data, *map(_column, columns.split()))
        for column, words in WORDS.get(table, {}).items():
            listed = ", ".join(f"'{word}'" for word in words.split())
            made.append_constraint(sa.CheckConstraint(f"{column} IN ({listed})", name=column))
        for name, rule in RULES.get(table, {}).items():
            made.append_constraint(sa.CheckConstraint(rule, name=name))
        if table in UNIQUE:
            made.append_constraint(sa.UniqueConstraint(*UNIQUE[table]))
    return data


def _column(said: str) -> sa.Column[Any]:
    match = COLUMN.fullmatch(said)
    assert match is not None
    name, kind, null, indexed, link, default = match.groups("")
    return sa.Column(
        name,
        KINDS[kind or "word"],
        *([sa.ForeignKey(link)] if link else []),
        primary_key=kind in ("row", "key", "counted"),
        autoincrement=kind == "row",
        nullable=bool(null),
        index=bool(indexed) or None,
        server_default=default or None,
    )
