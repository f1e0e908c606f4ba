"""Lists as pantries keep them, imported: what is booked, what is learned, what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import Forbidden
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.imports.commands.imports import import_sheet, plan_import
from depot.imports.plan import ItemTotal, Plan
from depot.imports.rows.cells import Reading
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.items.queries.item_codes import meaning_of
from depot.kernel.lookups import find_crates
from depot.models import Category, Item, Lot
from depot.scanning.commands import KeepUnknownScan, keep_unknown_scan
from tests.builders import World, clock, on_hand, receive, stock_at
from tests.commands.working import work_of
from tests.pantry import sheet
from tests.stock_text import rows, stock

NAPPIES = "00037000862086"
USUAL = "as is usual in the depot’s country"


def bring(world: World, kind: str, text: str, **reading: Any) -> dict[str, Any]:
    command = replace(sheet(kind, text), reading=Reading(**reading))
    body: dict[str, Any] = import_sheet(command, world.ada, clock).body
    return body


def look(world: World, kind: str, text: str, **reading: Any) -> Plan:
    command = sheet(kind, text)
    return plan_import(
        world.session, world.ada, kind, command.table, command.columns, Reading(**reading)
    )


def remarks(plan: Plan) -> list[tuple[str, tuple[int, ...]]]:
    return [(remark.code, remark.rows) for remark in plan.remarks]


def learned(world: World, key: str) -> str | None:
    found = meaning_of(world.session, world.north.id, key)
    return found.item if found else None


def item_names(world: World) -> set[str]:
    named = select(Item.name).where(Item.depot_id == world.north.id, ~Item.is_loose)
    return set(world.session.scalars(named))


@pytest.mark.parametrize("form", ["037000862086", "37000862086", "0037000862086", "00037000862086"])
def test_a_column_of_bar_codes_is_learned_whatever_the_form(world: World, form: str) -> None:
    body = bring(world, "items", f"Item,Barcode\nWipes size 1,{form}\n")
    assert body["learned_codes"] == 1
    assert learned(world, NAPPIES) == "Wipes size 1"
    again = bring(world, "items", "Item,Barcode\nWipes size 1,037000862086\n")
    assert (again["same"], again.get("learned_codes")) == (1, None)


def test_a_known_item_gets_its_code_and_a_question_about_it_is_settled(world: World) -> None:
    receive(world.ada, 3, "Wipes")
    asked = KeepUnknownScan(command_id=uuid4(), text="037000862086")
    assert keep_unknown_scan(asked, world.ben, clock).discrepancies == 1
    body = bring(world, "items", "Item,Barcode\nwipes,037000862086\n")
    assert (body["changed"], body["learned_codes"]) == (1, 1)
    assert learned(world, NAPPIES) == "Wipes"
    kept = keep_unknown_scan(replace(asked, command_id=uuid4()), world.ben, clock)
    assert kept.discrepancies == 0


def test_a_code_at_two_items_is_named_and_learned_for_none(world: World) -> None:
    text = "Item,Barcode\nA,37000862086\nB,4006381333932\nC,0037000862086\nD,40063813\n"
    plan = look(world, "items", text)
    assert remarks(plan) == [
        ("wrong_check_digit", (3,)),
        ("wrong_check_digit", (5,)),
        ("code_at_two_items", (2, 4)),
    ]
    said = {remark.code: remark.message for remark in plan.remarks}
    assert "037000862086" in said["code_at_two_items"]
    assert "A, C" in said["code_at_two_items"]
    assert plan.writes == 4
    bring(world, "items", text)
    assert learned(world, NAPPIES) is None


def test_a_code_of_another_item_stays_where_it_is(world: World) -> None:
    receive(world.ada, 3, "Nappies")
    learn = LearnCode(command_id=uuid4(), code="037000862086", item="Nappies")
    learn_code(learn, world.ben, clock)
    plan = look(world, "items", "Item,Barcode\nSoap,037000862086\n")
    assert remarks(plan) == [("code_of_other_item", (2,))]
    bring(world, "items", "Item,Barcode\nSoap,037000862086\n")
    assert learned(world, NAPPIES) == "Nappies"
    assert meaning_of(world.session, world.south.id, NAPPIES) is None


def test_the_row_with_the_sum_is_left_out(world: World) -> None:
    text = "Box #,Item,Qty\nB1,Corn,24\nB2,Corn,12\nTotal,Corn,36\n"
    plan = look(world, "crates", text)
    assert [(remark.code, remark.rows) for remark in plan.set_aside] == [("sum_row", (4,))]
    assert plan.totals == (ItemTotal("Corn", "piece", 0, 36),)
    body = bring(world, "crates", text)
    assert (body["new"], body["left_out"]) == (2, 1)
    assert on_hand(world.ada, "Corn") == 36
    bring(world, "items", "Item,Category,Unit\nCorn,Veg,can\nPeas,Veg,can\nTotal,,\n")
    assert item_names(world) == {"Corn", "Peas"}
    assert not find_crates(work_of(world.ada), ["Total"])


STOCK = (
    "Shelf,Item,Qty,Best before\n"
    "Shelf 1,Corn,24,2027-05\nShelf 1,Peas,10,2027-06\nShelf 2,Corn,6,\n"
)


def test_stock_without_boxes_is_what_was_here_at_the_start(world: World) -> None:
    body = bring(world, "stock", STOCK)
    assert (body["new"], body["made_items"], body["made_places"]) == (3, 2, 2)
    assert stock(world.ada) == rows(
        "24 Corn/2027-05 @ Shelf 1, 10 Peas/2027-06 @ Shelf 1, 6 Corn @ Shelf 2"
    )
    lots = world.session.scalars(select(Lot.origin_kind)).all()
    assert set(lots) == {"opening"}


def test_stock_brought_twice_is_brought_once_even_when_some_was_given_out(world: World) -> None:
    bring(world, "stock", STOCK)
    longer = STOCK + "Shelf 2,Rice,3,\n"
    plan = look(world, "stock", longer)
    assert (plan.said()["same"], plan.said()["new"]) == (3, 1)
    assert plan.totals == (ItemTotal("Rice", "piece", 0, 3),)
    body = bring(world, "stock", longer)
    assert (body["same"], body["new"]) == (3, 1)
    coded = "Shelf,Item,Qty,UPC\nShelf 2,Corn,6,037000862086\n"
    assert (bring(world, "stock", coded)["changed"], learned(world, NAPPIES)) == (1, "Corn")
    other = look(world, "stock", STOCK.replace("24", "30"))
    assert remarks(other) == [("brought_before", (2,))]
    assert other.writes == 0


def test_stock_that_is_here_otherwise_is_seen_in_the_totals(world: World) -> None:
    receive(world.ada, 5, "Corn")
    plan = look(world, "stock", STOCK)
    assert plan.totals[0] == ItemTotal("Corn", "piece", 5, 30)
    assert plan.totals[0].after == 35


def test_an_import_of_stock_is_undone_and_can_be_brought_again(world: World) -> None:
    entry = bring(world, "stock", STOCK)["entry_id"]
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry), world.ada, clock)
    assert stock(world.ada) == []
    assert bring(world, "stock", STOCK)["new"] == 3


def test_stock_without_a_shelf_goes_where_goods_arrive(world: World) -> None:
    text = "Item,Quantity,Unit,Category,UPC\nCorn,3,case of 12,Tins,037000862086\nRice,2.5,kg,,\n"
    plan = look(world, "stock", text)
    assert ("no_place_named", (2, 3)) in remarks(plan)
    bring(world, "stock", text)
    assert stock_at(world.ada, "Arrivals") == {"Corn": 36, "Rice": 2500}
    assert learned(world, NAPPIES) == "Corn"
    assert world.session.scalars(select(Category.name).where(Category.name == "Tins")).all()


def test_what_cannot_be_stock_is_named(world: World) -> None:
    receive(world.ada, 10, "Flour", unit="gram")
    bring(world, "crates", "Box,Item,Qty\nB1,Corn,1\n")
    text = "Item,Qty,Shelf\nFlour,2,\nCorn,2,B1\nPeas,,A1\nSoup,0,A1\nCorn,5,supplier\n"
    plan = look(world, "stock", text)
    assert [(p.row_number, p.code) for p in plan.problems][:3] == [
        (2, "unit_needed"),
        (3, "box_as_place"),
        (4, "missing"),
    ]
    assert ("nothing_of_it", (5,)) in remarks(plan)


def test_a_volunteer_and_another_depot_bring_no_stock(world: World) -> None:
    with pytest.raises(Forbidden):
        import_sheet(sheet("stock", STOCK), world.ben, clock)
    import_sheet(sheet("stock", STOCK), world.cleo, clock)
    assert stock(world.ada) == []
    assert look(world, "stock", STOCK).totals[0].before == 0


def test_an_emptied_box_is_an_empty_crate(world: World) -> None:
    body = bring(world, "crates", "Box Number,Product,Number of items\n1234,Rice,5\n1235,Rice,0\n")
    assert (body["new"], body["filled"], body["emptied"]) == (2, 1, 1)
    crates = find_crates(work_of(world.ada), ["1234", "1235"])
    assert crates["1235"].state == "in_use"
    assert stock_at(world.ada, crates["1235"].code) == {}
    assert stock_at(world.ada, crates["1234"].code) == {"Rice": 5}


def test_a_box_with_several_rows_holds_several_things(world: World) -> None:
    text = "Box,Item,Qty,Place\nB1,Corn,24,A1\nB2,Rice,3,A1\nB1,Peas,10,\nB1,Beans,2,a1\n"
    plan = look(world, "crates", text)
    assert (plan.problems, plan.said()["new"], plan.writes) == ((), 2, 4)
    body = bring(world, "crates", text)
    assert (body["new"], body["filled"]) == (2, 2)
    code = find_crates(work_of(world.ada), ["B1"])["B1"].code
    assert stock_at(world.ada, code) == {"Corn": 24, "Peas": 10, "Beans": 2}
    assert bring(world, "crates", text)["same"] == 4


def test_a_box_at_two_places_and_the_same_goods_twice_are_problems(world: World) -> None:
    text = "Box,Item,Qty,Place\nB1,Corn,24,A1\nB1,Peas,10,A2\nB2,Rice,3,\nB2,Rice,3,\n"
    plan = look(world, "crates", text)
    assert [(p.row_number, p.code) for p in plan.problems] == [
        (3, "box_at_two_places"),
        (5, "repeated"),
    ]


SECTIONS = "Item,Unit,Minimum\nFOOD,,\nSugar,kg,10\nNON FOOD,,\nSoap,piece,4\n"


def test_headings_are_no_items_and_can_be_categories(world: World) -> None:
    plan = look(world, "items", SECTIONS)
    assert (plan.headings, plan.writes) == (("FOOD", "NON FOOD"), 2)
    assert [remark.rows for remark in plan.set_aside] == [(2,), (4,)]
    bring(world, "items", SECTIONS)
    assert item_names(world) == {"Sugar", "Soap"}
    category = select(Category.name).join(Item, Item.category_id == Category.id)
    assert world.session.scalar(category.where(Item.name == "Sugar")) == "Other"
    body = bring(world, "items", SECTIONS, headings=True)
    assert body["made_categories"] == 2
    assert world.session.scalar(category.where(Item.name == "Soap")) == "NON FOOD"


@pytest.mark.parametrize(
    ("dates", "order", "read", "why"),
    [
        (("6/1/27", "12/31/26"), None, ["2026-12-31", "2027-06-01"], "as the column shows"),
        (("6/1/2027", "7/1/2027"), "mdy", ["2027-06-01", "2027-07-01"], "as you chose"),
        (("6/1/2027", "7/1/2027"), None, ["2027-01-06", "2027-01-07"], USUAL),
    ],
)
def test_day_and_month_stand_as_the_column_the_choice_or_the_country_has_them(
    world: World, dates: tuple[str, str], order: Any, read: list[str], why: str
) -> None:
    text = "Box,Item,Qty,Exp\nU1,Corn,24,{}\nU2,Corn,24,{}\n".format(*dates)
    code = "month_first" if order or dates[0].endswith("/27") else "day_first"
    plan = look(world, "crates", text, order=order)
    said = {remark.code: remark.params for remark in plan.remarks}
    assert said[code]["reason"] == why
    bring(world, "crates", text, order=order)  # Berlin has the day first
    assert sorted(world.session.scalars(select(Lot.date_text))) == read


def test_a_depot_in_america_reads_the_month_first(world: World) -> None:
    text = "Item,Qty,Exp\nCorn,24,6/1/27\n"
    import_sheet(sheet("stock", text), world.cleo, clock)  # New York
    assert world.session.scalars(select(Lot.date_text)).all() == ["2027-06-01"]


def test_what_another_program_has_checked_out_is_not_booked(world: World) -> None:
    text = (
        "Item,Qty,Status,Archived\nCorn,5,In stock,no\nPeas,5,Checked out,\n"
        "Rice,5,Disposed,\nOats,5,Available,yes\nTea,5,ARCHIVED,\nSalt,5,,\n"
    )
    plan = look(world, "stock", text)
    assert [remark.rows for remark in plan.set_aside] == [(3,), (4,), (5,), (6,)]
    bring(world, "stock", text)
    assert stock_at(world.ada, "Arrivals") == {"Corn": 5, "Salt": 5}


def test_a_size_is_part_of_the_items_name(world: World) -> None:
    bring(world, "stock", "Item,Size,Qty\nNappies,1,24\nNappies,2,10\nWipes,,3\n")
    assert stock_at(world.ada, "Arrivals") == {
        "Nappies, size 1": 24,
        "Nappies, size 2": 10,
        "Wipes": 3,
    }
    bring(world, "items", "Item,Size\nBeans,400 g\nCorn,340 g\n")
    beans = world.session.scalars(select(Item).where(Item.name == "Beans")).one()
    assert beans.unit_weight_milligrams == 400_000
