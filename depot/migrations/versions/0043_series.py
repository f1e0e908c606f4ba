"""Keep hand-outs that come round: the rule with its versions, and the hand-out of each day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

SERIES, VERSION, EVENT = "event_series", "series_version", "series_event"
_DAYS = (
    "(frequency = 'weekly' AND weekdays > 0 AND nths = 0 AND month_day IS NULL)"
    " OR (frequency = 'monthly' AND weekdays > 0 AND nths > 0 AND month_day IS NULL)"
    " OR (frequency = 'monthly' AND weekdays = 0 AND nths = 0 AND month_day BETWEEN 1 AND 31)"
)
_CHECKS = {
    "days": _DAYS,
    "frequency": "frequency IN ('weekly', 'monthly')",
    "every": "every BETWEEN 1 AND 52",
    "weekdays": "weekdays BETWEEN 0 AND 127",
    "nths": "nths BETWEEN 0 AND 63",
    "begins_minute": "begins_minute BETWEEN 0 AND 1439",
    "capacity": "capacity IS NULL OR capacity > 0",
}


def upgrade() -> None:
    op.create_table(
        SERIES,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_event_series_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_series")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_event_series_depot_id_id")),
        sqlite_strict=True,
    )
    _add_versions()
    _add_events()
    make_append_only(VERSION)
    widen_keys()


def _add_versions() -> None:
    op.create_table(
        VERSION,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("series_id", Int, nullable=False),
        sa.Column("from_on", Day(), nullable=False),
        sa.Column("ends_on", Day(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("every", Int, nullable=False),
        sa.Column("weekdays", Int, nullable=False),
        sa.Column("nths", Int, nullable=False),
        sa.Column("month_day", Int, nullable=True),
        sa.Column("begins_minute", Int, nullable=False),
        sa.Column("capacity", Int, nullable=True),
        sa.Column("like_event_id", Int, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_series_version_{name}"))
            for name, check in _CHECKS.items()
        ),
        within_depot(VERSION, "series_id", SERIES),
        within_depot(VERSION, "like_event_id", "distribution_event"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_series_version_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_version")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_series_version_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_series_version_depot_id_series_id"), VERSION, ["depot_id", "series_id"]
    )


def _add_events() -> None:
    op.create_table(
        EVENT,
        sa.Column("series_id", Int, autoincrement=False, nullable=False),
        sa.Column("occurs_on", Day(), nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("event_id", Int, nullable=False),
        sa.Column("averaged", Int, nullable=True),
        sa.Column("has_plan", Flag(), nullable=False),
        sa.Column("is_dropped", Flag(), nullable=False),
        sa.CheckConstraint(
            "averaged IS NULL OR averaged > 0", name=op.f("ck_series_event_averaged")
        ),
        within_depot(EVENT, "series_id", SERIES),
        within_depot(EVENT, "event_id", "distribution_event"),
        sa.PrimaryKeyConstraint("series_id", "occurs_on", name=op.f("pk_series_event")),
        sa.UniqueConstraint("depot_id", "event_id", name=op.f("uq_series_event_depot_id_event_id")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in (EVENT, VERSION, SERIES):
        op.drop_table(table)  # and its triggers with it
