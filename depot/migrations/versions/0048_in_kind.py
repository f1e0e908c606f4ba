"""Keep what goods are worth by whom and from when, and where a depot tells it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Int
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

SETTING, VALUE = "value_setting", "goods_value"


def upgrade() -> None:
    op.create_table(
        SETTING,
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("in_reports", Flag(), nullable=False),
        sa.Column("on_receipts", Flag(), nullable=False),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_value_setting_currency")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_value_setting_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_value_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        VALUE,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("category_id", Int, nullable=True),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("minor_units", Int, nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "category_id IS NULL OR item_id IS NULL", name=op.f("ck_goods_value_subject")
        ),
        sa.CheckConstraint(
            "minor_units BETWEEN 0 AND 1000000000", name=op.f("ck_goods_value_minor_units")
        ),
        sa.CheckConstraint("per IN ('kg', 'lb', 'piece')", name=op.f("ck_goods_value_per")),
        sa.CheckConstraint("length(source) BETWEEN 1 AND 300", name=op.f("ck_goods_value_source")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_goods_value_currency")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_goods_value_depot_id")),
        within_depot(VALUE, "category_id", "category"),
        within_depot(VALUE, "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_value")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_goods_value_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_goods_value_depot_id_valid_from"), VALUE, ["depot_id", "valid_from"])
    widen_keys()


def downgrade() -> None:
    for table in (VALUE, SETTING):
        op.drop_table(table)
