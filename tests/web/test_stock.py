"""Stock, items, categories, partners and places through their pages and the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from depot.clock import utc_now
from depot.commands import accounts
from depot.commands.receipts import ReceiptLine, ReceiveGoods, receive_goods
from depot.db import db
from depot.models import Category, Item, Location, Partner
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.statements import counted

ClientFor = Callable[[str], Client]
API = "/api/v1"
SCRIPT = "<script>alert(1)</script>"
HOUR = timedelta(hours=1)


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """Rice and rolls in the north: some at the door, some in a crate on a shelf."""
    with app.app_context():
        put_crate(find_actor("ada"), "7K3M-9QX2", at="Arrivals")
        rice = ReceiptLine(item="Rice", quantity=20, weight_grams=10_000)
        tomorrow = (utc_now() + timedelta(days=1)).date().isoformat()
        rolls = ReceiptLine(
            item="Rolls", quantity=9, category="Bread", date=tomorrow, crate_code="7K3M-9QX2"
        )
        bring(rice, rolls, partner="Bakery Lindt")
    return app


def bring(*lines: ReceiptLine, hours_ago: int = 2, partner: str | None = None) -> None:
    """Receive goods in the north some hours ago."""
    command = ReceiveGoods(
        command_id=uuid4(),
        lines=lines,
        partner=partner,
        occurred_at=utc_now() - hours_ago * HOUR,
    )
    receive_goods(command, find_actor("ada"))


def number_of(app: Flask, kind: type[Any], name: str, depot: str = "ada") -> int:
    with app.app_context():
        own = kind.depot_id == find_actor(depot).depot_id
        return int(db.session.scalars(select(kind.id).where(own, kind.name == name)).one())


def bearer(app: Flask, login: str = "ada") -> dict[str, str]:
    with app.app_context():
        token = accounts.create_token("till", "volunteer", find_actor(login))
    return {"Authorization": f"Bearer {token}"}


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


def test_the_api_lists_stock_now_and_then(stocked: Flask) -> None:
    http, headers = stocked.test_client(), bearer(stocked)
    answer = http.get(f"{API}/stock", headers=headers).get_json()
    rows = {row["item"]: row for row in answer["stock"]}
    assert (rows["Rice"]["quantity"], rows["Rice"]["weight_grams"]) == (20, 10_000)
    assert (rows["Rolls"]["unit"], rows["Rolls"]["weight_estimated"]) == ("piece", True)
    assert answer["next"] is None
    then = (utc_now() - 3 * HOUR).isoformat()
    past = http.get(f"{API}/stock", headers=headers, query_string={"as_of": then}).get_json()
    assert past["stock"] == []


@pytest.mark.parametrize(
    "moment", ["yesterday", "2026-11-21T10:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", ""]
)
def test_the_api_names_a_moment_that_cannot_be(stocked: Flask, moment: str) -> None:
    answer = stocked.test_client().get(
        f"{API}/stock", headers=bearer(stocked), query_string={"as_of": moment}
    )
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["as_of"]


@pytest.mark.parametrize(
    ("path", "what"),
    [("stock", "stock"), ("items", "items"), ("locations", "locations"), ("partners", "partners")],
)
def test_api_lists_are_paged_and_apart(stocked: Flask, path: str, what: str) -> None:
    http, headers = stocked.test_client(), bearer(stocked)
    whole = http.get(f"{API}/{path}?limit=500", headers=headers).get_json()[what]
    assert whole
    found: list[Any] = []
    after: int | None = 0
    while after is not None:
        page = http.get(f"{API}/{path}?after={after}&limit=1", headers=headers).get_json()
        found += page[what]
        after = page["next"]
    assert found == whole
    south = http.get(f"{API}/{path}?limit=500", headers=bearer(stocked, "cleo")).get_json()[what]
    assert not [row for row in south if row in whole]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=501", "after=-1", "after=1e9", f"after={10**30}"]
)
def test_api_paging_that_cannot_be_is_named(stocked: Flask, query: str) -> None:
    answer = stocked.test_client().get(f"{API}/items?{query}", headers=bearer(stocked))
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [query.partition("=")[0]]


def test_the_api_tells_what_one_weighs(stocked: Flask) -> None:
    answer = stocked.test_client().get(f"{API}/items?limit=500", headers=bearer(stocked))
    rows = {row["name"]: row for row in answer.get_json()["items"]}
    assert rows["Rice"]["unit_weight_grams"] == 500
    assert rows["Rolls"]["unit_weight_grams"] is None
    assert rows["Bread, loose"]["is_loose"] is True


def test_the_api_lists_crates_among_the_places(stocked: Flask) -> None:
    answer = stocked.test_client().get(f"{API}/locations", headers=bearer(stocked))
    kinds = {row["name"]: row["kind"] for row in answer.get_json()["locations"]}
    assert kinds == {"Arrivals": "storage", "On hold": "quarantine", "7K3M-9QX2": "crate"}
