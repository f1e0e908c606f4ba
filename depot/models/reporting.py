"""What reports are made with beside the ledger: what counts as a meal."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from depot.columns import STRICT, Base, Flag, Int


class MealFactor(Base):
    """How much food counts as a meal, as somebody has published it; one is the depot's choice.

    A filed report keeps the factor it was made with, so that a factor may be edited.
    """

    __tablename__ = "meal_factor"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        CheckConstraint("grams_per_meal BETWEEN 1 AND 100000", name="grams"),
        Index(
            "uq_meal_factor_chosen",
            "depot_id",
            unique=True,
            sqlite_where=text("is_chosen = 1"),
            postgresql_where=text("is_chosen"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    grams_per_meal: Mapped[int] = mapped_column(Int)
    #: The words for it: 1.2 pounds (544 g) a meal.
    stated: Mapped[str] = mapped_column(Text)
    #: Who says so, and as of when.
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text, default="")
    is_chosen: Mapped[bool] = mapped_column(Flag, default=False)
