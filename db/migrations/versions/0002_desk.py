"""The moderators' desk: proposals, posts to send, watches, gaps and past answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DUE = sa.text("state IN ('pending', 'sending')")


def upgrade() -> None:
    _answer()
    _demand()
    _gap()
    _post()
    _progress()
    _answer_place()
    _outbox()
    _proposal()
    _watch()


def downgrade() -> None:
    for table in (
        "watch",
        "proposal",
        "outbox",
        "answer_place",
        "progress",
        "post",
        "gap",
        "demand",
        "answer",
    ):
        op.drop_table(table)


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("long_id", sa.String(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_answer")),
        sa.UniqueConstraint("long_id", name=op.f("uq_answer_long_id")),
    )
    op.create_index(op.f("ix_answer_at"), "answer", ["at"], unique=False)
    op.create_index(op.f("ix_answer_id"), "answer", ["id"], unique=False)


def _demand() -> None:
    op.create_table(
        "demand",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", "measure", name=op.f("pk_demand")),
    )


def _gap() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_because", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('unanswered', 'problem', 'stale', 'single_origin')", name=op.f("ck_gap_kind")),
        sa.CheckConstraint("state IN ('open', 'taken', 'done', 'dropped')", name=op.f("ck_gap_state")),
        sa.CheckConstraint("asked >= 0", name=op.f("ck_gap_asked")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("kind", "topic", name=op.f("uq_gap_kind_topic")),
    )
    op.create_index(op.f("ix_gap_last_at"), "gap", ["last_at"], unique=False)
    op.create_index(op.f("ix_gap_state"), "gap", ["state"], unique=False)


def _post() -> None:
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


def _progress() -> None:
    op.create_table(
        "progress",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_progress")),
    )


def _answer_place() -> None:
    op.create_table(
        "answer_place",
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["answer"], ["answer.row"], name=op.f("fk_answer_place_answer")),
        sa.PrimaryKeyConstraint("answer", "place", "measure", name=op.f("pk_answer_place")),
    )
    op.create_index("ix_answer_place_place_measure", "answer_place", ["place", "measure"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_revision", sa.Integer(), nullable=False),
        sa.Column("last_revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("watch", sa.Integer(), nullable=True),
        sa.Column("recipient_kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('update', 'notice')", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.CheckConstraint("first_revision <= last_revision", name=op.f("ck_outbox_revisions")),
        sa.ForeignKeyConstraint(["first_revision"], ["revision.id"], name=op.f("fk_outbox_first_revision")),
        sa.ForeignKeyConstraint(["last_revision"], ["revision.id"], name=op.f("fk_outbox_last_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("nonce", name=op.f("uq_outbox_nonce")),
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"], unique=False, sqlite_where=DUE, postgresql_where=DUE)
    op.create_index(op.f("ix_outbox_last_revision"), "outbox", ["last_revision"], unique=False)
    op.create_index(op.f("ix_outbox_recipient"), "outbox", ["recipient"], unique=False)
    op.create_index(op.f("ix_outbox_watch"), "outbox", ["watch"], unique=False)


def _proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("attachment", sa.LargeBinary(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_because", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'approved') = (revision IS NOT NULL)", name=op.f("ck_proposal_revision")),
        sa.CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name=op.f("ck_proposal_decided")),
        sa.CheckConstraint("state IN ('pending', 'approved', 'rejected', 'withdrawn')", name=op.f("ck_proposal_state")),
        sa.ForeignKeyConstraint(["revision"], ["revision.id"], name=op.f("fk_proposal_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_by"), "proposal", ["by"], unique=False)
    op.create_index(op.f("ix_proposal_revision"), "proposal", ["revision"], unique=False)
    op.create_index(op.f("ix_proposal_state"), "proposal", ["state"], unique=False)


def _watch() -> None:
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient_kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("digest IN ('off', 'daily')", name=op.f("ck_watch_digest")),
        sa.CheckConstraint("recipient_kind IN ('user', 'channel')", name=op.f("ck_watch_recipient_kind")),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_watch_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint(
            "recipient_kind",
            "recipient",
            "place",
            "measure",
            name=op.f("uq_watch_recipient_kind_recipient_place_measure"),
        ),
    )
    op.create_index(op.f("ix_watch_by"), "watch", ["by"], unique=False)
    op.create_index(op.f("ix_watch_digest_at"), "watch", ["digest_at"], unique=False)
    op.create_index(op.f("ix_watch_place"), "watch", ["place"], unique=False)
