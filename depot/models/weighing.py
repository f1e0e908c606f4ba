"""What stood on the scale: boxes whose weight a depot knows, and what was weighed with them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Flag, Int


class TareBox(Base):
    """A box, cage or pallet that goods are weighed in, and what it weighs when it is empty."""

    __tablename__ = "tare_box"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        CheckConstraint("grams BETWEEN 1 AND 1000000", name="grams"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    grams: Mapped[int] = mapped_column(Int)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class Weighing(Base):
    """A line that was weighed with its boxes: what the scale said, and what was taken off it.

    Append-only like the entry it belongs to: triggers refuse every UPDATE and DELETE.
    """

    __tablename__ = "weighing"
    __table_args__ = (
        UniqueConstraint("entry_id", "line"),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("tare_grams > 0 AND gross_grams > tare_grams", name="net"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    entry_id: Mapped[int] = mapped_column(Int)
    #: Which line of the delivery; lines alike become one move of the entry.
    line: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    gross_grams: Mapped[int] = mapped_column(Int)
    tare_grams: Mapped[int] = mapped_column(Int)
    #: The boxes as they were called and weighed then, JSON: [["Banana box", 1400, 2]].
    boxes: Mapped[str] = mapped_column(Text)
