"""What a depot says goods are worth, and where it tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from depot.models import Category, GoodsValue, Item, ValueSetting
from depot.reports.sums.in_kind import RatePer, ValueRate, ValueTable


@dataclass(frozen=True, slots=True)
class ValueSettings:
    """Where in-kind value is told, and in which currency; by default nowhere."""

    currency: str = ""
    in_reports: bool = False
    on_receipts: bool = False


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A rate with its number in the depot."""

    id: int
    currency: str
    rate: ValueRate

    @property
    def minor_units(self) -> int:
        return self.rate.minor

    @property
    def per(self) -> str:
        return self.rate.per

    @property
    def valid_from(self) -> date:
        return self.rate.valid_from


def value_settings(session: Session, depot_id: int) -> ValueSettings:
    """Return where the depot tells in-kind value (one statement)."""
    row = session.get(ValueSetting, depot_id)
    return (
        ValueSettings()
        if row is None
        else ValueSettings(row.currency, row.in_reports, row.on_receipts)
    )


def value_rows(session: Session, depot_id: int) -> list[ValueRow]:
    """Return the depot's rates, the newest first (one statement)."""
    rows = session.execute(
        select(GoodsValue, Item.name, Category.name)
        .outerjoin(Item, and_(Item.depot_id == depot_id, Item.id == GoodsValue.item_id))
        .outerjoin(
            Category, and_(Category.depot_id == depot_id, Category.id == GoodsValue.category_id)
        )
        .where(GoodsValue.depot_id == depot_id)
        .order_by(GoodsValue.valid_from.desc(), GoodsValue.id.desc())
    )
    return [
        ValueRow(
            row.id,
            row.currency,
            ValueRate(
                row.minor_units,
                cast("RatePer", row.per),  # a check of the table
                row.valid_from,
                row.source,
                item or "",
                category or "",
            ),
        )
        for row, item, category in rows
    ]


def value_table(
    session: Session, depot_id: int, *, for_receipts: bool = False
) -> ValueTable | None:
    """Return the rates in the depot's currency; None where it does not tell in-kind value."""
    setting = value_settings(session, depot_id)
    if not (setting.on_receipts if for_receipts else setting.in_reports):
        return None
    rows = value_rows(session, depot_id)
    rates = tuple(row.rate for row in rows if row.currency == setting.currency)
    return ValueTable(setting.currency, rates)
