"""Keep of items whether all allergens were looked for, and for which diets they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # what was ticked until now says what is in it, and nothing of what was not ticked
    op.add_column(
        "item",
        sa.Column("allergens_known", Flag(), nullable=False, server_default=sa.false()),
    )
    op.add_column("item", sa.Column("diets", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":
        for name in ("allergens_known", "diets"):
            op.alter_column("item", name, server_default=None)


def downgrade() -> None:
    for name in ("diets", "allergens_known"):
        op.drop_column("item", name)
