"""An index to find the figures that others relay: every revision is read with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    some = sa.text("relays_figure IS NOT NULL")
    op.create_index(
        "ix_figure_version_relays_figure",
        "figure_version",
        ["relays_figure"],
        sqlite_where=some,
        postgresql_where=some,
    )


def downgrade() -> None:
    op.drop_index("ix_figure_version_relays_figure", "figure_version")
