"""Deliveries that somebody announced before they come, and who may announce them."""

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

from depot.db.columns import STRICT, Base, Flag, Instant, Int


class DropOff(Base):
    """A delivery that is to come: no stock until the door confirms it."""

    __tablename__ = "drop_off"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        Index(None, "depot_id", "state", "expected_at"),
        CheckConstraint("state IN ('announced', 'arrived', 'called_off')", name="state"),
        CheckConstraint("(state = 'announced') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("entry_id IS NULL OR state = 'arrived'", name="entry"),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: Who brings it, as they are called.
    donor: Mapped[str] = mapped_column(Text)
    expected_at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="")
    #: Whether it was announced through the donors' link.
    by_donor: Mapped[bool] = mapped_column(Flag, default=False)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    announced_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text, default="announced")
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The receipt that it became.
    entry_id: Mapped[int | None] = mapped_column(Int)


class DropOffLine(Base):
    """One thing that was announced, in the donor's words; and what became of it."""

    __tablename__ = "drop_off_line"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "drop_off_id"], ["drop_off.depot_id", "drop_off.id"]),
        CheckConstraint("came IN ('', 'yes', 'other', 'no')", name="came"),
        CheckConstraint("length(what) BETWEEN 1 AND 200", name="what"),
        STRICT,
    )

    drop_off_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    what: Mapped[str] = mapped_column(Text)
    #: Empty until the door says it: as announced, something else instead, or not at all.
    came: Mapped[str] = mapped_column(Text, default="")


class DropOffLink(Base):
    """The link by which donors announce. A depot without one takes announcements from its own."""

    __tablename__ = "drop_off_link"
    __table_args__ = (UniqueConstraint("secret"), STRICT)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    #: Stands in the address that is handed round: whoever has it may announce, and nothing else.
    secret: Mapped[str] = mapped_column(Text)
