"""Tell when goods that were fetched for one hand-out went elsewhere."""

from __future__ import annotations

from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_KIND = "picked_gone"


def upgrade() -> None:
    allow_kind(_KIND)


def downgrade() -> None:
    """Go back; what was told of goods that were fetched is told no more."""
    forbid_kind(_KIND)
