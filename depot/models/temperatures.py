"""Fridges and freezers: within which limits they are to be, and what was read from them."""

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

from depot.base.kinds import COLD_KINDS, ColdKind, check_of
from depot.db.columns import STRICT, Base, Flag, Instant, Int

#: Tenths of a degree Celsius that a place can have; and limits in their order.
_POSSIBLE = "tenths BETWEEN -1000 AND 1000"
_LIMITS = (
    "(lowest_tenths IS NULL OR lowest_tenths BETWEEN -1000 AND 1000)"
    " AND (highest_tenths IS NULL OR highest_tenths BETWEEN -1000 AND 1000)"
    " AND (lowest_tenths IS NULL OR highest_tenths IS NULL OR lowest_tenths <= highest_tenths)"
)


class TemperatureRule(Base):
    """What a place's temperature is to be, and how often it is to be read."""

    __tablename__ = "temperature_rule"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(check_of("kind", COLD_KINDS), name="kind"),
        CheckConstraint(_LIMITS, name="limits"),
        CheckConstraint("every_hours BETWEEN 1 AND 744", name="every_hours"),
        Index(None, "depot_id"),
        STRICT,
    )

    location_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[ColdKind] = mapped_column(Text)
    lowest_tenths: Mapped[int | None] = mapped_column(Int)
    highest_tenths: Mapped[int | None] = mapped_column(Int)
    every_hours: Mapped[int] = mapped_column(Int)
    #: Who says that these are the limits.
    source: Mapped[str] = mapped_column(Text, default="")
    #: It is no longer read.
    archived: Mapped[bool] = mapped_column(Flag, default=False)
    #: Since when it is to be read.
    created_at: Mapped[datetime] = mapped_column(Instant)


class TemperatureReading(Base):
    """What a thermometer showed, with the limits as they were then.

    Append-only: triggers refuse every UPDATE and DELETE. A wrong one is struck out.
    """

    __tablename__ = "temperature_reading"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(_POSSIBLE, name="tenths"),
        CheckConstraint(_LIMITS, name="limits"),
        Index(None, "depot_id", "location_id", "occurred_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    location_id: Mapped[int] = mapped_column(Int)
    tenths: Mapped[int] = mapped_column(Int)
    lowest_tenths: Mapped[int | None] = mapped_column(Int)
    highest_tenths: Mapped[int | None] = mapped_column(Int)
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))


class TemperatureStrike(Base):
    """A reading was a mistake: who says so, why and when. Append-only as the reading is."""

    __tablename__ = "temperature_strike"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "reading_id"], ["temperature_reading.depot_id", "temperature_reading.id"]
        ),
        CheckConstraint("length(reason) BETWEEN 1 AND 500", name="reason"),
        STRICT,
    )

    #: A reading is struck out once.
    reading_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    reason: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
