"""Names in other languages, brought by a sheet: kept, found by, filled in, refused and undone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.imports.commands.imports import RowsHaveProblems, import_sheet, plan_import
from depot.imports.commands.undo import UndoImport, undo_import
from depot.imports.known import read_book
from depot.imports.plan import Plan
from depot.imports.queries import latest_imports
from depot.items.item_names import names_of_all_items
from depot.models import Item
from tests.builders import World, clock
from tests.current import db
from tests.pantry import sheet
from tests.stock_text import rows, stock

BEANS = "Item,name (es),name:ar,name_pt_BR\nBeans,Frijoles,فاصوليا,Feijão\nRice,Arroz,,\n"


def bring(world: World, kind: str, text: str) -> dict[str, object]:
    db.session.expire_all()
    body: dict[str, object] = import_sheet(sheet(kind, text), world.ada, clock).body
    return body


def look(world: World, kind: str, text: str) -> Plan:
    command = sheet(kind, text)
    return plan_import(world.session, world.ada, kind, command.table, command.columns)


def called(world: World) -> dict[str, dict[str, str]]:
    db.session.expire_all()
    own = {item.id: item.name for item in db.session.query(Item)}
    found = names_of_all_items(world.session, world.north.id)
    return {own[number]: dict(names) for number, names in found.items()}


def undo_the_last(world: World) -> None:
    last = latest_imports(world.session, world.north.id)[0].id
    undo_import(UndoImport(command_id=uuid4(), import_id=last), world.ada, clock)


@pytest.mark.parametrize("kind", ["items", "stock"])
def test_columns_of_languages_become_names(world: World, kind: str) -> None:
    text = BEANS
    if kind == "stock":
        text = "Item,name (es),name:ar,name_pt_BR,Quantity\n"
        text += "Beans,Frijoles,فاصوليا,Feijão,12\nRice,Arroz,,,4\n"
    bring(world, kind, text)
    assert called(world) == {
        "Beans": {"es": "Frijoles", "ar": "فاصوليا", "pt_BR": "Feijão"},
        "Rice": {"es": "Arroz"},
    }
    assert look(world, kind, text).writes == 0  # twice is once


def test_an_item_is_found_by_each_of_its_names(world: World) -> None:
    bring(world, "items", BEANS)
    bring(world, "stock", "Item,Quantity,Place\nfrijoles,12,Shelf\nفاصوليا,5,Door\nBeans,1,Door\n")
    assert stock(world.ben) == rows("12 Beans @ Shelf\n6 Beans @ Door")
    body = bring(world, "items", "Nombre,Nota\nFrijoles,secos\n")
    assert (body["new"], body["changed"]) == (0, 1)
    assert db.session.query(Item).filter(Item.name == "Beans").one().note == "secos"


def test_blanks_are_filled_in_and_another_name_stays(world: World) -> None:
    bring(world, "items", BEANS)
    text = "Item,name (es),name (fr)\nBeans,Alubias,Haricots\n"
    plan = look(world, "items", text)
    assert [remark.code for remark in plan.remarks] == ["other_name"]
    bring(world, "items", text)
    assert called(world)["Beans"] == {
        "es": "Frijoles",
        "ar": "فاصوليا",
        "pt_BR": "Feijão",
        "fr": "Haricots",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Item,name (es)\nCorn,Arroz\n",  # what rice is called
        "Item,name (es)\nCorn,Beans\n",  # an item's own name
        "Item,name (es)\nCorn,Maíz\nMaize,maíz\n",  # two of one sheet
        "Item,name (es)\nCorn,Peas\nPeas,\n",
        "Item,name (es)\nCorn,Mаíz\n",  # with a Cyrillic а
    ],
)
@pytest.mark.parametrize("kind", ["items", "stock"])
def test_a_name_of_another_item_is_a_problem_of_its_row(world: World, kind: str, text: str) -> None:
    bring(world, "items", BEANS)
    before = called(world)
    if kind == "stock":
        head, *lines = text.splitlines()
        text = "\n".join([f"{head},Quantity", *(f"{line},3" for line in lines)])
    (problem,) = look(world, kind, text).problems
    assert problem.field == "name_es"
    with pytest.raises(RowsHaveProblems):
        bring(world, kind, text)
    assert called(world) == before


def test_undoing_forgets_the_names_that_it_brought(world: World) -> None:
    bring(world, "items", "Item\nRice\n")
    bring(world, "items", BEANS)
    undo_the_last(world)
    assert called(world) == {}
    assert db.session.query(Item).filter(Item.name == "Beans").first() is None
    bring(world, "stock", "Item,name (es),Quantity\nRice,Arroz,3\n")
    assert called(world) == {"Rice": {"es": "Arroz"}}
    undo_the_last(world)
    assert called(world) == {}
    assert stock(world.ben) == []


def test_undoing_leaves_a_name_that_was_there_or_was_changed(world: World) -> None:
    bring(world, "items", BEANS)
    bring(world, "items", "Item,name (fr)\nBeans,Haricots\n")
    undo_the_last(world)
    assert called(world)["Beans"] == {"es": "Frijoles", "ar": "فاصوليا", "pt_BR": "Feijão"}


def test_another_depot_has_names_of_its_own(world: World) -> None:
    bring(world, "items", BEANS)
    import_sheet(sheet("items", BEANS), world.cleo, clock)
    found = names_of_all_items(world.session, world.cleo.depot_id)
    assert sorted(name for names in found.values() for name in names.values()) == sorted(
        ["Frijoles", "فاصوليا", "Feijão", "Arroz"]
    )


@pytest.mark.parametrize("kind", ["items", "stock"])
def test_the_loose_goods_of_a_new_category_share_their_name_with_nothing(
    world: World, kind: str
) -> None:
    amount = (",Quantity", ",4") if kind == "stock" else ("", "")
    at_once = f'Item,Category,name (es){amount[0]}\nFoo,Zebras,"Zebras, loose"{amount[1]}\n'
    with pytest.raises(RowsHaveProblems):
        bring(world, kind, at_once)
    bring(world, "items", 'Item,name (es)\nFoo,"Zebras, loose"\n')
    with pytest.raises(RowsHaveProblems):
        bring(world, kind, f"Item,Category{amount[0]}\nBar,Zebras{amount[1]}\n")


def test_what_a_depot_has_is_the_same_while_nothing_is_written(world: World) -> None:
    """Else a list that was looked at would be planned again before it is brought in."""
    before = read_book(world.session, world.north)
    assert read_book(world.session, world.north) == before
    bring(world, "items", BEANS)
    assert read_book(world.session, world.north) != before
