"""What is promised to distribution events: facts that are only added to, and what they come to."""

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

from depot.base.kinds import RESERVATION_REASONS, ReservationReason, check_of
from depot.base.units import MAX_MOVE
from depot.db.columns import STRICT, Base, Day, Instant, Int


class Reservation(Base):
    """From then on so much of an item is set aside for an event; the last one counts.

    What went out at the event already is in it: what is still promised is less by that.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("depot_id", "command_id", "event_id", "item_id"),
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint(f"quantity >= 0 AND quantity <= {MAX_MOVE}", name="quantity"),
        CheckConstraint(check_of("reason", RESERVATION_REASONS), name="reason"),
        Index(None, "depot_id", "event_id", "item_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    event_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    command_id: Mapped[str] = mapped_column(Text)
    #: In the item's base unit; 0: nothing any more.
    quantity: Mapped[int] = mapped_column(Int)
    #: The last day on which it is kept for the event.
    until_on: Mapped[date] = mapped_column(Day)
    reason: Mapped[ReservationReason] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))


class Promise(Base):
    """How an event's reservation of an item stands: a cache, as balances are.

    It is here as long as something is reserved. `handed_out` is what the ledger says went out at
    the event and did not come back, and changes with the entry that changes it.
    """

    __tablename__ = "promise"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("reserved > 0", name="reserved"),
        Index(None, "depot_id", "item_id"),
        Index(None, "depot_id", "until_on"),
        STRICT,
    )

    event_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    reserved: Mapped[int] = mapped_column(Int)
    handed_out: Mapped[int] = mapped_column(Int)
    until_on: Mapped[date] = mapped_column(Day)
