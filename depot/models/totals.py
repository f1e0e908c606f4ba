"""Caches that change in the same transaction as the moves: balances, day totals, nets."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import FLOW_KINDS, FlowKind, check_of
from depot.db.columns import STRICT, Base, Day, Int


class StockBalance(Base):
    """What lies at a physical location now; a row is removed when it reaches zero."""

    __tablename__ = "stock_balance"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("quantity >= 0", name="not_below_zero"),
        Index("ix_stock_balance_depot_id_item_id", "depot_id", "item_id", "lot_id"),
        Index(None, "depot_id", "location_id"),
        Index(
            "ix_stock_balance_dated",
            "depot_id",
            "date_on",
            sqlite_where=text("date_on IS NOT NULL"),
        ),
        STRICT,
    )

    location_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    quantity: Mapped[int] = mapped_column(Int)
    #: The lot's last day, which never changes: what must go soon is found without looking at all.
    date_on: Mapped[date | None] = mapped_column(Day)


class DayTotal(Base):
    """One item's flow of one kind on one day of the depot, signed as stock feels it.

    `detail` is the source kind of what was sourced and the reason of what was lost.
    """

    __tablename__ = "day_total"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint(check_of("flow", FLOW_KINDS), name="flow"),
        # the most of an item that ever came on a day
        Index(None, "depot_id", "item_id", "quantity"),
        STRICT,
    )

    depot_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Day, primary_key=True)
    item_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    flow: Mapped[FlowKind] = mapped_column(Text, primary_key=True)
    detail: Mapped[str] = mapped_column(Text, primary_key=True)
    #: 0 if it belongs to no distribution event.
    event_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    quantity: Mapped[int] = mapped_column(Int)


class PeriodNet(Base):
    """By how much an item's stock changed in a whole month (2026-11) or year (2026).

    With these, stock at any past midnight is read from some years, months and days, never from
    the whole history.
    """

    __tablename__ = "period_net"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("length(period) IN (4, 7)", name="period"),
        STRICT,
    )

    depot_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    quantity: Mapped[int] = mapped_column(Int)
