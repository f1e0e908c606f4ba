"""Find what one donor gave in a year without reading what all gave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

_NAME = "ix_stock_entry_partner"


def upgrade() -> None:
    is_some = sa.text("partner_id IS NOT NULL")
    op.create_index(
        _NAME,
        "stock_entry",
        ["depot_id", "partner_id", "occurred_at"],
        sqlite_where=is_some,
        postgresql_where=is_some,
    )


def downgrade() -> None:
    op.drop_index(_NAME, "stock_entry")
