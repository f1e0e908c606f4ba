"""Goods, places, crates and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "category",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", Int, nullable=False),
        sa.Column("best_before_extension_days", Int, nullable=False),
        sa.Column("average_unit_milligrams", Int, nullable=True),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint("average_unit_milligrams > 0", name=op.f("ck_category_average")),
        sa.CheckConstraint("best_before_extension_days >= 0", name=op.f("ck_category_extension")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_category_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_category_depot_id_id")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_category_depot_id_name_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "distribution_event",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("expected_households", Int, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)",
            name=op.f("ck_distribution_event_closed_at"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'closed')", name=op.f("ck_distribution_event_state")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_distribution_event_depot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution_event")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_distribution_event_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_distribution_event_depot_id_starts_at"),
        "distribution_event",
        ["depot_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "location",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("parent_id", Int, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_default", Flag(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('storage', 'crate', 'quarantine', 'transit', 'supplier', 'recipient', "
            "'production', 'loss', 'count_variance', 'opening')",
            name=op.f("ck_location_kind"),
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_location_not_in_itself")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "parent_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_location_depot_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_location_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_location_depot_id_id")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_location_depot_id_name_key")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_location_depot_id_parent_id"), "location", ["depot_id", "parent_id"], unique=False
    )
    op.create_index(
        "uq_location_outside",
        "location",
        ["depot_id", "kind"],
        unique=True,
        sqlite_where=sa.text("kind NOT IN ('storage', 'crate', 'quarantine', 'transit')"),
        postgresql_where=sa.text("kind NOT IN ('storage', 'crate', 'quarantine', 'transit')"),
    )
    op.create_table(
        "partner",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint(
            "source_kind IN ('donation', 'collection', 'rescue', 'farm', 'manufacturer', "
            "'food_bank', 'government', 'purchase', 'transfer', 'other')",
            name=op.f("ck_partner_source_kind"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_partner_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_partner_depot_id_id")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_partner_depot_id_name_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "crate",
        sa.Column("location_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("box_number", sa.Text(), nullable=False),
        sa.Column("box_number_key", sa.Text(), nullable=False),
        sa.Column("box_type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('blank', 'in_use', 'retired')", name=op.f("ck_crate_state")),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_crate_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_crate_depot_id")),
        sa.PrimaryKeyConstraint("location_id", name=op.f("pk_crate")),
        sa.UniqueConstraint("depot_id", "code", name=op.f("uq_crate_depot_id_code")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_crate_box_number",
        "crate",
        ["depot_id", "box_number_key"],
        unique=True,
        sqlite_where=sa.text("box_number_key <> ''"),
        postgresql_where=sa.text("box_number_key <> ''"),
    )
    op.create_table(
        "item",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("category_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("base_unit", sa.Text(), nullable=False),
        sa.Column("unit_weight_milligrams", Int, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_loose", Flag(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint(
            "NOT is_loose OR base_unit = 'gram'", name=op.f("ck_item_loose_in_grams")
        ),
        sa.CheckConstraint(
            "base_unit IN ('piece', 'gram', 'millilitre')", name=op.f("ck_item_base_unit")
        ),
        sa.CheckConstraint("unit_weight_milligrams > 0", name=op.f("ck_item_unit_weight")),
        sa.ForeignKeyConstraint(
            ["depot_id", "category_id"],
            ["category.depot_id", "category.id"],
            name=op.f("fk_item_depot_id_category_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_item_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_item_depot_id_id")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_item_depot_id_name_key")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_item_depot_id_category_id"), "item", ["depot_id", "category_id"], unique=False
    )
    op.create_index(
        "uq_item_loose",
        "item",
        ["category_id"],
        unique=True,
        sqlite_where=sa.text("is_loose = 1"),
        postgresql_where=sa.text("is_loose"),
    )
    op.create_table(
        "lot",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("origin_kind", sa.Text(), nullable=False),
        sa.Column("partner_id", Int, nullable=False),
        sa.Column("produced_by_seq", Int, nullable=False),
        sa.Column("lot_code", sa.Text(), nullable=False),
        sa.Column("date_kind", sa.Text(), nullable=False),
        sa.Column("date_text", sa.Text(), nullable=False),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("date_on", Day(), nullable=True),
        sa.Column("first_received_on", Day(), nullable=False),
        sa.CheckConstraint(
            "(date_kind = 'none') = (date_on IS NULL)", name=op.f("ck_lot_date_or_none")
        ),
        sa.CheckConstraint(
            "date_kind IN ('use_by', 'best_before', 'none')", name=op.f("ck_lot_date_kind")
        ),
        sa.CheckConstraint(
            "date_precision IN ('day', 'month', 'quarter', 'year', '')",
            name=op.f("ck_lot_date_precision"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_lot_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_lot_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_lot_depot_id_id")),
        sa.UniqueConstraint(
            "item_id",
            "origin_kind",
            "partner_id",
            "produced_by_seq",
            "lot_code",
            "date_kind",
            "date_text",
            name="uq_lot_identity",
        ),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("lot")
    op.drop_table("item")
    op.drop_table("crate")
    op.drop_table("partner")
    op.drop_table("location")
    op.drop_table("distribution_event")
    op.drop_table("category")
