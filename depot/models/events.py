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

from depot.base.kinds import EVENT_STATES, StateOfEvent, check_of
from depot.db.columns import STRICT, Base, Instant, Int


class DistributionEvent(Base):
    __tablename__ = "distribution_event"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        Index(None, "depot_id", "starts_at"),
        CheckConstraint(check_of("state", EVENT_STATES), name="state"),
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
    state: Mapped[StateOfEvent] = mapped_column(Text, default="planned")
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When all that is planned stood ready; None: not yet.
    packed_at: Mapped[datetime | None] = mapped_column(Instant)
    called_off_at: Mapped[datetime | None] = mapped_column(Instant)
    called_off_reason: Mapped[str] = mapped_column(Text, default="", server_default="")


class Pick(Base):
    """So much of a lot was fetched from there for an event, or put back (less than nothing).

    No stock is moved: the goods are the depot's until they are handed out.
    """

    __tablename__ = "pick"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "instead_of_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint("instead_of_id <> item_id", name="instead_of"),
        Index(None, "depot_id", "event_id", "location_id", "lot_id"),
        Index(None, "depot_id", "location_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    event_id: Mapped[int] = mapped_column(Int)
    command_id: Mapped[str] = mapped_column(Text)
    location_id: Mapped[int] = mapped_column(Int)
    lot_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    #: In the item's base unit.
    quantity: Mapped[int] = mapped_column(Int)
    #: The item that is planned, where another one was taken.
    instead_of_id: Mapped[int | None] = mapped_column(Int)
    picked_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
