"""Keep counts as facts of their time, mark corrections, and let more be a thing to look at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.discrepancy_kinds import allow_kinds

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = "counted_stock"
_BEFORE = (
    "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
    "'crate_elsewhere', 'crate_missing', 'unknown_code', 'undo_short', 'event_closed', "
    "'unlikely_number')"
)
_SINCE = (
    "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
    "'crate_elsewhere', 'crate_missing', 'unknown_code', 'undo_short', 'event_closed', "
    "'unlikely_number', 'counted_since', 'large_difference', 'unsafe_out', 'unsafe_likely')"
)
#: For programs that knew nothing of the new kinds: it was accepted all the same.
_AS_BEFORE = (
    "UPDATE discrepancy SET kind = 'short_stock' WHERE kind IN "
    "('counted_since', 'large_difference', 'unsafe_out', 'unsafe_likely')"
)
#: What a count of older programs found: what lay there of the lot, as the book was then.
_COUNTED_BEFORE = """
INSERT INTO counted_stock (depot_id, entry_id, command_id, seq, occurred_at, location_id, item_id,
    lot_id, counted_quantity, spare_lot_id)
SELECT e.depot_id, e.id, e.command_id, e.seq, e.occurred_at, at.id, m.item_id, m.lot_id,
    (SELECT sum(CASE WHEN o.target_id = at.id THEN o.quantity ELSE -o.quantity END)
       FROM stock_move o JOIN stock_entry b ON b.id = o.entry_id
      WHERE o.depot_id = e.depot_id AND o.lot_id = m.lot_id AND b.seq <= e.seq
        AND (o.target_id = at.id OR o.source_id = at.id)),
    NULL
  FROM stock_entry e
  JOIN stock_move m ON m.entry_id = e.id
  JOIN location at ON at.id IN (m.source_id, m.target_id) AND at.kind <> 'count_variance'
 WHERE e.kind = 'count'
 GROUP BY e.depot_id, e.id, e.command_id, e.seq, e.occurred_at, at.id, m.item_id, m.lot_id
 ORDER BY e.id
"""


def upgrade() -> None:
    allow_kinds(_SINCE)
    op.add_column(
        "stock_move",
        sa.Column("is_correction", Flag(), nullable=False, server_default=sa.false()),
    )
    _make_counted_stock()
    op.execute(_COUNTED_BEFORE)
    make_append_only(TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)  # and its triggers with it
    op.drop_column("stock_move", "is_correction")
    op.execute(_AS_BEFORE)
    allow_kinds(_BEFORE)


def _make_counted_stock() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("seq", Int, nullable=False),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("lot_id", Int, nullable=True),
        sa.Column("counted_quantity", Int, nullable=False),
        sa.Column("spare_lot_id", Int, nullable=True),
        sa.CheckConstraint("counted_quantity >= 0", name=op.f("ck_counted_stock_counted")),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_counted_stock_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_counted_stock_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_counted_stock_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "lot_id"],
            ["lot.depot_id", "lot.id"],
            name=op.f("fk_counted_stock_depot_id_lot_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "spare_lot_id"],
            ["lot.depot_id", "lot.id"],
            name=op.f("fk_counted_stock_depot_id_spare_lot_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_stock")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_counted_stock_depot_id_occurred_at"), TABLE, ["depot_id", "occurred_at"]
    )
    op.create_index(op.f("ix_counted_stock_item_id"), TABLE, ["item_id"])
