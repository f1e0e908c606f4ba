"""Distribution events: dated hand-outs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
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
