"""Let depots work together: who with whom, what they show, and where goods go between them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.file_tables import rewrite_table

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_BEFORE = (
    "kind IN ('storage', 'crate', 'quarantine', 'transit', 'supplier', 'recipient', "
    "'production', 'loss', 'count_variance', 'opening'"
)
_AFTER = _BEFORE + ", 'network'"


def upgrade() -> None:
    _allow_kinds(_BEFORE, _AFTER)
    asked = sa.text(
        "INSERT INTO location (depot_id, kind, name, name_key, note, is_default, archived)"
        " SELECT id, 'network', 'other depots', 'outside:network', '', :no, :no FROM depot"
    )
    op.execute(asked.bindparams(sa.bindparam("no", False, type_=Flag())))
    _make_depot_link()
    _make_shared_category()
    _make_network_peer()
    _make_network_invitation()
    widen_keys()


def _allow_kinds(old: str, new: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("location", (old + ")", new + ")"))
        return
    op.drop_constraint(op.f("ck_location_kind"), "location", type_="check")
    op.create_check_constraint(op.f("ck_location_kind"), "location", new + ")")


def _make_depot_link() -> None:
    op.create_table(
        "depot_link",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("other_id", Int, autoincrement=False, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "shares IN ('nothing', 'all', 'chosen')", name=op.f("ck_depot_link_shares")
        ),
        sa.CheckConstraint("depot_id <> other_id", name=op.f("ck_depot_link_two_depots")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_depot_link_depot_id")),
        sa.ForeignKeyConstraint(["other_id"], ["depot.id"], name=op.f("fk_depot_link_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_depot_link_person_id")),
        sa.PrimaryKeyConstraint("depot_id", "other_id", name=op.f("pk_depot_link")),
        sqlite_strict=True,
    )


def _make_shared_category() -> None:
    op.create_table(
        "shared_category",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("other_id", Int, autoincrement=False, nullable=False),
        sa.Column("category_id", Int, autoincrement=False, nullable=False),
        within_depot("shared_category", "category_id", "category"),
        sa.ForeignKeyConstraint(
            ["other_id"], ["depot.id"], name=op.f("fk_shared_category_other_id")
        ),
        sa.PrimaryKeyConstraint(
            "depot_id", "other_id", "category_id", name=op.f("pk_shared_category")
        ),
        sqlite_strict=True,
    )


def _make_network_peer() -> None:
    op.create_table(
        "network_peer",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("last_seq", Int, nullable=False),
        sa.Column("last_seal", sa.Text(), nullable=False),
        sa.CheckConstraint("length(public_key) = 64", name=op.f("ck_network_peer_public_key")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_network_peer_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_network_peer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_peer")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_network_peer_depot_id_id")),
        sa.UniqueConstraint(
            "depot_id", "public_key", name=op.f("uq_network_peer_depot_id_public_key")
        ),
        sqlite_strict=True,
    )


def _make_network_invitation() -> None:
    op.create_table(
        "network_invitation",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_network_invitation_depot_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_network_invitation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_network_invitation_code_hash")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_network_invitation_depot_id_ends_at"),
        "network_invitation",
        ["depot_id", "ends_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("network_invitation")
    op.drop_table("network_peer")
    op.drop_table("shared_category")
    op.drop_table("depot_link")
    op.execute("DELETE FROM location WHERE kind = 'network'")
    _allow_kinds(_AFTER, _BEFORE)
