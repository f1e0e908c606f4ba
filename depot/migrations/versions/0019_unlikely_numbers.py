"""Let an unlikely number be a thing to look at, and find the most of an item by an index."""

from __future__ import annotations

from alembic import op

from depot.migrations.discrepancy_kinds import allow_kinds

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_BEFORE = (
    "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
    "'crate_elsewhere', 'crate_missing', 'unknown_code', 'undo_short', 'event_closed')"
)
_SINCE = (
    "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
    "'crate_elsewhere', 'crate_missing', 'unknown_code', 'undo_short', 'event_closed', "
    "'unlikely_number')"
)


def upgrade() -> None:
    allow_kinds(_SINCE)
    op.create_index(
        op.f("ix_day_total_depot_id_item_id_quantity"),
        "day_total",
        ["depot_id", "item_id", "quantity"],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_day_total_depot_id_item_id_quantity"), "day_total")
    op.execute("DELETE FROM discrepancy WHERE kind = 'unlikely_number'")
    allow_kinds(_BEFORE)
