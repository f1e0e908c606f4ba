"""Forms for funders, as coordinators edit them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Int

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_form",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 60", name=op.f("ck_report_form_key")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_report_form_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_form")),
        sa.UniqueConstraint("depot_id", "key", name=op.f("uq_report_form_depot_id_key")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("report_form")
