"""Keep what a depot offers the others, and by which hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_offer()
    widen_keys()


def _make_offer() -> None:
    op.create_table(
        "offer",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("taken", Int, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint(
            "quantity > 0 AND quantity <= 1000000000000", name=op.f("ck_offer_quantity")
        ),
        sa.CheckConstraint("taken >= 0 AND taken <= quantity", name=op.f("ck_offer_taken")),
        within_depot("offer", "item_id", "item"),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_offer_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_offer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_offer_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_offer_depot_id_ends_at"), "offer", ["depot_id", "ends_at"], unique=False
    )


def downgrade() -> None:
    op.drop_table("offer")
