"""Keep recipes and their versions, what was made by them, and what was taken apart again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

APPEND_ONLY = ("recipe_version", "recipe_line", "recipe_use", "taken_apart")
_MOST = 1_000_000_000_000
_KEEPS = "keeps_days IS NULL OR (is_output AND keeps_days >= 0)"


def upgrade() -> None:
    _make_recipe()
    _make_recipe_version()
    _make_recipe_line()
    _make_recipe_use()
    _make_taken_apart()
    where = sa.text("produced_by_seq > 0")
    op.create_index(
        "ix_lot_produced",
        "lot",
        ["depot_id", "produced_by_seq"],
        sqlite_where=where,
        postgresql_where=where,
    )
    for table in APPEND_ONLY:
        make_append_only(table)
    widen_keys()


def _make_recipe() -> None:
    op.create_table(
        "recipe",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_recipe_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_recipe_depot_id_id")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_recipe_depot_id_name_key")),
        sqlite_strict=True,
    )


def _make_recipe_version() -> None:
    op.create_table(
        "recipe_version",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("recipe_id", Int, nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_recipe_version_version")),
        within_depot("recipe_version", "recipe_id", "recipe"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recipe_version_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe_version")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_recipe_version_depot_id_id")),
        sa.UniqueConstraint(
            "recipe_id", "version", name=op.f("uq_recipe_version_recipe_id_version")
        ),
        sqlite_strict=True,
    )


def _make_recipe_line() -> None:
    op.create_table(
        "recipe_line",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("version_id", Int, nullable=False),
        sa.Column("line", Int, nullable=False),
        sa.Column("is_output", Flag(), nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("keeps_days", Int, nullable=True),
        sa.CheckConstraint(
            f"quantity > 0 AND quantity <= {_MOST}", name=op.f("ck_recipe_line_quantity")
        ),
        sa.CheckConstraint(_KEEPS, name=op.f("ck_recipe_line_keeps_days")),
        within_depot("recipe_line", "version_id", "recipe_version"),
        within_depot("recipe_line", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe_line")),
        sa.UniqueConstraint("version_id", "line", name=op.f("uq_recipe_line_version_id_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_recipe_line_item_id"), "recipe_line", ["item_id"])


def _make_recipe_use() -> None:
    op.create_table(
        "recipe_use",
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("version_id", Int, nullable=False),
        sa.Column("times", Int, nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_recipe_use_times")),
        within_depot("recipe_use", "entry_id", "stock_entry"),
        within_depot("recipe_use", "version_id", "recipe_version"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_recipe_use")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_recipe_use_version_id"), "recipe_use", ["version_id"])


def _make_taken_apart() -> None:
    op.create_table(
        "taken_apart",
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("production_id", Int, nullable=False),
        within_depot("taken_apart", "entry_id", "stock_entry"),
        within_depot("taken_apart", "production_id", "stock_entry"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_taken_apart")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_taken_apart_production_id"), "taken_apart", ["production_id"])


def downgrade() -> None:
    op.drop_index("ix_lot_produced", "lot")
    for table in ("taken_apart", "recipe_use", "recipe_line", "recipe_version", "recipe"):
        op.drop_table(table)
