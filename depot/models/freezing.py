"""For how long goods keep once they were frozen or thawed, by category or item."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Int


class FrozenLife(Base):
    """So many days or months once frozen, so many days once thawed, and who says so."""

    __tablename__ = "frozen_life"
    __table_args__ = (
        UniqueConstraint("depot_id", "category_id"),
        UniqueConstraint("depot_id", "item_id"),
        ForeignKeyConstraint(["depot_id", "category_id"], ["category.depot_id", "category.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("(category_id IS NULL) <> (item_id IS NULL)", name="of_one"),
        CheckConstraint("frozen_days > 0 OR frozen_months > 0", name="frozen"),
        CheckConstraint("frozen_days IS NULL OR frozen_months IS NULL", name="one_unit"),
        CheckConstraint("thawed_days >= 0", name="thawed_days"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    category_id: Mapped[int | None] = mapped_column(Int)
    item_id: Mapped[int | None] = mapped_column(Int)
    frozen_days: Mapped[int | None] = mapped_column(Int)
    frozen_months: Mapped[int | None] = mapped_column(Int)
    #: None: whoever thaws it says until when.
    thawed_days: Mapped[int | None] = mapped_column(Int)
    source: Mapped[str] = mapped_column(Text, default="")
