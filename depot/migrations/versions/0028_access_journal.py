"""Keep a journal of who came in and of what changed about who may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KINDS = (
    "signed_in",
    "sign_in_failed",
    "session_ended",
    "password_changed",
    "password_recovered",
    "recovery_asked",
    "factor_on",
    "factor_off",
    "factor_codes",
    "factor_code_used",
    "invited",
    "invitation_revoked",
    "joined",
    "role_changed",
    "access_ended",
    "token_made",
    "token_ended",
    "exported",
    "settings_saved",
)


def upgrade() -> None:
    words = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "access_event",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("times", Int, nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(f"kind IN ({words})", name=op.f("ck_access_event_kind")),
        sa.CheckConstraint("times >= 1", name=op.f("ck_access_event_times")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_access_event_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_access_event_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_event")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_access_event_depot_id_recorded_at"), "access_event", ["depot_id", "recorded_at"]
    )
    op.create_index(op.f("ix_access_event_recorded_at"), "access_event", ["recorded_at"])


def downgrade() -> None:
    op.drop_table("access_event")
