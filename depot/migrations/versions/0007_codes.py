"""Keep learned product codes and roll-calls, and let a missing crate be a thing to look at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.discrepancy_kinds import allow_kinds

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BEFORE = (
    "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
    "'crate_elsewhere', 'unknown_code', 'undo_short', 'event_closed')"
)
_SINCE = (
    "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
    "'crate_elsewhere', 'crate_missing', 'unknown_code', 'undo_short', 'event_closed')"
)


def upgrade() -> None:
    allow_kinds(_SINCE)
    op.create_table(
        "item_code",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("pack_quantity", Int, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("learned_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_item_code_code")),
        sa.CheckConstraint("pack_quantity > 0", name=op.f("ck_item_code_pack_quantity")),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_item_code_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_item_code_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_item_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_code")),
        sa.UniqueConstraint("depot_id", "code", name=op.f("uq_item_code_depot_id_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_item_code_item_id"), "item_code", ["item_id"])
    op.create_table(
        "roll_call",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("called_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("found", Int, nullable=False),
        sa.Column("missing", Int, nullable=False),
        sa.Column("misplaced", Int, nullable=False),
        sa.CheckConstraint(
            "found >= 0 AND missing >= 0 AND misplaced >= 0", name=op.f("ck_roll_call_counts")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_roll_call_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_roll_call_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_call_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_roll_call_location_id_called_at"), "roll_call", ["location_id", "called_at"]
    )


def downgrade() -> None:
    op.drop_table("roll_call")
    op.drop_table("item_code")
    op.execute("UPDATE discrepancy SET kind = 'crate_elsewhere' WHERE kind = 'crate_missing'")
    allow_kinds(_BEFORE)
