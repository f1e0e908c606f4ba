"""Keep sign-in sheets, read by right; ask about goods that had gone before they were recalled."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind
from depot.migrations.file_tables import rewrite_table
from depot.migrations.words_of_checks import allow_words

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

_FLAGS: Final = (
    ("membership", "reads_names"),
    ("role_change", "names_before"),
    ("role_change", "names_after"),
)
#: Table, name of the check, what it says.
_CHECKS: Final = (
    ("membership", "ck_membership_reads_names", "ended_at IS NULL OR NOT reads_names"),
    ("role_change", "ck_role_change_names_before", "role_before IS NOT NULL OR NOT names_before"),
    ("role_change", "ck_role_change_names_after", "role_after IS NOT NULL OR NOT names_after"),
)


def upgrade() -> None:
    _make_tables()
    on_server = op.get_bind().dialect.name == "postgresql"
    for table, column in _FLAGS:
        default = sa.false() if on_server else sa.text("0")
        op.add_column(table, sa.Column(column, Flag(), nullable=False, server_default=default))
        if on_server:
            op.alter_column(table, column, server_default=None)
    for table, name, check in _CHECKS:
        if on_server:
            op.create_check_constraint(op.f(name), table, check)
        else:
            key = f"CONSTRAINT pk_{table} PRIMARY KEY"
            rewrite_table(table, (key, f"CONSTRAINT {name} CHECK ({check}), \n\t{key}"))
    allow_kind("recalled_gone")
    allow_words("access_event", "kind", "names_read", "names_taken_along")
    allow_words("setting_change", "kind", "name_sheets")
    widen_keys()


def _make_tables() -> None:
    op.create_table(
        "name_sheet_setting",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("is_on", Flag(), nullable=False),
        sa.Column("years", Int, nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("years BETWEEN 1 AND 10", name=op.f("ck_name_sheet_setting_years")),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_name_sheet_setting_depot_id")
        ),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_name_sheet_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        "name_sheet",
        sa.Column("event_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("held_on", Day(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.Column("erased_lines", Int, nullable=True),
        sa.CheckConstraint(
            "(erased_at IS NULL) = (erased_lines IS NULL)", name=op.f("ck_name_sheet_erased")
        ),
        within_depot("name_sheet", "event_id", "distribution_event"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_name_sheet")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_name_sheet_depot_id_held_on"), "name_sheet", ["depot_id", "held_on"])
    op.create_table(
        "name_sheet_line",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("event_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("people", Int, nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("people BETWEEN 1 AND 100", name=op.f("ck_name_sheet_line_people")),
        within_depot("name_sheet_line", "event_id", "distribution_event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_sheet_line")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_name_sheet_line_depot_id_event_id"), "name_sheet_line", ["depot_id", "event_id"]
    )


def downgrade() -> None:
    """Go back; the names go, and with them who could read them."""
    on_server = op.get_bind().dialect.name == "postgresql"
    forbid_kind("recalled_gone")
    for table, name, check in reversed(_CHECKS):
        if on_server:
            op.drop_constraint(op.f(name), table, type_="check")
        else:
            rewrite_table(table, (f"CONSTRAINT {name} CHECK ({check}), \n\t", ""))
    for table, column in reversed(_FLAGS):
        op.drop_column(table, column)
    for table in ("name_sheet_line", "name_sheet", "name_sheet_setting"):
        op.drop_table(table)
