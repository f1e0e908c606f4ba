"""How many came on days of which nobody is known any more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Int


class AttendanceDay(Base):
    """How many people came on a day of which no more is known: it is more than 13 months ago."""

    __tablename__ = "attendance_day"
    __table_args__ = (CheckConstraint("people > 0", name="people"), STRICT)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(Day, primary_key=True)
    people: Mapped[int] = mapped_column(Int)
