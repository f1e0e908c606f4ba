"""Who wants the first steps on Today no more."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import check_of
from depot.db.columns import STRICT, Base, Instant, Int

StepsName = Literal["first_week", "first_minutes"]
STEPS_NAMES: Final[tuple[StepsName, ...]] = ("first_week", "first_minutes")


class PutAwaySteps(Base):
    """The first week of the depot, which is all coordinators', or somebody's first minutes."""

    __tablename__ = "put_away_steps"
    __table_args__ = (
        UniqueConstraint("depot_id", "name", "person_id"),
        CheckConstraint(check_of("name", STEPS_NAMES), name="name"),
        CheckConstraint("(name = 'first_week') = (person_id IS NULL)", name="whose"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[StepsName] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    put_away_at: Mapped[datetime] = mapped_column(Instant)
