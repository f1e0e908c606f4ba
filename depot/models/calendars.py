"""Secrets by which phones read a calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


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
