"""Keep the pages of the handbook that a depot writes itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handbook_page",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("saved_by_id", Int, nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_handbook_page_version")),
        sa.CheckConstraint("key <> '' AND title <> ''", name=op.f("ck_handbook_page_named")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_handbook_page_depot_id")),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_handbook_page_saved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook_page")),
        sa.UniqueConstraint(
            "depot_id", "key", "version", name=op.f("uq_handbook_page_depot_id_key_version")
        ),
        sqlite_strict=True,
    )
    make_append_only("handbook_page")
    widen_keys()


def downgrade() -> None:
    op.drop_table("handbook_page")  # and its triggers with it
