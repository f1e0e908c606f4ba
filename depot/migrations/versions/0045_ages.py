"""Keep the age bands that a depot chose, and how many people of each were counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

BAND, COUNT = "age_band", "band_count"


def upgrade() -> None:
    op.create_table(
        BAND,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("from_age", Int, nullable=False),
        sa.Column("to_age", Int, nullable=True),
        sa.CheckConstraint("from_age BETWEEN 0 AND 120", name=op.f("ck_age_band_from_age")),
        sa.CheckConstraint("to_age IS NULL OR to_age >= from_age", name=op.f("ck_age_band_to_age")),
        sa.CheckConstraint("version > 0", name=op.f("ck_age_band_version")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_age_band_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_band")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_age_band_depot_id_id")),
        sa.UniqueConstraint(
            "depot_id", "version", "from_age", name=op.f("uq_age_band_depot_id_version_from_age")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        COUNT,
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("band_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("occurred_on", Day(), nullable=False),
        sa.Column("people", Int, nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_band_count_people")),
        within_depot(COUNT, "entry_id", "stock_entry"),
        within_depot(COUNT, "band_id", BAND),
        sa.PrimaryKeyConstraint("entry_id", "band_id", name=op.f("pk_band_count")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_band_count_depot_id_occurred_on"), COUNT, ["depot_id", "occurred_on"])
    for table in (BAND, COUNT):
        make_append_only(table)
    widen_keys()


def downgrade() -> None:
    for table in (COUNT, BAND):
        op.drop_table(table)  # and its triggers with it
