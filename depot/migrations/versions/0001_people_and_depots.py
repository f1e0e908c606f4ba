"""Depots, people and what they asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "depot",
        sa.Column("id", Int, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("week_start", Int, nullable=False),
        sa.Column("weight_unit", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("weight_unit IN ('kg', 'lb')", name=op.f("ck_depot_weight_unit")),
        sa.CheckConstraint("week_start BETWEEN 1 AND 7", name=op.f("ck_depot_week_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot")),
        sa.UniqueConstraint("slug", name=op.f("uq_depot_slug")),
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", Int, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("session_version", Int, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sqlite_strict=True,
    )
    op.create_table(
        "api_token",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.CheckConstraint("role IN ('volunteer', 'coordinator')", name=op.f("ck_api_token_role")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_api_token_created_by_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_api_token_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_api_token_depot_id"), "api_token", ["depot_id"], unique=False)
    op.create_table(
        "chain_head",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("seq", Int, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_chain_head_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_chain_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "command_log",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_command_log_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", "command_id", name=op.f("pk_command_log")),
        sqlite_strict=True,
    )
    op.create_table(
        "invitation",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.CheckConstraint("role IN ('volunteer', 'coordinator')", name=op.f("ck_invitation_role")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_invitation_created_by_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_invitation_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invitation_depot_id"), "invitation", ["depot_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("person_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("role IN ('volunteer', 'coordinator')", name=op.f("ck_membership_role")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_membership_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("person_id", "depot_id", name=op.f("pk_membership")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("membership")
    op.drop_table("invitation")
    op.drop_table("command_log")
    op.drop_table("chain_head")
    op.drop_table("api_token")
    op.drop_table("person")
    op.drop_table("depot")
