"""Keep a depot's size of paper, its words for donors, and what a hand-out is to take along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Int

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SIZES = "paper_size IN ('A4', 'Letter')"
_CHECK = "ck_depot_paper_size"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # a table others refer to is not made anew for a column with a condition
        op.execute(
            "ALTER TABLE depot ADD COLUMN paper_size TEXT NOT NULL DEFAULT 'A4'"
            f" CONSTRAINT {_CHECK} CHECK ({_SIZES})"
        )
    else:
        column = sa.Column("paper_size", sa.Text(), nullable=False, server_default="A4")
        op.add_column("depot", column)
        op.create_check_constraint(op.f(_CHECK), "depot", _SIZES)
    op.execute("UPDATE depot SET paper_size = 'Letter' WHERE weight_unit = 'lb'")
    _make_donor_letter()
    _make_planned_line()


def _make_donor_letter() -> None:
    op.create_table(
        "donor_letter",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("thanks", sa.Text(), nullable=False),
        sa.Column("says_nothing_in_return", Flag(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_donor_letter_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_donor_letter")),
        sqlite_strict=True,
    )


def _make_planned_line() -> None:
    op.create_table(
        "planned_line",
        sa.Column("event_id", Int, autoincrement=False, nullable=False),
        sa.Column("item_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_planned_line_quantity")),
        sa.ForeignKeyConstraint(
            ["depot_id", "event_id"],
            ["distribution_event.depot_id", "distribution_event.id"],
            name=op.f("fk_planned_line_depot_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_planned_line_depot_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("event_id", "item_id", name=op.f("pk_planned_line")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("planned_line")
    op.drop_table("donor_letter")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(_CHECK), "depot")
        op.drop_column("depot", "paper_size")
        return
    with op.batch_alter_table("depot") as depot:
        depot.drop_constraint(op.f(_CHECK))
        depot.drop_column("paper_size")
