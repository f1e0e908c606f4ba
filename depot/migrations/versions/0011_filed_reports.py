"""Reports as they were filed, append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Instant, Int
from depot.migrations.append_only import make_append_only

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "filed_report"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("number", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("first_on", Day(), nullable=False),
        sa.Column("last_on", Day(), nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("ledger_seq", Int, nullable=False),
        sa.Column("ledger_seal", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0 AND version > 0", name=op.f("ck_filed_report_numbered")),
        sa.CheckConstraint(
            "kind IN ('week', 'month', 'quarter', 'year', 'range')",
            name=op.f("ck_filed_report_kind"),
        ),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_filed_report_days")),
        sa.CheckConstraint(
            "length(seal) = 64 AND length(ledger_seal) = 64", name=op.f("ck_filed_report_seals")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_filed_report_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_filed_report_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_filed_report_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filed_report")),
        sa.UniqueConstraint("depot_id", "number", name=op.f("uq_filed_report_depot_id_number")),
        sa.UniqueConstraint(
            "depot_id",
            "kind",
            "first_on",
            "last_on",
            "version",
            name=op.f("uq_filed_report_depot_id_kind_first_on_last_on_version"),
        ),
        sqlite_strict=True,
    )
    make_append_only(TABLE)


def downgrade() -> None:
    op.drop_table(TABLE)  # and its triggers with it
