"""Keep the boxes whose weight is known, and what was weighed with them, append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Int
from depot.migrations.append_only import make_append_only

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLE = "weighing"
#: What depots founded so far get: name, its key, grams.
BOXES = (
    ("Banana box", "banana box", 1_400),
    ("Plastic crate", "plastic crate", 2_000),
    ("Roll cage", "roll cage", 38_000),
    ("Wooden pallet", "wooden pallet", 25_000),
)


def upgrade() -> None:
    boxes = op.create_table(
        "tare_box",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("grams", Int, nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint("grams BETWEEN 1 AND 1000000", name=op.f("ck_tare_box_grams")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_tare_box_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tare_box")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_tare_box_depot_id_name_key")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_tare_box_depot_id_id")),
        sqlite_strict=True,
    )
    depots = op.get_bind().scalars(sa.text("SELECT id FROM depot ORDER BY id")).all()
    rows = [
        {"depot_id": depot_id, "name": name, "name_key": key, "grams": grams, "archived": False}
        for depot_id in depots
        for name, key, grams in BOXES
    ]
    if rows:
        op.bulk_insert(boxes, rows)
    _add_weighings()


def _add_weighings() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("entry_id", Int, nullable=False),
        sa.Column("line", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("gross_grams", Int, nullable=False),
        sa.Column("tare_grams", Int, nullable=False),
        sa.Column("boxes", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "tare_grams > 0 AND gross_grams > tare_grams", name=op.f("ck_weighing_net")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_weighing_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_weighing_depot_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighing")),
        sa.UniqueConstraint("entry_id", "line", name=op.f("uq_weighing_entry_id_line")),
        sqlite_strict=True,
    )
    make_append_only(TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)  # and its triggers with it
    op.drop_table("tare_box")
