"""Let statements find few rows among many: indexes for what grows, and dates beside balances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

#: Name, table, columns, and what a row must be to stand in it (for SQLite and PostgreSQL).
INDEXES: tuple[tuple[str, str, list[str], tuple[str, str] | None], ...] = (
    ("ix_crate_tag_depot_id_crate_id", "crate_tag", ["depot_id", "crate_id"], None),
    ("ix_crate_depot_id_created_at", "crate", ["depot_id", "created_at"], None),
    (
        "ix_crate_split_from_id",
        "crate",
        ["split_from_id"],
        ("split_from_id IS NOT NULL", "split_from_id IS NOT NULL"),
    ),
    ("ix_location_default", "location", ["depot_id"], ("is_default = 1", "is_default")),
    (
        "ix_location_places",
        "location",
        ["depot_id", "kind"],
        ("kind <> 'crate'", "kind <> 'crate'"),
    ),
    ("ix_lot_depot_id_item_id_date_text", "lot", ["depot_id", "item_id", "date_text"], None),
    ("ix_discrepancy_depot_id_item_id", "discrepancy", ["depot_id", "item_id"], None),
    (
        "ix_discrepancy_open",
        "discrepancy",
        ["depot_id", "kind", "item_id"],
        ("resolved_at IS NULL", "resolved_at IS NULL"),
    ),
    (
        "ix_stock_entry_undo",
        "stock_entry",
        ["reverses_id"],
        ("reverses_id IS NOT NULL", "reverses_id IS NOT NULL"),
    ),
    (
        "ix_stock_balance_dated",
        "stock_balance",
        ["depot_id", "date_on"],
        ("date_on IS NOT NULL", "date_on IS NOT NULL"),
    ),
    (
        "ix_stock_balance_depot_id_item_id",
        "stock_balance",
        ["depot_id", "item_id", "lot_id"],
        None,
    ),
    ("ix_stock_balance_depot_id_location_id", "stock_balance", ["depot_id", "location_id"], None),
)


def upgrade() -> None:
    op.add_column("stock_balance", sa.Column("date_on", sa.Text(), nullable=True))
    op.execute(
        "UPDATE stock_balance SET date_on ="
        " (SELECT lot.date_on FROM lot WHERE lot.id = stock_balance.lot_id)"
    )
    op.drop_index("ix_stock_balance_depot_id_item_id", "stock_balance")
    # nearly all rows had nothing in it, which made it look worthless wherever statistics were read
    op.drop_index("ix_crate_split_from_id", "crate")
    for name, table, columns, where in INDEXES:
        sqlite, postgresql = (sa.text(words) for words in where) if where else (None, None)
        op.create_index(name, table, columns, sqlite_where=sqlite, postgresql_where=postgresql)


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table)
    op.create_index("ix_crate_split_from_id", "crate", ["split_from_id"])
    op.create_index("ix_stock_balance_depot_id_item_id", "stock_balance", ["depot_id", "item_id"])
    op.drop_column("stock_balance", "date_on")
