"""A column for the checks of a row that were looked at and hold, with the reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TOPIC = ("place", "measure", "who", "year_last", "year_first", "status", "recorded", "superseded")
BEFORE = (
    *("figure_id", "destination", "low", "high", "bound", "as_of", "period_start", "period_end", "source", "relays"),
    *("relays_figure", "basis", "locator", "seen", "evidence", "credibility", "status_reason", "zero", "counts"),
    *("official", "grade_reason", "note", "desk_note", "version"),
)


def upgrade() -> None:
    for table in ("figure_version", "source_version"):
        op.add_column(table, sa.Column("accepted", sa.Text(), nullable=False, server_default=""))
    _pages((*BEFORE[:-1], "accepted", "version"))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_figure_version_pages", "figure_version")
    for table in ("figure_version", "source_version"):
        op.drop_column(table, "accepted")
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_figure_version_pages", "figure_version", [*TOPIC, *BEFORE], unique=False)


def _pages(carried: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's indexes cannot hold a long note
        op.drop_index("ix_figure_version_pages", "figure_version")
        op.create_index("ix_figure_version_pages", "figure_version", [*TOPIC, *carried], unique=False)
