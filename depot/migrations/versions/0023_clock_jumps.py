"""Let a jump of the machine's clock be a thing to look at."""

from __future__ import annotations

from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KIND = "clock_jump"


def upgrade() -> None:
    allow_kind(KIND)


def downgrade() -> None:
    forbid_kind(KIND)
