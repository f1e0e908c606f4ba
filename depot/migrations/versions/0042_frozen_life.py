"""Keep for how long goods may be used once they were frozen or thawed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Int
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_OF_ONE = "(category_id IS NULL) <> (item_id IS NULL)"


def upgrade() -> None:
    op.create_table(
        "frozen_life",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("category_id", Int, nullable=True),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("frozen_days", Int, nullable=True),
        sa.Column("frozen_months", Int, nullable=True),
        sa.Column("thawed_days", Int, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(_OF_ONE, name=op.f("ck_frozen_life_of_one")),
        sa.CheckConstraint(
            "frozen_days > 0 OR frozen_months > 0", name=op.f("ck_frozen_life_frozen")
        ),
        sa.CheckConstraint(
            "frozen_days IS NULL OR frozen_months IS NULL", name=op.f("ck_frozen_life_one_unit")
        ),
        sa.CheckConstraint("thawed_days >= 0", name=op.f("ck_frozen_life_thawed_days")),
        within_depot("frozen_life", "category_id", "category"),
        within_depot("frozen_life", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_life")),
        sa.UniqueConstraint(
            "depot_id", "category_id", name=op.f("uq_frozen_life_depot_id_category_id")
        ),
        sa.UniqueConstraint("depot_id", "item_id", name=op.f("uq_frozen_life_depot_id_item_id")),
        sqlite_strict=True,
    )
    widen_keys()


def downgrade() -> None:
    op.drop_table("frozen_life")
