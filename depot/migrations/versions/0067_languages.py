"""Keep who reads which language, and what items are called in each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Int
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

_READERS = ("depot", "person", "partner", "report_subscription")


def upgrade() -> None:
    for table in _READERS:
        column = sa.Column("language", sa.Text(), nullable=False, server_default="")
        op.add_column(table, column)
    op.create_table(
        "item_name",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.CheckConstraint("language <> '' AND name_key <> ''", name=op.f("ck_item_name_named")),
        within_depot("item_name", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_name")),
        sa.UniqueConstraint(
            "depot_id", "item_id", "language", name=op.f("uq_item_name_depot_id_item_id_language")
        ),
        sa.UniqueConstraint(
            "depot_id", "name_key", "language", name=op.f("uq_item_name_depot_id_name_key_language")
        ),
        sqlite_strict=True,
    )
    widen_keys()


def downgrade() -> None:
    op.drop_table("item_name")
    for table in _READERS:
        op.drop_column(table, "language")
