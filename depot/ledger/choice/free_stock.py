"""How much of what is here may go out: on hand, held, past its day, promised, free. Pure.

Goods are promised to a day until which they must keep. What keeps until a later day keeps until an
earlier one too, so promises can be kept together if and only if for each day what is promised to it
and to later ones is not more than what may go out then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
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

    def may_go_out(self, day: date) -> bool:
        """Say whether what is not held of it may go out on that day without a question."""
        return may_go_out(
            self.date_kind, self.date_on, day, self.after_best_before, is_held=False
        ).is_free


@dataclass(frozen=True, slots=True)
class PromisedStock:
    """So much of an item is promised, and must keep until that day."""

    until: date
    quantity: int


@dataclass(frozen=True, slots=True)
class StockFigures:
    """What is here, in base units: `on_hand` is `held`, `past`, `promised` and `free` together.

    What is held and past its day is held. Where more is promised than is here, as after a count
    that found less, and below nothing, as a past moment may be, none is free.
    """

    on_hand: int
    held: int
    past: int
    promised: int
    free: int


@dataclass(frozen=True, slots=True)
class TooMuchPromised:
    """More is promised until a day than may go out then."""

    promised: int
    here: int

    @property
    def lacking(self) -> int:
        return self.promised - self.here


def add_figures(parts: Iterable[DatedStock], day: date, promised: int = 0) -> StockFigures:
    """Return the figures of an item's stock on a day, by the one rule of what may go out."""
    on_hand = held = past = 0
    for part in parts:
        on_hand += part.quantity
        held += part.held
        if not part.may_go_out(day):
            past += part.quantity - part.held
    return StockFigures(on_hand, held, past, promised, max(on_hand - held - past - promised, 0))


def can_be_promised(
    parts: Collection[DatedStock], promises: Collection[PromisedStock], today: date, day: date
) -> int:
    """Return how much more can be promised to that day, so that every promise can still be kept."""
    days = {day, today, *(one.until for one in promises if today <= one.until < day)}
    return max(0, min(_left_on(parts, promises, one) for one in days))


def find_too_much(
    parts: Collection[DatedStock], promises: Collection[PromisedStock], today: date
) -> TooMuchPromised | None:
    """Return what is promised and here on the day on which most is lacking; None: enough is here.

    Days on which nothing is promised any more pass without changing the answer.
    """
    days = sorted({today, *(one.until for one in promises if one.until >= today)})
    worst = min(days, key=lambda day: _left_on(parts, promises, day))
    promised, here = _promised_to(promises, worst), _free_on(parts, worst)
    return TooMuchPromised(promised, here) if promised > here else None


def _left_on(parts: Iterable[DatedStock], promises: Iterable[PromisedStock], day: date) -> int:
    return _free_on(parts, day) - _promised_to(promises, day)


def _free_on(parts: Iterable[DatedStock], day: date) -> int:
    return sum(part.quantity - part.held for part in parts if part.may_go_out(day))


def _promised_to(promises: Iterable[PromisedStock], day: date) -> int:
    return sum(one.quantity for one in promises if one.until >= day)
