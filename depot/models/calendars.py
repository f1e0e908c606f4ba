"""Secrets by which phones read a calendar, and who wants a mail before a shift."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Flag, Instant, Int


class CalendarFeed(Base):
    """A calendar that is read without signing in. Its secret is nowhere, only its digest.

    A person has one that counts in a depot, and so has the depot itself.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("secret_hash"),
        Index(
            "uq_calendar_feed_person",
            "depot_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND person_id IS NOT NULL"),
        ),
        Index(
            "uq_calendar_feed_depot",
            "depot_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND person_id IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: Whose it is; None: the depot's.
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: What the secret is made from, with the program's key.
    command_id: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class ReminderWish(Base):
    """Somebody who wants mails of what they take part in; one that counts for each person."""

    __tablename__ = "reminder_wish"
    __table_args__ = (
        CheckConstraint("before_shifts OR each_week", name="wanted"),
        Index(
            "uq_reminder_wish_person",
            "depot_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(Text)
    #: What they read.
    language: Mapped[str] = mapped_column(Text)
    #: The day before each shift; and what is on, once a week.
    before_shifts: Mapped[bool] = mapped_column(Flag)
    each_week: Mapped[bool] = mapped_column(Flag)
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: When the link in the first mail was followed; nothing goes out before.
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
