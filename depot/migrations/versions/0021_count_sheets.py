"""Count sheets: lines to be counted, what each counter wrote, and the entries they became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_sheets()
    _add_lines()
    _add_tallies()
    _add_entries()


def _add_sheets() -> None:
    op.create_table(
        "count_sheet",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("is_blind", Flag(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("started_by_id", Int, nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by_id", Int, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'posted', 'called_off')", name=op.f("ck_count_sheet_state")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("ck_count_sheet_closed_at")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_count_sheet_depot_id")),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_count_sheet_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_count_sheet_started_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_count_sheet_closed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheet")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_count_sheet_depot_id_id")),
        sqlite_strict=True,
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_count_sheet_open",
        "count_sheet",
        ["depot_id", "location_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _add_lines() -> None:
    op.create_table(
        "count_sheet_line",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("sheet_id", Int, nullable=False),
        sa.Column("number", Int, nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("item_name", sa.Text(), nullable=False),
        sa.Column("lot_id", Int, nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_count_sheet_line_number")),
        sa.CheckConstraint(
            "(item_id IS NULL) = (item_name <> '')", name=op.f("ck_count_sheet_line_item")
        ),
        sa.CheckConstraint(
            "lot_id IS NULL OR item_id IS NOT NULL", name=op.f("ck_count_sheet_line_lot")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_count_sheet_line_depot_id")
        ),
        _within("count_sheet_line", "sheet_id", "count_sheet"),
        _within("count_sheet_line", "location_id", "location"),
        _within("count_sheet_line", "item_id", "item"),
        _within("count_sheet_line", "lot_id", "lot"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheet_line")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_count_sheet_line_depot_id_id")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_count_sheet_line_sheet_id_number")),
        sqlite_strict=True,
    )


def _add_tallies() -> None:
    op.create_table(
        "count_tally",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("line_id", Int, nullable=False),
        sa.Column("counter", Int, nullable=False),
        sa.Column("quantity", Int, nullable=True),
        sa.Column("date_kind", sa.Text(), nullable=False),
        sa.Column("date_text", sa.Text(), nullable=False),
        sa.Column("counted_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.CheckConstraint("counter IN (1, 2)", name=op.f("ck_count_tally_counter")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_count_tally_quantity")),
        sa.CheckConstraint(
            "(date_kind = 'none') = (date_text = '')", name=op.f("ck_count_tally_date")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_count_tally_depot_id")),
        _within("count_tally", "line_id", "count_sheet_line"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_count_tally_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_count_tally_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_tally")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_count_tally_line_id"), "count_tally", ["line_id"], unique=False)


def _add_entries() -> None:
    op.create_table(
        "count_sheet_entry",
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("sheet_id", Int, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_count_sheet_entry_depot_id")
        ),
        _within("count_sheet_entry", "sheet_id", "count_sheet"),
        _within("count_sheet_entry", "entry_id", "stock_entry"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_count_sheet_entry")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_count_sheet_entry_sheet_id"), "count_sheet_entry", ["sheet_id"], unique=False
    )


def _within(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Return a reference to a row of the same depot."""
    return sa.ForeignKeyConstraint(
        ["depot_id", column],
        [f"{target}.depot_id", f"{target}.id"],
        name=op.f(f"fk_{table}_depot_id_{column}"),
    )


def downgrade() -> None:
    op.drop_table("count_sheet_entry")
    op.drop_table("count_tally")
    op.drop_table("count_sheet_line")
    op.drop_table("count_sheet")
