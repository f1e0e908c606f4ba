"""Keep recalls, what was found of what they call back, and who was told of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.append_only import make_append_only, make_ended_once
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_KIND = "recalled_missing"
#: What of a recall may change: that it is closed, once.
_CLOSED = ("closed_at", "closed_by_id", "closed_program_id", "close_note")


def upgrade() -> None:
    allow_kind(_KIND)
    _add_recalls()
    _add_findings()
    _add_notices()
    for table in ("recall_finding", "recall_notice"):
        op.create_index(op.f(f"ix_{table}_recall_id"), table, ["recall_id"])
        make_append_only(table)
    make_ended_once("recall", _CLOSED, "closed")
    widen_keys()


def _add_recalls() -> None:
    op.create_table(
        "recall",
        *_columns("recall"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hold_id", Int, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by_id", Int, nullable=True),
        sa.Column("closed_program_id", Int, nullable=True),
        sa.Column("close_note", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_recall_name")),
        sa.CheckConstraint("closed_at >= made_at", name=op.f("ck_recall_closed")),
        within_depot("recall", "hold_id", "hold"),
        _one("recall", "closed_by_id", "person"),
        _one("recall", "closed_program_id", "api_token"),
        sa.UniqueConstraint("depot_id", "hold_id", name=op.f("uq_recall_depot_id_hold_id")),
        sqlite_strict=True,
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_recall_open",
        "recall",
        ["depot_id", "id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _add_findings() -> None:
    outcomes = "outcome IN ('found_destroyed', 'found_kept', 'not_found')"
    op.create_table(
        "recall_finding",
        *_columns("recall_finding"),
        sa.Column("recall_id", Int, nullable=False),
        sa.Column("lot_id", Int, nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_recall_finding_quantity")),
        sa.CheckConstraint(outcomes, name=op.f("ck_recall_finding_outcome")),
        within_depot("recall_finding", "recall_id", "recall"),
        within_depot("recall_finding", "lot_id", "lot"),
        within_depot("recall_finding", "location_id", "location"),
        within_depot("recall_finding", "entry_id", "stock_entry"),
        sqlite_strict=True,
    )


def _add_notices() -> None:
    kinds = "kind IN ('donor', 'partner', 'event', 'coordinator', 'other')"
    ways = "way IN ('mail', 'phone', 'in_person', 'paper')"
    op.create_table(
        "recall_notice",
        *_columns("recall_notice"),
        sa.Column("recall_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("contact_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(kinds, name=op.f("ck_recall_notice_kind")),
        sa.CheckConstraint(ways, name=op.f("ck_recall_notice_way")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_recall_notice_name")),
        within_depot("recall_notice", "recall_id", "recall"),
        sqlite_strict=True,
    )


def _columns(table: str) -> list[Any]:
    """Return what the three tables have in common."""
    return [
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        _one(table, "depot_id", "depot"),
        _one(table, "person_id", "person"),
        _one(table, "token_id", "api_token"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("depot_id", "id", name=op.f(f"uq_{table}_depot_id_id")),
    ]


def _one(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    for table in ("recall_notice", "recall_finding", "recall"):
        op.drop_table(table)  # and its triggers with it
    forbid_kind(_KIND)
