"""Hand-outs that come round: what a series is from a day on, and which hand-out is of which day.

A version is kept as it was written: triggers refuse every UPDATE and DELETE.
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

from depot.base.kinds import FREQUENCIES, Frequency, check_of
from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int

#: By weeks on some weekdays; by months on some weekdays of some of its weeks, or on a date.
_DAYS = (
    "(frequency = 'weekly' AND weekdays > 0 AND nths = 0 AND month_day IS NULL)"
    " OR (frequency = 'monthly' AND weekdays > 0 AND nths > 0 AND month_day IS NULL)"
    " OR (frequency = 'monthly' AND weekdays = 0 AND nths = 0 AND month_day BETWEEN 1 AND 31)"
)


class EventSeries(Base):
    """Hand-outs that come round. What they are called, and when, is in its versions."""

    __tablename__ = "event_series"
    __table_args__ = (UniqueConstraint("depot_id", "id"), STRICT)

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class SeriesVersion(Base):
    """What a series is from a day on; the one with the highest id holds from its day on."""

    __tablename__ = "series_version"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(
            ["depot_id", "series_id"], ["event_series.depot_id", "event_series.id"]
        ),
        ForeignKeyConstraint(
            ["depot_id", "like_event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        CheckConstraint(_DAYS, name="days"),
        CheckConstraint(check_of("frequency", FREQUENCIES), name="frequency"),
        CheckConstraint("every BETWEEN 1 AND 52", name="every"),
        CheckConstraint("weekdays BETWEEN 0 AND 127", name="weekdays"),
        CheckConstraint("nths BETWEEN 0 AND 63", name="nths"),
        CheckConstraint("begins_minute BETWEEN 0 AND 1439", name="begins_minute"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        Index(None, "depot_id", "series_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    series_id: Mapped[int] = mapped_column(Int)
    from_on: Mapped[date] = mapped_column(Day)
    #: The last day on which it can be; None: it goes on. Before `from_on`: it is over.
    ends_on: Mapped[date | None] = mapped_column(Day)
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    frequency: Mapped[Frequency] = mapped_column(Text)
    every: Mapped[int] = mapped_column(Int)
    #: A bit for each day of the week, Monday the lowest.
    weekdays: Mapped[int] = mapped_column(Int)
    #: A bit for each of the first to the fifth, the highest for the last of a month.
    nths: Mapped[int] = mapped_column(Int)
    month_day: Mapped[int | None] = mapped_column(Int)
    #: Minutes after midnight on the depot's wall clock.
    begins_minute: Mapped[int] = mapped_column(Int)
    #: So many households can be served in a week; None: nobody said.
    capacity: Mapped[int | None] = mapped_column(Int)
    #: Whose plan of goods the first one takes over; those after it take that of the one before.
    like_event_id: Mapped[int | None] = mapped_column(Int)
    made_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class SeriesEvent(Base):
    """The hand-out of one day of a series: there is one, whatever becomes of it."""

    __tablename__ = "series_event"
    __table_args__ = (
        UniqueConstraint("depot_id", "event_id"),
        ForeignKeyConstraint(
            ["depot_id", "series_id"], ["event_series.depot_id", "event_series.id"]
        ),
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        CheckConstraint("averaged IS NULL OR averaged > 0", name="averaged"),
        STRICT,
    )

    series_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    occurs_on: Mapped[date] = mapped_column(Day, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    event_id: Mapped[int] = mapped_column(Int)
    #: The households that were last worked out for it; another number was written by somebody.
    averaged: Mapped[int | None] = mapped_column(Int)
    #: It was given the plan of the one before, once, when it became the next.
    has_plan: Mapped[bool] = mapped_column(Flag, default=False)
    #: It was called off because the series no longer has its day.
    is_dropped: Mapped[bool] = mapped_column(Flag, default=False)
