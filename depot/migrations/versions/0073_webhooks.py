"""Keep which programs want to be told what is booked, and how telling them went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.depot_keys import widen_keys
from depot.migrations.words_of_checks import allow_words

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_webhook()
    _make_webhook_delivery()
    allow_words("setting_change", "kind", "webhook")
    allow_words("access_event", "kind", "webhook_made", "webhook_ended")
    widen_keys()


def _make_webhook() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("after", Int, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("tries", Int, nullable=False),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("claimed_until", Instant(), nullable=True),
        sa.Column("is_test_asked", Flag(), nullable=False),
        sa.Column("paused_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("after >= 0", name=op.f("ck_webhook_after")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_webhook_tries")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_webhook_created_by_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_webhook_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_webhook_depot_id_id")),
        sqlite_strict=True,
    )
    counts = sa.text("ended_at IS NULL AND paused_at IS NULL")
    op.create_index(
        "ix_webhook_counting",
        "webhook",
        ["next_try_at"],
        sqlite_where=counts,
        postgresql_where=counts,
    )


def _make_webhook_delivery() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("webhook_id", Int, nullable=False),
        sa.Column("tried_at", Instant(), nullable=False),
        sa.Column("is_test", Flag(), nullable=False),
        sa.Column("after", Int, nullable=False),
        sa.Column("until", Int, nullable=False),
        sa.Column("entries", Int, nullable=False),
        sa.Column("status", Int, nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "problem IN ('', 'not_allowed', 'unreachable', 'too_slow', 'refused')",
            name=op.f("ck_webhook_delivery_problem"),
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "webhook_id"],
            ["webhook.depot_id", "webhook.id"],
            name=op.f("fk_webhook_delivery_depot_id_webhook_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_webhook_delivery_depot_id_webhook_id_id"),
        "webhook_delivery",
        ["depot_id", "webhook_id", "id"],
    )


def downgrade() -> None:
    """The words stay: what was told in them is not made up anew."""
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
