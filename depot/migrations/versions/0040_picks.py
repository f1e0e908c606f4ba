"""Keep what was fetched for a hand-out as facts, and in which order places are walked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("location", sa.Column("walk_position", Int, nullable=True))
    op.create_table(
        "pick",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("event_id", Int, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("location_id", Int, nullable=False),
        sa.Column("lot_id", Int, nullable=False),
        sa.Column("item_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("instead_of_id", Int, nullable=True),
        sa.Column("picked_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_pick_quantity")),
        sa.CheckConstraint("instead_of_id <> item_id", name=op.f("ck_pick_instead_of")),
        within_depot("pick", "event_id", "distribution_event"),
        within_depot("pick", "location_id", "location"),
        within_depot("pick", "lot_id", "lot"),
        within_depot("pick", "item_id", "item"),
        within_depot("pick", "instead_of_id", "item"),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_pick_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pick_person_id")),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_pick_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick")),
        sqlite_strict=True,
    )
    for columns in (["depot_id", "event_id", "location_id", "lot_id"], ["depot_id", "location_id"]):
        op.create_index(op.f(f"ix_pick_{'_'.join(columns)}"), "pick", columns)
    _index_entries(of_old=False)
    op.execute(
        "INSERT INTO pick (depot_id, event_id, command_id, location_id, lot_id, item_id, quantity,"
        " picked_at, person_id) SELECT tick.depot_id, tick.event_id, 'before 0041',"
        " tick.location_id, tick.lot_id, lot.item_id, tick.quantity, tick.picked_at,"
        " tick.person_id FROM event_pick AS tick JOIN lot ON lot.id = tick.lot_id"
        " ORDER BY tick.picked_at, tick.event_id, tick.location_id, tick.lot_id"
    )
    op.drop_table("event_pick")
    make_append_only("pick")
    widen_keys()


def _index_entries(*, of_old: bool) -> None:
    """Let what went out at an event be found by it: most entries are of none.

    By statistics an index that holds nothing in most rows looks worthless.
    """
    old, new = op.f("ix_stock_entry_event_id"), "ix_stock_entry_event"
    op.drop_index(new if of_old else old, "stock_entry")
    if of_old:
        op.create_index(old, "stock_entry", ["event_id"])
    else:
        is_some = sa.text("event_id IS NOT NULL")
        op.create_index(
            new,
            "stock_entry",
            ["depot_id", "event_id"],
            sqlite_where=is_some,
            postgresql_where=is_some,
        )


def downgrade() -> None:
    _index_entries(of_old=True)
    op.create_table(
        "event_pick",
        sa.Column("event_id", Int, autoincrement=False, nullable=False),
        sa.Column("location_id", Int, autoincrement=False, nullable=False),
        sa.Column("lot_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.Column("picked_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_event_pick_quantity")),
        within_depot("event_pick", "event_id", "distribution_event"),
        within_depot("event_pick", "location_id", "location"),
        _lot_of_event_pick(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_pick_person_id")),
        sa.PrimaryKeyConstraint("event_id", "location_id", "lot_id", name=op.f("pk_event_pick")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO event_pick SELECT event_id, location_id, lot_id, depot_id, SUM(quantity),"
        " MAX(picked_at), MAX(person_id) FROM pick"
        " GROUP BY depot_id, event_id, location_id, lot_id HAVING SUM(quantity) > 0"
    )
    op.drop_table("pick")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE location DROP COLUMN walk_position")
    else:
        op.drop_column("location", "walk_position")
    widen_keys()


def _lot_of_event_pick() -> sa.ForeignKeyConstraint:
    """Return the key as 0016 made it; on a server the depot is in it since 0028."""
    depot = [] if op.get_bind().dialect.name == "sqlite" else ["depot_id"]
    return sa.ForeignKeyConstraint(
        [*depot, "lot_id"],
        [*(f"lot.{column}" for column in depot), "lot.id"],
        name=op.f("fk_event_pick_lot_id"),
    )
