"""Keep what each import of a spreadsheet made and filled in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_import",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_sheet_import_depot_id")),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_sheet_import_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sheet_import_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_sheet_import_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_sheet_import_depot_id_imported_at"), "sheet_import", ["depot_id", "imported_at"]
    )
    op.create_table(
        "imported_row",
        sa.Column("import_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('item', 'category', 'location', 'item_code')",
            name=op.f("ck_imported_row_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "import_id"],
            ["sheet_import.depot_id", "sheet_import.id"],
            name=op.f("fk_imported_row_depot_id_import_id"),
        ),
        sa.PrimaryKeyConstraint("import_id", "kind", "row_id", name=op.f("pk_imported_row")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("imported_row")
    op.drop_table("sheet_import")
