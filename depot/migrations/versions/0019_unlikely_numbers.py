"""Let an unlikely number be a thing to look at, and find the most of an item by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int

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
    _kinds_of_discrepancies(_SINCE)
    op.create_index(
        op.f("ix_day_total_depot_id_item_id_quantity"),
        "day_total",
        ["depot_id", "item_id", "quantity"],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_day_total_depot_id_item_id_quantity"), "day_total")
    op.execute("DELETE FROM discrepancy WHERE kind = 'unlikely_number'")
    _kinds_of_discrepancies(_BEFORE)


def _kinds_of_discrepancies(kinds: str) -> None:
    """Let discrepancies be of these kinds; SQLite changes a CHECK by making the table again."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_discrepancy_kind"), "discrepancy", type_="check")
        op.create_check_constraint(op.f("ck_discrepancy_kind"), "discrepancy", kinds)
        return
    op.drop_index(op.f("ix_discrepancy_depot_id_resolved_at"), "discrepancy")
    op.drop_index(op.f("ix_discrepancy_entry_id"), "discrepancy")
    op.rename_table("discrepancy", "discrepancy_before")
    _make_discrepancy(kinds)
    op.execute("INSERT INTO discrepancy SELECT * FROM discrepancy_before")
    op.drop_table("discrepancy_before")
    op.create_index(
        op.f("ix_discrepancy_depot_id_resolved_at"), "discrepancy", ["depot_id", "resolved_at"]
    )
    op.create_index(op.f("ix_discrepancy_entry_id"), "discrepancy", ["entry_id"])


def _make_discrepancy(kinds: str) -> None:
    op.create_table(
        "discrepancy",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("location_id", Int, nullable=True),
        sa.Column("expected_quantity", Int, nullable=True),
        sa.Column("actual_quantity", Int, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.Column("resolved_by_id", Int, nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolution = '')", name=op.f("ck_discrepancy_resolution")
        ),
        sa.CheckConstraint(kinds, name=op.f("ck_discrepancy_kind")),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_discrepancy_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_discrepancy_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_discrepancy_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_discrepancy_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_discrepancy_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_discrepancy_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy")),
        sqlite_strict=True,
    )
