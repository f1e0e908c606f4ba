"""Pictures over HTTP: each beside its figures, for members of their own depot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from depot.base.clock import utc_now
from tests.book import Book
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    """What the north has: beans from a bakery, some of them gone."""
    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("Beans <b>", "Tins and jars", milligrams=400_000)
        donor = book.donor("Kestrel Bakery")
        now = utc_now() - timedelta(hours=1)
        book.move(
            "receipt", beans, 50, "supplier", "here", now, source_kind="donation", partner_id=donor
        )
        book.went_out(beans, 20, now)
        place = book.places["here"].id
        db.session.remove()
    return {"item": beans.item_id, "donor": donor, "place": place}


def test_the_depot_in_pictures(client_for: ClientFor, ids: dict[str, int]) -> None:
    page = client_for("ben").get("/pictures/")
    for told in ("flows", "stock", "ages", "year", "shelves"):
        assert f'id="{told}"' in page, told
    assert page.count("<svg class=") >= 10
    assert page.count("The same in figures") == 5
    assert "20 kg" in page  # came in
    assert "8 kg" in page  # handed out
    assert ids


def test_an_item_is_told_in_its_own_unit(client_for: ClientFor, ids: dict[str, int]) -> None:
    page = client_for("ben").get(f"/pictures/items/{ids['item']}")
    assert "In stock at the end of each week, pieces" in page
    assert "Beans &lt;b&gt;" in page
    assert "Beans <b>" not in page
    assert f"/pictures/items/{ids['item']}" in client_for("ben").get(f"/stock/items/{ids['item']}")


def test_a_donor_a_place_and_a_category(client_for: ClientFor, ids: dict[str, int]) -> None:
    ben = client_for("ben")
    assert "20 kg" in ben.get(f"/pictures/donors/{ids['donor']}")
    assert "12 kg" in ben.get(f"/pictures/places/{ids['place']}")
    listed = ben.get("/stock/?by=category")
    address = listed.partition('href="/pictures/categories/')[2].partition('"')[0]
    assert "12 kg" in ben.get(f"/pictures/categories/{address}")


@pytest.mark.parametrize("what", ["items", "donors", "places", "categories"])
def test_what_is_not_there_is_not_found(client_for: ClientFor, what: str) -> None:
    client_for("ben").get(f"/pictures/{what}/999999999999", status=404)
    client_for("ben").get(f"/pictures/{what}/99999999999999999999", status=404)


def test_the_outsider_sees_nothing_of_it(client_for: ClientFor, ids: dict[str, int]) -> None:
    cleo = client_for("cleo")
    for what, kind in (("items", "item"), ("donors", "donor"), ("places", "place")):
        cleo.get(f"/pictures/{what}/{ids[kind]}", status=404)
    assert "20 kg" not in cleo.get("/pictures/")
