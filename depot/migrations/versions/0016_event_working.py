"""Keep when a hand-out was packed or called off, and the ticks in its pick list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_CHECK = "ck_distribution_event_called_off_at"
_CONDITION = "called_off_at IS NULL OR state = 'planned'"


def upgrade() -> None:
    op.add_column("distribution_event", sa.Column("packed_at", Instant(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        # a table others refer to is not made anew for a column with a condition
        op.execute(
            "ALTER TABLE distribution_event ADD COLUMN called_off_at INTEGER"
            f" CONSTRAINT {_CHECK} CHECK ({_CONDITION})"
        )
    else:
        op.add_column("distribution_event", sa.Column("called_off_at", Instant(), nullable=True))
        op.create_check_constraint(op.f(_CHECK), "distribution_event", _CONDITION)
    reason = sa.Column("called_off_reason", sa.Text(), nullable=False, server_default="")
    op.add_column("distribution_event", reason)
    _make_event_pick()


def _make_event_pick() -> None:
    op.create_table(
        "event_pick",
        sa.Column("event_id", Int, nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("lot_id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("picked_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_event_pick_quantity")),
        sa.ForeignKeyConstraint(
            ["depot_id", "event_id"],
            ["distribution_event.depot_id", "distribution_event.id"],
            name=op.f("fk_event_pick_depot_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_event_pick_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_event_pick_lot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_pick_person_id")),
        sa.PrimaryKeyConstraint("event_id", "location_id", "lot_id", name=op.f("pk_event_pick")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("event_pick")
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("distribution_event") as table:
            table.drop_constraint(op.f(_CHECK), type_="check")
    else:
        op.drop_constraint(op.f(_CHECK), "distribution_event", type_="check")
    for column in ("called_off_reason", "called_off_at", "packed_at"):
        op.drop_column("distribution_event", column)
