"""Keep how long goods may go out after best before in days, months or years, or as a hard stop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.migrations.discrepancy_kinds import allow_kind, forbid_kind

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_KIND = "past_day_out"
_UNITS = "shelf_life_unit IN ('day', 'month', 'year', 'never')"
_BOTH = f"{_UNITS} AND (shelf_life_unit IS NULL) = (shelf_life_amount IS NULL)"


def upgrade() -> None:
    op.execute("ALTER TABLE category RENAME COLUMN best_before_extension_days TO shelf_life_amount")
    _add("category", "shelf_life_unit", "TEXT NOT NULL DEFAULT 'day'", "shelf_life_unit", _UNITS)
    _add("item", "shelf_life_amount", "BIGINT", "shelf_life_amount", "shelf_life_amount >= 0")
    _add("item", "shelf_life_unit", "TEXT", "shelf_life_unit", _BOTH)
    for table in ("category", "item"):
        source = sa.Column("shelf_life_source", sa.Text(), nullable=False, server_default="")
        op.add_column(table, source)
    # a year is a year, not 365 days
    op.execute(
        "UPDATE category SET shelf_life_amount = shelf_life_amount / 365, shelf_life_unit = 'year'"
        " WHERE shelf_life_amount > 0 AND shelf_life_amount % 365 = 0"
    )
    # the date of infant formula is a hard stop, unless somebody decided otherwise
    op.execute(
        "UPDATE category SET shelf_life_unit = 'never'"
        " WHERE name_key = 'baby food and formula' AND shelf_life_amount = 0"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("category", "shelf_life_unit", server_default=None)
        for table in ("category", "item"):
            op.alter_column(table, "shelf_life_source", server_default=None)
    allow_kind(_KIND)


def _add(table: str, column: str, kind: str, name: str, condition: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        # a table others refer to is not made anew for a column with a condition
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} {kind.replace('BIGINT', 'INTEGER')}"
            f" CONSTRAINT ck_{table}_{name} CHECK ({condition})"
        )
        return
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def downgrade() -> None:
    forbid_kind(_KIND)
    op.execute(
        "UPDATE category SET shelf_life_amount = shelf_life_amount * CASE shelf_life_unit"
        " WHEN 'year' THEN 365 WHEN 'month' THEN 30 ELSE 1 END"
    )
    _drop("item", "shelf_life_unit", "shelf_life_amount")
    _drop("category", "shelf_life_unit")
    for table in ("category", "item"):
        op.drop_column(table, "shelf_life_source")
    op.execute("ALTER TABLE category RENAME COLUMN shelf_life_amount TO best_before_extension_days")


def _drop(table: str, *columns: str) -> None:
    for column in columns:
        if op.get_bind().dialect.name == "postgresql":
            op.drop_constraint(op.f(f"ck_{table}_{column}"), table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
