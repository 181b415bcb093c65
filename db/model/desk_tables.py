"""The working tables of the moderators' desk: proposals, posts to send, watches, gaps and past answers.

Unlike the dataset these rows have no versions: they change, and some are deleted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from db.model.tables import Table, UtcDateTime, core, one_of, partial

PROPOSAL_STATES = ("pending", "approved", "rejected", "withdrawn")
POST_KINDS = ("update", "notice")
POST_STATES = ("pending", "sending", "sent", "dead")
RECIPIENT_KINDS = ("user", "channel")
DIGESTS = ("off", "daily")
GAP_KINDS = ("unanswered", "problem", "stale", "single_origin")
GAP_STATES = ("open", "taken", "done", "dropped")


class ProposalRow(Table, table=True):
    """A change that waits for, or was decided by, a second person."""

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("state", PROPOSAL_STATES, "state"),
        CheckConstraint("(state = 'approved') = (revision IS NOT NULL)", name="revision"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str = Field(index=True)
    because: str = Field(sa_type=Text)
    kind: str
    """The name of the request, or ``import``."""
    request: str = Field(sa_type=Text)
    """The request as JSON."""
    attachment: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The file of an import."""
    summary: str = Field(sa_type=Text)
    state: str = Field(index=True)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = ""
    decided_because: str = Field(default="", sa_type=Text)
    revision: int | None = Field(default=None, foreign_key="revision.id", index=True)


class WatchRow(Table, table=True):
    """Who wants to hear of changes of a place, or of one measure of it."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("recipient_kind", "recipient", "place", "measure"),
        one_of("recipient_kind", RECIPIENT_KINDS, "recipient_kind"),
        one_of("digest", DIGESTS, "digest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    recipient_kind: str
    recipient: str
    by: str = Field(index=True)
    """Who set it up: for a channel, somebody who may speak for it."""
    place: str = Field(foreign_key="place.id", index=True)
    measure: str = ""
    """Empty: every measure."""
    locale: str = ""
    """The language of its notices; empty: the operator's."""
    digest: str
    seen: int
    """The last revision that it was told of, or that did not concern it."""
    digest_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    failures: int = 0
    """Notices in a row that could not be delivered."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class OutboxRow(Table, table=True):
    """A post that is still to be sent, or was: written in the transaction that gave the reason for it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("nonce"),
        one_of("kind", POST_KINDS, "kind"),
        one_of("state", POST_STATES, "state"),
        CheckConstraint("first_revision <= last_revision", name="revisions"),
        partial("ix_outbox_due", "due_at", where="state IN ('pending', 'sending')"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    first_revision: int = Field(foreign_key="revision.id")
    last_revision: int = Field(foreign_key="revision.id", index=True)
    text: str = Field(default="", sa_type=Text)
    """A moderator's own words, for an update that was announced by command."""
    by: str = ""
    watch: int | None = Field(default=None, index=True)
    """The watch of a notice; no foreign key, since a deleted watch leaves its notices."""
    recipient_kind: str = ""
    recipient: str = Field(default="", index=True)
    nonce: str
    """At most 25 characters, fixed before the first attempt: Discord refuses to post the same one twice."""
    state: str = "pending"
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    """When it may be tried; while it is being sent, when that attempt is given up."""
    message: str = ""
    """The id of the posted message."""
    problem: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ProgressRow(Table, table=True):
    """How far a piece of work that follows the revisions has come."""

    __tablename__ = "progress"

    name: str = Field(primary_key=True)
    revision: int


class GapRow(Table, table=True):
    """Something that the dataset does not answer, or answers badly; never who asked."""

    __tablename__ = "gap"
    __table_args__ = (
        UniqueConstraint("kind", "topic"),
        one_of("kind", GAP_KINDS, "kind"),
        one_of("state", GAP_STATES, "state"),
        CheckConstraint("asked >= 0", name="asked"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    topic: str = Field(sa_type=Text)
    """What makes two reports the same: the normalised question, the answer and its problem, or the figure."""
    text: str = Field(sa_type=Text)
    place: str = ""
    measure: str = ""
    answer: str = ""
    """The id of the answer that a problem was reported with."""
    asked: int = 0
    first_at: datetime = Field(sa_type=UtcDateTime)
    last_at: datetime = Field(sa_type=UtcDateTime, index=True)
    state: str = Field(default="open", index=True)
    taken_by: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_because: str = Field(default="", sa_type=Text)


class AnswerRow(Table, table=True):
    """An answer that was given: what was asked, and on which revision; enough to give it again."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("long_id"),)

    row: int | None = Field(default=None, primary_key=True)
    id: str = Field(index=True)
    long_id: str
    """The id and more letters: different even for the two answers in millions that share a short one."""
    canonical: str = Field(sa_type=Text)
    revision: int
    known_on: str = ""
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class AnswerPlaceRow(Table, table=True):
    """Which places and measures an answer spoke of."""

    __tablename__ = "answer_place"
    __table_args__ = (Index("ix_answer_place_place_measure", "place", "measure"),)

    answer: int = Field(primary_key=True, foreign_key="answer.row")
    place: str = Field(primary_key=True)
    measure: str = Field(default="", primary_key=True)


class DemandRow(Table, table=True):
    """How often a place and measure was asked for, by all members together."""

    __tablename__ = "demand"

    place: str = Field(primary_key=True)
    measure: str = Field(default="", primary_key=True)
    asked: int


class MappingRow(Table, table=True):
    """How a file was read that went in, known again by its first row."""

    __tablename__ = "mapping"

    header: str = Field(primary_key=True)
    """A digest of the first row."""
    wishes: str = Field(sa_type=Text)
    """How its columns were read, as JSON."""
    at: datetime = Field(sa_type=UtcDateTime, index=True)


PROPOSAL = core(ProposalRow)
WATCH = core(WatchRow)
OUTBOX = core(OutboxRow)
PROGRESS = core(ProgressRow)
GAP = core(GapRow)
ANSWER = core(AnswerRow)
ANSWER_PLACE = core(AnswerPlaceRow)
DEMAND = core(DemandRow)
MAPPING = core(MappingRow)
