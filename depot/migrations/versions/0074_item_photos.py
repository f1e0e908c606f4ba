"""Keep a photo of each item by which it is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_photo",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by_id", Int, nullable=True),
        sa.Column("thumb", sa.LargeBinary(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_item_photo_digest")),
        within_depot("item_photo", "item_id", "item"),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_item_photo_added_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_photo")),
        sa.UniqueConstraint("depot_id", "item_id", name=op.f("uq_item_photo_depot_id_item_id")),
        sqlite_strict=True,
    )
    widen_keys()


def downgrade() -> None:
    op.drop_table("item_photo")
