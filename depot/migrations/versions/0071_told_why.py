"""Let a change of what the depot is set to say why, also while it waits for a second person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

_TABLES = ("setting_change", "asked_input")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("why", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "why")
