"""Keep who came and who left, each line a fact; find tasks by what they grew from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.file_tables import rewrite_table

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_TABLE = "attendance"
_BEFORE = (
    "grown_from IN ('activity', 'event', 'discrepancy', 'recall', 'reading', 'item', 'note',"
    " 'proposal')"
)
_NOW = _BEFORE.replace("'item',", "'item', 'category',")
_OPEN = "kind = 'task' AND done_at IS NULL AND called_off_at IS NULL"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("activity_id", Int, nullable=True),
        sa.Column("takes_back_id", Int, nullable=True),
        sa.Column("by_id", Int, nullable=True),
        sa.CheckConstraint(
            "kind IN ('come', 'leave', 'taken_back')", name=op.f("ck_attendance_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'taken_back') = (takes_back_id IS NOT NULL)",
            name=op.f("ck_attendance_takes_back"),
        ),
        sa.CheckConstraint("at <= recorded_at", name=op.f("ck_attendance_at")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_attendance_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attendance_by_id")),
        within_depot(_TABLE, "takes_back_id", _TABLE),
        within_depot(_TABLE, "activity_id", "activity"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_attendance_depot_id_id")),
        sa.UniqueConstraint(
            "depot_id", "takes_back_id", name=op.f("uq_attendance_depot_id_takes_back_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attendance_depot_id_at"), _TABLE, ["depot_id", "at"])
    op.create_index(
        op.f("ix_attendance_depot_id_person_id_at"), _TABLE, ["depot_id", "person_id", "at"]
    )
    _refuse_rewriting()
    _grow_from(_BEFORE, _NOW)
    _find_tasks()
    widen_keys()


def _refuse_rewriting() -> None:
    """Have the database refuse to change a line; it may go, with whoever leaves for good."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {_TABLE}_as_made BEFORE UPDATE ON {_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is not rewritten'); END"
        )
        return
    op.execute(
        f"CREATE TRIGGER {_TABLE}_as_made BEFORE UPDATE ON {_TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()"
    )


def _grow_from(before: str, after: str) -> None:
    """Let a task grow from a category that is short, too."""
    name = "ck_activity_grown_from"
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("activity", (before, after))
        return
    op.drop_constraint(op.f(name), "activity")
    op.create_check_constraint(op.f(name), "activity", after)


def _find_tasks() -> None:
    grown, is_open = sa.text("grown_from IS NOT NULL"), sa.text(_OPEN)
    op.create_index(
        "ix_activity_grown",
        "activity",
        ["depot_id", "grown_from", "grown_from_id"],
        sqlite_where=grown,
        postgresql_where=grown,
    )
    op.create_index(
        "ix_activity_open_task",
        "activity",
        ["depot_id", "due_on"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        op.f("ix_activity_depot_id_kind_done_at"), "activity", ["depot_id", "kind", "done_at"]
    )


def downgrade() -> None:
    for name in ("grown", "open_task", "depot_id_kind_done_at"):
        op.drop_index(f"ix_activity_{name}", "activity")
    _grow_from(_NOW, _BEFORE)
    op.drop_table(_TABLE)
