"""What is here lot by lot and place by place, each with its own figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from depot.base.kinds import DateKind
from depot.kernel.promises.reading import promised_by_item
from depot.ledger.choice.free_stock import DatedStock, StockFigures, add_figures
from depot.stock.queries.stock import HeldAt, LotStock, lots_of_items


@dataclass(frozen=True, slots=True)
class StockLine:
    """So much of one lot at one place or in one crate."""

    item_id: int
    item: str
    unit: str
    location_id: int
    location: str
    lot_id: int
    #: What is printed on it; empty: nothing is known.
    lot: str
    date_text: str
    date_kind: DateKind
    give_out_until: date | None
    figures: StockFigures


def stock_lines(
    session: Session, depot_id: int, items: Collection[int], today: date
) -> list[StockLine]:
    """Return every lot of the items where it lies, by item and oldest date first.

    What is promised of an item is told of the lots that would be fetched for it as things are.
    """
    promised = promised_by_item(session, depot_id, today, items=items)
    lots = lots_of_items(session, depot_id, items)
    return [line for lot in _by_item(lots) for line in _lines(lot, promised, today)]


def _by_item(lots: Iterable[LotStock]) -> list[LotStock]:
    return sorted(
        lots,
        key=lambda lot: (
            lot.item_id,
            lot.give_out_until or date.max,
            lot.first_received_on,
            lot.lot_id,
        ),
    )


def _lines(lot: LotStock, promised: dict[int, int], today: date) -> Iterable[StockLine]:
    """Yield a lot place by place, and take what is told of it off what is promised."""
    for held in lot.places:
        free = add_figures([_part(lot, held)], today).free
        taken = min(promised.get(lot.item_id, 0), free)
        promised[lot.item_id] = promised.get(lot.item_id, 0) - taken
        yield StockLine(
            lot.item_id,
            lot.item,
            lot.unit,
            held.location_id,
            held.name,
            lot.lot_id,
            lot.lot_code,
            lot.date_text,
            lot.date_kind,
            lot.give_out_until,
            add_figures([_part(lot, held)], today, taken),
        )


def _part(lot: LotStock, held: HeldAt) -> DatedStock:
    is_held = held.is_apart or lot.held_because is not None
    return DatedStock(
        lot.date_kind,
        lot.date_on,
        lot.after_best_before,
        held.quantity,
        held.quantity if is_held else 0,
    )
