"""Keep how cold places are to be, what was read from them, and which readings were mistakes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

RULE, READING, STRIKE = "temperature_rule", "temperature_reading", "temperature_strike"
_LIMITS = (
    "(lowest_tenths IS NULL OR lowest_tenths BETWEEN -1000 AND 1000)"
    " AND (highest_tenths IS NULL OR highest_tenths BETWEEN -1000 AND 1000)"
    " AND (lowest_tenths IS NULL OR highest_tenths IS NULL OR lowest_tenths <= highest_tenths)"
)


def upgrade() -> None:
    _add_rules()
    _add_readings()
    _add_strikes()
    for table in (READING, STRIKE):
        make_append_only(table)
    widen_keys()


def _add_rules() -> None:
    op.create_table(
        RULE,
        sa.Column("location_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lowest_tenths", Int, nullable=True),
        sa.Column("highest_tenths", Int, nullable=True),
        sa.Column("every_hours", Int, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fridge', 'freezer', 'other')", name=op.f("ck_temperature_rule_kind")
        ),
        sa.CheckConstraint(_LIMITS, name=op.f("ck_temperature_rule_limits")),
        sa.CheckConstraint(
            "every_hours BETWEEN 1 AND 744", name=op.f("ck_temperature_rule_every_hours")
        ),
        _depot(RULE),
        within_depot(RULE, "location_id", "location"),
        sa.PrimaryKeyConstraint("location_id", name=op.f("pk_temperature_rule")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_temperature_rule_depot_id"), RULE, ["depot_id"])


def _add_readings() -> None:
    op.create_table(
        READING,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("tenths", Int, nullable=False),
        sa.Column("lowest_tenths", Int, nullable=True),
        sa.Column("highest_tenths", Int, nullable=True),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.CheckConstraint(
            "tenths BETWEEN -1000 AND 1000", name=op.f("ck_temperature_reading_tenths")
        ),
        sa.CheckConstraint(_LIMITS, name=op.f("ck_temperature_reading_limits")),
        _depot(READING),
        within_depot(READING, "location_id", "location"),
        *_authors(READING),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_temperature_reading")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_temperature_reading_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_temperature_reading_depot_id_location_id_occurred_at"),
        READING,
        ["depot_id", "location_id", "occurred_at"],
    )


def _add_strikes() -> None:
    op.create_table(
        STRIKE,
        sa.Column("reading_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 500", name=op.f("ck_temperature_strike_reason")
        ),
        _depot(STRIKE),
        sa.ForeignKeyConstraint(
            ["depot_id", "reading_id"],
            ["temperature_reading.depot_id", "temperature_reading.id"],
            name=op.f("fk_temperature_strike_depot_id_reading_id"),
        ),
        *_authors(STRIKE),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_temperature_strike")),
        sqlite_strict=True,
    )


def _depot(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f(f"fk_{table}_depot_id"))


def _authors(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id")),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f(f"fk_{table}_token_id")),
    )


def downgrade() -> None:
    for table in (STRIKE, READING, RULE):
        op.drop_table(table)  # and its triggers with it
