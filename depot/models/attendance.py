"""Who came and who left: what was said at the door, each line a fact.

Lines are added and never rewritten: a trigger refuses it. They may be dropped, for whoever leaves
for good takes them along.
"""

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

from depot.base.kinds import ATTENDANCE_KINDS, AttendanceKind, check_of
from depot.db.columns import STRICT, Base, Instant, Int


class Attendance(Base):
    """Somebody came or left, or that was a mistake. Who is here is worked out from these."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "takes_back_id"),
        CheckConstraint(check_of("kind", ATTENDANCE_KINDS), name="kind"),
        CheckConstraint("(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_back"),
        CheckConstraint("at <= recorded_at", name="at"),
        ForeignKeyConstraint(
            ["depot_id", "takes_back_id"], ["attendance.depot_id", "attendance.id"]
        ),
        ForeignKeyConstraint(["depot_id", "activity_id"], ["activity.depot_id", "activity.id"]),
        Index(None, "depot_id", "at"),
        Index(None, "depot_id", "person_id", "at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    kind: Mapped[AttendanceKind] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    #: The shift it was said of, if it was of one.
    activity_id: Mapped[int | None] = mapped_column(Int)
    #: The line that was a mistake.
    takes_back_id: Mapped[int | None] = mapped_column(Int)
    #: Who said it, where another did: at the tablet by the door.
    by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
