"""How people treat each other here, and whom to turn to. No report of a conflict has a table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class ConductWording(Base):
    """What people here promise each other, from a moment on; only added to."""

    __tablename__ = "conduct_wording"
    __table_args__ = (
        UniqueConstraint("depot_id", "version"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("text <> ''", name="text"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    version: Mapped[int] = mapped_column(Int)
    text: Mapped[str] = mapped_column(Text)
    worded_at: Mapped[datetime] = mapped_column(Instant)
    worded_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    worded_token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))


class ConductSeen(Base):
    """Somebody has read a wording of it."""

    __tablename__ = "conduct_seen"
    __table_args__ = (
        UniqueConstraint("depot_id", "person_id", "version"),
        ForeignKeyConstraint(
            ["depot_id", "version"], ["conduct_wording.depot_id", "conduct_wording.version"]
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Int)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class Confidant(Base):
    """Whom to turn to when something hurt somebody: one of up to three, of the depot or outside."""

    __tablename__ = "confidant"
    __table_args__ = (
        UniqueConstraint("depot_id", "place"),
        CheckConstraint("place BETWEEN 1 AND 3", name="place"),
        CheckConstraint("(person_id IS NULL) <> (name = '')", name="who"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    place: Mapped[int] = mapped_column(Int)
    #: Somebody of the depot, else their name below.
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Text)
    #: How to reach them: a number, an address, a day.
    reach: Mapped[str] = mapped_column(Text)
