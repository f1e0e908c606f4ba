"""What scanning teaches: product codes that were learned, and when a place was last called over."""

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

from depot.db.columns import STRICT, Base, Instant, Int


class ItemCode(Base):
    """A product code and the item that somebody said it stands for."""

    __tablename__ = "item_code"
    __table_args__ = (
        UniqueConstraint("depot_id", "code"),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("pack_quantity > 0", name="pack_quantity"),
        Index(None, "item_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: The GTIN in 14 digits, or another code in lower case: what `depot.items.gs1.Scan.key` gives.
    code: Mapped[str] = mapped_column(Text)
    #: The code as it was scanned the first time, for people to read.
    shown: Mapped[str] = mapped_column(Text)
    item_id: Mapped[int] = mapped_column(Int)
    #: How many base units are in what bears the code; None: nobody said.
    pack_quantity: Mapped[int | None] = mapped_column(Int)
    note: Mapped[str] = mapped_column(Text, default="")
    learned_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class RollCall(Base):
    """A place whose crates were called over: how many were found, and how many were not."""

    __tablename__ = "roll_call"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint("found >= 0 AND missing >= 0 AND misplaced >= 0", name="counts"),
        Index(None, "location_id", "called_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    location_id: Mapped[int] = mapped_column(Int)
    called_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    found: Mapped[int] = mapped_column(Int)
    missing: Mapped[int] = mapped_column(Int)
    misplaced: Mapped[int] = mapped_column(Int)
