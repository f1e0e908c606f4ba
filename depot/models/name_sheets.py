"""Name sheets: who came to a hand-out, for depots that must keep it, and for their years alone.

They stand apart from the ledger and from visits; nothing here refers to an entry or to a card.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int


class NameSheetSetting(Base):
    """Whether a depot keeps name sheets, what stands on the paper, and for how many years."""

    __tablename__ = "name_sheet_setting"
    __table_args__ = (CheckConstraint("years BETWEEN 1 AND 10", name="years"), STRICT)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    is_on: Mapped[bool] = mapped_column(Flag)
    years: Mapped[int] = mapped_column(Int)
    #: What else the paper asks for beside name and people of the household, a line each.
    columns: Mapped[str] = mapped_column(Text)
    #: What those who sign declare, printed above.
    statement: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class NameSheet(Base):
    """The sheet of a hand-out; it stays when its names are erased."""

    __tablename__ = "name_sheet"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        CheckConstraint("(erased_at IS NULL) = (erased_lines IS NULL)", name="erased"),
        Index(None, "depot_id", "held_on"),
        STRICT,
    )

    event_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    #: The day of the hand-out, from which its years count.
    held_on: Mapped[date] = mapped_column(Day)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    erased_lines: Mapped[int | None] = mapped_column(Int)


class NameSheetLine(Base):
    """A household on a sheet: a name, and how many people it is of."""

    __tablename__ = "name_sheet_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        CheckConstraint("people BETWEEN 1 AND 100", name="people"),
        Index(None, "depot_id", "event_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    event_id: Mapped[int] = mapped_column(Int)
    name: Mapped[str] = mapped_column(Text)
    people: Mapped[int] = mapped_column(Int)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
