"""Keep the mail address to which a partner's receipts and statements go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("mail_address", sa.Text(), nullable=False, server_default="")
    op.add_column("partner", column)


def downgrade() -> None:
    op.drop_column("partner", "mail_address")
