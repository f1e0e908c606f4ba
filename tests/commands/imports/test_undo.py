"""An import is undone: what it made goes, what it filled in is blank, what is in use stays."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, ImportUndone, NotFound
from depot.imports.commands.imports import ImportedSheet, ImportSheet, import_sheet
from depot.imports.commands.undo import UndoImport, UndoneImport, undo_import
from depot.imports.queries import latest_imports
from depot.imports.rows.matching import guess_columns
from depot.imports.sheets.reader import read_table
from depot.models import Category, Item, ItemCode, Location
from tests.builders import World, clock, receive
from tests.current import db
from tests.stock_text import rows, stock


def bring(actor: Actor, kind: str, text: str) -> ImportedSheet:
    table = read_table(text.encode(), "list.csv")
    columns = guess_columns(kind, table.headers, table.rows)
    command = ImportSheet(command_id=uuid4(), kind=kind, table=table, columns=columns)
    return import_sheet(command, actor, clock).answer


def newest(world: World) -> int:
    return latest_imports(world.session, world.north.id)[0].id


def undo(actor: Actor, import_id: int) -> UndoneImport:
    return undo_import(UndoImport(command_id=uuid4(), import_id=import_id), actor, clock).answer


def names(model: type[Item | Location | Category], *, in_use: bool = True) -> set[str]:
    return set(db.session.scalars(select(model.name).where(model.archived != in_use)))


ITEMS = "name,category,barcode\nRice,Dry goods new,5000112637922\nBeans,,\n"


def test_items_categories_and_codes_that_nothing_uses_are_gone(world: World) -> None:
    before = names(Item), names(Category)
    bring(world.ada, "items", ITEMS)
    assert {"Rice", "Beans"} <= names(Item)
    done = undo(world.ada, newest(world))
    assert (names(Item), names(Category)) == before
    assert db.session.scalars(select(ItemCode)).all() == []
    assert (done.kept, done.restored) == (0, 0)
    assert done.removed >= 4


def test_what_is_in_use_by_now_is_only_put_out_of_use(world: World) -> None:
    bring(world.ada, "items", ITEMS)
    receive(world.ben, 5, "Rice")
    done = undo(world.ada, newest(world))
    assert "Rice" in names(Item, in_use=False)
    assert "Beans" not in names(Item) | names(Item, in_use=False)
    assert done.kept >= 1


def test_what_was_filled_in_is_blank_again_unless_somebody_changed_it(world: World) -> None:
    bring(world.ada, "items", "name\nRice\nBeans\n")
    bring(world.ada, "items", "name,notes\nRice,top shelf\nBeans,low shelf\n")
    notes = {row.name: row for row in db.session.scalars(select(Item))}
    assert notes["Rice"].note == "top shelf"
    notes["Beans"].note = "by the door"
    db.session.commit()
    done = undo(world.ada, newest(world))
    db.session.expire_all()
    assert notes["Rice"].note == ""
    assert notes["Beans"].note == "by the door"
    assert (done.restored, done.removed, done.kept) == (1, 0, 0)


def test_places_go_and_those_where_something_stands_stay_in_use(world: World) -> None:
    bring(world.ada, "locations", "name,description\nShelf 1,dry\nShelf 2,cold\n")
    receive(world.ben, 5, "Rice", location="Shelf 2")
    done = undo(world.ada, newest(world))
    assert "Shelf 1" not in names(Location) | names(Location, in_use=False)
    assert "Shelf 2" in names(Location)
    assert (done.removed, done.kept) == (1, 1)


def test_stock_that_was_imported_is_reversed_and_can_be_brought_again(world: World) -> None:
    sheet = "item,quantity,shelf\nCorn,24,Shelf 1\n"
    bring(world.ada, "stock", sheet)
    undo(world.ada, newest(world))
    assert stock(world.ada) == []
    assert "Corn" in names(Item, in_use=False)
    bring(world.ada, "stock", sheet)
    assert stock(world.ada) == rows("24 Corn @ Shelf 1")
    assert {"Corn"} <= names(Item)
    assert {"Shelf 1"} <= names(Location)


def test_an_import_is_undone_once(world: World) -> None:
    bring(world.ada, "items", ITEMS)
    command = UndoImport(command_id=uuid4(), import_id=newest(world))
    first = undo_import(command, world.ada, clock)
    again = undo_import(command, world.ada, clock)
    assert again.repeated
    assert again.answer == first.answer
    with pytest.raises(ImportUndone):
        undo(world.ada, newest(world))


def test_a_volunteer_and_another_depot_undo_nothing(world: World) -> None:
    bring(world.ada, "items", ITEMS)
    number = newest(world)
    with pytest.raises(Forbidden):
        undo(world.ben, number)
    with pytest.raises((NotFound, Forbidden)):
        undo(world.cleo, number)
    assert latest_imports(world.session, world.south.id) == []
    assert {"Rice", "Beans"} <= names(Item)
