"""Visits by card: which count of people was of which card, and nothing of who holds it.

Both are only added to: triggers refuse every UPDATE and DELETE. An undone count is no visit.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int


class VisitSetting(Base):
    """Whether a depot uses visit cards, and the key with which it keeps their codes."""

    __tablename__ = "visit_setting"
    __table_args__ = (CheckConstraint("length(card_secret) = 64", name="card_secret"), STRICT)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    is_on: Mapped[bool] = mapped_column(Flag)
    #: Made once. Without it no code can be told from what is kept of it.
    card_secret: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class VisitCard(Base):
    """A card that was used, by the digest of its code."""

    __tablename__ = "visit_card"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "card_hash"),
        CheckConstraint("length(card_hash) = 64", name="card_hash"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    card_hash: Mapped[str] = mapped_column(Text)


class Visit(Base):
    """The household that an entry counted came with this card."""

    __tablename__ = "visit"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "card_id"], ["visit_card.depot_id", "visit_card.id"]),
        Index(None, "depot_id", "occurred_on"),
        Index(None, "depot_id", "card_id", "occurred_on"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    card_id: Mapped[int] = mapped_column(Int)
    occurred_on: Mapped[date] = mapped_column(Day)
