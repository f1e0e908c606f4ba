"""The database itself refuses what the ledger must never hold, whoever asks it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from depot.base.errors import LedgerBroken
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.db.transaction import transaction
from depot.distribution.commands.events import CountPeople, PlanEvent, count_people, plan_event
from depot.ledger.entries import Place
from depot.ledger.posting import REFUSED, Head
from depot.models import StockMove
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.book import Book
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import location_id_of

APPEND_ONLY = {
    "stock_entry": "note",
    "stock_move": "quantity",
    "crate_placement": "to_id",
    "people_count": "households",
    "command_log": "answer",
    "counted_stock": "counted_quantity",
}


@pytest.fixture
def book(world: World) -> World:
    """A row in each append-only table."""
    receive(world.ben, 24, "Rice")
    code = create_crates(CreateCrates(command_id=uuid4(), count=1), world.ben, clock).body["codes"]
    put = MoveCrate(command_id=uuid4(), crate_code=code[0], to="Arrivals", knows_empty=True)
    move_crate(put, world.ben, clock)
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(plan, world.ada, clock).body["id"]
    people = CountPeople(command_id=uuid4(), event_id=event_id, households=42)
    count_people(people, world.ben, clock)
    line = CountLine(item="Rice", counted_quantity=24)
    book_count(Count(command_id=uuid4(), place="Arrivals", lines=(line,)), world.ben, clock)
    return world


def execute(statement: str, **values: object) -> None:
    with transaction() as session:
        session.execute(text(statement), values)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["update", "delete", "replace"])
def test_what_is_written_stays(book: World, table: str, verb: str) -> None:
    is_sqlite = book.session.get_bind().dialect.name == "sqlite"
    column = APPEND_ONLY[table]
    statement = {
        "update": f"UPDATE {table} SET {column} = {column}",
        "delete": f"DELETE FROM {table}",
        # SQLite's REPLACE deletes the old row first; PostgreSQL empties tables its own way
        "replace": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if is_sqlite
        else f"TRUNCATE {table} CASCADE",
    }[verb]
    with pytest.raises(DBAPIError, match="append-only"):
        execute(statement)
    left = book.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    assert left > 0


MOVE = (
    "INSERT INTO stock_move (depot_id, entry_id, line, item_id, lot_id, source_id, target_id,"
    " quantity) SELECT :depot, entry_id, 2, item_id, lot_id, :source, :target, :quantity"
    " FROM stock_move WHERE line = 1"
)


@pytest.mark.parametrize("quantity", [0, -1, 10**12 + 1])
def test_a_move_of_nothing_or_too_much_is_refused(book: World, quantity: int) -> None:
    here, there = location_id_of(book.ben, "Arrivals"), location_id_of(book.ben, "On hold")
    values = {"depot": book.north.id, "source": here, "target": there, "quantity": quantity}
    with pytest.raises(IntegrityError, match=r"ck_stock_move_quantity|quantity"):
        execute(MOVE, **values)


def test_a_move_of_half_a_tin_is_refused(book: World) -> None:
    here, there = location_id_of(book.ben, "Arrivals"), location_id_of(book.ben, "On hold")
    statement = MOVE.replace(":quantity", "'half'")
    with pytest.raises(DBAPIError):
        execute(statement, depot=book.north.id, source=here, target=there)


def test_a_move_to_where_it_is_is_refused(book: World) -> None:
    here = location_id_of(book.ben, "Arrivals")
    values = {"depot": book.north.id, "source": here, "target": here, "quantity": 1}
    with pytest.raises(IntegrityError, match="two_legs"):
        execute(MOVE, **values)


def test_a_move_into_another_depot_is_refused(book: World) -> None:
    here, there = location_id_of(book.ben, "Arrivals"), location_id_of(book.cleo, "Arrivals")
    values = {"depot": book.north.id, "source": here, "target": there, "quantity": 1}
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        execute(MOVE, **values)


def test_a_line_in_another_depots_entry_is_refused(book: World) -> None:
    here, there = location_id_of(book.cleo, "Arrivals"), location_id_of(book.cleo, "On hold")
    values = {"depot": book.south.id, "source": here, "target": there, "quantity": 1}
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        execute(MOVE, **values)


def test_a_balance_below_nothing_is_refused(book: World) -> None:
    with pytest.raises(IntegrityError, match="not_below_zero"):
        execute("UPDATE stock_balance SET quantity = -1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE location SET parent_id = id WHERE kind = 'crate'",
        "UPDATE location SET kind = 'cupboard' WHERE kind = 'crate'",
        "UPDATE location SET kind = 'supplier' WHERE kind = 'crate'",
        "UPDATE item SET base_unit = 'pound'",
        "UPDATE depot SET week_start = 8",
    ],
)
def test_what_makes_no_sense_is_refused(book: World, statement: str) -> None:
    with pytest.raises(IntegrityError):
        execute(statement)


def test_an_entry_is_reversed_once_even_past_the_command(book: World) -> None:
    ledger = Book(book.ben)
    goods = ledger.goods("Beans", "Tins and jars")
    posted = ledger.came_in(goods, 5, NOW)
    ledger.undo(posted, NOW)
    with pytest.raises(LedgerBroken):
        ledger.undo(posted, NOW)


def test_the_databases_own_words_are_for_the_log(
    book: World, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = Book(book.ben)
    goods = ledger.goods("Beans", "Tins and jars")
    posted = ledger.came_in(goods, 5, NOW)
    ledger.undo(posted, NOW)
    with pytest.raises(LedgerBroken) as refused:
        ledger.undo(posted, NOW)
    assert refused.value.params == {"problem": REFUSED}
    assert "stock_entry" in caplog.text
    assert caplog.messages[-1].startswith("the database refused an entry: ")


def test_posting_refuses_to_take_more_than_there_is(book: World) -> None:
    ledger = Book(book.ben)
    goods = ledger.goods("Beans", "Tins and jars")
    ledger.came_in(goods, 5, NOW)
    with pytest.raises(LedgerBroken) as refused:
        ledger.went_out(goods, 6, NOW)
    problem = "a physical location would hold less than nothing"
    assert refused.value.params == {"problem": problem}


def test_posting_refuses_an_end_of_the_chain_that_is_none(
    book: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Book(book.ben)
    goods = ledger.goods("Beans", "Tins and jars")
    ahead = Head(seq=99, seal="of nothing")
    monkeypatch.setattr("tests.book.lock_head", lambda _session, _depot: ahead)
    with pytest.raises(LedgerBroken) as refused:
        ledger.came_in(goods, 5, NOW)
    assert refused.value.params == {"problem": "the chain moved on while it was locked"}


def test_posting_refuses_a_place_of_another_depot(book: World) -> None:
    ledger = Book(book.ben)
    goods = ledger.goods("Beans", "Tins and jars")
    ledger.places["here"] = Place(location_id_of(book.cleo, "Arrivals"), "storage")
    with pytest.raises(LedgerBroken):
        ledger.came_in(goods, 5, NOW)
    moves = book.session.query(StockMove).filter_by(item_id=goods.item_id).count()
    assert moves == 0


@pytest.mark.parametrize(
    ("source", "target", "quantity"),
    [("supplier", "here", 0), ("supplier", "here", -5), ("here", "here", 1)],
)
def test_posting_refuses_a_move_that_is_none(
    book: World, source: str, target: str, quantity: int
) -> None:
    ledger = Book(book.ben)
    goods = ledger.goods("Beans", "Tins and jars")
    with pytest.raises(LedgerBroken):
        ledger.move("receipt", goods, quantity, source, target, NOW)
