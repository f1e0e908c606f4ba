"""Stock, items, places and partners as programs see them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from depot.base.clock import utc_now
from tests.builders import find_actor, make_token
from tests.web.stock_setup import HOUR, stock_up

API = "/api/v1"


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


def bearer(app: Flask, login: str = "ada") -> dict[str, str]:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor(login))
    return {"Authorization": f"Bearer {token}"}


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
