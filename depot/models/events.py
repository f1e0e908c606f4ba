"""Distribution events: dated hand-outs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class DistributionEvent(Base):
    __tablename__ = "distribution_event"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        Index(None, "depot_id", "starts_at"),
        CheckConstraint("state IN ('planned', 'open', 'closed')", name="state"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        CheckConstraint("called_off_at IS NULL OR state = 'planned'", name="called_off_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime] = mapped_column(Instant)
    expected_households: Mapped[int | None] = mapped_column(Int)
    state: Mapped[str] = mapped_column(Text, default="planned")
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When all that is planned stood ready; None: not yet.
    packed_at: Mapped[datetime | None] = mapped_column(Instant)
    called_off_at: Mapped[datetime | None] = mapped_column(Instant)
    called_off_reason: Mapped[str] = mapped_column(Text, default="", server_default="")


class EventPick(Base):
    """A tick in the pick list of an event: so much of a lot was fetched from there. No stock."""

    __tablename__ = "event_pick"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint("quantity > 0", name="quantity"),
        STRICT,
    )

    event_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    location_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("lot.id"), primary_key=True, autoincrement=False
    )
    depot_id: Mapped[int] = mapped_column(Int)
    #: In the item's base unit.
    quantity: Mapped[int] = mapped_column(Int)
    picked_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
