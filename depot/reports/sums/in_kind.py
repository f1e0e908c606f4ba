"""What goods that were given are worth, by a table of rates that somebody publishes. Pure.

Money is whole minor units (cents, pence) of one currency, never a float. A line is rounded to the
nearest of them, half of one up, so that lines add up to their sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from depot.base.units import PIECE

#: What comes in and is no gift: what was paid for, and what another store of one's own sent.
NOT_GIVEN: Final = ("purchase", "transfer")
RatePer = Literal["kg", "lb", "piece"]
RATE_PERS: Final[tuple[RatePer, ...]] = ("kg", "lb", "piece")
#: Hundredths of a milligram in a kilogram and in a pound, which is 453.59237 g exactly.
_PER: Final[Mapping[str, int]] = {"kg": 100_000_000, "lb": 45_359_237}
_HUNDREDTHS_PER_GRAM: Final = 100_000


@dataclass(frozen=True, slots=True)
class ValueRate:
    """So many minor units a kilogram, pound or piece, from a day on, and who says so.

    It is about one item or one category by its name, or, with neither, about all goods.
    """

    minor: int
    per: RatePer
    valid_from: date
    source: str
    item: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class ValueTable:
    """The rates of a depot in its currency."""

    currency: str
    rates: tuple[ValueRate, ...]


@dataclass(frozen=True, slots=True)
class ValuedLine:
    """What was given and what was handed out of one category, in minor units."""

    category: str
    given: int
    handed_out: int


@dataclass(frozen=True, slots=True)
class InKind:
    """The in-kind value of a period, with the rates that it was reckoned by.

    `not_valued` counts the items given or handed out that no rate says anything about.
    """

    currency: str
    lines: tuple[ValuedLine, ...]
    not_valued: int
    rates: tuple[ValueRate, ...]

    @property
    def given(self) -> int:
        return sum(line.given for line in self.lines)

    @property
    def handed_out(self) -> int:
        return sum(line.handed_out for line in self.lines)


def rate_of(
    rates: Iterable[ValueRate], item: str, category: str, unit: str, day: date
) -> ValueRate | None:
    """Return the rate that counts for an item on a day; None if none does.

    Its own before its category's before that of all goods, and of each the newest that is valid by
    then. A rate a piece says nothing about goods that are weighed or measured.
    """
    found = [
        rate
        for rate in rates
        if rate.valid_from <= day
        and (rate.per != "piece" or unit == PIECE)
        and rate.item in ("", item)
        and (rate.item or rate.category in ("", category))
    ]
    return max(found, key=_rank, default=None)


def _rank(rate: ValueRate) -> tuple[bool, bool, date]:
    return bool(rate.item), bool(rate.category), rate.valid_from


def value_of(rate: ValueRate, quantity: int, grams: int | None) -> int | None:
    """Return what so much is worth in minor units; None where nothing says what it weighs."""
    if rate.per == "piece":
        return quantity * rate.minor
    if grams is None:
        return None
    one = _PER[rate.per]
    doubled = 2 * grams * _HUNDREDTHS_PER_GRAM * rate.minor + one
    return doubled // (2 * one)


def rate_order(rate: ValueRate) -> tuple[bool, str, bool, str, date]:
    """Return what rates are sorted by: that of all goods first."""
    return bool(rate.item), rate.item, bool(rate.category), rate.category, rate.valid_from


def table_as_json(table: ValueTable) -> dict[str, Any]:
    """Return a table as JSON-ready values; `table_of` reads it back."""
    return {"currency": table.currency, "rates": [rate_as_json(rate) for rate in table.rates]}


def table_of(frozen: Mapping[str, Any]) -> ValueTable:
    """Return the table that `table_as_json` made `frozen` of."""
    return ValueTable(frozen["currency"], tuple(_rate(rate) for rate in frozen["rates"]))


def rate_as_json(rate: ValueRate) -> dict[str, Any]:
    """Return a rate as JSON-ready values."""
    return {
        "minor_units": rate.minor,
        "per": rate.per,
        "valid_from": rate.valid_from.isoformat(),
        "source": rate.source,
        "item": rate.item,
        "category": rate.category,
    }


def _rate(one: Mapping[str, Any]) -> ValueRate:
    return ValueRate(
        one["minor_units"],
        one["per"],
        date.fromisoformat(one["valid_from"]),
        one["source"],
        one["item"],
        one["category"],
    )


def in_kind_as_json(found: InKind) -> dict[str, Any]:
    """Return what is told of in-kind value as JSON-ready values; `in_kind_of` reads it back."""
    return {
        "currency": found.currency,
        "given_minor_units": found.given,
        "handed_out_minor_units": found.handed_out,
        "items_not_valued": found.not_valued,
        "by_category": [
            {
                "category": line.category,
                "given_minor_units": line.given,
                "handed_out_minor_units": line.handed_out,
            }
            for line in found.lines
        ],
        "rates": [rate_as_json(rate) for rate in found.rates],
    }


def in_kind_of(frozen: Mapping[str, Any]) -> InKind:
    """Return what `in_kind_as_json` made `frozen` of."""
    return InKind(
        frozen["currency"],
        tuple(
            ValuedLine(line["category"], line["given_minor_units"], line["handed_out_minor_units"])
            for line in frozen["by_category"]
        ),
        frozen["items_not_valued"],
        tuple(_rate(rate) for rate in frozen["rates"]),
    )
