"""What a depot says about its needs, where it shows them, and the lists it has shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "needs_setting",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("at_door", Flag(), nullable=False),
        sa.Column("on_poster", Flag(), nullable=False),
        sa.Column("on_page", Flag(), nullable=False),
        sa.Column("as_json", Flag(), nullable=False),
        sa.Column("as_feed", Flag(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_needs_setting_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_needs_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        "need_rule",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("category_id", Int, nullable=True),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("share_permille", Int, nullable=True),
        sa.Column("minimum_quantity", Int, nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_until", Day(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_left_out", Flag(), nullable=False),
        sa.Column("changed_by_id", Int, nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(category_id IS NULL) <> (item_id IS NULL)", name=op.f("ck_need_rule_one_subject")
        ),
        sa.CheckConstraint("share_permille BETWEEN 1 AND 1000", name=op.f("ck_need_rule_share")),
        sa.CheckConstraint("minimum_quantity > 0", name=op.f("ck_need_rule_minimum")),
        sa.CheckConstraint(
            "said IN ('', 'short', 'enough', 'too_much')", name=op.f("ck_need_rule_said")
        ),
        sa.CheckConstraint(
            "(said = '') = (said_until IS NULL)", name=op.f("ck_need_rule_said_until")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_need_rule_changed_by_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_need_rule_depot_id")),
        sa.ForeignKeyConstraint(
            ["depot_id", "category_id"],
            ["category.depot_id", "category.id"],
            name=op.f("fk_need_rule_depot_id_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_need_rule_depot_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_rule")),
        sa.UniqueConstraint(
            "depot_id", "category_id", name=op.f("uq_need_rule_depot_id_category_id")
        ),
        sa.UniqueConstraint("depot_id", "item_id", name=op.f("uq_need_rule_depot_id_item_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "needs_list",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_needs_list_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs_list")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_needs_list_depot_id_id"), "needs_list", ["depot_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("needs_list")
    op.drop_table("need_rule")
    op.drop_table("needs_setting")
