"""Keep what is held back, why, and of which lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.append_only import make_append_only, make_ended_once
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

#: What of a hold may change: that it is lifted, once.
_LIFTED = ("released_at", "released_by_id", "released_program_id", "release_reason")


def upgrade() -> None:
    _add_holds()
    op.create_table(
        "held_lot",
        sa.Column("hold_id", Int, nullable=False),
        sa.Column("lot_id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        within_depot("held_lot", "hold_id", "hold"),
        within_depot("held_lot", "lot_id", "lot"),
        sa.PrimaryKeyConstraint("hold_id", "lot_id", name=op.f("pk_held_lot")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_held_lot_lot_id"), "held_lot", ["lot_id"])
    make_append_only("held_lot")
    make_ended_once("hold", _LIFTED, "lifted")
    widen_keys()


def _add_holds() -> None:
    op.create_table(
        "hold",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("lot_code", sa.Text(), nullable=False),
        sa.Column("date_from", sa.Text(), nullable=True),
        sa.Column("date_to", sa.Text(), nullable=True),
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("partner_id", Int, nullable=True),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("crate_id", Int, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Text(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("released_by_id", Int, nullable=True),
        sa.Column("released_program_id", Int, nullable=True),
        sa.Column("release_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hold_reason")),
        sa.CheckConstraint(
            "item_id IS NOT NULL OR lot_code <> '' OR date_from IS NOT NULL OR date_to IS NOT NULL"
            " OR partner_id IS NOT NULL OR entry_id IS NOT NULL OR crate_id IS NOT NULL",
            name=op.f("ck_hold_names_something"),
        ),
        sa.CheckConstraint(
            "(released_at IS NULL) = (release_reason = '') AND released_at >= made_at",
            name=op.f("ck_hold_released"),
        ),
        _one("depot_id", "depot"),
        within_depot("hold", "item_id", "item"),
        within_depot("hold", "partner_id", "partner"),
        within_depot("hold", "entry_id", "stock_entry"),
        within_depot("hold", "crate_id", "location"),
        _one("person_id", "person"),
        _one("token_id", "api_token"),
        _one("released_by_id", "person"),
        _one("released_program_id", "api_token"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_hold_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_hold_depot_id_made_at"), "hold", ["depot_id", "made_at"])
    is_open = sa.text("released_at IS NULL")
    op.create_index(
        "ix_hold_open", "hold", ["depot_id", "id"], sqlite_where=is_open, postgresql_where=is_open
    )


def _one(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_hold_{column}"))


def downgrade() -> None:
    for table in ("held_lot", "hold"):
        op.drop_table(table)  # and its triggers with it
