"""Parcels at the table in words: for whom, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from depot.base.allergens import diet_key
from depot.production.parcel_rows import ParcelLineRow, ParcelRow
from depot.production.parcels import Households
from depot.production.queries.parcels_at_table import ParcelPlanned, ParcelsAtTable
from depot.words import figures
from depot.words.allergens import diet_name
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of which a household takes one of several."""

    line: int
    title: str
    #: The ids of items, and their names.
    items: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ParcelButton:
    """A parcel for a household, handed out with one press."""

    parcel: str
    household: str
    planned: str
    #: What the form says.
    fields: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ParcelKind:
    """A kind of parcel for whoever was not planned for."""

    name: str
    #: As the form sends them, and in words.
    sizes: tuple[tuple[str, str], ...]
    #: Diets that have a variant: as the form sends them, and in words.
    diets: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]


def buttons(found: ParcelsAtTable, reader: Reader) -> list[ParcelButton]:
    """Return the parcels that were planned, in the order of the plan."""
    return [_button(one, reader) for one in found.planned]


def kinds(found: ParcelsAtTable, reader: Reader) -> list[ParcelKind]:
    """Return all parcels that there are, for any household."""
    return [
        ParcelKind(
            row.name,
            tuple((size, size) for size in row.sizes),
            tuple((diet, diet_name(diet, reader)) for diet in row.diets),
            tuple(_choices(row, "")),
        )
        for row in found.kinds
    ]


def _button(one: ParcelPlanned, reader: Reader) -> ParcelButton:
    households = one.households
    said = {"parcel": one.parcel.name, "diet": households.diet}
    if households.size:
        said["size"] = one.parcel.sizes[households.size - 1]
    else:
        said |= {"adults": str(households.adults), "children": str(households.children)}
    count = figures.number(households.count, reader)
    return ParcelButton(
        one.parcel.name,
        household_words(one.parcel, households, reader),
        reader.gettext("%(count)s planned", count=count),
        tuple((name, value) for name, value in said.items() if value),
        tuple(_choices(one.parcel, households.diet)),
    )


def household_words(parcel: ParcelRow, one: Households, reader: Reader) -> str:
    """Say for whom a parcel is: 2 adults, 1 child, vegan."""
    return figures.listed(list(_household(parcel, one, reader)), reader)


def _household(parcel: ParcelRow, one: Households, reader: Reader) -> Iterator[str]:
    if one.size:
        yield parcel.sizes[one.size - 1]
    if one.adults:
        yield reader.ngettext("%(num)s adult", "%(num)s adults", one.adults)
    if one.children:
        yield reader.ngettext("%(num)s child", "%(num)s children", one.children)
    if one.diet:
        yield diet_name(one.diet, reader)


def _choices(row: ParcelRow, diet: str) -> Iterator[Choice]:
    """Return what a household that eats so may choose; a variant's line offers nothing else."""
    for line in row.lines:
        if len(line.items) > 1 and not _has_instead(line, diet):
            named = tuple((item.id, item.name) for item in line.items)
            yield Choice(line.goods.line, " / ".join(name for _id, name in named), named)


def _has_instead(line: ParcelLineRow, diet: str) -> bool:
    return any(diet_key(known) == diet_key(diet) for known, _item in line.instead)
