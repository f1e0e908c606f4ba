"""Duties that rotate: who would hold one. Terms are activities (depot/models/rota.py)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class DutyWilling(Base):
    """Somebody would hold a duty when it is their turn."""

    __tablename__ = "duty_willing"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "routine_id"], ["routine.depot_id", "routine.id"]),
        CheckConstraint("ended_at IS NULL OR ended_at >= since", name="ended_at"),
        Index(
            "uq_duty_willing_live",
            "depot_id",
            "routine_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    routine_id: Mapped[int] = mapped_column(Int)
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
