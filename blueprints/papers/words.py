"""Papers of what happened: to a crate, and to an item with its running balance."""

from __future__ import annotations

from collections.abc import Iterable

from blueprints.words.entries import author_of, entry_title, figure_text
from depot.base.actors import Actor
from depot.crates.queries.crates import CrateView, LotInCrate
from depot.entries.queries.ledger import EntryRow
from depot.kernel.weights import Weight
from depot.papers.paper import Block, Column, Facts, Paper, Row, Symbol, Table
from depot.papers.parts import figure_column, make_paper, paper_weight_words
from depot.stock.queries.items import ItemFacts, Movement
from depot.words import figures
from depot.words.allergens import food_words
from depot.words.reader import Reader


def crate_paper(
    view: CrateView, rows: Iterable[EntryRow], address: str, who: Actor, reader: Reader
) -> Paper:
    """Return a crate's contents and what happened to it; its symbol leads to `address`."""
    head = view.head
    places = " › ".join(step.name for step in reversed(head.path))
    facts = [(reader.gettext("Stands at"), places or reader.gettext("place not known"))]
    if head.box_number:
        facts.append((reader.gettext("Crate number"), head.box_number))
    facts.append((reader.gettext("Weight"), figures.weight(view.total.grams, reader)))
    blocks: list[Block] = [
        Symbol(address, reader.gettext("Scan to open this crate.")),
        Facts("", tuple(facts)),
    ]
    title = reader.gettext("Crate %(code)s", code=head.code)
    return make_paper(
        title,
        [*blocks, _contents(view, reader), _history(rows, reader)],
        who,
        reader,
        mark=head.code,
    )


def _contents(view: CrateView, reader: Reader) -> Table:
    rows = [_lot(lot, reader) for lot in view.lots]
    for inner in view.crates:
        rows.append(Row((reader.gettext("Crate %(code)s", code=inner.code),), is_heading=True))
        rows += [_lot(lot, reader) for lot in inner.lots]
    columns = (
        Column(reader.gettext("In it now")),
        Column(reader.gettext("Date on it")),
        Column(reader.gettext("Allergens and diets")),
        figure_column(reader.gettext("Weight")),
        figure_column(reader.gettext("How much")),
    )
    return Table(
        reader.gettext("Contents"),
        columns,
        tuple(rows),
        empty=reader.gettext("Nothing is in it, says the book."),
    )


def _lot(lot: LotInCrate, reader: Reader) -> Row:
    return Row(
        (
            lot.item,
            figures.lot_date(lot.date_kind, lot.date_text, reader),
            food_words(lot.food, reader),
            _weight(lot.weight, reader),
            figures.quantity(lot.quantity, lot.unit, reader),
        )
    )


def _history(rows: Iterable[EntryRow], reader: Reader) -> Table:
    columns = (
        Column(reader.gettext("When")),
        Column(reader.gettext("What happened")),
        Column(reader.gettext("By")),
        figure_column(reader.gettext("How much")),
    )
    lines = tuple(
        Row(
            (
                figures.moment(row.occurred_at, reader),
                _entry_words(row, reader),
                author_of(row, reader),
                figure_text(row, reader) or "",
            )
        )
        for row in rows
    )
    return Table(
        reader.gettext("What happened"), columns, lines, empty=reader.gettext("Nothing yet.")
    )


def _entry_words(row: EntryRow, reader: Reader) -> str:
    """Return what happened in plain words, with its note; an undone line says so."""
    words = entry_title(row, reader).striptags()
    if row.is_undone:
        words = reader.gettext("%(what)s (undone)", what=words)
    return " · ".join(part for part in (words, " ".join(row.note.split())) if part)


def item_paper(
    facts: ItemFacts, rows: Iterable[Movement], who: Actor, reader: Reader, *, has_more: bool
) -> Paper:
    """Return movements of an item with what there was after each, the newest first."""
    columns = (
        Column(reader.gettext("When")),
        Column(reader.gettext("What happened")),
        Column(reader.gettext("By")),
        figure_column(reader.gettext("Difference")),
        figure_column(reader.gettext("Afterwards")),
        figure_column(reader.gettext("Line")),
    )
    here = (
        (reader.gettext("Category"), facts.category),
        (reader.gettext("Here"), figures.quantity(facts.quantity, facts.unit, reader)),
        (reader.gettext("Weight"), _weight(facts.weight, reader)),
    )
    table = Table(
        reader.gettext("What happened"),
        columns,
        tuple(_movement(row, facts.unit, reader) for row in rows),
        note=reader.gettext("Older lines are on the next paper.") if has_more else "",
        empty=reader.gettext("Nothing happened to it yet."),
    )
    return make_paper(
        facts.called, [Facts("", here), table], who, reader, lead=[reader.gettext("Item card")]
    )


def _movement(row: Movement, unit: str, reader: Reader) -> Row:
    return Row(
        (
            figures.moment(row.entry.occurred_at, reader),
            _entry_words(row.entry, reader),
            author_of(row.entry, reader),
            figures.signed_number(row.change, unit, reader) if row.change else "",
            figures.quantity(row.balance, unit, reader),
            figures.number(row.entry.seq, reader),
        )
    )


def _weight(found: Weight, reader: Reader) -> str:
    return paper_weight_words(found.grams, reader, is_estimated=found.is_estimated)
