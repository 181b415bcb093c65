"""Indexes that spare the reading of rows: on SQLite one holds the figures of a topic beside each other."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TOPIC = ("place", "measure", "who", "year_last", "year_first", "status", "recorded", "superseded")
CARRIED = (
    *("figure_id", "destination", "low", "high", "bound", "as_of", "period_start", "period_end", "source", "relays"),
    *("basis", "locator", "seen", "evidence", "credibility", "status_reason", "note", "version"),
)


def upgrade() -> None:
    op.drop_index("ix_figure_version_place_source", "figure_version")
    columns = ["place", "source", "who", "measure"]
    op.create_index("ix_figure_version_place_source", "figure_version", columns, unique=False)
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's indexes cannot hold a long note
        op.drop_index("ix_figure_version_topic", "figure_version")
        op.create_index("ix_figure_version_pages", "figure_version", [*TOPIC, *CARRIED], unique=False)


def downgrade() -> None:
    op.drop_index("ix_figure_version_place_source", "figure_version")
    op.create_index("ix_figure_version_place_source", "figure_version", ["place", "source"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_figure_version_pages", "figure_version")
        op.create_index("ix_figure_version_topic", "figure_version", list(TOPIC), unique=False)
