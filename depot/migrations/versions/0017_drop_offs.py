"""Keep deliveries that were announced before they come, and the donors' link."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_STATES = "state IN ('announced', 'arrived', 'called_off')"


def upgrade() -> None:
    _make_drop_off()
    op.create_table(
        "drop_off_line",
        sa.Column("drop_off_id", Int, nullable=False),
        sa.Column("line", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("came", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "came IN ('', 'yes', 'other', 'no')", name=op.f("ck_drop_off_line_came")
        ),
        sa.CheckConstraint("length(what) BETWEEN 1 AND 200", name=op.f("ck_drop_off_line_what")),
        sa.ForeignKeyConstraint(
            ["depot_id", "drop_off_id"],
            ["drop_off.depot_id", "drop_off.id"],
            name=op.f("fk_drop_off_line_depot_id_drop_off_id"),
        ),
        sa.PrimaryKeyConstraint("drop_off_id", "line", name=op.f("pk_drop_off_line")),
        sqlite_strict=True,
    )
    op.create_table(
        "drop_off_link",
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_drop_off_link_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_drop_off_link")),
        sa.UniqueConstraint("secret", name=op.f("uq_drop_off_link_secret")),
        sqlite_strict=True,
    )


def _make_drop_off() -> None:
    op.create_table(
        "drop_off",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("expected_at", Instant(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_donor", Flag(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("announced_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("entry_id", Int, nullable=True),
        sa.CheckConstraint(_STATES, name=op.f("ck_drop_off_state")),
        sa.CheckConstraint(
            "(state = 'announced') = (settled_at IS NULL)", name=op.f("ck_drop_off_settled")
        ),
        sa.CheckConstraint("entry_id IS NULL OR state = 'arrived'", name=op.f("ck_drop_off_entry")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_drop_off_depot_id")),
        sa.ForeignKeyConstraint(
            ["depot_id", "entry_id"],
            ["stock_entry.depot_id", "stock_entry.id"],
            name=op.f("fk_drop_off_depot_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_drop_off_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drop_off")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_drop_off_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_drop_off_depot_id_state_expected_at"),
        "drop_off",
        ["depot_id", "state", "expected_at"],
    )


def downgrade() -> None:
    for table in ("drop_off_link", "drop_off_line", "drop_off"):
        op.drop_table(table)
