"""The sheet of parcels for households: for whom they are, what to take along, and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from depot.base.actors import Actor
from depot.papers.paper import Block, Column, Paper, Row, Table
from depot.papers.parts import blank_column, figure_column, make_paper
from depot.production.multiplied import ItemNeeded, Multiplied
from depot.production.parcel_rows import ParcelRow
from depot.production.parcels import Households
from depot.words import figures
from depot.words.allergens import diet_names
from depot.words.reader import Reader


class SheetLine(NamedTuple):
    """What a line of a parcel needs, in words: what it is, of what it is taken, how much."""

    title: str
    taken: str
    figure: str


def parcels_paper(
    title: str,
    lead: Sequence[str],
    found: Multiplied,
    lines: Sequence[SheetLine],
    who: Actor,
    reader: Reader,
) -> Paper:
    """Return what households of a grid need on paper, with a box to tick at each item."""
    blocks: list[Block] = [_items(found.items, reader)]
    blocks += [_grid(parcel, grid, reader) for parcel, grid in found.parcels]
    blocks.append(_lines(lines, reader))
    return make_paper(title, blocks, who, reader, lead=lead)


def _items(items: Sequence[ItemNeeded], reader: Reader) -> Table:
    _ = reader.gettext
    rows = (
        Row((one.item, *(_amount(each, one.unit, reader) for each in _of(one)), ""))
        for one in items
    )
    return Table(
        _("To take along"),
        (
            Column(_("Item")),
            figure_column(_("To take along")),
            figure_column(_("Free")),
            figure_column(_("Short")),
            blank_column(_("Packed")),
        ),
        tuple(rows),
        empty=_("Nothing is needed."),
    )


def _of(one: ItemNeeded) -> Iterator[int]:
    yield from (one.planned, one.free, one.short)


def _amount(quantity: int, unit: str, reader: Reader) -> str:
    return figures.quantity(quantity, unit, reader) if quantity else ""


def _grid(parcel: ParcelRow, grid: Sequence[Households], reader: Reader) -> Table:
    """Return how many households of each kind get the parcel."""
    _ = reader.gettext
    rows = (Row((_kind(one, parcel, reader), figures.number(one.count, reader))) for one in grid)
    return Table(
        parcel.name,
        (Column(_("Each for")), figure_column(_("Households"))),
        tuple(rows),
        (_("All"), figures.number(sum(one.count for one in grid), reader)),
    )


def _kind(one: Households, parcel: ParcelRow, reader: Reader) -> str:
    if one.size:
        whom = parcel.sizes[one.size - 1]
    else:
        whom = reader.gettext(
            "%(adults)s adults, %(children)s children",
            adults=figures.number(one.adults, reader),
            children=figures.number(one.children, reader),
        )
    return ", ".join([whom, *([diet_names([one.diet], reader)] if one.diet else [])])


def _lines(lines: Sequence[SheetLine], reader: Reader) -> Table:
    _ = reader.gettext
    return Table(
        _("Line by line"),
        (Column(_("What is in it")), Column(_("Taken from")), figure_column(_("How much"))),
        tuple(Row(tuple(line)) for line in lines),
        empty=_("Nothing is needed."),
    )
