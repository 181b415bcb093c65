"""First tables: revisions, reference tables, versions of sources, figures and headlines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LIVE = sa.text("superseded IS NULL")
ENDED = sa.text("superseded IS NOT NULL")


def upgrade() -> None:
    _measure()
    _place()
    _revision()
    _source()
    _figure_version()
    _headline_version()
    _membership()
    _population()
    _source_version()


def downgrade() -> None:
    for table in (
        "source_version",
        "population",
        "membership",
        "headline_version",
        "figure_version",
        "source",
        "revision",
        "place",
        "measure",
    ):
        op.drop_table(table)


def _measure() -> None:
    op.create_table(
        "measure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("summable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('cumulative', 'flow', 'rate', 'stock', 'countries', 'sample')", name=op.f("ck_measure_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('country', 'region', 'world')", name=op.f("ck_place_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("via", sa.String(), nullable=False),
        sa.CheckConstraint("via IN ('package', 'edit', 'import')", name=op.f("ck_revision_via")),
        sa.CheckConstraint("length(because) > 0", name=op.f("ck_revision_because_given")),
        sa.CheckConstraint("length(by) > 0", name=op.f("ck_revision_by_given")),
        sa.ForeignKeyConstraint(["undoes"], ["revision.id"], name=op.f("fk_revision_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_at"), "revision", ["at"], unique=False)


def _source() -> None:
    op.create_table(
        "source", sa.Column("id", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_source"))
    )


def _figure_version() -> None:
    op.create_table(
        "figure_version",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.String(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("period_start", sa.String(), nullable=False),
        sa.Column("period_end", sa.String(), nullable=False),
        sa.Column("as_of_last", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("relays", sa.String(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(bound IN ('at_least', 'more_than')) = (high IS NULL)", name=op.f("ck_figure_version_high_open")
        ),
        sa.CheckConstraint(
            "(bound IN ('at_most', 'fewer_than')) = (low IS NULL)", name=op.f("ck_figure_version_low_open")
        ),
        sa.CheckConstraint(
            "bound IN ('exact', 'about', 'at_least', 'more_than', 'at_most', 'fewer_than', 'range')",
            name=op.f("ck_figure_version_bound"),
        ),
        sa.CheckConstraint("bound NOT IN ('exact', 'about') OR low = high", name=op.f("ck_figure_version_one_number")),
        sa.CheckConstraint("destination IN ('SY', 'IQ', 'SY+IQ', 'wider')", name=op.f("ck_figure_version_destination")),
        sa.CheckConstraint("seen IN ('primary', 'secondary')", name=op.f("ck_figure_version_seen")),
        sa.CheckConstraint(
            "status = 'current' OR length(status_reason) > 0", name=op.f("ck_figure_version_status_reason")
        ),
        sa.CheckConstraint("status IN ('current', 'disputed', 'withdrawn')", name=op.f("ck_figure_version_status")),
        sa.CheckConstraint(
            "who IN ('everyone', 'men', 'women', 'minors', 'women_and_minors')", name=op.f("ck_figure_version_who")
        ),
        sa.CheckConstraint("credibility BETWEEN 1 AND 6", name=op.f("ck_figure_version_credibility")),
        sa.CheckConstraint("low <= 1000000000 AND high <= 1000000000", name=op.f("ck_figure_version_most")),
        sa.CheckConstraint("low >= 0 AND high >= 0 AND low <= high", name=op.f("ck_figure_version_low_high")),
        sa.CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name=op.f("ck_figure_version_value_stated")),
        sa.CheckConstraint("relays <> source", name=op.f("ck_figure_version_relays")),
        sa.CheckConstraint("superseded > recorded", name=op.f("ck_figure_version_superseded")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_figure_version_version")),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name=op.f("fk_figure_version_measure")),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_figure_version_place")),
        sa.ForeignKeyConstraint(["recorded"], ["revision.id"], name=op.f("fk_figure_version_recorded")),
        sa.ForeignKeyConstraint(["relays"], ["source.id"], name=op.f("fk_figure_version_relays")),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name=op.f("fk_figure_version_source")),
        sa.ForeignKeyConstraint(["superseded"], ["revision.id"], name=op.f("fk_figure_version_superseded")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_figure_version")),
        sa.UniqueConstraint("figure_id", "version", name=op.f("uq_figure_version_figure_id_version")),
    )
    op.create_index("ix_figure_version_place_measure", "figure_version", ["place", "measure"], unique=False)
    op.create_index(op.f("ix_figure_version_recorded"), "figure_version", ["recorded"], unique=False)
    op.create_index(op.f("ix_figure_version_source"), "figure_version", ["source"], unique=False)
    op.create_index(
        "ix_figure_version_superseded", "figure_version", ["superseded"], sqlite_where=ENDED, postgresql_where=ENDED
    )
    op.create_index(
        "uq_figure_version_live", "figure_version", ["figure_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )


def _headline_version() -> None:
    op.create_table(
        "headline_version",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("figure_id", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "who IN ('everyone', 'men', 'women', 'minors', 'women_and_minors')", name=op.f("ck_headline_version_who")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_headline_version_reason")),
        sa.CheckConstraint("superseded > recorded", name=op.f("ck_headline_version_superseded")),
        sa.ForeignKeyConstraint(["measure"], ["measure.id"], name=op.f("fk_headline_version_measure")),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_headline_version_place")),
        sa.ForeignKeyConstraint(["recorded"], ["revision.id"], name=op.f("fk_headline_version_recorded")),
        sa.ForeignKeyConstraint(["superseded"], ["revision.id"], name=op.f("fk_headline_version_superseded")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_headline_version")),
    )
    op.create_index(op.f("ix_headline_version_figure_id"), "headline_version", ["figure_id"], unique=False)
    op.create_index(op.f("ix_headline_version_recorded"), "headline_version", ["recorded"], unique=False)
    op.create_index(
        "ix_headline_version_superseded", "headline_version", ["superseded"], sqlite_where=ENDED, postgresql_where=ENDED
    )
    op.create_index(
        "uq_headline_version_live",
        "headline_version",
        ["place", "measure", "who"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("member_from", sa.String(), nullable=False),
        sa.Column("member_until", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_membership_place")),
        sa.ForeignKeyConstraint(["region"], ["place.id"], name=op.f("fk_membership_region")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_membership")),
        sa.UniqueConstraint("region", "place", "member_from", name=op.f("uq_membership_region_place_member_from")),
    )


def _population() -> None:
    op.create_table(
        "population",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("inhabitants", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("inhabitants > 0", name=op.f("ck_population_inhabitants")),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name=op.f("fk_population_place")),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name=op.f("fk_population_source")),
        sa.PrimaryKeyConstraint("place", "year", name=op.f("pk_population")),
    )


def _source_version() -> None:
    op.create_table(
        "source_version",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("accessed", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("archive_url", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reliability", sa.String(), nullable=False),
        sa.Column("relays", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('government', 'un', 'think_tank', 'academic', 'news', 'dataset')",
            name=op.f("ck_source_version_kind"),
        ),
        sa.CheckConstraint("reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_source_version_reliability")),
        sa.CheckConstraint(
            "status = 'current' OR length(status_reason) > 0", name=op.f("ck_source_version_status_reason")
        ),
        sa.CheckConstraint("status IN ('current', 'disputed', 'withdrawn')", name=op.f("ck_source_version_status")),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_source_version_title")),
        sa.CheckConstraint("superseded > recorded", name=op.f("ck_source_version_superseded")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_source_version_version")),
        sa.ForeignKeyConstraint(["recorded"], ["revision.id"], name=op.f("fk_source_version_recorded")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_version_source_id")),
        sa.ForeignKeyConstraint(["superseded"], ["revision.id"], name=op.f("fk_source_version_superseded")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_source_version")),
        sa.UniqueConstraint("source_id", "version", name=op.f("uq_source_version_source_id_version")),
    )
    op.create_index(op.f("ix_source_version_recorded"), "source_version", ["recorded"], unique=False)
    op.create_index(
        "ix_source_version_superseded", "source_version", ["superseded"], sqlite_where=ENDED, postgresql_where=ENDED
    )
    op.create_index(
        "uq_source_version_live", "source_version", ["source_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
