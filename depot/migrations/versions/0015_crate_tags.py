"""Keep free words on crates, and which crate another one was split from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Int

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_FROM = "fk_crate_split_from_id"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # a table others refer to is not made anew for a column that refers to it
        op.execute(
            "ALTER TABLE crate ADD COLUMN split_from_id INTEGER"
            f" CONSTRAINT {_FROM} REFERENCES crate (location_id)"
        )
    else:
        op.add_column("crate", sa.Column("split_from_id", Int, nullable=True))
        op.create_foreign_key(op.f(_FROM), "crate", "crate", ["split_from_id"], ["location_id"])
    op.create_index(op.f("ix_crate_split_from_id"), "crate", ["split_from_id"])
    _make_crate_tag()


def _make_crate_tag() -> None:
    op.create_table(
        "crate_tag",
        sa.Column("crate_id", Int, nullable=False),
        sa.Column("tag_key", sa.Text(), nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.CheckConstraint("length(tag) BETWEEN 1 AND 40", name=op.f("ck_crate_tag_tag")),
        sa.ForeignKeyConstraint(
            ["crate_id"], ["crate.location_id"], name=op.f("fk_crate_tag_crate_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_crate_tag_depot_id")),
        sa.ForeignKeyConstraint(
            ["depot_id", "crate_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_crate_tag_depot_id_crate_id"),
        ),
        sa.PrimaryKeyConstraint("crate_id", "tag_key", name=op.f("pk_crate_tag")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_crate_tag_depot_id_tag_key"), "crate_tag", ["depot_id", "tag_key"])


def downgrade() -> None:
    op.drop_table("crate_tag")
    op.drop_index(op.f("ix_crate_split_from_id"), "crate")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(_FROM), "crate", type_="foreignkey")
    op.drop_column("crate", "split_from_id")
