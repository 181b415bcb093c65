"""A table of how files were read, so that a restart forgets none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mapping",
        sa.Column("header", sa.String(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("header", name="pk_mapping"),
    )
    op.create_index("ix_mapping_at", "mapping", ["at"])


def downgrade() -> None:
    op.drop_table("mapping")
