"""Keep what one person asks for and another one agrees to, where a depot wants two."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys
from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind
from depot.migrations.file_tables import rewrite_table

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_KINDS = "('write_off', 'rights', 'erasure', 'report', 'export', 'recall', 'rules')"
_GRAMS, _DAYS = "second_write_off_grams > 0", "second_days BETWEEN 1 AND 30"
#: What names the second person of what was agreed to.
_AGREED = ("role_change", "setting_change", "invitation")


def upgrade() -> None:
    _set_depots()
    _make_asked_act()
    _make_asked_input()
    _make_asked_answer()
    for table in _AGREED:
        _name_second(table)
    allow_kind("above_limit")
    make_append_only("asked_act")
    make_append_only("asked_answer")
    widen_keys()


def _set_depots() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # a table others refer to is not made anew for a column with a condition
        op.execute("ALTER TABLE depot ADD COLUMN second_kinds TEXT NOT NULL DEFAULT ''")
        op.execute(
            "ALTER TABLE depot ADD COLUMN second_write_off_grams INTEGER"
            f" CONSTRAINT ck_depot_second_write_off_grams CHECK ({_GRAMS})"
        )
        op.execute(
            "ALTER TABLE depot ADD COLUMN second_days INTEGER NOT NULL DEFAULT 3"
            f" CONSTRAINT ck_depot_second_days CHECK ({_DAYS})"
        )
        return
    op.add_column("depot", sa.Column("second_kinds", sa.Text(), nullable=False, server_default=""))
    op.add_column("depot", sa.Column("second_write_off_grams", Int, nullable=True))
    op.add_column("depot", sa.Column("second_days", Int, nullable=False, server_default="3"))
    op.create_check_constraint(op.f("ck_depot_second_write_off_grams"), "depot", _GRAMS)
    op.create_check_constraint(op.f("ck_depot_second_days"), "depot", _DAYS)
    op.alter_column("depot", "second_kinds", server_default=None)
    op.alter_column("depot", "second_days", server_default=None)


def _make_asked_act() -> None:
    op.create_table(
        "asked_act",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("asked_by_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("until_at", Instant(), nullable=False),
        sa.CheckConstraint(f"kind IN {_KINDS}", name=op.f("ck_asked_act_kind")),
        sa.CheckConstraint("until_at > asked_at", name=op.f("ck_asked_act_until_at")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_asked_act_depot_id")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_asked_act_asked_by_id")
        ),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_asked_act_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_act")),
        sa.UniqueConstraint(
            "depot_id", "command_id", name=op.f("uq_asked_act_depot_id_command_id")
        ),
        sa.UniqueConstraint(
            "depot_id", "id", "asked_by_id", name=op.f("uq_asked_act_depot_id_id_asked_by_id")
        ),
        sqlite_strict=True,
    )
    for columns in (["depot_id", "until_at"], ["depot_id", "id"]):
        op.create_index(op.f(f"ix_asked_act_{'_'.join(columns)}"), "asked_act", columns)


def _make_asked_input() -> None:
    op.create_table(
        "asked_input",
        sa.Column("asked_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["asked_act.id"], name=op.f("fk_asked_input_asked_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_asked_input_depot_id")),
        sa.PrimaryKeyConstraint("asked_id", name=op.f("pk_asked_input")),
        sqlite_strict=True,
    )


def _make_asked_answer() -> None:
    op.create_table(
        "asked_answer",
        sa.Column("asked_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("asked_by_id", Int, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", Int, nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('agreed', 'declined', 'withdrawn')", name=op.f("ck_asked_answer_answer")
        ),
        sa.CheckConstraint(
            "(answer = 'withdrawn') = (by_id = asked_by_id)", name=op.f("ck_asked_answer_another")
        ),
        sa.CheckConstraint("answer <> 'declined' OR why <> ''", name=op.f("ck_asked_answer_why")),
        sa.ForeignKeyConstraint(
            ["depot_id", "asked_id", "asked_by_id"],
            ["asked_act.depot_id", "asked_act.id", "asked_act.asked_by_id"],
            name=op.f("fk_asked_answer_depot_id_asked_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["asked_act.id"], name=op.f("fk_asked_answer_asked_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_asked_answer_depot_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_asked_answer_by_id")),
        sa.PrimaryKeyConstraint("asked_id", name=op.f("pk_asked_answer")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_asked_answer_depot_id_asked_id"), "asked_answer", ["depot_id", "asked_id"]
    )


def _name_second(table: str) -> None:
    name = f"fk_{table}_agreed_by_id"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN agreed_by_id INTEGER"
            f" CONSTRAINT {name} REFERENCES person (id)"
        )
        return
    op.add_column(table, sa.Column("agreed_by_id", Int, nullable=True))
    op.create_foreign_key(op.f(name), table, "person", ["agreed_by_id"], ["id"])


def downgrade() -> None:
    """Go back; what waited for a second person is forgotten, what was done stays done."""
    forbid_kind("above_limit")
    is_server = op.get_bind().dialect.name != "sqlite"
    for table in _AGREED:
        if is_server:
            op.drop_constraint(op.f(f"fk_{table}_agreed_by_id"), table, type_="foreignkey")
        else:  # SQLite drops no column that points somewhere
            reference = f" CONSTRAINT fk_{table}_agreed_by_id REFERENCES person (id)"
            rewrite_table(table, (reference, ""))
        op.drop_column(table, "agreed_by_id")
    op.drop_table("asked_answer")
    op.drop_table("asked_input")
    op.drop_table("asked_act")
    if is_server:
        op.drop_constraint(op.f("ck_depot_second_write_off_grams"), "depot")
        op.drop_constraint(op.f("ck_depot_second_days"), "depot")
    for column in ("second_kinds", "second_write_off_grams", "second_days"):
        op.drop_column("depot", column)
