"""How lots are chosen when goods leave: named booking methods, pure and never mutating."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from depot.ledger.entries import Place


@dataclass(frozen=True, slots=True)
class Stock:
    """One lot at one place, as far as choosing needs to know it."""

    place: Place
    lot_id: int
    item_id: int
    quantity: int
    give_out_until: date | None
    first_received_on: date


class Pick(NamedTuple):
    """`quantity` base units taken from one stock."""

    stock: Stock
    quantity: int


class Booking(NamedTuple):
    """What was found, in order, and how much of the wanted quantity was not."""

    picks: tuple[Pick, ...]
    shortfall: int


def _by_date(stock: Stock) -> tuple[Any, ...]:
    """First expiring first out; undated goods last; then first in, first out."""
    return (
        stock.give_out_until or date.max,
        stock.first_received_on,
        stock.lot_id,
        stock.place.id,
    )


def _by_arrival(stock: Stock) -> tuple[Any, ...]:
    return (stock.first_received_on, stock.lot_id, stock.place.id)


def book_fefo(stocks: Iterable[Stock], wanted: int) -> Booking:
    """First expiring, first out: take `wanted` base units, earliest give-out-until date first."""
    return _take(sorted(stocks, key=_by_date), wanted)


def book_fifo(stocks: Iterable[Stock], wanted: int) -> Booking:
    """First in, first out: take `wanted` base units, earliest arrival first."""
    return _take(sorted(stocks, key=_by_arrival), wanted)


def book_exact(stocks: Iterable[Stock], wanted: int, lot_id: int) -> Booking:
    """Take `wanted` base units of one named lot and of no other."""
    return _take(
        sorted((s for s in stocks if s.lot_id == lot_id), key=lambda s: s.place.id), wanted
    )


METHODS: dict[str, Callable[..., Booking]] = {
    "fefo": book_fefo,
    "fifo": book_fifo,
    "exact": book_exact,
}


def _take(ordered: Iterable[Stock], wanted: int) -> Booking:
    if wanted < 0:
        raise ValueError(f"cannot take {wanted}")
    picks: list[Pick] = []
    missing = wanted
    for stock in ordered:
        if missing == 0:
            break
        quantity = min(missing, stock.quantity)
        if quantity > 0:
            picks.append(Pick(stock, quantity))
            missing -= quantity
    return Booking(tuple(picks), missing)
