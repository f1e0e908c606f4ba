"""A place is counted in one go: lines of items, dates and crates, or all that is there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import (
    CommandIdReused,
    CrateInItself,
    Forbidden,
    Invalid,
    NotFound,
    UnknownCrate,
    UnknownItem,
)
from depot.counts.commands.place_counts import (
    CountedPlace,
    CountPlace,
    PlaceLine,
    count_whole_place,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.once import Outcome
from tests.builders import World, receive
from tests.commands.counts.sheet_acts import CODE, OTHER, SHELF, at, count_entries, place_id
from tests.commands.shelves import kinds_of_discrepancies
from tests.stock_text import crates, lines, moves, rows, set_up, stock


def counted(
    actor: Actor, *said: PlaceLine, place: str = "Shelf B2", minutes: int = 10, **more: Any
) -> Outcome[CountedPlace]:
    location_id = place_id(actor, place)
    command = CountPlace(command_id=uuid4(), location_id=location_id, lines=said, **more)
    return count_whole_place(command, actor, at(minutes))


def line(item: str | None = None, quantity: int | None = None, **more: Any) -> PlaceLine:
    return PlaceLine(item=item, quantity=quantity, **more)


def holds(actor: Actor, text: str) -> bool:
    """Say whether all of that is there, beside what else is."""
    return all(row in stock(actor) for row in rows(text))


@pytest.fixture
def ben(world: World) -> Actor:
    set_up(world.ben, SHELF)
    return world.ben


@pytest.fixture
def ada(world: World, ben: Actor) -> Actor:
    return world.ada


def test_the_lines_named_are_counted_and_nothing_else(ben: Actor) -> None:
    done = counted(ben, line("Rice", 20), line("soup", 9, crate_code=CODE)).answer
    assert stock(ben) == rows(f"""
        20 Rice/2027-05 @ Shelf B2
        6 Beans @ Shelf B2
        9 Soup @ {CODE}
        9 Oil @ Arrivals
    """)
    assert [moves(entry_id) for entry_id in done.entries] == [
        lines("4 Rice/2027-05: Shelf B2 > count_variance"),
        lines(f"1 Soup: count_variance > {CODE}"),
    ]
    assert (done.entry_id, done.missing, done.put_here) == (done.entries[-1], (), ())
    assert [(one.item, one.variance) for one in done.lines] == [("Rice", -4), ("Soup", 1)]


def test_in_a_complete_count_what_is_not_named_is_not_there(ada: Actor) -> None:
    done = counted(ada, line("Rice", 24), line(crate_code=CODE), complete=True).answer
    assert stock(ada) == rows(f"24 Rice/2027-05 @ Shelf B2, 8 Soup @ {CODE}, 9 Oil @ Arrivals")
    assert len(done.entries) == 1
    assert done.missing == ()


def test_in_a_crate_that_is_counted_what_is_not_named_is_not_there_either(ada: Actor) -> None:
    receive(ada, 3, "Peas", crate_code=CODE)
    counted(
        ada, line("Rice", 24), line("Beans", 6), line("Soup", 8, crate_code=CODE), complete=True
    )
    assert stock(ada) == rows(f"""
        24 Rice/2027-05 @ Shelf B2, 6 Beans @ Shelf B2, 8 Soup @ {CODE}, 9 Oil @ Arrivals
    """)


def test_a_bare_shelf_is_a_complete_count_of_nothing(ada: Actor) -> None:
    done = counted(ada, complete=True).answer
    assert stock(ada) == rows(f"8 Soup @ {CODE}, 9 Oil @ Arrivals")
    assert done.missing == (CODE,)
    assert "crate_missing" in kinds_of_discrepancies(ada)


def test_a_crate_that_is_not_named_is_asked_about_once_and_keeps_its_goods(ada: Actor) -> None:
    goods = (line("Rice", 24), line("Beans", 6))
    for _ in range(2):
        assert counted(ada, *goods, complete=True).answer.missing == (CODE,)
    assert kinds_of_discrepancies(ada).count("crate_missing") == 1
    assert stock(ada) == rows(f"""
        24 Rice/2027-05 @ Shelf B2, 6 Beans @ Shelf B2, 8 Soup @ {CODE}, 9 Oil @ Arrivals
    """)


def test_a_pallet_is_there_when_a_crate_on_it_is(ada: Actor) -> None:
    set_up(ada, f"crate {OTHER} @ {CODE}, 2 Peas @ {OTHER}")
    goods = (line("Rice", 24), line("Beans", 6))
    assert counted(ada, *goods, line(crate_code=OTHER), complete=True).answer.missing == ()


def test_a_crate_that_the_book_has_elsewhere_is_put_here(ben: Actor) -> None:
    set_up(ben, f"crate {OTHER} @ Arrivals, 2 Peas @ {OTHER}")
    done = counted(ben, line("Peas", 3, crate_code=OTHER)).answer
    assert done.put_here == (OTHER,)
    assert rows(f"crate {OTHER} in_use @ Shelf B2")[0] in crates(ben)
    assert holds(ben, f"3 Peas @ {OTHER}")
    assert len(done.entries) == 2


def test_a_date_or_a_lot_code_says_which_lots(ben: Actor) -> None:
    receive(ben, 5, "Rice", date="2027-06", lot_code="L7", location="Shelf B2")
    counted(ben, line("Rice", 4, lot_code="L7"), line("Rice", 23, date="2027-05"))
    assert holds(ben, "23 Rice/2027-05 @ Shelf B2, 4 Rice/2027-06 @ Shelf B2")
    counted(ben, line("Rice", 20), line("Rice", 6, date="2027-06"))
    assert holds(ben, "20 Rice/2027-05 @ Shelf B2, 6 Rice/2027-06 @ Shelf B2")
    counted(ben, line("Rice", 2, date="2028-01"), line("Beans", 0, date="2028-01"))
    assert holds(ben, "20 Rice/2027-05 @ Shelf B2, 2 Rice/2028-01 @ Shelf B2")


def test_of_lots_alike_the_first_is_short_and_the_last_is_more(ben: Actor) -> None:
    receive(ben, 5, "Rice", kind="farm", date="2027-05", location="Shelf B2")
    counted(ben, line("Rice", 27, date="2027-05"))
    assert holds(ben, "22 Rice/2027-05 @ Shelf B2, 5 Rice/2027-05 @ Shelf B2")
    counted(ben, line("Rice", 31, date="2027-05"))
    assert holds(ben, "22 Rice/2027-05 @ Shelf B2, 9 Rice/2027-05 @ Shelf B2")


def test_what_came_after_a_late_complete_count_stays(ada: Actor) -> None:
    peas = ReceiptLine(item="Peas", quantity=7, location="Shelf B2")
    receive_goods(ReceiveGoods(command_id=uuid4(), lines=(peas,)), ada, at(20))
    said = (line("Rice", 24), line(crate_code=CODE))
    counted(ada, *said, complete=True, minutes=60, occurred_at=at(10)())
    assert stock(ada) == rows(f"""
        24 Rice/2027-05 @ Shelf B2, 7 Peas @ Shelf B2, 8 Soup @ {CODE}, 9 Oil @ Arrivals
    """)


def test_a_repeat_posts_once_and_a_part_can_be_undone(ada: Actor) -> None:
    command = CountPlace(
        command_id=uuid4(),
        location_id=place_id(ada),
        lines=(line("Rice", 20), line("Soup", 9, crate_code=CODE)),
        note="By Ada and Ben",
    )
    first, again = (count_whole_place(command, ada, at(10)) for _ in range(2))
    assert (first.repeated, again.repeated) == (False, True)
    assert again.answer == first.answer
    assert [entry.note for entry in count_entries()] == ["By Ada and Ben"] * 2
    other = CountPlace(command_id=command.command_id, location_id=place_id(ada))
    with pytest.raises(CommandIdReused):
        count_whole_place(other, ada, at(11))
    undo = ReverseEntry(command_id=uuid4(), entry_id=first.answer.entries[0])
    reverse_entry(undo, ada, at(12))
    assert holds(ada, f"24 Rice/2027-05 @ Shelf B2, 9 Soup @ {CODE}")


def test_everybody_counts_lines_and_coordinators_all_of_a_place(ben: Actor) -> None:
    with pytest.raises(Forbidden):
        counted(ben, line("Rice", 24), complete=True)
    assert counted(ben, line("Rice", 24)).entry_id is None


def test_an_outsider_finds_no_place_and_no_crate(world: World, ben: Actor) -> None:
    theirs = place_id(ben)
    nothing = CountPlace(command_id=uuid4(), location_id=theirs, lines=(line("Rice", 1),))
    with pytest.raises(NotFound):
        count_whole_place(nothing, world.cleo, at(10))
    own = place_id(world.cleo, "Arrivals")
    named = (line("Rice", 1, crate_code=CODE),)
    command = CountPlace(command_id=uuid4(), location_id=own, lines=named)
    with pytest.raises(UnknownCrate):
        count_whole_place(command, world.cleo, at(10))


def test_what_says_too_little_is_refused_whole(ben: Actor) -> None:
    before = stock(ben)
    for wrong in (line("Rice"), line(None, 4), line("Rice", crate_code=CODE), line()):
        with pytest.raises(Invalid):
            counted(ben, line("Beans", 1), wrong)
    with pytest.raises(Invalid):
        counted(ben)
    with pytest.raises(UnknownItem):
        counted(ben, line("Beans", 1), line("Ricee", 4))
    set_up(ben, f"crate {OTHER} @ {CODE}")
    with pytest.raises(CrateInItself):
        counted(ben, line(crate_code=CODE), place=OTHER)
    assert stock(ben) == before
