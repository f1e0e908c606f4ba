"""Let people help under a first name alone, by a link on the wall, until tonight."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.file_tables import rewrite_table

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_ROLE = "role IN ('volunteer', 'coordinator')"
_WITH_HELPERS = "role IN ('helper', 'volunteer', 'coordinator')"
_SIGN_IN = "(login IS NULL) = (password_hash IS NULL)"
_LOGIN = "login TEXT NOT NULL"
_HASHED = "password_hash TEXT NOT NULL"
_KEY = "CONSTRAINT pk_person PRIMARY KEY (id)"
_SIGN_IN_CHECK = f"CONSTRAINT ck_person_sign_in CHECK ({_SIGN_IN})"


def upgrade() -> None:
    op.add_column("person_session", sa.Column("ends_at", Instant(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("membership", (_ROLE, _WITH_HELPERS))
        rewrite_table(
            "person",
            (_LOGIN, "login TEXT"),
            (_HASHED, "password_hash TEXT"),
            (_KEY, f"{_SIGN_IN_CHECK}, \n\t{_KEY}"),
        )
    else:
        _change_role(_WITH_HELPERS)
        op.alter_column("person", "login", nullable=True)
        op.alter_column("person", "password_hash", nullable=True)
        op.create_check_constraint(op.f("ck_person_sign_in"), "person", _SIGN_IN)
    _make_join_link()


def _make_join_link() -> None:
    op.create_table(
        "join_link",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("uses_max", Int, nullable=False),
        sa.Column("uses", Int, nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.CheckConstraint("uses_max > 0", name=op.f("ck_join_link_uses_max")),
        sa.CheckConstraint("uses BETWEEN 0 AND uses_max", name=op.f("ck_join_link_uses")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_join_link_created_by_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_join_link_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_join_link_secret_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_join_link_depot_id"), "join_link", ["depot_id"])


def downgrade() -> None:
    """Go back; whoever helped under a name alone is a member who cannot sign in."""
    op.drop_table("join_link")
    op.drop_column("person_session", "ends_at")
    op.execute("UPDATE membership SET role = 'volunteer' WHERE role = 'helper'")
    op.execute("UPDATE person SET login = 'helper ' || id, password_hash = '' WHERE login IS NULL")
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("membership", (_WITH_HELPERS, _ROLE))
        rewrite_table(
            "person",
            (f"{_SIGN_IN_CHECK}, \n\t", ""),
            ("password_hash TEXT", _HASHED),
            ("login TEXT", _LOGIN),
        )
    else:
        _change_role(_ROLE)
        op.drop_constraint(op.f("ck_person_sign_in"), "person", type_="check")
        op.alter_column("person", "login", nullable=False)
        op.alter_column("person", "password_hash", nullable=False)


def _change_role(condition: str) -> None:
    op.drop_constraint(op.f("ck_membership_role"), "membership", type_="check")
    op.create_check_constraint(op.f("ck_membership_role"), "membership", condition)
