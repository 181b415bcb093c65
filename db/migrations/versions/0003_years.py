"""The years that a figure speaks of, and an index by them: an answer from many figures reads those of its time only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEX = "ix_figure_version_topic"
COLUMNS = ("place", "measure", "who", "year_last", "year_first", "status", "recorded", "superseded")
STATED = ("period_start", "as_of", "period_end")


def upgrade() -> None:
    op.add_column("figure_version", sa.Column("year_first", sa.Integer(), nullable=False, server_default="9999"))
    op.add_column("figure_version", sa.Column("year_last", sa.Integer(), nullable=False, server_default="0"))
    least, most = ("min", "max") if op.get_bind().dialect.name == "sqlite" else ("least", "greatest")
    op.execute(f"UPDATE figure_version SET year_first = {_of(least, 9999)}, year_last = {_of(most, 0)}")
    op.create_index(INDEX, "figure_version", list(COLUMNS), unique=False)
    op.create_index("ix_figure_version_place_source", "figure_version", ["place", "source"], unique=False)
    op.create_index(
        "ix_figure_version_place_relays",
        "figure_version",
        ["place", "relays"],
        unique=False,
        sqlite_where=sa.text("relays IS NOT NULL"),
        postgresql_where=sa.text("relays IS NOT NULL"),
    )
    op.drop_index("ix_figure_version_place_measure", "figure_version")


def downgrade() -> None:
    op.create_index("ix_figure_version_place_measure", "figure_version", ["place", "measure"], unique=False)
    op.drop_index("ix_figure_version_place_relays", "figure_version")
    op.drop_index("ix_figure_version_place_source", "figure_version")
    op.drop_index(INDEX, "figure_version")
    op.drop_column("figure_version", "year_last")
    op.drop_column("figure_version", "year_first")


def _of(function: str, nothing: int) -> str:
    """The least or greatest of the years that are stated."""
    years = (f"CASE WHEN {name} = '' THEN {nothing} ELSE CAST(substr({name}, 1, 4) AS INTEGER) END" for name in STATED)
    return f"{function}({', '.join(years)})"
