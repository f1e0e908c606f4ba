"""Write changes of rights into a chain of their own, beginning with who may work here today."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_ROLES = "('helper', 'volunteer', 'coordinator')"
_CAUSES = (
    "('invitation', 'wall', 'own_sign_in', 'role_changed', 'access_ended', 'let_in', 'book_begun')"
)

_KINDS = (
    "('depot', 'category', 'meal_factor', 'meal_factor_chosen', 'report_form', 'token', 'export')"
)


def upgrade() -> None:
    op.create_table(
        "role_change",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("seq", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("role_before", sa.Text(), nullable=True),
        sa.Column("role_after", sa.Text(), nullable=True),
        sa.Column("until_at", Instant(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.CheckConstraint(f"role_before IN {_ROLES}", name=op.f("ck_role_change_role_before")),
        sa.CheckConstraint(f"role_after IN {_ROLES}", name=op.f("ck_role_change_role_after")),
        sa.CheckConstraint(
            "role_before IS NOT NULL OR role_after IS NOT NULL", name=op.f("ck_role_change_role")
        ),
        sa.CheckConstraint(f"cause IN {_CAUSES}", name=op.f("ck_role_change_cause")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_role_change_seq")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_role_change_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_change_person_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_role_change_by_id")),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_role_change_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_change")),
        sa.UniqueConstraint("depot_id", "seq", name=op.f("uq_role_change_depot_id_seq")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_role_change_depot_id_person_id_seq"),
        "role_change",
        ["depot_id", "person_id", "seq"],
    )
    _begin_chains()
    make_append_only("role_change")
    _make_setting_change()
    make_append_only("setting_change")
    widen_keys()


def _make_setting_change() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("by_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(f"kind IN {_KINDS}", name=op.f("ck_setting_change_kind")),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_setting_change_depot_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_setting_change_by_id")),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_setting_change_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_setting_change_depot_id_id"), "setting_change", ["depot_id", "id"])


def _begin_chains() -> None:
    """Write down who came and who went, as far as it is known: one line each, in the order."""
    found = op.get_bind().execute(
        sa.text(
            "SELECT depot_id, person_id, role, created_at, ended_at, EXISTS ("
            "SELECT 1 FROM person WHERE person.id = membership.person_id AND login IS NULL"
            ") AS is_for_today, (SELECT max(ends_at) FROM person_session "
            "WHERE person_session.person_id = membership.person_id) AS tonight FROM membership"
        )
    )
    chains: dict[int, list[tuple[int, int, str | None, str | None, int | None]]] = defaultdict(list)
    for depot_id, person_id, role, created_at, ended_at, is_for_today, tonight in found:
        until = (tonight or created_at) if is_for_today else None
        chains[depot_id].append((created_at, person_id, None, role, until))
        if ended_at is not None:
            # who was ended and let in again kept the day of the first time
            chains[depot_id].append((max(ended_at, created_at), person_id, role, None, None))
    rows: list[dict[str, Any]] = []
    for depot_id in sorted(chains):
        seal = "0" * 64
        ordered = sorted(chains[depot_id], key=lambda one: (one[0], one[1], one[2] or ""))
        for seq, (changed_at, person_id, before, after, until) in enumerate(ordered, start=1):
            sealed: dict[str, Any] = {
                "depot": depot_id,
                "seq": seq,
                "person": person_id,
                "role_before": before,
                "role_after": after,
                "cause": "book_begun",
                "changed_at": changed_at,
                "until_at": until,
                "why": "",
                "by": None,
                "token": None,
            }
            text = json.dumps(sealed, sort_keys=True, separators=(",", ":"))
            seal = hashlib.sha256(f"{seal}\n{text}".encode("ascii")).hexdigest()
            kept = {"depot_id": depot_id, "person_id": person_id, "by_id": None, "token_id": None}
            same = {key: sealed[key] for key in sealed if key not in ("depot", "person", "by")}
            del same["token"]
            rows.append(same | kept | {"seal": seal})
    if rows:
        table = sa.table("role_change", *(sa.column(name) for name in rows[0]))
        op.get_bind().execute(sa.insert(table), rows)


def downgrade() -> None:
    op.drop_table("setting_change")
    op.drop_table("role_change")
