"""Give a depot devices of its own, people a short PIN for them, and accounts passkeys."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys
from depot.migrations.file_tables import rewrite_table

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_PASSKEY_KINDS = ("passkey_made", "passkey_ended")
_KINDS_CHECK = "ck_access_event_kind"
_KEY = "CONSTRAINT pk_person_session PRIMARY KEY (id)"
_DEVICE_NAME = "fk_person_session_device_id"
_DEVICE = f"CONSTRAINT {_DEVICE_NAME} FOREIGN KEY(device_id) REFERENCES depot_device (id)"


def upgrade() -> None:
    _make_depot_device()
    _make_device_command()
    _make_device_pin()
    _make_passkey()
    op.add_column("depot", sa.Column("asks_pin", Flag(), nullable=False, server_default=sa.false()))
    op.add_column("person_session", sa.Column("device_id", Int, nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("person_session", (_KEY, f"{_DEVICE}, \n\t{_KEY}"))
    else:
        op.alter_column("depot", "asks_pin", server_default=None)
        op.create_foreign_key(
            op.f(_DEVICE_NAME), "person_session", "depot_device", ["device_id"], ["id"]
        )
    make_append_only("device_command")
    _change_access_kinds(_with_passkeys)
    widen_keys()


def _with_passkeys(kinds: list[str]) -> list[str]:
    after = kinds.index("factor_code_used") + 1
    return [*kinds[:after], *_PASSKEY_KINDS, *kinds[after:]]


def _without_passkeys(kinds: list[str]) -> list[str]:
    return [kind for kind in kinds if kind not in _PASSKEY_KINDS]


def _change_access_kinds(changed: Callable[[list[str]], list[str]]) -> None:
    """Let the access journal hold other kinds; which it holds already, the database says."""
    if op.get_bind().dialect.name == "sqlite":
        asked = "SELECT sql FROM sqlite_master WHERE name = 'access_event'"
        made = op.get_bind().execute(sa.text(asked)).scalar_one()
        before = re.search(r"kind IN \(([^)]*)\)", made)
    else:
        asked = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
        made = op.get_bind().execute(sa.text(asked), {"name": _KINDS_CHECK}).scalar_one()
        before = re.search(r"ARRAY\[([^]]*)\]", made)
    if before is None:
        raise ValueError(f"no kinds stand in {made}")
    kinds = changed(re.findall(r"'(\w+)'", before[1]))
    condition = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("access_event", (before[0], condition))
    else:
        op.drop_constraint(op.f(_KINDS_CHECK), "access_event", type_="check")
        op.create_check_constraint(op.f(_KINDS_CHECK), "access_event", condition)


def _make_depot_device() -> None:
    op.create_table(
        "depot_device",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("idle_minutes", Int, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("setup_hash", sa.Text(), nullable=False),
        sa.Column("setup_ends_at", Instant(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=True),
        sa.Column("set_up_at", Instant(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_depot_device_name")),
        sa.CheckConstraint(
            "idle_minutes BETWEEN 1 AND 240", name=op.f("ck_depot_device_idle_minutes")
        ),
        sa.CheckConstraint(
            "(key_hash IS NULL) = (set_up_at IS NULL)", name=op.f("ck_depot_device_set_up")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_depot_device_depot_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_depot_device_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot_device")),
        sa.UniqueConstraint("setup_hash", name=op.f("uq_depot_device_setup_hash")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_depot_device_key_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_depot_device_depot_id"), "depot_device", ["depot_id"])


def _make_device_command() -> None:
    op.create_table(
        "device_command",
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("device_id", Int, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_device_command_depot_id")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["depot_device.id"], name=op.f("fk_device_command_device_id")
        ),
        sa.PrimaryKeyConstraint("depot_id", "command_id", name=op.f("pk_device_command")),
        sqlite_strict=True,
    )


def _make_device_pin() -> None:
    op.create_table(
        "device_pin",
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_device_pin_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_pin_person_id")),
        sa.PrimaryKeyConstraint("depot_id", "person_id", name=op.f("pk_device_pin")),
        sqlite_strict=True,
    )


def _make_passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("sign_count", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkey_sign_count")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])


def downgrade() -> None:
    """Go back; what was done on a device of the depot keeps its person, and loses the device."""
    op.execute("DELETE FROM access_event WHERE kind IN ('passkey_made', 'passkey_ended')")
    _change_access_kinds(_without_passkeys)
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("person_session", (f"{_DEVICE}, \n\t", ""))
    else:
        op.drop_constraint(op.f(_DEVICE_NAME), "person_session", type_="foreignkey")
    op.execute("DELETE FROM person_session WHERE device_id IS NOT NULL")
    op.drop_column("person_session", "device_id")
    op.drop_column("depot", "asks_pin")
    op.drop_table("passkey")
    op.drop_table("device_pin")
    op.drop_table("device_command")
    op.drop_table("depot_device")
