"""Mails that wait to be sent, and who asked for the weekly report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_outbox",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("unsubscribe_url", sa.Text(), nullable=False),
        sa.Column("queued_at", Instant(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("tries", Int, nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("claimed_until", Instant(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("given_up_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "sent_at IS NULL OR given_up_at IS NULL", name=op.f("ck_mail_outbox_one_end")
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_mail_outbox_tries")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_mail_outbox_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_outbox_message_id")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_mail_outbox_depot_id_id")),
        sa.UniqueConstraint("depot_id", "purpose", name=op.f("uq_mail_outbox_depot_id_purpose")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_mail_outbox_waiting",
        "mail_outbox",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )
    op.create_table(
        "mail_attachment",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("mail_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "mail_id"],
            ["mail_outbox.depot_id", "mail_outbox.id"],
            name=op.f("fk_mail_attachment_depot_id_mail_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_attachment")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_mail_attachment_mail_id"), "mail_attachment", ["mail_id"], unique=False
    )
    op.create_table(
        "report_subscription",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_report_subscription_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_report_subscription_depot_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_report_subscription_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_subscription")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_report_subscription_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_report_subscription_address",
        "report_subscription",
        ["depot_id", "address"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "mail_setting",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("hour", Int, nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_mail_setting_hour")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_mail_setting_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", name=op.f("pk_mail_setting")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("mail_setting")
    op.drop_table("report_subscription")
    op.drop_table("mail_attachment")
    op.drop_table("mail_outbox")
