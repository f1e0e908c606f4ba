"""The append-only ledger and its caches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Instant, Int

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_entry",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("seq", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("occurred_on", Day(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("partner_id", Int, nullable=True),
        sa.Column("event_id", Int, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reverses_id", Int, nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_stock_entry_reverses")
        ),
        sa.CheckConstraint(
            "kind IN ('opening', 'receipt', 'issue', 'return', 'transfer', 'production', "
            "'write_off', 'count', 'people', 'reversal')",
            name=op.f("ck_stock_entry_kind"),
        ),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_stock_entry_seal")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_stock_entry_seq")),
        sa.ForeignKeyConstraint(
            ["depot_id", "event_id"],
            ["distribution_event.depot_id", "distribution_event.id"],
            name=op.f("fk_stock_entry_depot_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "partner_id"],
            ["partner.depot_id", "partner.id"],
            name=op.f("fk_stock_entry_depot_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "reverses_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_stock_entry_depot_id_reverses_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_stock_entry_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stock_entry_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_stock_entry_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
        sa.UniqueConstraint(
            "depot_id", "command_id", name=op.f("uq_stock_entry_depot_id_command_id")
        ),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_stock_entry_depot_id_id")),
        sa.UniqueConstraint("depot_id", "seq", name=op.f("uq_stock_entry_depot_id_seq")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_stock_entry_reverses_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_entry_depot_id_occurred_at"),
        "stock_entry",
        ["depot_id", "occurred_at"],
        unique=False,
    )
    op.create_index(op.f("ix_stock_entry_event_id"), "stock_entry", ["event_id"], unique=False)
    op.create_table(
        "crate_placement",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("entry_id", Int, nullable=False),
        sa.Column("crate_id", Int, nullable=False),
        sa.Column("from_id", Int, nullable=True),
        sa.Column("to_id", Int, nullable=True),
        sa.CheckConstraint(
            "to_id IS NULL OR to_id <> crate_id", name=op.f("ck_crate_placement_not_in_itself")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "crate_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_crate_placement_depot_id_crate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_crate_placement_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "from_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_crate_placement_depot_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "to_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_crate_placement_depot_id_to_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crate_placement")),
        sa.UniqueConstraint(
            "entry_id", "crate_id", name=op.f("uq_crate_placement_entry_id_crate_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_crate_placement_crate_id_id"), "crate_placement", ["crate_id", "id"], unique=False
    )
    op.create_table(
        "day_total",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("item_id", Int, autoincrement=False, nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("event_id", Int, autoincrement=False, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.CheckConstraint(
            "flow IN ('opening', 'sourced', 'produced', 'handed_out', 'lost', "
            "'transferred', 'variance')",
            name=op.f("ck_day_total_flow"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_day_total_depot_id_item_id"),
        ),
        sa.PrimaryKeyConstraint(
            "depot_id", "day", "item_id", "flow", "detail", "event_id", name=op.f("pk_day_total")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "discrepancy",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("item_id", Int, nullable=True),
        sa.Column("location_id", Int, nullable=True),
        sa.Column("expected_quantity", Int, nullable=True),
        sa.Column("actual_quantity", Int, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.Column("resolved_by_id", Int, nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolution = '')", name=op.f("ck_discrepancy_resolution")
        ),
        sa.CheckConstraint(
            "kind IN ('short_stock', 'crate_empty', 'crate_not_empty', 'crate_retired', "
            "'crate_elsewhere', 'unknown_code', 'undo_short', 'event_closed')",
            name=op.f("ck_discrepancy_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_discrepancy_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_discrepancy_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_discrepancy_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_discrepancy_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_discrepancy_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_discrepancy_resolved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_discrepancy_depot_id_resolved_at"),
        "discrepancy",
        ["depot_id", "resolved_at"],
        unique=False,
    )
    op.create_index(op.f("ix_discrepancy_entry_id"), "discrepancy", ["entry_id"], unique=False)
    op.create_table(
        "people_count",
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("event_id", Int, nullable=False),
        sa.Column("occurred_on", Day(), nullable=False),
        sa.Column("households", Int, nullable=False),
        sa.Column("adults", Int, nullable=True),
        sa.Column("children", Int, nullable=True),
        sa.Column("seniors", Int, nullable=True),
        sa.Column("new_households", Int, nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_people_count_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "event_id"],
            ["distribution_event.depot_id", "distribution_event.id"],
            name=op.f("fk_people_count_depot_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_people_count")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_people_count_depot_id_occurred_on"),
        "people_count",
        ["depot_id", "occurred_on"],
        unique=False,
    )
    op.create_index(op.f("ix_people_count_event_id"), "people_count", ["event_id"], unique=False)
    op.create_table(
        "period_net",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("item_id", Int, autoincrement=False, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.CheckConstraint("length(period) IN (4, 7)", name=op.f("ck_period_net_period")),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_period_net_depot_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("depot_id", "period", "item_id", name=op.f("pk_period_net")),
        sqlite_strict=True,
    )
    op.create_table(
        "stock_balance",
        sa.Column("location_id", Int, autoincrement=False, nullable=False),
        sa.Column("lot_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_balance_not_below_zero")),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_stock_balance_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "location_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_stock_balance_depot_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "lot_id"],
            ["lot.depot_id", "lot.id"],
            name=op.f("fk_stock_balance_depot_id_lot_id"),
        ),
        sa.PrimaryKeyConstraint("location_id", "lot_id", name=op.f("pk_stock_balance")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_balance_depot_id_item_id"),
        "stock_balance",
        ["depot_id", "item_id"],
        unique=False,
    )
    op.create_table(
        "stock_move",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("entry_id", Int, nullable=False),
        sa.Column("line", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("lot_id", Int, nullable=False),
        sa.Column("source_id", Int, nullable=False),
        sa.Column("target_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("weighed_grams", Int, nullable=True),
        sa.CheckConstraint(
            "quantity > 0 AND quantity <= 1000000000000", name=op.f("ck_stock_move_quantity")
        ),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_stock_move_two_legs")),
        sa.CheckConstraint("weighed_grams > 0", name=op.f("ck_stock_move_weighed")),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_stock_move_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "item_id"],
            ["item.depot_id", "item.id"],
            name=op.f("fk_stock_move_depot_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "lot_id"],
            ["lot.depot_id", "lot.id"],
            name=op.f("fk_stock_move_depot_id_lot_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "source_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_stock_move_depot_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "target_id"],
            ["location.depot_id", "location.id"],
            name=op.f("fk_stock_move_depot_id_target_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sa.UniqueConstraint("entry_id", "line", name=op.f("uq_stock_move_entry_id_line")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_move_item_id_entry_id"), "stock_move", ["item_id", "entry_id"], unique=False
    )
    op.create_index(op.f("ix_stock_move_lot_id"), "stock_move", ["lot_id"], unique=False)
    op.create_index(
        op.f("ix_stock_move_source_id_entry_id"),
        "stock_move",
        ["source_id", "entry_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_stock_move_target_id_entry_id"),
        "stock_move",
        ["target_id", "entry_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("stock_move")
    op.drop_table("stock_balance")
    op.drop_table("period_net")
    op.drop_table("people_count")
    op.drop_table("discrepancy")
    op.drop_table("day_total")
    op.drop_table("crate_placement")
    op.drop_table("stock_entry")
