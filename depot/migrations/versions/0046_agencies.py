"""Mark partners that ask for goods; keep their links and what they say of themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

LINK, STATEMENT = "agency_link", "agency_statement"


def upgrade() -> None:
    op.add_column(
        "partner", sa.Column("is_agency", Flag(), nullable=False, server_default=sa.false())
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("partner", "is_agency", server_default=None)
    _add_links()
    _add_statements()
    make_append_only(STATEMENT)
    widen_keys()


def _add_links() -> None:
    op.create_table(
        LINK,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("partner_id", Int, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_agency_link_depot_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_agency_link_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_agency_link_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_agency_link_depot_id_partner_id"), LINK, ["depot_id", "partner_id"])


def _add_statements() -> None:
    op.create_table(
        STATEMENT,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("partner_id", Int, nullable=False),
        sa.Column("people", Int, nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("said_on", Day(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("by_agency", Flag(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.CheckConstraint("people BETWEEN 0 AND 1000000", name=op.f("ck_agency_statement_people")),
        sa.CheckConstraint("per IN ('week', 'month')", name=op.f("ck_agency_statement_per")),
        sa.CheckConstraint("length(needs) <= 1000", name=op.f("ck_agency_statement_needs")),
        within_depot(STATEMENT, "partner_id", "partner"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agency_statement_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_statement")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_agency_statement_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_agency_statement_depot_id_partner_id_id"),
        STATEMENT,
        ["depot_id", "partner_id", "id"],
    )


def downgrade() -> None:
    op.drop_table(STATEMENT)
    op.drop_table(LINK)
    op.drop_column("partner", "is_agency")
