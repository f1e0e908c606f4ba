"""Let no use-by date in that names only a month, a quarter or a year: it is about safety."""

from __future__ import annotations

from typing import Final

from alembic import op

from depot.migrations.file_tables import rewrite_table

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

#: The table, the check, its condition, and the check that stands before it.
CHECKS: Final = (
    (
        "lot",
        "ck_lot_use_by_day",
        "date_kind <> 'use_by' OR date_precision = 'day'",
        "ck_lot_date_precision",
    ),
    (
        "count_tally",
        "ck_count_tally_use_by_day",
        "date_kind <> 'use_by' OR length(date_text) = 10",
        "ck_count_tally_date",
    ),
)


def upgrade() -> None:
    for table, name, condition, beside in CHECKS:
        if op.get_bind().dialect.name == "sqlite":
            there = f"CONSTRAINT {beside} CHECK"
            rewrite_table(table, (there, f"{_clause(name, condition)}{there}"))
        else:
            op.create_check_constraint(op.f(name), table, condition)


def downgrade() -> None:
    for table, name, condition, _beside in CHECKS:
        if op.get_bind().dialect.name == "sqlite":
            rewrite_table(table, (_clause(name, condition), ""))
        else:
            op.drop_constraint(op.f(name), table, type_="check")


def _clause(name: str, condition: str) -> str:
    return f"CONSTRAINT {name} CHECK ({condition}), \n\t"
