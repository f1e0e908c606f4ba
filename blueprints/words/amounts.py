"""One number for how much: pieces where an item is counted, kg or lb or litres where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from depot.base.names import name_key
from depot.base.units import (
    GRAM,
    MAX_QUANTITY,
    MILLIGRAMS_PER_GRAM,
    MILLIGRAMS_PER_POUND,
    MILLILITRE,
    PIECE,
)
from depot.items.queries.catalog import ItemChoice

_MILLILITRES_PER_LITRE: Final = 1000
_GRAMS: Final = {"kg": Decimal(1000), "lb": MILLIGRAMS_PER_POUND / 1000}


class Amount(fields.Field[Decimal]):
    """A number as people type it: 48, 12.5 or 12,5; more than nothing."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Decimal:
        text = str(value).strip().replace(" ", "").replace("\u202f", "").replace(",", ".")
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("Write a number, like 48 or 12.5.")) from None
        if not number.is_finite() or number <= 0:
            raise ValidationError(_("It must be more than nothing."))
        if number > MAX_QUANTITY:
            raise ValidationError(_("That is more than a depot can hold."))
        return number


class CountedAmount(Amount):
    """A number as people type it; zero counts."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Decimal:
        text = str(value).strip()
        if "0" in text and not text.strip("0.,"):
            return Decimal(0)
        return super()._deserialize(value, attr, data, **kw)


def units_of(items: Iterable[ItemChoice]) -> dict[str, str]:
    """Return the base unit of each item by its name's key."""
    return {name_key(item.name): item.unit for item in items}


def base_quantity(amount: Decimal, unit: str, weight_unit: str, where: list[Any]) -> int:
    """Return `amount` in base units: pieces, or grams of kg or lb, or millilitres of litres.

    `where` is the way to the field, like ["lines", 0, "amount"]. Raises ValidationError there.
    """
    factor = {GRAM: _GRAMS[weight_unit], MILLILITRE: Decimal(_MILLILITRES_PER_LITRE)}
    if unit == PIECE and amount != amount.to_integral_value():
        raise ValidationError(_at(where, _("This is counted in pieces: a whole number, please.")))
    quantity = int((amount * factor.get(unit, Decimal(1))).to_integral_value())
    if not 0 < quantity <= MAX_QUANTITY:
        raise ValidationError(_at(where, _("That is more or less than can be booked.")))
    return quantity


def grams_per(weight_unit: str) -> Decimal:
    """Return how many grams one of the depot's unit of weight is: 1000, or 453.59237."""
    return Decimal(_GRAMS[weight_unit])


def unit_of(units: Mapping[str, str], name: str) -> str:
    """Return the base unit of the item of that name; an item not known is counted."""
    return units.get(name_key(name), PIECE)


def _at(where: list[Any], sentence: str) -> dict[Any, Any]:
    found: Any = [sentence]
    for step in reversed(where):
        found = {step: found}
    nested: dict[Any, Any] = found
    return nested


def typed_weight(grams: int, weight_unit: str) -> str:
    """Return grams as a number to type in the depot's unit, exact to a gram or hundredth pound."""
    if weight_unit == "lb":
        pounds = Decimal(grams) * MILLIGRAMS_PER_GRAM / MILLIGRAMS_PER_POUND
        return f"{pounds.quantize(Decimal('0.01')).normalize():f}"
    return f"{(Decimal(grams) / 1000).normalize():f}"


def typed_amount(quantity: int, unit: str, weight_unit: str) -> str:
    """Return base units as a number to type: pieces, kg or lb, litres; base_quantity reads it."""
    if unit == GRAM:
        return typed_weight(quantity, weight_unit)
    if unit == MILLILITRE:
        return f"{(Decimal(quantity) / _MILLILITRES_PER_LITRE).normalize():f}"
    return str(quantity)
