"""Let no use-by date in that names only a month, a quarter or a year: it is about safety."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

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
            _write_definition(table, there, f"{_clause(name, condition)}{there}")
        else:
            op.create_check_constraint(op.f(name), table, condition)


def downgrade() -> None:
    for table, name, condition, _beside in CHECKS:
        if op.get_bind().dialect.name == "sqlite":
            _write_definition(table, _clause(name, condition), "")
        else:
            op.drop_constraint(op.f(name), table, type_="check")


def _clause(name: str, condition: str) -> str:
    return f"CONSTRAINT {name} CHECK ({condition}), \n\t"


def _write_definition(table: str, old: str, new: str) -> None:
    """Change what SQLite has written down of a table.

    A table that others refer to cannot be made anew in a transaction. A CHECK changes nothing of
    what is stored, so SQLite's manual has this for it (lang_altertable.html, section 7).
    """
    bind = op.get_bind()
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    definition = bind.scalars(asked, {"table": table}).one()
    if definition.count(old) != 1:
        raise ValueError(f"{table} is not as its migrations made it")
    version = bind.scalars(sa.text("PRAGMA schema_version")).one()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": definition.replace(old, new), "table": table},
    )
    # whoever has the database open reads the definition again
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=RESET")
