"""Keep what goes from one depot to another, line by line and crate by crate, at both ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

APPEND_ONLY = ("transfer_entry", "transfer_arrival")


def upgrade() -> None:
    _make_transfer()
    _make_transfer_line()
    _make_transfer_crate()
    _make_transfer_entry()
    _make_transfer_arrival()
    _make_item_match()
    for table in APPEND_ONLY:
        make_append_only(table)
    allow_kind("transfer_difference")
    widen_keys()


def _make_transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("other_id", Int, nullable=True),
        sa.Column("peer_id", Int, nullable=True),
        sa.Column("other_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('asked', 'declined')) = (sent_at IS NULL)", name=op.f("ck_transfer_sent")
        ),
        sa.CheckConstraint("direction IN ('out', 'in')", name=op.f("ck_transfer_direction")),
        sa.CheckConstraint(
            "state IN ('asked', 'declined', 'sent', 'arriving', 'arrived', 'undone')",
            name=op.f("ck_transfer_state"),
        ),
        sa.CheckConstraint(
            "(other_id IS NULL) <> (peer_id IS NULL)", name=op.f("ck_transfer_one_end")
        ),
        within_depot("transfer", "peer_id", "network_peer"),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_transfer_depot_id")),
        sa.ForeignKeyConstraint(["other_id"], ["depot.id"], name=op.f("fk_transfer_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("depot_id", "code", name=op.f("uq_transfer_depot_id_code")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_transfer_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_transfer_depot_id_state"), "transfer", ["depot_id", "state"], unique=False
    )


def _make_transfer_line() -> None:
    op.create_table(
        "transfer_line",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("transfer_id", Int, nullable=False),
        sa.Column("is_asked", Flag(), nullable=False),
        sa.Column("line", Int, nullable=False),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("lot_id", Int, nullable=True),
        sa.Column("item_name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("base_unit", sa.Text(), nullable=False),
        sa.Column("unit_weight_milligrams", Int, nullable=True),
        sa.Column("product_codes", sa.Text(), nullable=False),
        sa.Column("lot_code", sa.Text(), nullable=False),
        sa.Column("date_kind", sa.Text(), nullable=False),
        sa.Column("date_text", sa.Text(), nullable=False),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("date_on", Day(), nullable=True),
        sa.Column("crate_code", sa.Text(), nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("arrived", Int, nullable=False),
        sa.Column("damaged", Int, nullable=False),
        sa.CheckConstraint(
            "arrived >= 0 AND damaged >= 0 AND arrived + damaged <= quantity",
            name=op.f("ck_transfer_line_arrived"),
        ),
        sa.CheckConstraint(
            "quantity > 0 AND quantity <= 1000000000000", name=op.f("ck_transfer_line_quantity")
        ),
        within_depot("transfer_line", "item_id", "item"),
        within_depot("transfer_line", "lot_id", "lot"),
        within_depot("transfer_line", "transfer_id", "transfer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_line")),
        sa.UniqueConstraint(
            "transfer_id",
            "is_asked",
            "line",
            name=op.f("uq_transfer_line_transfer_id_is_asked_line"),
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_transfer_line_lot_id"), "transfer_line", ["lot_id"], unique=False)


def _make_transfer_crate() -> None:
    op.create_table(
        "transfer_crate",
        sa.Column("transfer_id", Int, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("stands_on", sa.Text(), nullable=False),
        sa.Column("is_here", Flag(), nullable=False),
        sa.Column("entry_id", Int, nullable=True),
        within_depot("transfer_crate", "entry_id", "stock_entry"),
        within_depot("transfer_crate", "transfer_id", "transfer"),
        sa.PrimaryKeyConstraint("transfer_id", "code", name=op.f("pk_transfer_crate")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_transfer_crate_depot_id_code"),
        "transfer_crate",
        ["depot_id", "code"],
        unique=False,
    )


def _make_transfer_entry() -> None:
    op.create_table(
        "transfer_entry",
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("transfer_id", Int, nullable=False),
        within_depot("transfer_entry", "entry_id", "stock_entry"),
        within_depot("transfer_entry", "transfer_id", "transfer"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_transfer_entry")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_transfer_entry_transfer_id"), "transfer_entry", ["transfer_id"], unique=False
    )


def _make_transfer_arrival() -> None:
    op.create_table(
        "transfer_arrival",
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("line", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("arrived", Int, nullable=False),
        sa.Column("damaged", Int, nullable=False),
        sa.CheckConstraint(
            "arrived >= 0 AND damaged >= 0", name=op.f("ck_transfer_arrival_arrived")
        ),
        within_depot("transfer_arrival", "entry_id", "stock_entry"),
        sa.PrimaryKeyConstraint("entry_id", "line", name=op.f("pk_transfer_arrival")),
        sqlite_strict=True,
    )


def _make_item_match() -> None:
    op.create_table(
        "item_match",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("base_unit", sa.Text(), nullable=False),
        sa.Column("item_id", Int, nullable=False),
        within_depot("item_match", "item_id", "item"),
        sa.PrimaryKeyConstraint(
            "depot_id", "source", "name_key", "base_unit", name=op.f("pk_item_match")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_item_match_item_id"), "item_match", ["item_id"], unique=False)


def downgrade() -> None:
    forbid_kind("transfer_difference")
    op.drop_table("item_match")
    op.drop_table("transfer_arrival")
    op.drop_table("transfer_entry")
    op.drop_table("transfer_crate")
    op.drop_table("transfer_line")
    op.drop_table("transfer")
