"""Units and weights of one, in words and as typed."""

from __future__ import annotations

from decimal import Decimal

from blueprints.words.amounts import milligrams_of_small
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, MILLILITRE, PIECE
from depot.stock.queries.items import ItemFacts
from depot.words import figures, numbers
from depot.words.reader import Reader


def unit_words(reader: Reader) -> dict[str, str]:
    """Return the word for each base unit."""
    return {
        PIECE: reader.gettext("pieces"),
        GRAM: reader.gettext("weight"),
        MILLILITRE: reader.gettext("litres"),
    }


def typed_unit_weight(milligrams: int | None, unit: str, weight_unit: str) -> str:
    """Return what one weighs as it would be typed: for a liquid, the weight of a litre."""
    if milligrams is None:
        return ""
    if unit == MILLILITRE:
        milligrams *= MILLIGRAMS_PER_GRAM
    amount = (milligrams / milligrams_of_small(weight_unit)).quantize(Decimal("0.001"))
    return numbers.plain_decimal(amount)


def unit_weight_words(facts: ItemFacts, weight_unit: str, reader: Reader) -> str:
    """Return what one weighs as people read it."""
    text = typed_unit_weight(facts.unit_weight_milligrams, facts.unit, weight_unit)
    if not text:
        return reader.gettext("not known")
    amount = f"{figures.exact(Decimal(text), reader)} {figures.unit_beside(figures.SMALL, reader)}"
    return (
        reader.gettext("%(weight)s a litre", weight=amount) if facts.unit == MILLILITRE else amount
    )
