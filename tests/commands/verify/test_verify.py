"""Verify finds each kind of tampering and names it; the database is made to let it happen."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from depot.base.kinds import LocationKind
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import CountPeople, PlanEvent, count_people, plan_event
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.ledger.past.replay import replay_entries
from depot.stock.commands.transfers import MoveCrate, move_crate
from depot.verify import sums
from depot.verify.verify import verify, verify_with_counts
from tests.builders import NOW, World, clock, receive
from tests.current import db

pytestmark = pytest.mark.breaks_ledger("what is tampered with here must be found")

APPEND_ONLY = ("stock_entry", "stock_move", "crate_placement", "people_count", "command_log")


@pytest.fixture
def book(world: World) -> World:
    """Entries 1 to 6: two receipts, an undo of the second, a crate put somewhere twice, people."""
    receive(world.ben, 24, "Rice")
    receipt = receive(world.ben, 10, "Beans")
    undo = ReverseEntry(command_id=uuid4(), entry_id=receipt.entry_id or 0)
    reverse_entry(undo, world.ben, clock)
    made = create_crates(CreateCrates(command_id=uuid4(), count=1), world.ben, clock)
    for to in ("Arrivals", "On hold"):
        put = MoveCrate(command_id=uuid4(), crate_code=made.body["codes"][0], to=to)
        move_crate(put, world.ben, clock)
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(plan, world.ada, clock).body["id"]
    count_people(
        CountPeople(command_id=uuid4(), event_id=event_id, households=42), world.ben, clock
    )
    receive(world.cleo, 7, "Milk")
    assert verify(world.session, world.north.id) == ()
    return world


def tamper(world: World, *statements: str) -> None:
    """Write past the guards and foreign keys, as somebody with the database file could."""
    world.session.rollback()
    raw = db.engine.raw_connection()
    try:
        cursor = raw.cursor()
        for statement in (*_unguard(db.engine.dialect.name), *statements):
            cursor.execute(statement)
        if db.engine.dialect.name == "sqlite":
            cursor.execute("PRAGMA foreign_keys=ON")
        raw.commit()
    finally:
        raw.close()


def _unguard(dialect: str) -> list[str]:
    if dialect == "postgresql":
        return [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in APPEND_ONLY]
    triggers = [f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")]
    return [
        "PRAGMA foreign_keys=OFF",
        *(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in triggers),
    ]


def found(world: World) -> set[str]:
    """Return which checks complain about the north; the south stays green."""
    assert verify(world.session, world.south.id) == ()
    return {difference.check for difference in verify(world.session, world.north.id)}


def sentences(world: World) -> str:
    return " | ".join(one.sentence for one in verify(world.session, world.north.id))


@pytest.mark.parametrize(
    ("statement", "checks"),
    [
        (
            "UPDATE stock_move SET quantity = 25 WHERE quantity = 24",
            {"seal", "balance", "day_total", "period_net"},
        ),
        (
            "UPDATE stock_move SET weighed_grams = 5 WHERE quantity = 24",
            {"seal"},
        ),
        (
            "DELETE FROM stock_move WHERE quantity = 24",
            {"seal", "balance", "day_total", "period_net"},
        ),
        (
            "UPDATE stock_entry SET note = 'x' WHERE seq = 1 AND depot_id = 1",
            {"seal", "search"},  # search knows the note that was there
        ),
        ("UPDATE stock_entry SET seal = repeat('0', 64) WHERE seq = 2 AND depot_id = 1", {"seal"}),
        (
            "UPDATE stock_entry SET seq = 99 WHERE seq = 6 AND depot_id = 1",
            {"sequence", "seal", "head"},
        ),
        ("UPDATE stock_balance SET quantity = 23 WHERE quantity = 24", {"balance"}),
        ("UPDATE stock_balance SET date_on = '2020-01-01' WHERE quantity = 24", {"balance"}),
        ("DELETE FROM stock_balance WHERE quantity = 24", {"balance"}),
        ("UPDATE day_total SET quantity = 23 WHERE quantity = 24", {"day_total"}),
        ("DELETE FROM day_total WHERE quantity = 24", {"day_total"}),
        ("UPDATE period_net SET quantity = 23 WHERE quantity = 24", {"period_net"}),
        ("UPDATE chain_head SET seq = 7 WHERE depot_id = 1", {"head"}),
        ("UPDATE chain_head SET seal = repeat('0', 64) WHERE depot_id = 1", {"head"}),
        ("UPDATE location SET parent_id = NULL WHERE kind = 'crate'", {"crate"}),
        ("DELETE FROM crate_placement WHERE entry_id = 4", {"seal", "placement"}),
        ("UPDATE people_count SET households = 43", {"seal"}),
        ("UPDATE people_count SET occurred_on = '2026-01-01'", {"people"}),
        (
            "DELETE FROM command_log WHERE command_id ="
            " (SELECT command_id FROM stock_entry WHERE seq = 1 AND depot_id = 1)",
            {"command"},
        ),
        (
            "UPDATE stock_entry SET reason = 'lost' WHERE seq = 3 AND depot_id = 1",
            {"seal", "reversal"},
        ),
    ],
)
def test_tampering_is_found(book: World, statement: str, checks: set[str]) -> None:
    tamper(book, _in_dialect(book, statement))
    assert found(book) == checks


def _in_dialect(world: World, statement: str) -> str:
    if world.session.get_bind().dialect.name == "sqlite":
        return statement.replace("repeat('0', 64)", f"'{'0' * 64}'")
    return statement


def test_each_difference_is_a_sentence_with_its_numbers(book: World) -> None:
    tamper(book, "UPDATE stock_balance SET quantity = 23 WHERE quantity = 24")
    assert "Rice (lot 1) at Arrivals: the balance says 23, the lines add up to 24." in sentences(
        book
    )
    tamper(book, "UPDATE day_total SET quantity = 20 WHERE quantity = 24")
    day = "Rice on 2026-11-21, sourced donation: the day total says 20, the lines add up to 24."
    assert day in sentences(book)


@pytest.mark.parametrize("most_waiting", [0, 100_000])
def test_days_are_compared_alike_in_memory_and_in_a_file(
    book: World, monkeypatch: pytest.MonkeyPatch, most_waiting: int
) -> None:
    monkeypatch.setattr(sums, "_MOST_WAITING", most_waiting)
    receive(book.ben, 5, "Rice", at=NOW - timedelta(days=400))
    receive(book.ben, 7, "Beans")
    assert found(book) == set()
    before = f"VALUES (1, '2019-12-31', {item_id(book)}, 'sourced', 'donation', 0, 3)"
    columns = "(depot_id, day, item_id, flow, detail, event_id, quantity)"
    tamper(book, f"INSERT INTO day_total {columns} {before}")
    tamper(book, "DELETE FROM day_total WHERE quantity = 5")
    tamper(book, "UPDATE day_total SET quantity = 8 WHERE quantity = 7")
    tamper(book, "UPDATE period_net SET quantity = 6 WHERE quantity = 5")
    assert sentences(book).split(" | ") == [
        "Rice on 2019-12-31, sourced donation: the day total says 3, the lines add up to 0.",
        "Rice on 2025-10-17, sourced donation: the day total says 0, the lines add up to 5.",
        "Beans on 2026-11-21, sourced donation: the day total says 8, the lines add up to 7.",
        "Rice in 2025: the net change says 6, the lines add up to 5.",
        "Rice in 2025-10: the net change says 6, the lines add up to 5.",
    ]


def test_only_the_entry_that_was_changed_is_named(book: World) -> None:
    tamper(book, "UPDATE stock_entry SET note = 'x' WHERE seq = 2 AND depot_id = 1")
    told = [one.sentence for one in verify(book.session, book.north.id) if one.check != "search"]
    assert told == ["Entry 2: its seal does not fit what stands in it and before it."]


def test_an_entry_cut_out_of_the_book_is_missed(book: World) -> None:
    tamper(
        book,
        "DELETE FROM stock_move WHERE entry_id IN (SELECT id FROM stock_entry WHERE seq = 1)",
        "DELETE FROM stock_entry WHERE seq = 1 AND depot_id = 1",
    )
    assert {"sequence", "seal", "balance"} <= {
        one.check for one in verify(book.session, book.north.id)
    }
    assert "After entry 0 comes entry 2: some are missing." in sentences(book)


def test_a_line_without_its_entry_is_found(book: World) -> None:
    tamper(book, "DELETE FROM stock_entry WHERE seq = 6 AND depot_id = 1")
    tamper(book, "UPDATE stock_move SET entry_id = 999 WHERE quantity = 24")
    assert "The depot has 3 lines, but 2 belong to its entries." in sentences(book)


def test_less_than_nothing_is_found_where_it_happened(book: World) -> None:
    tamper(book, "UPDATE stock_move SET quantity = 11 WHERE entry_id = 3")
    assert "After entry 3, Arrivals holds -1 of Beans (lot 2): less than nothing." in sentences(
        book
    )


def test_a_line_at_another_depots_place_is_found(book: World) -> None:
    foreign = "(SELECT id FROM location WHERE depot_id = 2 AND is_default)"
    if book.session.get_bind().dialect.name == "sqlite":
        foreign = foreign.replace("is_default", "is_default = 1")
    tamper(book, f"UPDATE stock_move SET target_id = {foreign} WHERE quantity = 24")
    assert "depot" in {one.check for one in verify(book.session, book.north.id)}
    assert "which are not both this depot's." in sentences(book)


def test_a_lot_of_another_item_is_found(book: World) -> None:
    tamper(book, "UPDATE stock_move SET lot_id = 2 WHERE quantity = 24")
    assert "Entry 1, line 1: lot 2 and item 12 do not belong together in this depot." in sentences(
        book
    ).replace(f"item {item_id(book)}", "item 12")


def item_id(world: World) -> int:
    found = world.session.execute(text("SELECT id FROM item WHERE name = 'Rice'")).scalar_one()
    return int(found)


def test_a_reversal_that_does_not_mirror_is_found(book: World) -> None:
    tamper(book, "UPDATE stock_move SET quantity = 4 WHERE entry_id = 3")
    assert "Entry 3 undoes entry 2, but takes -4 of item" in sentences(book)


def test_a_flood_of_one_kind_is_held_back(book: World) -> None:
    rows = ", ".join(f"(1, '{year}', {item_id(book)}, 5)" for year in range(3000, 3150))
    tamper(book, f"INSERT INTO period_net (depot_id, period, item_id, quantity) VALUES {rows}")
    nets = [one for one in verify(book.session, book.north.id) if one.check == "period_net"]
    assert len(nets) == 101
    assert nets[-1].sentence == "And 50 more differences of this kind."


def test_what_was_read_is_told_chunk_by_chunk(book: World) -> None:
    told: list[int] = []
    audited = verify_with_counts(book.session, book.north.id, told.append)
    assert (audited.entries, audited.moves, sum(told)) == (6, 3, 6)


def test_chunks_of_any_size_read_the_same_book(book: World) -> None:
    kinds: dict[int, LocationKind] = {1: "storage"}
    whole = [one for chunk in replay_entries(book.session, book.north.id, kinds) for one in chunk]
    ones = [one for chunk in replay_entries(book.session, book.north.id, kinds, 1) for one in chunk]
    assert ones == whole
    assert len(whole) == 6


def test_a_net_of_nothing_need_not_be_kept(book: World) -> None:
    tamper(book, "DELETE FROM day_total WHERE quantity = 0")
    assert found(book) == set()
