"""Goods weighed in their boxes: the boxes come off, and how is kept."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from depot.base.errors import Forbidden, Invalid, NameTaken, NotFound, TareTooHeavy
from depot.entries.queries.weighings import weighings_of
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.commands.tare_boxes import SaveTareBox, save_tare_box
from depot.intake.queries import tare_boxes
from depot.intake.receipt_lines import ReceiptLine
from depot.intake.tare import BoxCount
from depot.models import TareBox, Weighing
from tests.builders import World, clock, on_hand


def weighed(grams: int, *boxes: BoxCount, category: str = "Bread") -> ReceiptLine:
    return ReceiptLine(category=category, weight_grams=grams, boxes=boxes)


def receive(world: World, *lines: ReceiptLine) -> int:
    command = ReceiveGoods(command_id=uuid4(), lines=lines, partner="Lindt")
    entry_id = receive_goods(command, world.ben, clock).entry_id
    assert entry_id is not None
    return entry_id


def test_a_depot_begins_with_boxes_of_known_weight(world: World) -> None:
    rows = tare_boxes(world.session, world.north.id)
    assert [(row.name, row.grams) for row in rows] == [
        ("Banana box", 1_400),
        ("Plastic crate", 2_000),
        ("Roll cage", 38_000),
        ("Wooden pallet", 25_000),
    ]


def test_the_boxes_come_off_and_what_the_scale_said_is_kept(world: World) -> None:
    banana, pallet = BoxCount(box="banana box", count=2), BoxCount(box="Wooden pallet")
    entry_id = receive(world, weighed(40_000, banana, pallet), weighed(3_000, category="Water"))
    assert on_hand(world.ben, "Bread, loose") == 40_000 - 2 * 1_400 - 25_000
    assert on_hand(world.ben, "Water, loose") == 3_000
    (row,) = weighings_of(world.session, world.north.id, entry_id)
    assert (row.item, row.gross_grams, row.tare_grams) == ("Bread, loose", 40_000, 27_800)
    assert [(box.name, box.grams, box.count) for box in row.boxes] == [
        ("Banana box", 1_400, 2),
        ("Wooden pallet", 25_000, 1),
    ]
    assert weighings_of(world.session, world.cleo.depot_id, entry_id) == []


def test_two_lines_of_one_kind_are_both_explained(world: World) -> None:
    box = BoxCount(box="Banana box")
    entry_id = receive(world, weighed(10_000, box), weighed(12_000, box))
    assert on_hand(world.ben, "Bread, loose") == 19_200
    rows = weighings_of(world.session, world.north.id, entry_id)
    assert [row.gross_grams for row in rows] == [10_000, 12_000]


def test_a_repeat_answers_the_same_and_names_who_brought_it(world: World) -> None:
    line = weighed(10_000, BoxCount(box="Banana box"))
    command = ReceiveGoods(command_id=uuid4(), lines=(line,), partner="Lindt")
    first = receive_goods(command, world.ben, clock)
    again = receive_goods(command, world.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    assert first.answer.partner == "Lindt"
    assert len(world.session.scalars(select(Weighing.id)).all()) == 1


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (weighed(1_400, BoxCount(box="Banana box")), TareTooHeavy),
        (weighed(9_000, BoxCount(box="Coffin")), NotFound),
        (weighed(9_000, BoxCount(box=2**62)), NotFound),
        (weighed(9_000, BoxCount(box="Banana box", count=0)), Invalid),
        (weighed(9_000, BoxCount(box="Banana box", count=-3)), Invalid),
        (
            ReceiptLine(item="Beans", quantity=3, boxes=(BoxCount(box="Banana box"),)),
            Invalid,
        ),
    ],
)
def test_what_cannot_be_taken_off_is_refused(
    world: World, line: ReceiptLine, error: type[Exception]
) -> None:
    with pytest.raises(error):
        receive(world, line)


def test_a_box_of_another_depot_is_no_box_here(world: World) -> None:
    theirs = world.session.scalars(
        select(TareBox.id).where(TareBox.depot_id == world.cleo.depot_id)
    ).first()
    assert theirs is not None
    with pytest.raises(NotFound):
        receive(world, weighed(9_000, BoxCount(box=theirs)))


def test_how_it_was_weighed_is_never_rewritten(world: World) -> None:
    receive(world, weighed(9_000, BoxCount(box="Banana box")))
    for statement in ("UPDATE weighing SET gross_grams = 1", "DELETE FROM weighing"):
        with pytest.raises(DBAPIError):
            world.session.execute(text(statement))
        world.session.rollback()


def test_a_box_that_is_edited_changes_nothing_weighed_before(world: World) -> None:
    entry_id = receive(world, weighed(9_000, BoxCount(box="Banana box")))
    box = next(row for row in tare_boxes(world.session, world.north.id))
    command = SaveTareBox(command_id=uuid4(), name="Banana box", grams=1_600, box_id=box.id)
    save_tare_box(command, world.ada, clock)
    world.session.expire_all()
    (row,) = weighings_of(world.session, world.north.id, entry_id)
    assert row.tare_grams == 1_400
    assert json.loads(world.session.scalars(select(Weighing.boxes)).one()) == [
        ["Banana box", 1_400, 1]
    ]


def test_coordinators_alone_edit_the_boxes_of_their_own_depot(world: World) -> None:
    made = SaveTareBox(command_id=uuid4(), name="Fish tub", grams=3_200)
    with pytest.raises(Forbidden):
        save_tare_box(made, world.ben, clock)
    box_id = save_tare_box(made, world.ada, clock).answer.id
    with pytest.raises(NameTaken):
        save_tare_box(SaveTareBox(command_id=uuid4(), name="fish TUB", grams=1), world.ada, clock)
    with pytest.raises(Invalid):
        save_tare_box(SaveTareBox(command_id=uuid4(), name="Feather", grams=0), world.ada, clock)
    theirs = SaveTareBox(command_id=uuid4(), name="Mine now", grams=1, box_id=box_id)
    with pytest.raises((NotFound, Forbidden)):
        save_tare_box(theirs, world.cleo, clock)
