"""Holds: goods that must not go out until a coordinator says so, and the lots they are about."""

from __future__ import annotations

from datetime import date, datetime

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

from depot.db.columns import STRICT, Base, Day, Instant, Int


class Hold(Base):
    """What is held back, by what it was named, and why. It is lifted once, and never deleted."""

    __tablename__ = "hold"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "partner_id"], ["partner.depot_id", "partner.id"]),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "crate_id"], ["location.depot_id", "location.id"]),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint(
            "item_id IS NOT NULL OR lot_code <> '' OR date_from IS NOT NULL OR date_to IS NOT NULL"
            " OR partner_id IS NOT NULL OR entry_id IS NOT NULL OR crate_id IS NOT NULL"
            " OR gtin <> ''",
            name="names_something",
        ),
        CheckConstraint(
            "(released_at IS NULL) = (release_reason = '') AND released_at >= made_at",
            name="released",
        ),
        Index(None, "depot_id", "made_at"),
        Index("ix_hold_open", "depot_id", "id", sqlite_where=text("released_at IS NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: What is held: what fits all that is named. Empty or None: not asked.
    item_id: Mapped[int | None] = mapped_column(Int)
    lot_code: Mapped[str] = mapped_column(Text, default="")
    date_from: Mapped[date | None] = mapped_column(Day)
    date_to: Mapped[date | None] = mapped_column(Day)
    #: The product's code, in 14 digits; a code of another kind only names its item.
    gtin: Mapped[str] = mapped_column(Text, default="")
    partner_id: Mapped[int | None] = mapped_column(Int)
    #: The receipt with which it came; the crate in which it lay when the hold was set.
    entry_id: Mapped[int | None] = mapped_column(Int)
    crate_id: Mapped[int | None] = mapped_column(Int)
    reason: Mapped[str] = mapped_column(Text)
    #: The day on which somebody is to decide; it does not end by itself.
    until_on: Mapped[date | None] = mapped_column(Day)
    made_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    released_program_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    release_reason: Mapped[str] = mapped_column(Text, default="")


class HeldLot(Base):
    """A lot that a hold is about: found when it was set, or when the lot came in while it stood."""

    __tablename__ = "held_lot"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "hold_id"], ["hold.depot_id", "hold.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        Index(None, "lot_id"),
        STRICT,
    )

    hold_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
