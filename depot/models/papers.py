"""What stands on papers besides the figures: words for donors, and what a hand-out is to take."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Flag, Int


class DonorLetter(Base):
    """What a depot writes on receipts and statements for donors. A depot without one has none."""

    __tablename__ = "donor_letter"
    __table_args__ = (STRICT,)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    #: Who gives the receipt: legal name, address and number, as many lines as it takes.
    sender: Mapped[str] = mapped_column(Text, default="")
    #: Thanks, with placeholders.
    thanks: Mapped[str] = mapped_column(Text, default="")
    #: Whether the sentence stands on it that no goods or services were given in return.
    says_nothing_in_return: Mapped[bool] = mapped_column(Flag, default=False)


class PlannedLine(Base):
    """How much of an item a hand-out is to take along. A plan, not stock: it may be changed."""

    __tablename__ = "planned_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("quantity > 0", name="quantity"),
        STRICT,
    )

    event_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    #: In the item's base unit.
    quantity: Mapped[int] = mapped_column(Int)
