"""Keep what is promised to hand-outs, and look when more is promised than is here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_KIND = "too_much_promised"
_MOST = 1_000_000_000_000
_REASONS = "reason IN ('planned', 'opened', 'closed', 'called_off', 'cut', 'picked')"


def upgrade() -> None:
    _make_reservation()
    _make_promise()
    # the head of the chain says whether anything is promised: it is read with every command
    op.add_column(
        "chain_head",
        sa.Column("has_promises", Flag(), nullable=False, server_default=sa.false()),
    )
    allow_kind(_KIND)
    make_append_only("reservation")
    widen_keys()


def _make_reservation() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("event_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("until_on", Day(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.CheckConstraint(
            f"quantity >= 0 AND quantity <= {_MOST}", name=op.f("ck_reservation_quantity")
        ),
        sa.CheckConstraint(_REASONS, name=op.f("ck_reservation_reason")),
        within_depot("reservation", "event_id", "distribution_event"),
        within_depot("reservation", "item_id", "item"),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_reservation_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reservation_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_reservation_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint(
            "depot_id",
            "command_id",
            "event_id",
            "item_id",
            name=op.f("uq_reservation_depot_id_command_id_event_id_item_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_reservation_depot_id_event_id_item_id_id"),
        "reservation",
        ["depot_id", "event_id", "item_id", "id"],
    )


def _make_promise() -> None:
    op.create_table(
        "promise",
        sa.Column("event_id", Int, autoincrement=False, nullable=False),
        sa.Column("item_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("reserved", Int, nullable=False),
        sa.Column("handed_out", Int, nullable=False),
        sa.Column("until_on", Day(), nullable=False),
        sa.CheckConstraint("reserved > 0", name=op.f("ck_promise_reserved")),
        within_depot("promise", "event_id", "distribution_event"),
        within_depot("promise", "item_id", "item"),
        sa.PrimaryKeyConstraint("event_id", "item_id", name=op.f("pk_promise")),
        sqlite_strict=True,
    )
    for column in ("item_id", "until_on"):
        op.create_index(op.f(f"ix_promise_depot_id_{column}"), "promise", ["depot_id", column])


def downgrade() -> None:
    forbid_kind(_KIND)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE chain_head DROP COLUMN has_promises")
    else:
        op.drop_column("chain_head", "has_promises")
    for table in ("promise", "reservation"):
        op.drop_table(table)
