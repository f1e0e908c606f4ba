"""Which kinds of things to look at the database takes, changed by several migrations.

The table's columns are those of 0007 to 0020: a migration that changes them takes none of this.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int


def allow_kind(kind: str) -> None:
    """Let discrepancies be of this kind as well, whichever migrations came before."""
    allow_kinds(_check([*_kinds(), kind]))


def forbid_kind(kind: str) -> None:
    """Delete the discrepancies of this kind, and let there be none of it."""
    op.execute(sa.text("DELETE FROM discrepancy WHERE kind = :kind").bindparams(kind=kind))
    allow_kinds(_check([known for known in _kinds() if known != kind]))


def _check(kinds: list[str]) -> str:
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"


def _kinds() -> list[str]:
    checks = sa.inspect(op.get_bind()).get_check_constraints("discrepancy")
    text = next(one["sqltext"] for one in checks if one["name"] == "ck_discrepancy_kind")
    return re.findall(r"'(\w+)'", text)


def allow_kinds(kinds: str) -> None:
    """Let discrepancies be of these kinds; SQLite changes a CHECK by making the table again."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_discrepancy_kind"), "discrepancy", type_="check")
        op.create_check_constraint(op.f("ck_discrepancy_kind"), "discrepancy", kinds)
        return
    indexes = _indexes()
    for name, _made in indexes:
        op.drop_index(op.f(name), "discrepancy")
    op.rename_table("discrepancy", "discrepancy_before")
    _make_discrepancy(kinds)
    op.execute("INSERT INTO discrepancy SELECT * FROM discrepancy_before")
    op.drop_table("discrepancy_before")
    for _name, made in indexes:
        op.execute(made)


def _indexes() -> list[tuple[str, str]]:
    """Return the names of the table's indexes, whichever migrations came before, and their SQL."""
    asked = sa.text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'discrepancy'"
        " AND sql IS NOT NULL ORDER BY name"
    )
    return [(row.name, row.sql) for row in op.get_bind().execute(asked)]


def _make_discrepancy(kinds: str) -> None:
    op.create_table(
        "discrepancy",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("location_id", Int, nullable=True),
        sa.Column("expected_quantity", Int, nullable=True),
        sa.Column("actual_quantity", Int, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.Column("resolved_by_id", Int, nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolution = '')", name=op.f("ck_discrepancy_resolution")
        ),
        sa.CheckConstraint(kinds, name=op.f("ck_discrepancy_kind")),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_discrepancy_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_discrepancy_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_discrepancy_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_discrepancy_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_discrepancy_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_discrepancy_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy")),
        sqlite_strict=True,
    )
