"""Papers of a hand-out: its sheet, and what to fetch for it from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from depot.base.actors import Actor
from depot.base.allergens import NO_WISH, FoodFacts, FoodWish
from depot.distribution.queries.event_plans import PickLine, PickList, PlannedItem
from depot.distribution.queries.events import EventPage, EventRow
from depot.papers.paper import Blanks, Block, Column, Facts, Paper, Row, Symbol, Table
from depot.papers.parts import blank_column, figure_column, make_paper
from depot.words import figures
from depot.words.allergens import food_words, known_to_be
from depot.words.reader import Reader


def event_paper(
    page: EventPage,
    planned: list[PlannedItem],
    foods: Mapping[int, FoodFacts],
    address: str,
    who: Actor,
    reader: Reader,
) -> Paper:
    """Return a hand-out on one sheet: plan, packed, handed out, back, people.

    `foods` are the facts of its items by their ids; `address` is where the symbol on it leads.
    """
    blocks: list[Block] = [
        Symbol(address, reader.gettext("Scan to open this hand-out.")),
        Facts("", tuple(_about(page.event, reader))),
        _goods(page, planned, foods, reader),
        Facts(reader.gettext("People helped"), tuple(_people(page, reader))),
    ]
    if not page.event.is_closed:
        blocks.append(
            Blanks(
                (
                    reader.gettext("Packed by"),
                    reader.gettext("Handed out by"),
                    reader.gettext("Brought back by"),
                )
            )
        )
    return make_paper(page.event.name, blocks, who, reader, lead=[reader.gettext("Hand-out")])


def _about(event: EventRow, reader: Reader) -> Iterator[tuple[str, str]]:
    yield reader.gettext("Begins"), figures.moment(event.starts_at, reader)
    if event.place:
        yield reader.gettext("Where"), event.place
    if event.expected_households is not None:
        yield (
            reader.gettext("Households expected"),
            figures.number(event.expected_households, reader),
        )
    if event.closed_at is not None:
        yield reader.gettext("Closed"), figures.moment(event.closed_at, reader)


def _goods(
    page: EventPage,
    planned: list[PlannedItem],
    foods: Mapping[int, FoodFacts],
    reader: Reader,
) -> Table:
    """One line an item: planned, a box for packed as long as it is not closed, out, back, given."""
    plans = {line.item_id: line for line in planned}
    found = {row.item_id: row for row in page.items}
    boxes = not page.event.is_closed
    rows = []
    for item_id, name, unit in _items(page, planned):
        plan, out = plans.get(item_id), found.get(item_id)
        amounts = [
            figures.quantity(plan.quantity, unit, reader) if plan else "",
            *([""] if boxes else []),
            figures.quantity(out.out, unit, reader) if out else "",
            figures.quantity(out.back, unit, reader) if out and out.back else "",
            figures.quantity(out.net, unit, reader) if out else "",
        ]
        rows.append(Row((name, food_words(foods[item_id], reader), *amounts)))
    columns = [
        Column(reader.gettext("Item")),
        Column(reader.gettext("Allergens and diets")),
        figure_column(reader.gettext("Planned")),
    ]
    if boxes:
        columns.append(blank_column(reader.gettext("Packed")))
    columns += [
        figure_column(reader.gettext("Out")),
        figure_column(reader.gettext("Back")),
        figure_column(reader.gettext("Handed out")),
    ]
    sums = [
        "",
        "",
        *([""] if boxes else []),
        "",
        "",
        figures.weight(page.weight_grams, reader),
    ]
    foot = (reader.gettext("All"), *sums) if page.items else None
    empty = reader.gettext("Nothing is planned and nothing was handed out yet.")
    return Table(reader.gettext("Goods"), tuple(columns), tuple(rows), foot, empty=empty)


def _items(page: EventPage, planned: list[PlannedItem]) -> Iterator[tuple[int, str, str]]:
    seen = set()
    for line in planned:
        seen.add(line.item_id)
        yield line.item_id, line.item, line.unit
    for row in page.items:
        if row.item_id not in seen:
            yield row.item_id, row.item, row.unit


def _people(page: EventPage, reader: Reader) -> Iterator[tuple[str, str]]:
    found = page.people
    for name, number in (
        (reader.gettext("Households"), found.households),
        (reader.gettext("New households"), found.new_households),
        (reader.gettext("Adults"), found.adults),
        (reader.gettext("Children"), found.children),
        (reader.gettext("Seniors"), found.seniors),
    ):
        yield (
            name,
            reader.gettext("not asked") if number is None else figures.number(number, reader),
        )


def pick_list_paper(
    event: EventRow,
    found: PickList,
    day: date,
    who: Actor,
    reader: Reader,
    wish: FoodWish = NO_WISH,
) -> Paper:
    """Return what to fetch from where, oldest dates first, for a hand-out on that day.

    `wish` is what it was narrowed to.
    """
    columns = (
        Column(reader.gettext("From")),
        Column(reader.gettext("Item")),
        Column(reader.gettext("Date on it")),
        Column(reader.gettext("Allergens and diets")),
        figure_column(reader.gettext("Take")),
        blank_column(reader.gettext("Got it")),
    )
    empty = reader.gettext(
        "Nothing is to be fetched. Say first what the hand-out is to take along."
    )
    blocks: list[Block] = [Table("", columns, tuple(_fetch_rows(found, day, reader)), empty=empty)]
    if found.missing:
        blocks.append(_missing(found, reader, wish))
    blocks.append(Blanks((reader.gettext("Fetched by"), reader.gettext("Checked by"))))
    lead = [
        f"{event.name} · {figures.moment(event.starts_at, reader)}",
        reader.gettext("Oldest dates first"),
        known_to_be(wish, reader),
    ]
    return make_paper(reader.gettext("Pick list"), blocks, who, reader, lead=lead, mark=event.name)


def _fetch_rows(found: PickList, day: date, reader: Reader) -> Iterator[Row]:
    for place, fetches in groupby(found.fetches, key=lambda row: row.place):
        yield Row(
            (place or reader.gettext("Crates of which nobody said where they are"),),
            is_heading=True,
        )
        for row in fetches:
            yield _fetch_row(row, day, reader)


def _fetch_row(row: PickLine, day: date, reader: Reader) -> Row:
    held = row.held
    crate = " / ".join(held.crates) or reader.gettext("loose")
    whole = bool(held.crates) and row.quantity == held.quantity
    where = reader.gettext("%(crate)s, all of it", crate=crate) if whole else crate
    dated = figures.lot_date(held.date_kind, held.date_text, reader)
    if held.give_out_until is not None and held.give_out_until < day:
        dated = reader.gettext("%(date)s: past its day then", date=dated)
    food = food_words(held.food, reader)
    taken = figures.quantity(row.quantity, held.unit, reader)
    return Row((where, held.item, dated, food, taken, ""))


def _missing(found: PickList, reader: Reader, wish: FoodWish) -> Table:
    rows = tuple(
        Row(
            (
                line.item,
                figures.quantity(line.planned, line.unit, reader),
                figures.quantity(line.quantity, line.unit, reader),
            )
        )
        for line in found.missing
    )
    columns = (
        Column(reader.gettext("Item")),
        figure_column(reader.gettext("Planned")),
        figure_column(reader.gettext("Missing")),
    )
    title = reader.gettext("Not enough here")
    if wish:
        title = reader.gettext("Not enough here that is known to be so")
    return Table(title, columns, rows)
