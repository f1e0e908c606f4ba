"""Parcels in words: what is in them, for whom, and what a grid of households needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blueprints.words.addresses import Address
from depot.base.allergens import FoodFacts
from depot.production.multiplied import ItemNeeded, Multiplied, MultipliedLine
from depot.production.parcel_rows import Named, ParcelLineRow, ParcelRow
from depot.production.queries.parcels import unsuitable
from depot.words import figures
from depot.words.allergens import diet_names, food_words
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class ParcelLineText:
    """A line of a parcel: what it is, for whom how much, what may stand in, what is known of it."""

    title: str
    per: str
    others: tuple[str, ...]
    foods: tuple[str, ...]
    href: str | None


@dataclass(frozen=True, slots=True)
class VariantText:
    """What those who eat so get instead, and of what nobody said that it suits them."""

    diet: str
    instead: tuple[str, ...]
    unsure: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NeedText:
    """How much is needed for a line, and of what it is taken."""

    title: str
    small: str
    figure: str


@dataclass(frozen=True, slots=True)
class NeededText:
    """What is to be taken along of an item: how much, what is free of it, and what is short."""

    item: str
    href: str
    planned: str
    free: str
    short: str


def line_title(line: ParcelLineRow, reader: Reader) -> str:
    """Return what a line is of: an item, one of several, anything of a category."""
    if line.category is not None:
        return reader.gettext("Anything of %(category)s", category=line.category.name)
    if len(line.items) > 1:
        return reader.gettext("One of: %(items)s", items=_named(line.items))
    return line.items[0].name


def per_words(line: ParcelLineRow, sizes: tuple[str, ...], reader: Reader) -> str:
    """Return for whom how much of a line is."""
    amounts, unit = line.goods.amounts, line.goods.unit

    def said(quantity: int) -> str:
        return figures.quantity(quantity, unit, reader)

    if sizes:
        by_size = zip(sizes, amounts.sizes, strict=True)
        return " · ".join(
            reader.gettext("%(size)s: %(amount)s", size=size, amount=said(quantity))
            for size, quantity in by_size
        )
    parts = []
    if amounts.household:
        parts.append(reader.gettext("%(amount)s a household", amount=said(amounts.household)))
    if amounts.adult:
        parts.append(reader.gettext("%(amount)s an adult", amount=said(amounts.adult)))
    if amounts.child:
        parts.append(reader.gettext("%(amount)s a child", amount=said(amounts.child)))
    return " · ".join(parts)


def line_text(
    line: ParcelLineRow,
    row: ParcelRow,
    foods: Mapping[int, FoodFacts],
    reader: Reader,
    address: Address,
) -> ParcelLineText:
    """Put a line into words; `foods` is what is known of the items."""
    others = []
    if line.swaps:
        others.append(reader.gettext("Or instead: %(items)s", items=_named(line.swaps)))
    others += [_instead(diet, one, reader) for diet, one in line.instead]
    known = [(one.name, food_words(foods[one.id], reader)) for one in line.items if one.id in foods]
    told = [words if len(line.items) == 1 else f"{name}: {words}" for name, words in known if words]
    href = address("items.item", item_id=line.items[0].id) if len(line.items) == 1 else None
    return ParcelLineText(
        line_title(line, reader),
        per_words(line, row.sizes, reader),
        tuple(others),
        tuple(told),
        href,
    )


def _instead(diet: str, one: Named | None, reader: Reader) -> str:
    word = diet_names([diet], reader)
    if one is None:
        return reader.gettext("%(diet)s: nothing of it", diet=word)
    return reader.gettext("%(diet)s: %(item)s", diet=word, item=one.name)


def variant_text(
    row: ParcelRow, diet: str, foods: dict[int, FoodFacts], reader: Reader, address: Address
) -> VariantText:
    """Put a parcel's variant for a diet into words."""
    instead = []
    for line in row.lines:
        for known, one in line.instead:
            if known == diet:
                values = {"line": line_title(line, reader), "item": one.name if one else ""}
                instead.append(
                    reader.gettext("%(item)s instead of %(line)s", **values)
                    if one
                    else reader.gettext("without %(line)s", **values)
                )
    unsure = tuple(
        (one.name, address("items.item", item_id=one.id)) for one in unsuitable(row, diet, foods)
    )
    return VariantText(diet_names([diet], reader), tuple(instead), unsure)


def contents(row: ParcelRow, reader: Reader) -> str:
    """Return all that is in a parcel, in one line."""
    return " · ".join(line_title(line, reader) for line in row.lines)


def need_text(line: MultipliedLine, found: Multiplied, reader: Reader) -> NeedText:
    """Put what a line needs into words."""
    unit = line.need.goods.unit
    title = line_title(line.row, reader)
    if line.need.diet:
        title = reader.gettext(
            "%(line)s, %(diet)s", line=title, diet=diet_names([line.need.diet], reader)
        )
    if len(found.parcels) > 1:
        title = reader.gettext("%(parcel)s: %(line)s", parcel=line.parcel, line=title)
    names = {one.item_id: one.item for one in found.items}
    taken = [
        reader.gettext(
            "%(amount)s %(item)s",
            amount=figures.quantity(one.quantity, unit, reader),
            item=names[one.item_id],
        )
        for one in line.taken
    ]
    return NeedText(title, " · ".join(taken), figures.quantity(line.need.quantity, unit, reader))


def needed_text(one: ItemNeeded, reader: Reader, address: Address) -> NeededText:
    """Put what is to be taken along of an item into words."""
    return NeededText(
        one.item,
        address("items.item", item_id=one.item_id),
        figures.quantity(one.planned, one.unit, reader),
        figures.quantity(one.free, one.unit, reader),
        figures.quantity(one.short, one.unit, reader) if one.short else "",
    )


def for_whom(found: Multiplied, reader: Reader) -> str:
    """Return for how many households and people it is."""
    households = reader.ngettext("%(num)s household", "%(num)s households", found.households)
    adults, children = found.people
    if not adults + children:
        return households
    return reader.gettext(
        "%(households)s: %(adults)s adults, %(children)s children",
        households=households,
        adults=figures.number(adults, reader),
        children=figures.number(children, reader),
    )


def _named(some: Iterable[Named]) -> str:
    return ", ".join(one.name for one in some)
