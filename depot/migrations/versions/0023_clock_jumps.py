"""Let a jump of the machine's clock be a thing to look at."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

from depot.migrations.discrepancy_kinds import allow_kinds

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KIND = "clock_jump"


def upgrade() -> None:
    _allow([*_kinds(), KIND])


def downgrade() -> None:
    op.execute("DELETE FROM discrepancy WHERE kind = 'clock_jump'")
    _allow([kind for kind in _kinds() if kind != KIND])


def _allow(kinds: list[str]) -> None:
    allow_kinds(f"kind IN ({', '.join(repr(kind) for kind in kinds)})")


def _kinds() -> list[str]:
    """Return the kinds that the table takes now, whichever migrations came before."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("discrepancy")
    text = next(one["sqltext"] for one in checks if one["name"] == "ck_discrepancy_kind")
    return re.findall(r"'(\w+)'", text)
