"""Let a depot say whether the day or the month comes first in dates that people write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_ORDERS = "date_order IN ('', 'dmy', 'mdy')"
_CHECK = "ck_depot_date_order"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # a table others refer to is not made anew for a column with a condition
        op.execute(
            "ALTER TABLE depot ADD COLUMN date_order TEXT NOT NULL DEFAULT ''"
            f" CONSTRAINT {_CHECK} CHECK ({_ORDERS})"
        )
        return
    column = sa.Column("date_order", sa.Text(), nullable=False, server_default="")
    op.add_column("depot", column)
    op.create_check_constraint(op.f(_CHECK), "depot", _ORDERS)
    op.alter_column("depot", "date_order", server_default=None)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(_CHECK), "depot")
    op.drop_column("depot", "date_order")  # on SQLite its condition goes with it
