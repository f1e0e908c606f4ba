"""How much of what is here may go out: on hand, held back, past its day, free. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from depot.base.kinds import DateKind
from depot.ledger.choice.safety import may_go_out


@dataclass(frozen=True, slots=True)
class DatedStock:
    """So much of an item with one date, and how much of it is held back or lies set apart."""

    date_kind: DateKind
    date_on: date | None
    after_best_before: str
    quantity: int
    held: int


@dataclass(frozen=True, slots=True)
class StockFigures:
    """What is here, in base units: `on_hand` is `held`, `past` and `free` together.

    What is held and past its day is held. Below nothing, as a past moment may be, none is free.
    """

    on_hand: int
    held: int
    past: int
    free: int


def add_figures(parts: Iterable[DatedStock], day: date) -> StockFigures:
    """Return the figures of an item's stock on a day, by the one rule of what may go out."""
    on_hand = held = past = 0
    for part in parts:
        on_hand += part.quantity
        held += part.held
        verdict = may_go_out(
            part.date_kind, part.date_on, day, part.after_best_before, is_held=False
        )
        if not verdict.is_free:
            past += part.quantity - part.held
    return StockFigures(on_hand, held, past, max(on_hand - held - past, 0))
