"""Addresses of other programs that are told what is booked, and how telling them went."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import WEBHOOK_PROBLEMS, WebhookProblem, check_of
from depot.db.columns import STRICT, Base, Flag, Instant, Int


class Webhook(Base):
    """An address that gets the entries of a depot's ledger, in their order, from `after` on.

    How far it was told stands in one number, so that nothing is kept for each entry.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        CheckConstraint("after >= 0", name="after"),
        CheckConstraint("tries >= 0", name="tries"),
        Index(
            "ix_webhook_counting",
            "next_try_at",
            sqlite_where=text("ended_at IS NULL AND paused_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: What it is for.
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    #: Kinds of entries, with blanks between; empty: all.
    kinds: Mapped[str] = mapped_column(Text)
    #: What its secret is made from, with the program's key.
    command_id: Mapped[str] = mapped_column(Text)
    #: The number of the last entry that it took, or that is of no kind it wants.
    after: Mapped[int] = mapped_column(Int)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: Not before this instant.
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    #: How often in a row it failed, and since when.
    tries: Mapped[int] = mapped_column(Int, default=0)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    #: Who is sending just now, and until when nobody else may.
    claim: Mapped[str] = mapped_column(Text, default="")
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    #: Somebody wants to see whether it works.
    is_test_asked: Mapped[bool] = mapped_column(Flag, default=False)
    #: It failed for days: nothing is sent until a coordinator says so.
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class WebhookDelivery(Base):
    """One try to tell a webhook; the last ones of each are kept."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "webhook_id"], ["webhook.depot_id", "webhook.id"]),
        CheckConstraint(check_of("problem", ("", *WEBHOOK_PROBLEMS)), name="problem"),
        Index(None, "depot_id", "webhook_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    webhook_id: Mapped[int] = mapped_column(Int)
    tried_at: Mapped[datetime] = mapped_column(Instant)
    is_test: Mapped[bool] = mapped_column(Flag)
    #: The entries above `after` up to `until`, as far as they were wanted: so many.
    after: Mapped[int] = mapped_column(Int)
    until: Mapped[int] = mapped_column(Int)
    entries: Mapped[int] = mapped_column(Int)
    #: What the receiver answered; None: it answered nothing.
    status: Mapped[int | None] = mapped_column(Int)
    #: What went wrong; empty: nothing.
    problem: Mapped[WebhookProblem | Literal[""]] = mapped_column(Text)
