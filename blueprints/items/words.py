"""Units and weights of one, in words and as typed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from blueprints.words.amounts import milligrams_of_small
from depot.base.dates import LIFE_UNITS, ShelfLife
from depot.base.names import name_key
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, MILLILITRE, PIECE
from depot.items.queries.category_facts import CategoryFacts
from depot.items.shelf_lives import ShelfLifeTable, changes, is_of_table
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


def life_units(reader: Reader) -> list[tuple[str, str]]:
    """Return the units of a shelf life with their words, as a form offers them."""
    words = (
        reader.gettext("days"),
        reader.gettext("months"),
        reader.gettext("years"),
        reader.gettext("never after its date"),
    )
    return list(zip(LIFE_UNITS, words, strict=True))


def life_words(life: ShelfLife, reader: Reader) -> str:
    """Return how long goods go out after best before, as people read it."""
    if life.is_hard:
        return reader.gettext("never after its date")
    if not life.amount:
        return reader.gettext("until best before")
    if life.unit == "year":
        return reader.ngettext(
            "%(num)s year after best before", "%(num)s years after best before", life.amount
        )
    if life.unit == "month":
        return reader.ngettext(
            "%(num)s month after best before", "%(num)s months after best before", life.amount
        )
    return reader.ngettext(
        "%(num)s day after best before", "%(num)s days after best before", life.amount
    )


def source_words(source: str, reader: Reader) -> str:
    """Return who says how long: in the reader's language where it is a start table's."""
    return reader.gettext(source) if is_of_table(source) else source


def typed_life(life: ShelfLife | None, source: str) -> dict[str, str]:
    """Return the values of a form's fields."""
    return {
        "shelf_life_amount": str(life.amount) if life and not life.is_hard else "",
        "shelf_life_unit": life.unit if life else "",
        "shelf_life_source": source,
    }


def table_changes(
    table: ShelfLifeTable, found: Iterable[CategoryFacts], reader: Reader
) -> list[tuple[str, str, str]]:
    """Return category, what holds now and what would hold, where a table says something else."""
    return [
        (one.name, life_words(one.shelf_life, reader), life_words(table.lives[name], reader))
        for one in found
        if (name := changes(table, name_key(one.name), one.shelf_life, one.shelf_life_source))
        and one.shelf_life != table.lives[name]
    ]
