"""Count sheets: what is being counted, line by line. Drafts, not stock: that a posting changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import DateKind
from depot.db.columns import STRICT, Base, Flag, Instant, Int

_IS_OPEN = text("state = 'open'")


class CountSheet(Base):
    """The count of one place: one at a time is open."""

    __tablename__ = "count_sheet"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint("state IN ('open', 'posted', 'called_off')", name="state"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_at"),
        Index(
            "uq_count_sheet_open",
            "depot_id",
            "location_id",
            unique=True,
            sqlite_where=_IS_OPEN,
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    location_id: Mapped[int] = mapped_column(Int)
    #: Who counts is not told what the book says.
    is_blind: Mapped[bool] = mapped_column(Flag, default=False)
    state: Mapped[str] = mapped_column(Text, default="open")
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: When it was posted or called off, and by whom.
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class CountSheetLine(Base):
    """A line: goods at the place or in a crate there, under a number that never changes."""

    __tablename__ = "count_sheet_line"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("sheet_id", "number"),
        ForeignKeyConstraint(["depot_id", "sheet_id"], ["count_sheet.depot_id", "count_sheet.id"]),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(item_id IS NULL) = (item_name <> '')", name="item"),
        CheckConstraint("lot_id IS NULL OR item_id IS NOT NULL", name="lot"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    sheet_id: Mapped[int] = mapped_column(Int)
    number: Mapped[int] = mapped_column(Int)
    location_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int | None] = mapped_column(Int)
    #: What was found and has no item yet: one is made when it is posted.
    item_name: Mapped[str] = mapped_column(Text, default="")
    #: None: found there, without a lot in the book.
    lot_id: Mapped[int | None] = mapped_column(Int)


class CountTally(Base):
    """What somebody wrote at a line. Nothing is written over: the last one counts."""

    __tablename__ = "count_tally"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "line_id"], ["count_sheet_line.depot_id", "count_sheet_line.id"]
        ),
        CheckConstraint("counter IN (1, 2)", name="counter"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("(date_kind = 'none') = (date_text = '')", name="date"),
        # as 2027-05-21; a month, a quarter and a year are shorter
        CheckConstraint("date_kind <> 'use_by' OR length(date_text) = 10", name="use_by_day"),
        Index(None, "line_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    line_id: Mapped[int] = mapped_column(Int)
    #: The first counter or the second, who does not see what the first wrote.
    counter: Mapped[int] = mapped_column(Int)
    #: In the item's base unit; None: what was written before was wiped out again.
    quantity: Mapped[int | None] = mapped_column(Int)
    #: The date on the package, where it is another than the book's.
    date_kind: Mapped[DateKind] = mapped_column(Text, default="none")
    date_text: Mapped[str] = mapped_column(Text, default="")
    counted_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))


class CountSheetEntry(Base):
    """An entry that the posting of a sheet wrote."""

    __tablename__ = "count_sheet_entry"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "sheet_id"], ["count_sheet.depot_id", "count_sheet.id"]),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        Index(None, "sheet_id"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    sheet_id: Mapped[int] = mapped_column(Int)
