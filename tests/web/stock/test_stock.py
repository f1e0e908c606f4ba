"""Stock, items, categories, partners and places through their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Category, Item, Location, Lot, Partner
from tests.builders import find_actor, held_at
from tests.clients import Client
from tests.current import db
from tests.statements import counted
from tests.web.stocked import HOUR, bring, stock_up

ClientFor = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


def number_of(app: Flask, kind: type[Any], name: str, depot: str = "ada") -> int:
    with app.app_context():
        own = kind.depot_id == find_actor(depot).depot_id
        return int(db.session.scalars(select(kind.id).where(own, kind.name == name)).one())


def form(**values: Any) -> dict[str, str]:
    return {"command_id": str(uuid4())} | {name: str(value) for name, value in values.items()}


@pytest.mark.parametrize(
    "path",
    [
        "/stock/",
        "/stock/?by=place",
        "/stock/?by=category",
        "/stock/?by=nonsense&q=%00%25",
        "/stock/first",
        "/stock/first?days=90",
        "/stock/first?days=x",
        "/stock/items",
        "/stock/categories",
        "/stock/partners",
        "/stock/places",
    ],
)
def test_every_list_opens_empty_and_full(stocked: Flask, client_for: ClientFor, path: str) -> None:
    client_for("ben").get(path)
    client_for("cleo").get(path)


def test_stock_is_listed_by_item_place_and_category(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    by_item = client.get("/stock/")
    assert "Rice" in by_item
    assert "10 kg" in by_item
    assert "1 thing to give out within a week" in by_item
    by_place = client.get("/stock/?by=place")
    assert "Arrivals" in by_place
    assert "1 crate" in by_place
    assert "Bread" in client.get("/stock/?by=category")
    assert "Rice" not in client.get("/stock/?q=roll")
    assert "Rolls" in client.get("/stock/first")


def test_stock_as_it_was(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    there = (utc_now() - 3 * HOUR).astimezone(ZoneInfo("Europe/Berlin"))
    earlier = client.get(f"/stock/?as_of={there:%Y-%m-%dT%H:%M}")
    assert "Rice" not in earlier
    assert "As it was on" in earlier
    later = client.get(f"/stock/?by=place&as_of={there + 2 * HOUR:%Y-%m-%dT%H:%M}")
    assert "10 kg" in later


@pytest.mark.parametrize("moment", ["soon", "2999-01-01T10:00", "1066-10-14T10:00", "99"])
def test_a_moment_that_cannot_be_is_marked_at_its_field(
    stocked: Flask, client_for: ClientFor, moment: str
) -> None:
    page = client_for("ben").get(f"/stock/?as_of={moment}", 422)
    assert 'id="f-as_of-error"' in page
    assert f'value="{moment}"' in page


def test_an_items_page_tells_where_it_is_and_what_happened(
    stocked: Flask, client_for: ClientFor
) -> None:
    with stocked.app_context():
        bring(ReceiptLine(item="Rolls", quantity=5), hours_ago=1)
    page = client_for("ben").get(f"/stock/items/{number_of(stocked, Item, 'Rolls')}")
    for words in ("7K3M-9QX2", "from Bakery Lindt", "14 here afterwards", "9 here afterwards"):
        assert words in page


def test_what_happened_goes_on_older_with_the_running_balance(
    stocked: Flask, client_for: ClientFor
) -> None:
    with stocked.app_context():
        for _ in range(30):
            bring(ReceiptLine(item="Rice", quantity=1))
    client, number = client_for("ben"), number_of(stocked, Item, "Rice")
    first = client.get(f"/stock/items/{number}")
    assert "50 here afterwards" in first
    assert "20 here afterwards" not in first
    older = first.partition(f"/stock/items/{number}?after=")[2].partition('"')[0]
    rest = client.get(f"/stock/items/{number}?after={older}")
    assert "20 here afterwards" in rest
    assert "25 here afterwards" in rest
    assert "26 here afterwards" not in rest
    client.get(f"/stock/items/{number}?after={10**30}")


def test_a_coordinator_makes_and_edits_an_item(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    client.get("/stock/items/new")
    other = number_of(app, Category, "Other")
    wanted = {"name": "Olive oil", "category": other, "base_unit": "millilitre"}
    answer = client.post("/stock/items/new", form(**wanted, unit_weight="916"))
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "916 g a litre" in page
    number = number_of(app, Item, "Olive oil")
    edit = client.get(f"/stock/items/{number}/edit")
    assert 'value="916"' in edit
    changed = form(**(wanted | {"name": "Olive oil, 1 l"}), archived="yes")
    assert client.post(f"/stock/items/{number}/edit", changed).status_code == 303
    assert "no longer in use" in client.get("/stock/items")


def test_a_wrong_field_is_named_and_what_was_typed_is_kept(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    wrong = form(name="Oil", base_unit="piece", unit_weight="heavy", note="keep me")
    answer = client.post("/stock/items/new", wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="f-unit_weight-error"' in page
    assert 'id="f-category-error"' in page
    assert "keep me" in page


def test_a_name_that_is_taken_is_said_at_its_field(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    other = number_of(stocked, Category, "Other")
    answer = client.post("/stock/items/new", form(name="RICE", category=other, base_unit="piece"))
    assert answer.status_code == 409
    assert 'id="f-name-error"' in answer.get_data(as_text=True)


def test_categories_partners_and_places_are_made_and_edited(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    seeds = form(name="Seeds", best_before_extension_days=90, average_unit_weight="12,5")
    assert client.post("/stock/categories/new", seeds).status_code == 303
    number = number_of(app, Category, "Seeds")
    page = client.get(f"/stock/categories/{number}/edit")
    assert 'value="12.5"' in page
    assert 'value="90"' in page
    farm = form(name="Hof Grün", source_kind="farm", note="Tuesdays")
    answer = client.post("/stock/partners/new", farm)
    assert "Tuesdays" in client.get(answer.location)
    room = client.post("/stock/places/new", form(name="Cold room", kind="storage"))
    client.get(room.location)
    parent = number_of(app, Location, "Cold room")
    client.get(f"/stock/places/new?in={parent}")
    shelf = form(name="Shelf B2", kind="storage", parent_id=parent, is_arrivals="yes")
    page = client.get(client.post("/stock/places/new", shelf).location)
    assert "Cold room" in page
    assert "Goods arrive here" in page
    client.get(f"/stock/places/{number_of(app, Location, 'Shelf B2')}/edit")


def goods(app: Flask, item: str, act: str) -> str:
    """Return the address of an act on the item's lot at Arrivals."""
    place = number_of(app, Location, "Arrivals")
    with app.app_context():
        lot = db.session.scalars(select(Lot.id).join(Item).where(Item.name == item)).one()
    return f"/stock/places/{place}/goods/{lot}/{act}"


def test_loose_goods_are_moved_taken_out_and_counted(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    place = client.get(f"/stock/places/{number_of(stocked, Location, 'Arrivals')}")
    assert goods(stocked, "Rice", "move") in place
    for act, values, said in (
        ("move", {"amount": 5, "to": "7k3m9qx2"}, "Moved: Rice, 5."),
        ("out", {"amount": 3, "what_for": "damaged"}, "Taken out: Rice, 3."),
        ("count", {"amount": 10}, "Rice: 2 fewer than the book."),
        ("count", {"amount": 0}, "Rice: 10 fewer than the book."),
    ):
        client.get(goods(stocked, "Rice", act))
        sent = form(**values)
        answer = client.post(goods(stocked, "Rice", act), sent)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert said in client.get(answer.location)
        again = client.post(goods(stocked, "Rice", act), sent)
        assert again.status_code == 303
        client.get(again.location)
    with stocked.app_context():
        assert held_at(find_actor("ben"), "7K3M-9QX2")["Rice"] == 5
        assert "Rice" not in held_at(find_actor("ben"), "Arrivals")


def test_more_than_the_book_says_is_taken_and_a_coordinator_is_told(
    stocked: Flask, client_for: ClientFor
) -> None:
    client = client_for("ben")
    answer = client.post(goods(stocked, "Rice", "out"), form(amount=25, what_for="issue"))
    assert "A coordinator will look at it." in client.get(answer.location)


@pytest.mark.parametrize(
    ("act", "values", "field"),
    [
        ("move", {"amount": 5}, "to"),
        ("move", {"amount": 5, "to": "Nowhere"}, "to"),
        ("move", {"amount": "2.5", "to": "On hold"}, "amount"),
        ("out", {"amount": 0, "what_for": "issue"}, "amount"),
        ("out", {"amount": 1, "what_for": "sold"}, "what_for"),
        ("count", {}, "amount"),
        ("count", {"amount": -1}, "amount"),
    ],
)
def test_what_is_wrong_with_an_act_is_named_at_its_field(
    stocked: Flask, client_for: ClientFor, act: str, values: dict[str, Any], field: str
) -> None:
    answer = client_for("ben").post(goods(stocked, "Rice", act), form(**values))
    assert answer.status_code in (404, 422)
    assert f'id="f-{field}-error"' in answer.get_data(as_text=True) or field == "what_for"


def test_an_act_that_is_none_is_not_found(stocked: Flask, client_for: ClientFor) -> None:
    client_for("ben").get(goods(stocked, "Rice", "eat"), 404)
    assert client_for("ben").post(goods(stocked, "Rice", "eat"), form()).status_code == 404


def test_another_depots_goods_are_out_of_reach(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("cleo")
    for act in ("move", "out", "count"):
        client.get(goods(stocked, "Rice", act), 404)
        sent = form(amount=1, to="Arrivals", what_for="issue")
        assert client.post(goods(stocked, "Rice", act), sent).status_code == 404
    own = goods(stocked, "Rice", "out").replace(
        f"places/{number_of(stocked, Location, 'Arrivals')}/",
        f"places/{number_of(stocked, Location, 'Arrivals', 'cleo')}/",
    )
    client.get(own, 404)


def test_a_partners_page_adds_up_what_came(stocked: Flask, client_for: ClientFor) -> None:
    page = client_for("ben").get(f"/stock/partners/{number_of(stocked, Partner, 'Bakery Lindt')}")
    assert "Rice" in page
    assert "Rolls" in page


def test_a_places_page_shows_its_crates_and_what_lies_loose(
    stocked: Flask, client_for: ClientFor
) -> None:
    client = client_for("ben")
    page = client.get(f"/stock/places/{number_of(stocked, Location, 'Arrivals')}")
    assert "/C/7K3M-9QX2" in page
    assert "Rice" in page
    crate = client.raw(f"/stock/places/{number_of(stocked, Location, '7K3M-9QX2')}")
    assert (crate.status_code, crate.location) == (302, "/C/7K3M-9QX2")


def test_a_volunteer_looks_but_does_not_edit(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    rice, arrivals = number_of(stocked, Item, "Rice"), number_of(stocked, Location, "Arrivals")
    bread, lindt = (
        number_of(stocked, Category, "Bread"),
        number_of(stocked, Partner, "Bakery Lindt"),
    )
    for path in (
        "/stock/items/new",
        f"/stock/items/{rice}/edit",
        "/stock/categories/new",
        f"/stock/categories/{bread}/edit",
        "/stock/partners/new",
        f"/stock/partners/{lindt}/edit",
        "/stock/places/new",
        f"/stock/places/{arrivals}/edit",
    ):
        client.get(path, 403)
        assert client.post(path, form(name="Mine")).status_code == 403
    assert "Edit this item" not in client.get(f"/stock/items/{rice}")


def test_an_outsider_finds_nothing(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("cleo")
    assert "Rice" not in client.get("/stock/")
    assert "Bakery Lindt" not in client.get("/stock/partners")
    rice, arrivals = number_of(stocked, Item, "Rice"), number_of(stocked, Location, "Arrivals")
    bread, lindt = (
        number_of(stocked, Category, "Bread"),
        number_of(stocked, Partner, "Bakery Lindt"),
    )
    for path in (
        f"/stock/items/{rice}",
        f"/stock/items/{rice}/edit",
        f"/stock/categories/{bread}/edit",
        f"/stock/partners/{lindt}",
        f"/stock/partners/{lindt}/edit",
        f"/stock/places/{arrivals}",
        f"/stock/places/{arrivals}/edit",
        "/stock/items/9223372036854775807",
    ):
        client.get(path, 404)
    client.get("/stock/items/9223372036854775808", 404)


def test_names_are_shown_as_text_whatever_they_hold(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        bring(ReceiptLine(item=SCRIPT, quantity=1, category="Other"), partner=SCRIPT)
    client = client_for("ada")
    client.post("/stock/places/new", form(name=SCRIPT, kind="storage", note=SCRIPT))
    client.post("/stock/categories/new", form(name=SCRIPT, note=SCRIPT))
    pages = [
        client.get(f"/stock/{path}") for path in ("", "items", "partners", "places", "categories")
    ]
    pages += [
        client.get(f"/stock/items/{number_of(app, Item, SCRIPT)}"),
        client.get(f"/stock/items/{number_of(app, Item, SCRIPT)}/edit"),
        client.get(f"/stock/partners/{number_of(app, Partner, SCRIPT)}"),
        client.get(f"/stock/places/{number_of(app, Location, SCRIPT)}"),
        client.get(f"/stock/?q={SCRIPT}"),
    ]
    for page in pages:
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_lists_do_not_ask_once_a_row(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    with stocked.app_context():
        bring(*[ReceiptLine(item=f"Item {n}", quantity=1, category="Other") for n in range(30)])
        engine = db.engine
    for path in ("/stock/", "/stock/?by=place", "/stock/first", "/stock/items", "/stock/partners"):
        with counted(engine) as statements:
            client.get(path)
        assert len(statements) <= 6, (path, statements)
