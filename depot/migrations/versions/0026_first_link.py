"""Let a depot have one open link that makes its first coordinator; end those left open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.base.clock import to_milliseconds, utc_now
from depot.db.columns import Int

revision = "0026"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # every start of the server left one behind, and which they are cannot be told from others
    op.get_bind().execute(
        sa.text(
            "UPDATE invitation SET revoked_at = :now WHERE created_by_id IS NULL"
            " AND role = 'coordinator' AND used_at IS NULL AND revoked_at IS NULL"
        ),
        {"now": to_milliseconds(utc_now())},
    )
    op.add_column("invitation", sa.Column("first_of", Int, nullable=True))
    op.create_index("uq_invitation_first_of", "invitation", ["first_of"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_invitation_first_of", "invitation")
    op.drop_column("invitation", "first_of")
