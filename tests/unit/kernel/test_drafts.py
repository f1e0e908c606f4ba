"""What a draft gathers before it is posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from depot.base.actors import Asking, Carriage
from depot.base.errors import Question
from depot.base.questions import INSTEAD, question_key
from depot.kernel.answers import BookedGoods
from depot.kernel.draft import Draft, Noted, entry_note, moved_goods, names_of
from depot.kernel.lookups import CrateRow, ItemRow
from depot.ledger.correcting import CountShift, Shift, Shortfall
from depot.ledger.doubts.questions import AlmostKnown, AlmostKnownName
from depot.ledger.doubts.rules import Doubt
from depot.ledger.entries import Move, Place, Placement
from tests.unit.kernel.working import ADA, work_at

SHELF, FLOOR, OUT = Place(1, "storage"), Place(2, "storage"), Place(9, "recipient")
CRATE = CrateRow(Place(5, "crate"), "7K3M-9QX2", "12", "in_use", SHELF.id)


@pytest.fixture
def draft() -> Draft:
    return Draft(work_at(), "transfer")


def test_a_line_to_where_it_is_already_is_no_move(draft: Draft) -> None:
    draft.move(3, 4, SHELF, SHELF, 6)
    assert draft.moves == []
    draft.move(3, 4, SHELF, OUT, 6, 2_400)
    draft.move(3, 4, SHELF, FLOOR, 1)
    assert draft.moves == [Move(3, 4, SHELF, OUT, 6, 2_400), Move(3, 4, SHELF, FLOOR, 1, None)]


def test_a_crate_that_stands_there_already_is_not_put_there(draft: Draft) -> None:
    draft.place_crate(CRATE, SHELF.id)
    assert draft.placements == []
    draft.place_crate(CRATE, FLOOR.id)
    draft.place_crate(CRATE, None)
    assert draft.placements == [Placement(5, SHELF.id, FLOOR.id), Placement(5, SHELF.id, None)]


def noted(kind: str, **more: object) -> Noted:
    blank = {
        "item_id": None,
        "location_id": None,
        "expected_quantity": None,
        "actual_quantity": None,
        "detail": "",
    }
    return Noted(**(blank | {"kind": kind} | more))  # type: ignore[arg-type]


def test_a_discrepancy_says_what_it_was_told_and_nothing_else(draft: Draft) -> None:
    draft.discrepancy("crate_retired")
    draft.discrepancy(
        "short_stock", item_id=3, location_id=1, expected=5, actual=7, detail="7K3M-9QX2"
    )
    assert draft.discrepancies == [
        noted("crate_retired"),
        noted(
            "short_stock",
            item_id=3,
            location_id=1,
            expected_quantity=5,
            actual_quantity=7,
            detail="7K3M-9QX2",
        ),
    ]


def test_what_a_late_fact_changes_is_told_count_by_count_and_lack_by_lack(draft: Draft) -> None:
    counts = (CountShift(1, before=-2, after=3), CountShift(2, before=0, after=-1))
    short = (Shortfall(None, wanted=10, found=4), Shortfall(2, wanted=6, found=5))
    draft.note_shift(3, Shift({}, counts, short, frozenset()))
    assert draft.discrepancies == [
        noted("counted_since", item_id=3, location_id=1, expected_quantity=-2, actual_quantity=3),
        noted("counted_since", item_id=3, location_id=2, expected_quantity=0, actual_quantity=-1),
        noted("short_stock", item_id=3, expected_quantity=4, actual_quantity=10),
        noted("short_stock", item_id=3, location_id=2, expected_quantity=5, actual_quantity=6),
    ]


AMOUNT = Doubt(sort="amount", name="Rice", item_id=3, unit="piece", found=90_000, usual=40)
NAME = Doubt(sort="name", name="Rise", item_id=8, text="Rice")


def test_doubts_of_before_and_of_now_are_noted_in_their_order() -> None:
    draft = Draft(work_at(), "receipt")
    draft.work.doubts.append(NAME)
    draft.take_doubts(iter([AMOUNT]))
    assert draft.discrepancies == [
        noted("unlikely_number", item_id=8, detail="name Rice"),
        noted(
            "unlikely_number",
            item_id=3,
            expected_quantity=40,
            actual_quantity=90_000,
            detail="amount",
        ),
    ]
    assert draft.work.questions == []


def test_who_is_there_is_asked_about_what_is_doubted_now() -> None:
    draft = Draft(work_at(actor=replace(ADA, asking=Asking())), "receipt")
    draft.work.doubts.append(NAME)
    draft.take_doubts([AMOUNT])
    (question,) = draft.work.questions
    assert (question.code, question.params["item"]) == ("far_more_than_ever", "Rice")
    assert len(draft.discrepancies) == 2


def test_another_choice_is_taken_only_by_who_was_offered_it() -> None:
    question: Question = AlmostKnownName(name="Rise", known="Rice")
    work = work_at()
    key = question_key(question, work.command_id) + INSTEAD
    chosen = replace(ADA, asking=Asking(frozenset({key})))
    assert work_at(actor=chosen).takes_instead(question)
    assert not work.takes_instead(question)
    assert not work_at(actor=replace(ADA, asking=Asking())).takes_instead(question)
    assert not work_at(actor=chosen).takes_instead(AlmostKnown(name="Rise", known="Rice"))
    assert not work_at(actor=chosen).takes_instead(AlmostKnownName(name="Rye", known="Rice"))


def test_how_it_came_here_stands_behind_what_was_typed() -> None:
    carried = replace(ADA, carriage=Carriage(note="from a phone"))
    assert entry_note("split a bag", ADA) == "split a bag"
    assert entry_note("split a bag", carried) == "split a bag · from a phone"
    assert entry_note("", carried) == "from a phone"
    assert entry_note("", ADA) == ""


def test_what_was_moved_is_added_up_by_item(draft: Draft) -> None:
    rice = ItemRow(3, "Rice", "rice", "piece", None, 1, "day0", is_loose=False)
    beans = replace(rice, id=4, name="Beans", base_unit="gram")
    names = names_of([rice, beans])
    assert moved_goods(draft, names) == ()
    for item_id, lot, quantity in ((4, 1, 500), (3, 2, 6), (4, 3, 250)):
        draft.move(item_id, lot, SHELF, OUT, quantity)
    assert moved_goods(draft, names) == (
        BookedGoods(item_id=4, item="Beans", quantity=750, unit="gram"),
        BookedGoods(item_id=3, item="Rice", quantity=6, unit="piece"),
    )


def test_the_day_of_a_draft_is_that_of_the_work_in_its_depots_time_zone() -> None:
    assert work_at().occurred_on == work_at().today == date(2026, 11, 27)
