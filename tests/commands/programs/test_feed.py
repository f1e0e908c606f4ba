"""The feed: in order, without a gap, without names, also while others write."""

from __future__ import annotations

import threading
from typing import Final
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import Invalid
from depot.base.kinds import EntryKind
from depot.db.database import current_database, use
from depot.db.transaction import end_read
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.answers import as_json
from depot.models import StockEntry
from depot.programs.queries.feed import read_feed
from tests.builders import World, clock, receive

#: One kind alone.
REVERSALS: Final[tuple[EntryKind, ...]] = ("reversal",)


def test_it_tells_the_entries_in_their_order_and_goes_on_after_the_last(world: World) -> None:
    receive(world.ben, 24, "Rice")
    first = read_feed(world.session, world.ada.depot_id, 0, 500)
    assert [entry.seq for entry in first.entries] == list(range(1, len(first.entries) + 1))
    assert (first.next, first.more) == (len(first.entries), False)
    (line,) = first.entries[0].lines
    assert (line.item, line.quantity, line.unit) == ("Rice", 24, "piece")
    assert (line.source.kind, line.source.name) == ("supplier", None)
    nothing = read_feed(world.session, world.ada.depot_id, first.next, 500)
    assert (nothing.entries, nothing.next, nothing.more) == ((), first.next, False)
    receive(world.ben, 3, "Jam")
    (jam,) = read_feed(world.session, world.ada.depot_id, first.next, 500).entries
    assert (jam.seq, jam.lines[0].item) == (first.next + 1, "Jam")


def test_pages_join_without_a_gap_and_kinds_are_chosen(world: World) -> None:
    for number in range(1, 8):
        done = receive(world.ben, number, "Jam")
        if number % 3 == 0:
            undo = ReverseEntry(command_id=uuid4(), entry_id=done.entry_id or 0)
            reverse_entry(undo, world.ben, clock)
    every: list[int] = []
    after, more = 0, True
    while more:
        page = read_feed(world.session, world.ada.depot_id, after, 2)
        every += [entry.seq for entry in page.entries]
        after, more = page.next, page.more
    assert every == list(range(1, 10))
    undone = read_feed(world.session, world.ada.depot_id, 0, 1, REVERSALS)
    assert [entry.seq for entry in undone.entries] == [4]
    assert (undone.next, undone.more) == (4, True)
    last = read_feed(world.session, world.ada.depot_id, 4, 1, REVERSALS)
    assert ([entry.seq for entry in last.entries], last.next, last.more) == ([8], 9, False)
    assert last.entries[0].reverses is not None


def test_it_names_nobody(world: World) -> None:
    line = ReceiptLine(item="Jam", quantity=3)
    command = ReceiveGoods(
        command_id=uuid4(), source_kind="donation", lines=(line,), note="from Mrs Miller"
    )
    receive_goods(command, world.ben, clock)
    world.session.rollback()
    row = world.session.scalars(select(StockEntry)).one()
    assert row.person_id == world.ben.person_id
    told = str(as_json(read_feed(world.session, world.ada.depot_id, 0, 10)))
    assert "Ben" not in told
    assert "Miller" not in told
    assert "person" not in told


def test_another_depots_entries_are_not_in_it(world: World) -> None:
    receive(world.ben, 3, "Jam")
    assert read_feed(world.session, world.cleo.depot_id, 0, 10).entries == ()
    with pytest.raises(Invalid):
        read_feed(world.session, world.cleo.depot_id, 1, 10)


def test_who_reads_while_others_write_misses_nothing(world: World) -> None:
    database, writers, each = current_database(), 4, 8
    ben = world.ben
    seen: list[int] = []
    end_read()

    def write() -> None:
        with use(database):
            for _ in range(each):
                receive(ben, 1, "Jam")

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    after = 0
    while any(thread.is_alive() for thread in threads) or len(seen) < writers * each:
        with use(database):
            page = read_feed(world.session, ben.depot_id, after, 5)
            end_read()
        seen += [entry.seq for entry in page.entries]
        after = page.next
        if len(seen) > writers * each:
            break
    for thread in threads:
        thread.join()
    assert seen == list(range(1, writers * each + 1))
