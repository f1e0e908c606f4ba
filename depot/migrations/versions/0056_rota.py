"""Keep what people do together: how it comes round, what is on, who takes part, its steps."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

ROUTINE, VERSION, ACTIVITY = "routine", "routine_version", "activity"
ASSIGNMENT, STEP = "assignment", "activity_step"
_KINDS: Final = "kind IN ('shift', 'task', 'duty', 'meeting')"
_PEOPLE: Final = {
    "people_min": "people_min >= 0",
    "people_max": "people_max > 0 AND people_max >= people_min",
}
_VERSION_CHECKS: Final = {
    "days_of": (
        "(frequency IN ('by_hand', 'daily') AND weekdays = 0 AND nths = 0 AND month_day IS NULL)"
        " OR (frequency = 'weekly' AND weekdays > 0 AND nths = 0 AND month_day IS NULL)"
        " OR (frequency = 'monthly' AND weekdays > 0 AND nths > 0 AND month_day IS NULL)"
        " OR (frequency = 'monthly' AND weekdays = 0 AND nths = 0 AND month_day BETWEEN 1 AND 31)"
    ),
    "frequency": "frequency IN ('by_hand', 'daily', 'weekly', 'monthly')",
    "every": "every BETWEEN 1 AND 52",
    "weekdays": "weekdays BETWEEN 0 AND 127",
    "nths": "nths BETWEEN 0 AND 63",
    "times": "(begins_minute IS NULL) = (minutes IS NULL)",
    "begins_minute": "begins_minute BETWEEN 0 AND 1439",
    "minutes": "minutes BETWEEN 1 AND 1440",
    "days": "days BETWEEN 1 AND 366",
    **_PEOPLE,
    "open_places": "open_places >= 0",
}
_ACTIVITY_CHECKS: Final = {
    "kind": _KINDS,
    "times": (
        "(kind IN ('shift', 'meeting') AND starts_at IS NOT NULL AND ends_at IS NOT NULL"
        " AND due_on IS NULL AND starts_on IS NULL AND ends_on IS NULL)"
        " OR (kind = 'task' AND starts_at IS NULL AND ends_at IS NULL"
        " AND starts_on IS NULL AND ends_on IS NULL)"
        " OR (kind = 'duty' AND starts_at IS NULL AND ends_at IS NULL AND due_on IS NULL"
        " AND starts_on IS NOT NULL AND ends_on IS NOT NULL)"
    ),
    "ends_at": "ends_at > starts_at",
    "ends_on": "ends_on >= starts_on",
    "occurrence": "(routine_id IS NULL) = (occurrence_on IS NULL)",
    **_PEOPLE,
    "grown_from": (
        "grown_from IN ('activity', 'event', 'discrepancy', 'recall', 'reading', 'item', 'note',"
        " 'proposal')"
    ),
    "grown_from_id": "(grown_from IS NULL) = (grown_from_id IS NULL)",
    "done_by": "done_by_id IS NULL OR done_at IS NOT NULL",
    "called_off_why": "(called_off_at IS NULL) = (called_off_why = '')",
    "called_off_by": "called_off_by_id IS NULL OR called_off_at IS NOT NULL",
}
_ASSIGNMENT_CHECKS: Final = {
    "about": "(activity_id IS NULL) <> (routine_id IS NULL)",
    "from_on": "(routine_id IS NULL) = (from_on IS NULL)",
    "until_on": "until_on IS NULL OR from_on IS NOT NULL",
    "moments": (
        "asked_at IS NOT NULL OR taken_at IS NOT NULL OR waiting_since IS NOT NULL"
        " OR came_at IS NOT NULL"
    ),
    "asked_by": "asked_by_id IS NULL OR asked_at IS NOT NULL",
    "stand_in_sought_at": "stand_in_sought_at IS NULL OR taken_at IS NOT NULL",
    "left_at": "left_at IS NULL OR (came_at IS NOT NULL AND left_at >= came_at)",
}
_STEP_CHECKS: Final = {
    "number": "number > 0",
    "done_by": "done_by_id IS NULL OR done_at IS NOT NULL",
}


def upgrade() -> None:
    _make_routines()
    _make_activities()
    _make_assignments()
    make_append_only(VERSION)
    widen_keys()


def _make_routines() -> None:
    op.create_table(
        ROUTINE,
        *_own_key(ROUTINE),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        *_checks(ROUTINE, {"kind": _KINDS}),
        _of(ROUTINE, "depot_id", "depot"),
        _of(ROUTINE, "created_by_id", "person"),
        sqlite_strict=True,
    )
    op.create_table(
        VERSION,
        *_own_key(VERSION),
        sa.Column("routine_id", Int, nullable=False),
        sa.Column("from_on", Day(), nullable=False),
        sa.Column("ends_on", Day(), nullable=True),
        *_texts("name", "text", "steps"),
        sa.Column("people_min", Int, nullable=False),
        sa.Column("people_max", Int, nullable=True),
        sa.Column("open_places", Int, nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        *(sa.Column(name, Int, nullable=False) for name in ("every", "weekdays", "nths")),
        *_numbers("month_day", "begins_minute", "minutes", "days", "location_id"),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by_id", Int, nullable=True),
        *_checks(VERSION, _VERSION_CHECKS),
        within_depot(VERSION, "routine_id", ROUTINE),
        within_depot(VERSION, "location_id", "location"),
        _of(VERSION, "made_by_id", "person"),
        sqlite_strict=True,
    )
    _index(VERSION, "routine_id")


def _make_activities() -> None:
    op.create_table(
        ACTIVITY,
        *_own_key(ACTIVITY),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("routine_id", Int, nullable=True),
        sa.Column("occurrence_on", Day(), nullable=True),
        *_texts("name", "text"),
        *_moments("starts_at", "ends_at"),
        *(sa.Column(name, Day(), nullable=True) for name in ("due_on", "starts_on", "ends_on")),
        sa.Column("people_min", Int, nullable=False),
        *_numbers("people_max", "event_id", "location_id"),
        sa.Column("grown_from", sa.Text(), nullable=True),
        sa.Column("grown_from_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        *_moments("done_at"),
        sa.Column("done_by_id", Int, nullable=True),
        *_moments("called_off_at"),
        sa.Column("called_off_why", sa.Text(), nullable=False, server_default=""),
        sa.Column("called_off_by_id", Int, nullable=True),
        *_checks(ACTIVITY, _ACTIVITY_CHECKS),
        _of(ACTIVITY, "depot_id", "depot"),
        *(_of(ACTIVITY, f"{what}_by_id", "person") for what in ("created", "done", "called_off")),
        within_depot(ACTIVITY, "routine_id", ROUTINE),
        within_depot(ACTIVITY, "event_id", "distribution_event"),
        within_depot(ACTIVITY, "location_id", "location"),
        sa.UniqueConstraint(
            "depot_id",
            "routine_id",
            "occurrence_on",
            name=op.f("uq_activity_depot_id_routine_id_occurrence_on"),
        ),
        sqlite_strict=True,
    )
    _index(ACTIVITY, "kind", "starts_at")
    _index(ACTIVITY, "kind", "due_on")
    _index(ACTIVITY, "occurrence_on")
    _partial("ix_activity_event", ACTIVITY, ["depot_id", "event_id"], "event_id IS NOT NULL")
    op.create_table(
        STEP,
        sa.Column("activity_id", Int, autoincrement=False, nullable=False),
        sa.Column("number", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_moments("done_at"),
        sa.Column("done_by_id", Int, nullable=True),
        *_checks(STEP, _STEP_CHECKS),
        within_depot(STEP, "activity_id", ACTIVITY),
        _of(STEP, "done_by_id", "person"),
        sa.PrimaryKeyConstraint("activity_id", "number", name=op.f("pk_activity_step")),
        sqlite_strict=True,
    )


def _make_assignments() -> None:
    op.create_table(
        ASSIGNMENT,
        *_own_key(ASSIGNMENT),
        *_numbers("activity_id", "routine_id"),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("learning", Flag(), nullable=False),
        sa.Column("from_on", Day(), nullable=True),
        sa.Column("until_on", Day(), nullable=True),
        *_moments("asked_at"),
        sa.Column("asked_by_id", Int, nullable=True),
        *_moments("taken_at", "waiting_since", "stand_in_sought_at", "given_back_at"),
        *_moments("came_at", "left_at"),
        sa.Column("instead_of_id", Int, nullable=True),
        *_checks(ASSIGNMENT, _ASSIGNMENT_CHECKS),
        _of(ASSIGNMENT, "depot_id", "depot"),
        _of(ASSIGNMENT, "person_id", "person"),
        _of(ASSIGNMENT, "asked_by_id", "person"),
        within_depot(ASSIGNMENT, "activity_id", ACTIVITY),
        within_depot(ASSIGNMENT, "routine_id", ROUTINE),
        within_depot(ASSIGNMENT, "instead_of_id", ASSIGNMENT),
        sqlite_strict=True,
    )
    _index(ASSIGNMENT, "activity_id")
    _index(ASSIGNMENT, "person_id")
    regular = ["depot_id", "routine_id"]
    _partial("ix_assignment_regular", ASSIGNMENT, regular, "routine_id IS NOT NULL")
    for what in ("activity", "routine"):
        columns = ["depot_id", f"{what}_id", "person_id"]
        name = f"uq_assignment_{what}_live"
        _partial(name, ASSIGNMENT, columns, "given_back_at IS NULL", unique=True)


def _own_key(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("depot_id", "id", name=op.f(f"uq_{table}_depot_id_id")),
    )


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _checks(table: str, checks: dict[str, str]) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(check, name=op.f(f"ck_{table}_{name}")) for name, check in checks.items()
    ]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, Int, nullable=True) for name in names]


def _moments(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, Instant(), nullable=True) for name in names]


def _index(table: str, *columns: str) -> None:
    name = "_".join(("ix", table, "depot_id", *columns))
    op.create_index(op.f(name), table, ["depot_id", *columns])


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    some = sa.text(where)
    op.create_index(
        op.f(name), table, columns, unique=unique, sqlite_where=some, postgresql_where=some
    )


def downgrade() -> None:
    for table in (ASSIGNMENT, STEP, ACTIVITY, VERSION, ROUTINE):
        op.drop_table(table)  # and its triggers with it
