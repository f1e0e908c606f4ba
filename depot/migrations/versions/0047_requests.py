"""Keep what agencies ask for, what was approved and taken of it, and who signed for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

REQUEST, LINE, SIGNATURE = "goods_request", "goods_request_line", "hand_over_signature"


def upgrade() -> None:
    _add_requests()
    _add_lines()
    _add_signatures()
    make_append_only(SIGNATURE)
    widen_keys()


def _add_requests() -> None:
    op.create_table(
        REQUEST,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("partner_id", Int, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("needed_on", Day(), nullable=False),
        sa.Column("is_delivered", Flag(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_agency", Flag(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by_id", Int, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("event_id", Int, nullable=True),
        sa.Column("entry_id", Int, nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_how", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'withdrawn', 'declined', 'approved')",
            name=op.f("ck_goods_request_state"),
        ),
        sa.CheckConstraint(
            "(state = 'approved') <= (event_id IS NOT NULL)", name=op.f("ck_goods_request_event")
        ),
        sa.CheckConstraint(
            "(state IN ('asked', 'withdrawn')) <= (event_id IS NULL)",
            name=op.f("ck_goods_request_no_event"),
        ),
        sa.CheckConstraint(
            "entry_id IS NULL OR state = 'approved'", name=op.f("ck_goods_request_entry")
        ),
        sa.CheckConstraint(
            "(signed_how = '') = (signed_by = '')", name=op.f("ck_goods_request_signed")
        ),
        sa.CheckConstraint(
            "signed_how IN ('', 'drawn', 'code')", name=op.f("ck_goods_request_signed_how")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_goods_request_depot_id")),
        within_depot(REQUEST, "partner_id", "partner"),
        within_depot(REQUEST, "event_id", "distribution_event"),
        within_depot(REQUEST, "entry_id", "stock_entry"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_goods_request_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_goods_request_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_request")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_goods_request_depot_id_id")),
        sa.UniqueConstraint(
            "depot_id", "event_id", name=op.f("uq_goods_request_depot_id_event_id")
        ),
        sqlite_strict=True,
    )
    for columns in (["depot_id", "state", "needed_on"], ["depot_id", "partner_id", "id"]):
        op.create_index(op.f(f"ix_goods_request_{'_'.join(columns)}"), REQUEST, columns)


def _add_lines() -> None:
    op.create_table(
        LINE,
        sa.Column("request_id", Int, autoincrement=False, nullable=False),
        sa.Column("item_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("asked", Int, nullable=False),
        sa.Column("approved", Int, nullable=True),
        sa.Column("taken", Int, nullable=True),
        sa.CheckConstraint("asked >= 0", name=op.f("ck_goods_request_line_asked")),
        sa.CheckConstraint(
            "approved BETWEEN 0 AND asked", name=op.f("ck_goods_request_line_approved")
        ),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_goods_request_line_taken")),
        sa.CheckConstraint(
            "asked > 0 OR taken IS NOT NULL", name=op.f("ck_goods_request_line_reason")
        ),
        within_depot(LINE, "request_id", REQUEST),
        within_depot(LINE, "item_id", "item"),
        sa.PrimaryKeyConstraint("request_id", "item_id", name=op.f("pk_goods_request_line")),
        sqlite_strict=True,
    )
    for column in ("request_id", "item_id"):
        op.create_index(op.f(f"ix_{LINE}_depot_id_{column}"), LINE, ["depot_id", column])


def _add_signatures() -> None:
    op.create_table(
        SIGNATURE,
        sa.Column("entry_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("png", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(png) BETWEEN 1 AND 90000", name=op.f("ck_hand_over_signature_png")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_hand_over_signature_depot_id")
        ),
        within_depot(SIGNATURE, "entry_id", "stock_entry"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_hand_over_signature")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in (SIGNATURE, LINE, REQUEST):
        op.drop_table(table)
