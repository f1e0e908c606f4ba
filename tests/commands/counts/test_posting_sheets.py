"""A count sheet is posted and undone: what that does to the book, and when."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.errors import (
    CountChanged,
    CountersDisagree,
    CountSheetClosed,
    CountSheetOpen,
    DepotError,
    Forbidden,
    Invalid,
    NotFound,
)
from depot.counts.queries.sheets import entries_of_sheet, review
from depot.counts.sheets import FIRST, SECOND
from depot.db.database import current_database, use
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.models import Item, Lot
from tests.builders import World, find_actor
from tests.commands.counts.sheet_acts import (
    CODE,
    OTHER,
    at,
    count_entries,
    found,
    handed_out,
    posted,
    read,
    sheet,
    shelf,
    started,
    undone,
    wrote,
)
from tests.commands.shelves import put_crate
from tests.current import db
from tests.stock_text import lines, moves, rows, set_up, stock


def test_what_is_written_is_kept_until_it_is_posted(world: World) -> None:
    sheet_id = shelf(world)
    before = stock(world.ben)
    answer = wrote(world.ben, sheet_id, {1: 0, 3: 8}).answer
    assert (answer.counted, answer.lines, answer.numbers) == (2, 3, (1, 3))
    assert [line[3] for line in read(world.ben, sheet_id)] == [0, None, 8]
    assert stock(world.ben) == before


def test_posting_books_the_differences_of_what_was_counted(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4, 3: 9})
    answer = posted(world.ada, sheet_id).answer
    assert len(answer.entries) == 2
    assert moves(answer.entries[0]) == lines("2 Beans: Shelf B2 > count_variance")
    assert moves(answer.entries[1]) == lines(f"1 Soup: count_variance > {CODE}")
    assert stock(world.ben) == rows(f"""
        24 Rice/2027-05 @ Shelf B2
        4 Beans @ Shelf B2
        9 Soup @ {CODE}
        9 Oil @ Arrivals
    """)
    assert [(line.item, line.variance) for line in answer.lines] == [("Beans", -2), ("Soup", 1)]


def test_an_entry_happened_when_its_lines_were_counted(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4}, minutes=5)
    wrote(world.ben, sheet_id, {2: 20}, minutes=15)
    wrote(world.ben, sheet_id, {3: 7}, minutes=200)
    posted(world.ada, sheet_id, minutes=300)
    assert [entry.occurred_at for entry in count_entries()] == [at(15)(), at(200)()]
    assert {entry.recorded_at for entry in count_entries()} == {at(300)()}


def test_a_line_is_compared_with_the_book_of_its_own_time(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 6, 2: 22}, minutes=5)
    handed_out(world.ben, "Beans", 4, minutes=10)
    wrote(world.ben, sheet_id, {3: 8}, minutes=20)
    handed_out(world.ben, "Rice", 2, minutes=30)
    looked = review(db.session(), world.north.id, sheet_id)
    assert looked
    assert [
        (one.line.item, found.expected, found.variance)
        for one in looked.differences
        for found in one.found.values()
    ] == [("Rice", 24, -2)]
    posted(world.ada, sheet_id)
    assert stock(world.ben) == rows(f"""
        20 Rice/2027-05 @ Shelf B2
        2 Beans @ Shelf B2
        8 Soup @ {CODE}
        9 Oil @ Arrivals
    """)


def test_a_slip_from_before_that_comes_in_later_changes_the_difference_not_the_stock(
    world: World,
) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4}, minutes=30)
    posted(world.ada, sheet_id)
    handed_out(world.ben, "Beans", 2, minutes=10, written=120)
    assert [row for row in stock(world.ben) if "Beans" in repr(row)] == rows("4 Beans @ Shelf B2")


def test_a_shelf_as_the_book_says_posts_nothing_and_is_done(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 6, 2: 24})
    answer = posted(world.ada, sheet_id).answer
    assert (answer.entries, answer.entry_id, answer.seq) == ((), None, None)
    assert sheet(world.ben, sheet_id).state == "posted"
    with pytest.raises(CountSheetClosed):
        wrote(world.ben, sheet_id, {1: 5})


def test_things_found_get_lines_of_their_own(world: World) -> None:
    sheet_id = shelf(world)
    found(world.ben, sheet_id, "Oil", 3)
    found(world.ben, sheet_id, "Halva", 2, date="2027-01", crate=CODE.lower())
    assert read(world.ben, sheet_id)[3:] == [(4, "Oil", "", 3), (5, "Halva", CODE, 2)]
    assert not db.session.scalar(select(func.count()).select_from(Item).where(Item.name == "Halva"))
    posted(world.ada, sheet_id)
    assert stock(world.ben) == rows(f"""
        24 Rice/2027-05 @ Shelf B2
        6 Beans @ Shelf B2
        8 Soup @ {CODE}
        9 Oil @ Arrivals
        3 Oil @ Shelf B2
        2 Halva/2027-01 @ {CODE}
    """)


def test_a_date_put_right_keeps_where_the_goods_came_from(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 5}, date="2026-12")
    wrote(world.ben, sheet_id, {2: 24}, date="2027-05")
    posted(world.ada, sheet_id)
    assert stock(world.ben) == rows(f"""
        24 Rice/2027-05 @ Shelf B2
        5 Beans/2026-12 @ Shelf B2
        8 Soup @ {CODE}
        9 Oil @ Arrivals
    """)
    origins = select(Lot.origin_kind).join(Item).where(Item.name == "Beans")
    assert set(db.session.scalars(origins)) == {"donation"}


def test_a_date_put_right_leaves_what_bore_it_already(world: World) -> None:
    sheet_id = shelf(world, "place Shelf B2, 24 Rice @ Shelf B2, 6 Rice/2027-05 @ Shelf B2")
    dated, undated = (line.number for line in sheet(world.ben, sheet_id).lines)
    wrote(world.ben, sheet_id, {undated: 20}, date="2027-05")
    posted(world.ada, sheet_id)
    assert stock(world.ben) == rows("26 Rice/2027-05 @ Shelf B2")
    undone(world.ada, sheet_id)
    wrote(world.ben, sheet_id, {dated: 5}, minutes=91)
    posted(world.ada, sheet_id, minutes=95)
    assert stock(world.ben) == rows("25 Rice/2027-05 @ Shelf B2")


def test_a_place_named_like_a_crate_is_counted_all_the_same(world: World) -> None:
    set_up(world.ben, "place BOX7, 6 Beans @ BOX7")
    put_crate(world.ben, OTHER, at="Arrivals", box_number="BOX7")
    sheet_id = started(world.ben, place="BOX7")
    wrote(world.ben, sheet_id, {1: 4})
    posted(world.ada, sheet_id)
    assert stock(world.ben) == rows("4 Beans @ BOX7")


def test_a_second_counter_decides_nothing_and_differences_are_asked_about(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 5, 2: 24, 3: 8})
    wrote(world.ada, sheet_id, {1: 6, 2: 24}, counter=SECOND, minutes=9)
    looked = review(db.session(), world.north.id, sheet_id)
    assert looked
    assert (looked.disputed, looked.agreeing, looked.not_counted) == (1, 2, ())
    with pytest.raises(CountersDisagree):
        posted(world.ada, sheet_id)
    posted(world.ada, sheet_id, choices={1: FIRST})
    assert stock(world.ben) == rows(f"""
        24 Rice/2027-05 @ Shelf B2
        5 Beans @ Shelf B2
        8 Soup @ {CODE}
        9 Oil @ Arrivals
    """)


def test_only_coordinators_post_and_undo(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 5})
    with pytest.raises(Forbidden):
        posted(world.ben, sheet_id)
    posted(world.ada, sheet_id)
    with pytest.raises(Forbidden):
        undone(world.ben, sheet_id)


def test_what_was_written_since_is_looked_at_before_it_is_posted(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 5})
    seen = sheet(world.ada, sheet_id).version
    wrote(world.ben, sheet_id, {1: 4})
    with pytest.raises(CountChanged):
        posted(world.ada, sheet_id, version=seen)
    posted(world.ada, sheet_id, version=sheet(world.ada, sheet_id).version)


def test_nothing_counted_is_not_posted(world: World) -> None:
    sheet_id = shelf(world)
    with pytest.raises(Invalid):
        posted(world.ada, sheet_id)
    with pytest.raises(Invalid):
        wrote(world.ben, sheet_id, {})
    with pytest.raises(NotFound):
        wrote(world.ben, sheet_id, {99: 1})


def test_an_undo_takes_all_of_it_back_and_the_sheet_goes_on(world: World) -> None:
    sheet_id = shelf(world)
    before = stock(world.ben)
    wrote(world.ben, sheet_id, {1: 4, 3: 9})
    posted(world.ada, sheet_id)
    answer = undone(world.ada, sheet_id).answer
    assert len(answer.entries) == 2
    assert stock(world.ben) == before
    assert entries_of_sheet(db.session(), world.north.id, sheet_id) == []
    assert sheet(world.ben, sheet_id).is_open
    wrote(world.ben, sheet_id, {1: 5}, minutes=91)
    posted(world.ada, sheet_id, minutes=95)
    assert [row for row in stock(world.ben) if "Beans" in repr(row)] == rows("5 Beans @ Shelf B2")
    elsewhere = started(world.ada, place="Arrivals")
    with pytest.raises(CountSheetOpen):
        undone(world.ada, elsewhere)


def test_an_undo_leaves_what_was_undone_by_itself(world: World) -> None:
    sheet_id = shelf(world)
    before = stock(world.ben)
    wrote(world.ben, sheet_id, {1: 4, 3: 9})
    first, last = posted(world.ada, sheet_id).answer.entries
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=first), world.ada, at(70))
    assert [one for one, _ in entries_of_sheet(db.session(), world.north.id, sheet_id)] == [last]
    assert len(undone(world.ada, sheet_id).answer.entries) == 1
    assert stock(world.ben) == before


def test_a_sheet_undone_while_its_place_is_counted_anew_stays_closed(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4})
    posted(world.ada, sheet_id)
    newer = started(world.ben)
    undone(world.ada, sheet_id)
    assert sheet(world.ben, sheet_id).state == "called_off"
    assert sheet(world.ben, newer).is_open


def test_two_who_post_at_once_post_once(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4})
    database = current_database()
    told: list[str] = []

    def post() -> None:
        with use(database):
            try:
                posted(find_actor("ada"), sheet_id)
                told.append("posted")
            except DepotError as error:
                told.append(error.code)

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert sorted(told) == ["count_sheet_closed", "posted"]
    assert len(count_entries()) == 1


def test_a_posting_repeated_answers_as_before(world: World) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 4, 3: 9})
    command_id = uuid4()
    first = posted(world.ada, sheet_id, command_id=command_id)
    again = posted(world.ada, sheet_id, command_id=command_id, minutes=70)
    assert (again.answer, again.repeated) == (first.answer, True)
    assert len(count_entries()) == 2


def test_goods_handed_out_between_counting_and_posting_are_not_counted_again(
    world: World,
) -> None:
    sheet_id = shelf(world)
    wrote(world.ben, sheet_id, {1: 5})
    handed_out(world.ben, "Beans", 5, minutes=30)
    posted(world.ada, sheet_id)
    assert not [row for row in stock(world.ben) if "Beans" in repr(row)]
