"""Mails that wait to be sent, and who asked for the weekly report by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class MailOutbox(Base):
    """One mail to one address. It is sent when the transaction that wrote it has ended."""

    __tablename__ = "mail_outbox"
    __table_args__ = (
        UniqueConstraint("message_id"),
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "purpose"),
        CheckConstraint("sent_at IS NULL OR given_up_at IS NULL", name="one_end"),
        CheckConstraint("tries >= 0", name="tries"),
        Index(
            "ix_mail_outbox_waiting",
            "next_try_at",
            sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: The same at every try, so that a mail system can drop what reaches it twice.
    message_id: Mapped[str] = mapped_column(Text)
    #: What must not be queued twice, like the report of a week to somebody; NULL: no such thing.
    purpose: Mapped[str | None] = mapped_column(Text)
    to_address: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    #: Where the reader can end mails of this kind; empty if it was a single one.
    unsubscribe_url: Mapped[str] = mapped_column(Text, default="")
    queued_at: Mapped[datetime] = mapped_column(Instant)
    #: Not before this instant.
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Int, default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    #: Who is sending it just now, and until when nobody else may.
    claim: Mapped[str] = mapped_column(Text, default="")
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    given_up_at: Mapped[datetime | None] = mapped_column(Instant)


class MailAttachment(Base):
    """A file that goes with a mail; gone when the mail is sent."""

    __tablename__ = "mail_attachment"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "mail_id"], ["mail_outbox.depot_id", "mail_outbox.id"]),
        Index(None, "mail_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    mail_id: Mapped[int] = mapped_column(Int)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ReportSubscription(Base):
    """Somebody who asked for the report of each week by mail."""

    __tablename__ = "report_subscription"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        # one that counts for each address
        Index(
            "uq_report_subscription_address",
            "depot_id",
            "address",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    address: Mapped[str] = mapped_column(Text)
    #: Whose address it is, if they work here: it ends with their access. NULL: somebody outside.
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: What whoever asked for it reads; empty: as the depot.
    language: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: When the link in the first mail was followed; no report goes out before.
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class MailSetting(Base):
    """When a depot's weekly report goes out: Mondays at this hour by its wall clock."""

    __tablename__ = "mail_setting"
    __table_args__ = (CheckConstraint("hour BETWEEN 0 AND 23", name="hour"), STRICT)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    hour: Mapped[int] = mapped_column(Int)
