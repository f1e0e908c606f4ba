"""What goods that are given are worth: rates with their source and day, and where they are told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Flag, Int


class ValueSetting(Base):
    """Where a depot tells in-kind value; without a row, nowhere."""

    __tablename__ = "value_setting"
    __table_args__ = (CheckConstraint("length(currency) = 3", name="currency"), STRICT)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    #: By its letters: USD, GBP, EUR.
    currency: Mapped[str] = mapped_column(Text)
    in_reports: Mapped[bool] = mapped_column(Flag)
    on_receipts: Mapped[bool] = mapped_column(Flag)


class GoodsValue(Base):
    """So many minor units of money a kilogram, pound or piece, from a day on.

    Of one item, of one category, or of all goods. A filed report keeps those it was made with.
    """

    __tablename__ = "goods_value"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "category_id"], ["category.depot_id", "category.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("category_id IS NULL OR item_id IS NULL", name="subject"),
        CheckConstraint("minor_units BETWEEN 0 AND 1000000000", name="minor_units"),
        CheckConstraint("per IN ('kg', 'lb', 'piece')", name="per"),
        CheckConstraint("length(source) BETWEEN 1 AND 300", name="source"),
        CheckConstraint("length(currency) = 3", name="currency"),
        Index(None, "depot_id", "valid_from"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    category_id: Mapped[int | None] = mapped_column(Int)
    item_id: Mapped[int | None] = mapped_column(Int)
    currency: Mapped[str] = mapped_column(Text)
    minor_units: Mapped[int] = mapped_column(Int)
    per: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date] = mapped_column(Day)
    source: Mapped[str] = mapped_column(Text)
