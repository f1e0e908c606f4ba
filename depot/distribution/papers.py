"""Papers of a hand-out: its sheet, and what to fetch for it from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from depot.base.actors import Actor
from depot.base.allergens import NO_WISH, FoodFacts, FoodWish
from depot.distribution.queries.event_plans import PickLine, PickList
from depot.distribution.queries.events import EventPage, EventRow
from depot.distribution.queries.standing import Standing
from depot.papers.paper import Blanks, Block, Column, Facts, Paper, Row, Symbol, Table
from depot.papers.parts import blank_column, figure_column, make_paper
from depot.words import figures
from depot.words.allergens import food_words, known_to_be
from depot.words.reader import Reader


def event_paper(
    page: EventPage,
    standings: list[Standing],
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
        _goods(page, standings, foods, reader),
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
    standings: list[Standing],
    foods: Mapping[int, FoodFacts],
    reader: Reader,
) -> Table:
    """One line an item: planned, picked, packed (a box until it is closed), out, back, given."""
    boxes = not page.event.is_closed
    is_packed = page.event.packed_at is not None
    rows = []
    for one in standings:
        packed = one.picked if is_packed else 0
        figured = [one.planned, one.picked, packed, one.out, one.back]
        amounts = [_unless_none(quantity, one.unit, reader) for quantity in figured]
        given = figures.quantity(one.net, one.unit, reader) if one.out or one.back else ""
        rows.append(
            Row((_named(one, reader), food_words(foods[one.item_id], reader), *amounts, given))
        )
    columns = (
        Column(reader.gettext("Item")),
        Column(reader.gettext("Allergens and diets")),
        figure_column(reader.gettext("Planned")),
        figure_column(reader.gettext("Picked")),
        blank_column(reader.gettext("Packed"))
        if boxes
        else figure_column(reader.gettext("Packed")),
        figure_column(reader.gettext("Out")),
        figure_column(reader.gettext("Came back")),
        figure_column(reader.gettext("Handed out")),
    )
    sums = [*[""] * (len(columns) - 2), figures.weight(page.weight_grams, reader)]
    foot = (reader.gettext("All"), *sums) if page.items else None
    empty = reader.gettext("Nothing is planned and nothing was handed out yet.")
    return Table(reader.gettext("Goods"), columns, tuple(rows), foot, empty=empty)


def _unless_none(quantity: int, unit: str, reader: Reader) -> str:
    return figures.quantity(quantity, unit, reader) if quantity else ""


def _named(one: Standing, reader: Reader) -> str:
    """Return the item, with what was fetched instead of it."""
    return " · ".join(
        [
            one.item,
            *(
                reader.gettext(
                    "instead: %(amount)s of %(item)s",
                    amount=figures.quantity(quantity, one.unit, reader),
                    item=name,
                )
                for name, quantity in one.instead
            ),
        ]
    )


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
    if row.must_go_back:
        dated = reader.gettext("%(date)s: put it back", date=dated)
    named = held.item
    if row.instead_of:
        named = reader.gettext(
            "%(item)s, instead of %(planned)s", item=held.item, planned=row.instead_of
        )
    got = reader.gettext("picked") if row.is_picked else ""
    return Row((where, named, dated, food, taken, got))


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
