"""Columns for what notes and ways of counting used to say, for whole and part, and for checks that were looked at.

What a zero means, what is counted and whether it is official was in texts, which are read once, here; from now on a
note decides nothing. They stay as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0005"
branch_labels = None
depends_on = None

TOPIC = ("place", "measure", "who", "year_last", "year_first", "status", "recorded", "superseded")
BEFORE = (
    *("figure_id", "destination", "low", "high", "bound", "as_of", "period_start", "period_end", "source", "relays"),
    *("basis", "locator", "seen", "evidence", "credibility", "status_reason", "note", "version"),
)
AFTER = (
    *("figure_id", "destination", "low", "high", "bound", "as_of", "period_start", "period_end", "source", "relays"),
    *("relays_figure", "basis", "locator", "seen", "evidence", "credibility", "status_reason", "zero", "counts"),
    *("official", "grade_reason", "note", "desk_note", "accepted", "version"),
)
WORDS = {
    "zero": ("", "none", "none_known"),
    "counts": (
        *("", "arrivals", "attempts_included", "stopped_included", "with_families", "named_persons", "unconfirmed"),
    ),
    "official": ("yes", "no", "unstated"),
}
TEXTS = {
    "figure_version": ("grade_reason", "desk_note", "accepted"),
    "source_version": ("authority", "desk_note", "accepted"),
}
NONE_KNOWN = ("none known", "not seen", "none detected", "none seen", "knew of no", "none recorded")


def upgrade() -> None:
    for name, words in WORDS.items():
        listed = ", ".join(f"'{word}'" for word in words)
        fallback = "unstated" if name == "official" else ""
        # In the words of both databases: SQLite takes a constraint with a new column only like this.
        op.execute(
            f"ALTER TABLE figure_version ADD COLUMN {name} VARCHAR DEFAULT '{fallback}' NOT NULL "
            f"CONSTRAINT ck_figure_version_{name} CHECK ({name} IN ({listed}))"
        )
    op.add_column("figure_version", sa.Column("relays_figure", sa.String(), nullable=True))
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, name in (("source_version", "doi"), ("measure", "part_of")):
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    _read_texts()
    _pages(AFTER)
    some = sa.text("relays_figure IS NOT NULL")
    op.create_index(
        *("ix_figure_version_relays_figure", "figure_version", ["relays_figure"]),
        sqlite_where=some,
        postgresql_where=some,
    )


def downgrade() -> None:
    op.drop_index("ix_figure_version_relays_figure", "figure_version")
    _pages(BEFORE)
    for name in (*WORDS, "relays_figure"):
        op.drop_column("figure_version", name)
    for table, names in (*TEXTS.items(), ("source_version", ("doi",)), ("measure", ("part_of",))):
        for name in names:
            op.drop_column(table, name)


def _read_texts() -> None:
    said = " OR ".join(f"lower(note) LIKE '%{words}%'" for words in NONE_KNOWN)
    meant = f"CASE WHEN {said} THEN 'none_known' ELSE 'none' END"
    op.execute(f"UPDATE figure_version SET zero = {meant} WHERE low = 0 AND high = 0")
    op.execute("UPDATE figure_version SET counts = 'attempts_included' WHERE basis LIKE '%attempts%'")
    op.execute("UPDATE figure_version SET official = 'yes' WHERE basis LIKE 'official%'")
    op.execute("UPDATE figure_version SET official = 'no' WHERE basis LIKE 'nonofficial%'")


def _pages(carried: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's indexes cannot hold a long note
        op.drop_index("ix_figure_version_pages", "figure_version")
        op.create_index("ix_figure_version_pages", "figure_version", [*TOPIC, *carried], unique=False)
