"""Importing spreadsheets, a real pantry's above all; on both databases."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.errors import Forbidden
from depot.imports.commands import lots
from depot.imports.commands.imports import (
    RowsHaveProblems,
    earlier_import,
    import_sheet,
    plan_import,
)
from depot.imports.commands.undo import UndoImport, undo_import
from depot.imports.sheets.refusals import MissingColumns, UnknownKind
from depot.kernel.lookups import find_crates
from depot.models import (
    Category,
    Crate,
    Item,
    ItemCode,
    Location,
    Lot,
    StockBalance,
    StockEntry,
    StockMove,
    all_tables,
)
from depot.verify.verify import verify
from tests.builders import World, clock, on_hand, receive, stock_at
from tests.commands.imports.test_undo import newest
from tests.commands.working import work_of
from tests.pantry import import_pantry, pantry_sheet, sheet


def row_counts(world: World) -> dict[str, int]:
    """Return how many rows every table has."""
    return {
        table.name: world.session.scalar(select(func.count()).select_from(table)) or 0
        for table in all_tables().sorted_tables
    }


def said(world: World, kind: str, text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return code and rows of what a dry run remarks on."""
    command = sheet(kind, text)
    plan = plan_import(world.session, world.ada, kind, command.table, command.columns)
    return [(remark.code, remark.rows) for remark in plan.remarks]


def wrong(world: World, kind: str, text: str) -> list[tuple[int, str, str]]:
    """Return row, field and code of the problems that a dry run finds."""
    command = sheet(kind, text)
    plan = plan_import(world.session, world.ada, kind, command.table, command.columns)
    return [(problem.row_number, problem.field, problem.code) for problem in plan.problems]


def item(world: World, name: str) -> Item:
    return world.session.scalars(
        select(Item).where(Item.depot_id == world.north.id, Item.name == name)
    ).one()


def category_of(world: World, name: str) -> str | None:
    return world.session.scalar(
        select(Category.name).where(Category.id == item(world, name).category_id)
    )


def test_the_pantry_is_imported_whole(world: World) -> None:
    items, locations, crates = import_pantry(world.ada)
    assert (items.body["new"], items.body["made_categories"]) == (102, 20)
    assert locations.body["new"] == 216
    assert {key: crates.body[key] for key in ("new", "filled", "blank", "unknown")} == {
        "new": 21,
        "filled": 11,
        "blank": 9,
        "unknown": 1,
    }
    assert items.entry_id is None
    assert crates.entry_id is not None
    assert world.session.scalars(select(StockEntry.kind)).all() == ["opening"]
    assert on_hand(world.ada, "Corn") == 48
    moved = world.session.execute(select(func.count(), func.sum(StockMove.quantity))).one()
    assert tuple(moved) == (11, 320)
    assert verify(world.session, world.north.id) == ()


def test_a_category_keeps_its_spelling_and_gets_its_loose_item(world: World) -> None:
    import_pantry(world.ada)
    assert category_of(world, "Green Beans") == "Green Beens"
    assert item(world, "Green Beens, loose").is_loose
    assert category_of(world, "Other") == "Other"
    assert item(world, "Baby Products").note == "Baby Diapers; Wet Wipes"
    last = world.session.scalars(
        select(Category.name)
        .where(Category.depot_id == world.north.id)
        .order_by(Category.position.desc(), Category.id.desc())
    ).first()
    assert last == "Other"  # what has no category still goes there


def test_a_box_keeps_its_number_and_gets_a_code(world: World) -> None:
    import_pantry(world.ada)
    work = work_of(world.ada)
    found = find_crates(work, ["BOX12345", "box12375"])
    filled, blank = found["BOX12345"], found["box12375"]
    assert (filled.box_number, filled.state, blank.state) == ("BOX12345", "in_use", "blank")
    assert find_crates(work, [filled.code])[filled.code] == filled
    assert stock_at(world.ada, filled.code) == {"Canned Chicken": 52}
    shelves = (Location.name == "0101A1", Location.name == "0103C2")
    stands_at = [world.session.scalar(select(Location.id).where(shelf)) for shelf in shelves]
    assert [filled.parent_id, blank.parent_id] == stands_at
    box_type = world.session.scalar(select(Crate.box_type).where(Crate.code == filled.code))
    assert box_type == "Pseudo-banana box"


def test_lots_bear_the_year_and_the_day_they_were_filled(world: World) -> None:
    import_pantry(world.ada)
    lot = world.session.scalars(
        select(Lot).where(Lot.item_id == item(world, "Canned Chicken").id)
    ).one()
    assert (lot.origin_kind, lot.date_kind, lot.date_text) == ("opening", "best_before", "2019")
    assert (lot.date_precision, str(lot.date_on)) == ("year", "2019-12-31")
    assert str(lot.first_received_on) == "2019-05-21"
    undated = world.session.scalars(
        select(Lot).where(Lot.item_id == item(world, "Misc Soup").id)
    ).one()
    assert (undated.date_kind, undated.date_on) == ("none", None)


def test_a_box_whose_contents_nobody_wrote_down_is_not_blank(world: World) -> None:
    import_pantry(world.ada)
    crate = find_crates(work_of(world.ada), ["BOX12366"])["BOX12366"]
    assert crate.state == "in_use"
    note = world.session.scalar(select(Location.note).where(Location.id == crate.place.id))
    assert note == "24 × 2019"


def test_a_dry_run_writes_nothing(world: World) -> None:
    before = row_counts(world)
    for kind in ("items", "locations", "crates"):
        command = pantry_sheet(kind)
        plan = plan_import(world.session, world.ada, kind, command.table, command.columns)
        assert plan.writes == len(command.table.rows)
    assert row_counts(world) == before


def test_an_import_that_arrives_twice_is_one(world: World) -> None:
    import_pantry(world.ada)
    before = row_counts(world)
    again = [replace(pantry_sheet(kind), command_id=uuid4()) for kind in ("items", "crates")]
    for command in again:
        outcome = import_sheet(command, world.ada, clock)
        assert (outcome.body["new"], outcome.body["changed"]) == (0, 0)
        assert outcome.entry_id is None
        assert import_sheet(command, world.ada, clock).repeated
    after = row_counts(world)
    assert after.pop("command_log") == before.pop("command_log") + 2
    assert after == before


def test_the_answer_of_an_import_is_found_again(world: World) -> None:
    command = pantry_sheet("locations")
    first = import_sheet(command, world.ada, clock)
    again = earlier_import(world.session, world.ada, command.command_id)
    assert again is not None
    assert again.body == first.body
    assert earlier_import(world.session, world.cleo, command.command_id) is None


def test_a_problem_in_one_row_keeps_all_rows_out(world: World) -> None:
    before = row_counts(world)
    command = sheet("crates", "Box,Item,Qty,Place\nB1,Corn,24,A1\nB2,Corn,2.5,A1\n,Corn,,A1\n")
    with pytest.raises(RowsHaveProblems, match="Rows with problems: 2") as refused:
        import_sheet(command, world.ada, clock)
    found = [(problem.row_number, problem.field) for problem in refused.value.plan.problems]
    assert found == [(3, "quantity"), (4, "box_number"), (4, "quantity")]
    assert row_counts(world) == before


def test_rows_with_problems_are_left_out_if_one_says_so(world: World) -> None:
    text = "Box,Item,Qty,Place\nB1,Corn,24,A1\nB2,Corn,2.5,A2\n"
    outcome = import_sheet(sheet("crates", text, skip_problems=True), world.ada, clock)
    assert (outcome.body["new"], outcome.body["left_out"]) == (1, 1)
    assert on_hand(world.ada, "Corn") == 24
    assert "B2" not in find_crates(work_of(world.ada), ["B2"])
    names = world.session.scalars(select(Location.name)).all()
    assert "A1" in names
    assert "A2" not in names


def test_what_boxes_name_and_nobody_knows_is_made_and_told(world: World) -> None:
    text = "Box,Item,Qty,Place\nB1,Corn,24,A1\nB2,corn,ca. 12,a1\nB3,Rice,2.5 kg,\n"
    assert said(world, "crates", text) == [
        ("estimated", (3,)),
        ("item_made", (2, 3, 4)),
        ("place_made", (2, 3)),
    ]
    import_sheet(sheet("crates", text), world.ada, clock)
    assert (on_hand(world.ada, "Corn"), on_hand(world.ada, "Rice")) == (36, 2500)
    assert category_of(world, "Corn") == "Other"
    assert item(world, "Rice").unit_weight_milligrams == 1000


def test_an_item_nearly_known_is_remarked_on(world: World) -> None:
    receive(world.ada, 1, "Canned Chicken")
    found = said(world, "crates", "Box,Item,Qty\nB1,Caned Chicken,3\n")
    assert ("item_like", (2,)) in found


def test_a_quantity_must_be_in_the_items_unit(world: World) -> None:
    receive(world.ada, 10, "Corn")
    receive(world.ada, 10, "Flour", unit="gram")
    text = "Box,Item,Qty\nB1,Corn,2 kg\nB2,Flour,2\nB3,Flour,2 kg\n"
    assert wrong(world, "crates", text) == [
        (2, "quantity", "other_unit_in_box"),
        (3, "quantity", "unit_needed"),
    ]


def test_a_box_does_not_stand_in_a_box(world: World) -> None:
    text = "Box,Item,Qty,Place\nB1,Corn,1,A1\nB2,Corn,1,B1\nB3,Corn,1,B3\n"
    found = [(3, "location", "box_as_place"), (4, "location", "box_as_place")]
    assert wrong(world, "crates", text) == found


def test_a_crates_own_code_counts_as_its_number(world: World) -> None:
    import_sheet(sheet("crates", "Box,Item,Qty\nB1,Corn,1\n"), world.ada, clock)
    code = find_crates(work_of(world.ada), ["B1"])["B1"].code
    text = f"Box,Item,Qty\n{code.lower()},Corn,1\nb1,Corn,1\n"
    outcome = import_sheet(sheet("crates", text), world.ada, clock)
    assert outcome.body["same"] == 2
    assert on_hand(world.ada, "Corn") == 1


def test_blanks_of_a_known_item_are_filled_in_and_nothing_is_overwritten(world: World) -> None:
    receive(world.ada, 10, "Corn")
    text = "Name,Category,Weight,Note,EAN\ncorn,Bread,400 g,sweet,50000005\n"
    outcome = import_sheet(sheet("items", text), world.ada, clock)
    assert (outcome.body["changed"], outcome.body["new"]) == (1, 0)
    world.session.expire_all()
    corn = item(world, "Corn")
    assert (corn.unit_weight_milligrams, corn.note) == (400_000, "sweet")
    codes = world.session.scalars(select(ItemCode.shown).where(ItemCode.item_id == corn.id)).all()
    assert codes == ["50000005"]
    assert category_of(world, "Corn") == "Bread"  # it had none but "Other"
    other = "Name,Category,Weight,Note,Unit\nCorn,Snacks,500 g,sour,kg\n"
    assert [code for code, _ in said(world, "items", other)] == [
        "other_category",
        "other_unit",
        "other_weight",
    ]
    assert import_sheet(sheet("items", other), world.ada, clock).body["same"] == 1
    blank = "Name,Category,Weight,Note\nCorn,,,\n"
    assert import_sheet(sheet("items", blank), world.ada, clock).body["same"] == 1
    world.session.expire_all()
    assert item(world, "Corn").unit_weight_milligrams == 400_000


def test_allergens_are_imported_and_never_overwritten(world: World) -> None:
    text = 'Name,Allergens\nMuesli,"milk, nuts"\nCorn,-\n'
    assert import_sheet(sheet("items", text), world.ada, clock).body["new"] == 2
    world.session.expire_all()
    assert (item(world, "Muesli").allergens, item(world, "Corn").allergens) == ("milk nuts", "")
    later = "Name,Allergens\nMuesli,soya\nCorn,gluten\n"
    assert import_sheet(sheet("items", later), world.ada, clock).body["changed"] == 1
    world.session.expire_all()
    assert (item(world, "Muesli").allergens, item(world, "Corn").allergens) == (
        "milk nuts",
        "gluten",
    )


def test_diets_are_imported_never_overwritten_and_gone_with_an_undo(world: World) -> None:
    text = 'Name,Diets\nMuesli,"vegan, Low sugar"\nCorn,\n'
    import_sheet(sheet("items", text), world.ada, clock)
    import_sheet(sheet("items", "Name,Diets\nMuesli,halal\nCorn,halal\n"), world.ada, clock)
    world.session.expire_all()
    assert (item(world, "Muesli").diets, item(world, "Corn").diets) == ("vegan\nLow sugar", "halal")
    undo_import(UndoImport(command_id=uuid4(), import_id=newest(world)), world.ada, clock)
    world.session.expire_all()
    assert item(world, "Corn").diets == ""
    assert not item(world, "Muesli").allergens_known


def test_the_name_of_a_categorys_loose_goods_is_not_taken_twice(world: World) -> None:
    text = 'Name,Category\nTinned corn,Corn\n"Corn, loose",Bread\n'
    assert wrong(world, "items", text) == [(3, "name", "name_taken")]
    receive(world.ada, 1, "Soup, loose")
    assert wrong(world, "items", "Name,Category\nLentils,Soup\n") == [(2, "category", "name_taken")]


def test_a_places_description_is_filled_in_once(world: World) -> None:
    import_sheet(sheet("locations", "Place,Description\nA1,\n"), world.ada, clock)
    described = import_sheet(sheet("locations", "Place,Note\na1,by the door\n"), world.ada, clock)
    other = import_sheet(sheet("locations", "Place,Note\nA1,far off\n"), world.ada, clock)
    assert (described.body["changed"], other.body["same"]) == (1, 1)
    notes = world.session.scalars(select(Location.note).where(Location.name == "A1")).all()
    assert notes == ["by the door"]


def test_a_place_is_not_called_like_a_crate(world: World) -> None:
    import_sheet(sheet("crates", "Box,Item,Qty\nB1,Corn,1\n"), world.ada, clock)
    assert wrong(world, "locations", "Place\nB1\nA1\n") == [(2, "name", "name_taken")]


def test_the_code_of_a_product_in_a_crate_stays_with_its_lot(world: World) -> None:
    text = "Box,Item,Qty,Barcode\nB1,Corn,1,4006381333931\nB2,Corn,2,\n"
    import_sheet(sheet("crates", text), world.ada, clock)
    corn = select(Lot.gtin).where(Lot.depot_id == world.north.id).order_by(Lot.gtin)
    assert world.session.scalars(corn).all() == ["", "04006381333931"]


def test_another_depot_is_not_touched(world: World) -> None:
    import_sheet(pantry_sheet("crates"), world.cleo, clock)
    before = row_counts(world)
    import_pantry(world.ada)
    assert row_counts(world)["crate"] == before["crate"] + 21
    assert on_hand(world.cleo, "Corn") == on_hand(world.ada, "Corn") == 48
    assert stock_at(world.cleo, "0101A1") == {}
    south = select(func.count()).where(Item.depot_id == world.south.id, Item.name == "Tea Bags")
    assert world.session.scalar(south) == 0
    balances = select(StockBalance.depot_id, func.sum(StockBalance.quantity))
    sums = world.session.execute(balances.group_by(StockBalance.depot_id)).all()
    assert {total for _, total in sums} == {320}
    assert verify(world.session, world.south.id) == ()


def test_a_volunteer_cannot_import(world: World) -> None:
    command = pantry_sheet("items")
    with pytest.raises(Forbidden):
        import_sheet(command, world.ben, clock)
    with pytest.raises(Forbidden):
        plan_import(world.session, world.ben, "items", command.table, command.columns)


def test_an_unknown_kind_and_a_missing_column_are_named(world: World) -> None:
    command = replace(pantry_sheet("items"), kind="people")
    with pytest.raises(UnknownKind, match="items, locations, crates"):
        import_sheet(command, world.ada, clock)
    with pytest.raises(MissingColumns, match="name"):
        import_sheet(replace(pantry_sheet("items"), columns={}), world.ada, clock)


def test_every_row_that_is_written_is_told(world: World) -> None:
    told: list[int] = []
    import_sheet(pantry_sheet("locations"), world.ada, clock, told.append)
    import_sheet(pantry_sheet("crates"), world.ada, clock, told.append)
    assert sum(told) == 216 + 21


def test_goods_of_many_dates_are_each_their_own_lot_however_many_are_asked_for_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "CHUNK", 1)
    text = (
        "Box,Item,Qty,Best before\n"
        "B1,Corn,1,2028\nB1,Rice,2,2027\nB2,Corn,4,2027\nB3,Corn,8,2028\nB3,Rice,16,\n"
    )
    import_sheet(sheet("crates", text), world.ada, clock)
    import_sheet(sheet("crates", text.replace("\nB", "\nC")), world.ada, clock)
    found = world.session.execute(
        select(Item.name, Lot.date_text, func.sum(StockBalance.quantity))
        .join(Lot, Lot.item_id == Item.id)
        .join(StockBalance, StockBalance.lot_id == Lot.id)
        .group_by(Lot.id, Item.name, Lot.date_text)
        .order_by(Item.name, Lot.date_text)
    )
    assert [tuple(row) for row in found] == [
        ("Corn", "2027", 8),
        ("Corn", "2028", 18),
        ("Rice", "", 32),
        ("Rice", "2027", 4),
    ]
