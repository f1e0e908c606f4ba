"""Keep kinds of parcels in versions, and for which households a plan was multiplied out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

APPEND_ONLY = ("parcel_version", "parcel_line", "parcel_amount", "parcel_item")
_MOST = 1_000_000_000_000


def upgrade() -> None:
    _make_parcel()
    _make_parcel_version()
    _make_parcel_line()
    _make_parcel_amount()
    _make_parcel_item()
    _make_event_parcel()
    for table in APPEND_ONLY:
        make_append_only(table)
    widen_keys()


def _make_parcel() -> None:
    op.create_table(
        "parcel",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_parcel_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_parcel_depot_id_id")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_parcel_depot_id_name_key")),
        sqlite_strict=True,
    )


def _make_parcel_version() -> None:
    op.create_table(
        "parcel_version",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("parcel_id", Int, nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("sizes", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_parcel_version_version")),
        within_depot("parcel_version", "parcel_id", "parcel"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_parcel_version_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_version")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_parcel_version_depot_id_id")),
        sa.UniqueConstraint(
            "parcel_id", "version", name=op.f("uq_parcel_version_parcel_id_version")
        ),
        sqlite_strict=True,
    )


def _make_parcel_line() -> None:
    op.create_table(
        "parcel_line",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("version_id", Int, nullable=False),
        sa.Column("line", Int, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("category_id", Int, nullable=True),
        sa.CheckConstraint(
            "unit IN ('piece', 'gram', 'millilitre')", name=op.f("ck_parcel_line_unit")
        ),
        within_depot("parcel_line", "version_id", "parcel_version"),
        within_depot("parcel_line", "category_id", "category"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_line")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_parcel_line_depot_id_id")),
        sa.UniqueConstraint("version_id", "line", name=op.f("uq_parcel_line_version_id_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_parcel_line_category_id"), "parcel_line", ["category_id"])


def _make_parcel_amount() -> None:
    op.create_table(
        "parcel_amount",
        sa.Column("line_id", Int, autoincrement=False, nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("size", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("quantity", Int, nullable=False),
        sa.CheckConstraint(
            "per IN ('household', 'adult', 'child', 'size')", name=op.f("ck_parcel_amount_per")
        ),
        sa.CheckConstraint(
            "(per = 'size') = (size > 0) AND size >= 0", name=op.f("ck_parcel_amount_size")
        ),
        sa.CheckConstraint(
            f"quantity > 0 AND quantity <= {_MOST}", name=op.f("ck_parcel_amount_quantity")
        ),
        within_depot("parcel_amount", "line_id", "parcel_line"),
        sa.PrimaryKeyConstraint("line_id", "per", "size", name=op.f("pk_parcel_amount")),
        sqlite_strict=True,
    )


def _make_parcel_item() -> None:
    op.create_table(
        "parcel_item",
        sa.Column("line_id", Int, autoincrement=False, nullable=False),
        sa.Column("position", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("diet", sa.Text(), nullable=False),
        sa.Column("item_id", Int, nullable=True),
        sa.CheckConstraint("role IN ('item', 'swap', 'diet')", name=op.f("ck_parcel_item_role")),
        sa.CheckConstraint("(role = 'diet') = (diet <> '')", name=op.f("ck_parcel_item_diet")),
        sa.CheckConstraint(
            "item_id IS NOT NULL OR role = 'diet'", name=op.f("ck_parcel_item_item")
        ),
        within_depot("parcel_item", "line_id", "parcel_line"),
        within_depot("parcel_item", "item_id", "item"),
        sa.PrimaryKeyConstraint("line_id", "position", name=op.f("pk_parcel_item")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_parcel_item_item_id"), "parcel_item", ["item_id"])


def _make_event_parcel() -> None:
    op.create_table(
        "event_parcel",
        sa.Column("event_id", Int, autoincrement=False, nullable=False),
        sa.Column("line", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("version_id", Int, nullable=False),
        sa.Column("adults", Int, nullable=False),
        sa.Column("children", Int, nullable=False),
        sa.Column("size", Int, nullable=False),
        sa.Column("diet", sa.Text(), nullable=False),
        sa.Column("households", Int, nullable=False),
        sa.CheckConstraint("households > 0", name=op.f("ck_event_parcel_households")),
        sa.CheckConstraint(
            "adults >= 0 AND children >= 0 AND size >= 0", name=op.f("ck_event_parcel_people")
        ),
        within_depot("event_parcel", "event_id", "distribution_event"),
        within_depot("event_parcel", "version_id", "parcel_version"),
        sa.PrimaryKeyConstraint("event_id", "line", name=op.f("pk_event_parcel")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_event_parcel_version_id"), "event_parcel", ["version_id"])


def downgrade() -> None:
    tables = ("event_parcel", "parcel_item", "parcel_amount", "parcel_line", "parcel_version")
    for table in (*tables, "parcel"):
        op.drop_table(table)
