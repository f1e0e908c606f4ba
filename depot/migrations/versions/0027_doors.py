"""Keep sessions on the server, second factors, links to a new password, and tries that failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = ("failed_try", "recovery_link", "recovery_code", "second_factor", "person_session")


def upgrade() -> None:
    _make_person_session()
    _make_second_factor()
    _make_recovery_link()
    op.create_table(
        "failed_try",
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("caller_hash", sa.Text(), nullable=False),
        sa.Column("failures", Int, nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("wait_until", Instant(), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_failed_try_failures")),
        sa.PrimaryKeyConstraint("door", "caller_hash", name=op.f("pk_failed_try")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_failed_try_last_at"), "failed_try", ["last_at"])
    # what ended all sessions of somebody at once; each has a row of its own now
    op.drop_column("person", "session_version")
    op.add_column(
        "depot", sa.Column("needs_second_factor", Flag(), nullable=False, server_default=sa.false())
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("depot", "needs_second_factor", server_default=None)


def _make_person_session() -> None:
    op.create_table(
        "person_session",
        sa.Column("id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("seen_at >= created_at", name=op.f("ck_person_session_seen")),
        _person("person_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_person_session_key_hash")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_person_session_person_id_ended_at"), "person_session", ["person_id", "ended_at"]
    )


def _make_second_factor() -> None:
    op.create_table(
        "second_factor",
        sa.Column("person_id", Int, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("last_step", Int, nullable=False),
        _person("second_factor"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
        sqlite_strict=True,
    )
    op.create_table(
        "recovery_code",
        sa.Column("person_id", Int, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        _person("recovery_code"),
        sa.PrimaryKeyConstraint("person_id", "code_hash", name=op.f("pk_recovery_code")),
        sqlite_strict=True,
    )


def _make_recovery_link() -> None:
    op.create_table(
        "recovery_link",
        sa.Column("id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        _person("recovery_link"),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_recovery_link_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_recovery_link_token_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_recovery_link_person_id"), "recovery_link", ["person_id"])


def _person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("depot", "needs_second_factor")
    version = sa.Column("session_version", Int, nullable=False, server_default="1")
    op.add_column("person", version)
