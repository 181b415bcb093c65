"""No memory of who each answer of the bot is for: the button that removes it carries that itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("post")


def downgrade() -> None:
    op.create_table(
        "post",
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_at"), "post", ["at"], unique=False)
    op.create_index(op.f("ix_post_by"), "post", ["by"], unique=False)
