"""A depot: one site with its own ledger, its time zone and its first day of the week."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.actors import DepotView
from depot.db.columns import STRICT, Base, Flag, Instant, Int


class Depot(Base):
    __tablename__ = "depot"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("week_start BETWEEN 1 AND 7", name="week_start"),
        CheckConstraint("weight_unit IN ('kg', 'lb')", name="weight_unit"),
        CheckConstraint("paper_size IN ('A4', 'Letter')", name="paper_size"),
        CheckConstraint("date_order IN ('', 'dmy', 'mdy')", name="date_order"),
        CheckConstraint("second_write_off_grams > 0", name="second_write_off_grams"),
        CheckConstraint("second_days BETWEEN 1 AND 30", name="second_days"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(Text)
    #: ISO day number on which a week begins: 1 is Monday, 7 is Sunday.
    week_start: Mapped[int] = mapped_column(Int, default=1)
    weight_unit: Mapped[str] = mapped_column(Text, default="kg")
    #: What its papers are printed on.
    paper_size: Mapped[str] = mapped_column(Text, default="A4")
    #: Whether the day or the month comes first in what people write; empty: as is usual there.
    date_order: Mapped[str] = mapped_column(Text, default="")
    #: Whether coordinators work here as such only with a second step at sign-in.
    needs_second_factor: Mapped[bool] = mapped_column(Flag, default=False)
    #: What needs a second person, as words between spaces.
    second_kinds: Mapped[str] = mapped_column(Text, default="")
    #: From how many grams on a write-off does.
    second_write_off_grams: Mapped[int | None] = mapped_column(Int)
    #: For so many days a second person is asked for.
    second_days: Mapped[int] = mapped_column(Int, default=3)
    #: Whether a device of the depot asks whoever taps a name for their PIN.
    asks_pin: Mapped[bool] = mapped_column(Flag, default=False)
    #: Of its labels and papers, and of who chose none; empty: the program's.
    language: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Instant)

    def view(self) -> DepotView:
        """Return what leaves the database layer of a depot."""
        return DepotView(
            self.id,
            self.slug,
            self.name,
            self.time_zone,
            self.week_start,
            self.weight_unit,
            self.paper_size,
            self.needs_second_factor,
            self.date_order,
            self.second_kinds,
            self.second_write_off_grams,
            self.second_days,
            self.language,
        )


class ChainHead(Base):
    """The end of a depot's hash chain. Locking this row serialises a depot's postings."""

    __tablename__ = "chain_head"
    __table_args__ = (STRICT,)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    seq: Mapped[int] = mapped_column(Int)
    seal: Mapped[str] = mapped_column(Text)
    #: Whether anything is promised: whoever locks the row knows whether to look further.
    has_promises: Mapped[bool] = mapped_column(Flag, default=False, server_default=false())
