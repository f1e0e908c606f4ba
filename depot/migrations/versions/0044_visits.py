"""Keep which counts of people were of which visit card, by a digest of its code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

SETTING, CARD, VISIT = "visit_setting", "visit_card", "visit"


def upgrade() -> None:
    op.create_table(
        SETTING,
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("is_on", Flag(), nullable=False),
        sa.Column("card_secret", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("length(card_secret) = 64", name=op.f("ck_visit_setting_card_secret")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_visit_setting_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_visit_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        CARD,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("card_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(card_hash) = 64", name=op.f("ck_visit_card_card_hash")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_visit_card_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_card")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_visit_card_depot_id_id")),
        sa.UniqueConstraint("depot_id", "card_hash", name=op.f("uq_visit_card_depot_id_card_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        VISIT,
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("card_id", Int, nullable=False),
        sa.Column("occurred_on", Day(), nullable=False),
        within_depot(VISIT, "entry_id", "stock_entry"),
        within_depot(VISIT, "card_id", CARD),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_visit")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_visit_depot_id_occurred_on"), VISIT, ["depot_id", "occurred_on"])
    op.create_index(
        op.f("ix_visit_depot_id_card_id_occurred_on"), VISIT, ["depot_id", "card_id", "occurred_on"]
    )
    for table in (CARD, VISIT):
        make_append_only(table)
    widen_keys()


def downgrade() -> None:
    for table in (VISIT, CARD, SETTING):
        op.drop_table(table)  # and its triggers with it
