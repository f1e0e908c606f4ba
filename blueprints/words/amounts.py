"""One number for how much: pieces where an item is counted, kg or lb or litres where it is not;
and how many people of which ages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validate

from blueprints.frame.fields import CommandSchema, WholeNumber, in_base_units, read_amount
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader as reader_and_actor
from depot.base.names import name_key
from depot.base.units import (
    GRAM,
    MILLIGRAMS_PER_GRAM,
    MILLIGRAMS_PER_POUND,
    MILLILITRE,
    MILLILITRES_PER_LITRE,
    PIECE,
)
from depot.distribution.ages import MOST_BANDS, OLDEST, BandPeople
from depot.imports.amounts import WrittenAmount
from depot.items.queries import catalog
from depot.items.queries.catalog import ItemChoice
from depot.words import figures, numbers

OUNCES_PER_POUND: Final = 16
#: So many people of an age band are counted at once.
MAX_PEOPLE: Final = 100_000
#: No piece weighs more than a tonne.
MAX_UNIT_MILLIGRAMS: Final = 1_000_000_000


class Amount(fields.Field[WrittenAmount]):
    """An amount as people write it: 48, 12.5, 12,5, 20 kg, 2 x 12; more than nothing."""

    takes_zero = False

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> WrittenAmount:
        found = read_amount(value)
        if not found and not self.takes_zero:
            raise ValidationError(_("“%(text)s” is not more than nothing.", text=found.text))
        return found


class CountedAmount(Amount):
    """An amount as people write it; zero counts."""

    takes_zero = True


def units_of(items: Iterable[ItemChoice]) -> dict[str, str]:
    """Return the base unit of each item by its name's key."""
    return {name_key(item.name): item.unit for item in items}


def base_quantity(amount: WrittenAmount, unit: str, weight_unit: str, where: list[Any]) -> int:
    """Return `amount` in base units: pieces, or grams of kg or lb, or millilitres of litres.

    `where` is the way to the field, like ["lines", 0, "amount"]. Raises ValidationError there.
    """
    try:
        return in_base_units(amount, unit, weight_unit)
    except ValidationError as error:
        raise ValidationError(_at(where, str(error.messages[0]))) from error


def grams_per(weight_unit: str) -> Decimal:
    """Return how many grams one of the depot's unit of weight is: 1000, or 453.59237."""
    return MILLIGRAMS_PER_POUND / 1000 if weight_unit == "lb" else Decimal(1000)


def unit_of(units: Mapping[str, str], name: str, amount: WrittenAmount | None = None) -> str:
    """Return the base unit of the item of that name; one not known is in the unit written with it.

    Without one it is counted.
    """
    return units.get(name_key(name)) or (amount.unit if amount else None) or PIECE


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
        return numbers.plain_decimal(pounds.quantize(Decimal("0.01")))
    return numbers.plain_decimal(Decimal(grams) / 1000)


def typed_amount(quantity: int, unit: str, weight_unit: str) -> str:
    """Return base units as a number to type: pieces, kg or lb, litres; base_quantity reads it."""
    if unit == GRAM:
        return typed_weight(quantity, weight_unit)
    if unit == MILLILITRE:
        return numbers.plain_decimal(Decimal(quantity) / MILLILITRES_PER_LITRE)
    return str(quantity)


def add_typed(typed: str, more: str, unit: str, weight_unit: str) -> str | None:
    """Return two amounts as typed, added up, to type; None where one of them cannot be read."""
    try:
        found = [in_base_units(read_amount(text), unit, weight_unit) for text in (typed, more)]
    except ValidationError:
        return None
    return typed_amount(sum(found), unit, weight_unit)


@dataclass(frozen=True, slots=True)
class Understood:
    """What an amount that is being typed is read as, or why it cannot be; what it is counted in."""

    unit: str
    said: str = ""
    problem: str = ""


def understand(text: str, unit: str, name: str = "") -> Understood:
    """Say what a text would be booked as. `unit` is a field's own, else that of the item `name`.

    Nothing is decided by it: what is saved is read once more.
    """
    reader = current_reader()
    amount: WrittenAmount | None = None
    problem = ""
    try:
        amount = read_amount(text) if text.strip() else None
    except ValidationError as error:
        problem = str(error.messages[0])
    if not unit and name.strip():
        unit = _unit_by_name(name, amount)
    beside = figures.unit_beside(unit, reader)
    if amount is None or not unit:
        return Understood(beside, problem=problem)
    if not amount:
        return Understood(beside, _("= %(amount)s", amount=figures.quantity(0, unit, reader)))
    try:
        return Understood(beside, _("= %(amount)s", amount=_amount_words(amount, unit)))
    except ValidationError as error:
        return Understood(beside, problem=str(error.messages[0]))


def _unit_by_name(name: str, amount: WrittenAmount | None) -> str:
    session, who = reader_and_actor()
    known = catalog.unit_of_item(session, who.depot_id, name)
    return known or (amount.unit if amount else None) or PIECE


def _amount_words(amount: WrittenAmount, unit: str) -> str:
    reader = current_reader()
    if unit != figures.SMALL:
        quantity = in_base_units(amount, unit, reader.weight_unit)
        return figures.exact_quantity(quantity, unit, reader)
    small = figures.unit_beside(unit, reader)
    milligrams = small_milligrams(amount, reader.weight_unit)
    number = Decimal(milligrams) / milligrams_of_small(reader.weight_unit)
    return f"{figures.decimal(number, reader, most=3)} {small}"


def milligrams_of_small(weight_unit: str) -> Decimal:
    """Return how many milligrams the small unit has: a gram, or an ounce for those in pounds."""
    if weight_unit == "lb":
        return MILLIGRAMS_PER_POUND / OUNCES_PER_POUND
    return Decimal(MILLIGRAMS_PER_GRAM)


def small_milligrams(amount: WrittenAmount, weight_unit: str) -> int:
    """Return what one of something weighs in milligrams. Raises ValidationError."""
    if amount.unit not in (None, GRAM):
        raise ValidationError(_("“%(text)s” is not a weight.", text=amount.text))
    small = MILLIGRAMS_PER_GRAM if amount.unit else milligrams_of_small(weight_unit)
    milligrams = round(amount.number * Fraction(small))
    if not 0 < milligrams <= MAX_UNIT_MILLIGRAMS:
        raise ValidationError(_("“%(text)s” is no weight of one.", text=amount.text))
    return milligrams


class BandPeopleSchema(CommandSchema):
    """So many people of the age band that begins with an age."""

    makes = BandPeople
    from_age = WholeNumber(required=True, least=0, most=OLDEST)
    people = WholeNumber(required=True, least=0, most=MAX_PEOPLE)


class BandsField(fields.List[Any]):
    """People by age band; a band that was left empty on a page was not asked."""

    def __init__(self, **options: Any) -> None:
        some = validate.Length(max=MOST_BANDS)
        super().__init__(
            fields.Nested(BandPeopleSchema), load_default=list, validate=some, **options
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        if isinstance(value, list):
            value = [one for one in value if not _was_left_empty(one)]
        return super()._deserialize(value, attr, data, **kw)


def _was_left_empty(row: object) -> bool:
    """Say whether a page sent of a band only where it begins; a program would have a number."""
    return isinstance(row, dict) and row.keys() == {"from_age"} and isinstance(row["from_age"], str)
