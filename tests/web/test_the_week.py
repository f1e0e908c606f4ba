"""The main job on a real pantry's spreadsheet: a week of work, and its report adds up.

Imported by the command line, signed in by the page, worked through the API and the pages, on
SQLite and on PostgreSQL; at the end the weekly report reconciles and `depot verify` is green.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from depot.app import create_app
from depot.base.clock import local_day, utc_now
from depot.base.periods import week_of
from depot.cli import cli
from depot.models import Crate, DistributionEvent, StockEntry
from depot.verify.verify import verify
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db

PANTRY = Path(__file__).parent.parent / "data" / "pantry-warm"


@pytest.fixture
def pantry(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database into which the north has imported the pantry's three files."""
    environment = {
        "DEPOT_DATABASE_URL": database_url,
        "DEPOT_DATA": str(tmp_path),
        "DEPOT_SECRET_KEY": "not-a-secret-in-a-test",
    }
    for kind, name in (("items", "products"), ("locations", "shelves"), ("crates", "boxes")):
        words = ["import", kind, str(PANTRY / f"{name}.csv"), "--depot", "north"]
        done = CliRunner().invoke(cli, words, env=environment | {"PATH": os.environ["PATH"]})
        assert done.exit_code == 0, done.output
    app = create_app(config_for(tmp_path, database_url))
    yield app
    with app.app_context():
        db.engine.dispose()


class Programs:
    """Asks the API with a coordinator's token of the north."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()
        with app.app_context():
            token = make_token("week", "coordinator", find_actor("ada"))
        self.headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Write, and again with the same id: the second answer must be the first."""
        body["command_id"] = str(uuid4())
        first = self.http.post(f"/api/v1{path}", json=body, headers=self.headers)
        again = self.http.post(f"/api/v1{path}", json=body, headers=self.headers)
        assert (first.status_code, again.status_code) == (201, 200), first.get_json()
        assert first.get_json() == again.get_json()
        answer: dict[str, Any] = first.get_json()
        return answer

    def get(self, path: str) -> dict[str, Any]:
        answer = self.http.get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.get_json()
        found: dict[str, Any] = answer.get_json()
        return found


def log_ten_donations(app: Flask, ask: Programs) -> list[int]:
    """Five weighed by category at the page, five by item through the API."""
    page = Client.signed_in(app, "ben")
    with app.app_context():
        category_id = {row["category"]: None for row in ask.get("/items?limit=200")["items"]}
        assert category_id
    entries = []
    for number in range(5):
        answer = ask.post(
            "/receipts",
            source={"kind": "rescue", "partner": "SuperFresh"},
            lines=[{"category": "Bread", "weight_grams": 8000 + number}],
        )
        entries.append(answer["entry_id"])
    for number, item in enumerate(("Corn", "Carrots", "Peas", "Broth", "Tea")):
        form = {
            "command_id": str(uuid4()),
            "source": "new",
            "partner": "Church drive",
            "source_kind": "collection",
            "what": "items",
            "lines-0-item": item,
            "lines-0-quantity": str(30 + number),
            "lines-0-date": "05/2028",
        }
        assert page.post("/donations/new", form).status_code == 303
    with app.app_context():
        latest = select(StockEntry.id).where(StockEntry.kind == "receipt").order_by(StockEntry.id)
        return list(db.session.scalars(latest))


def fill_the_nine_blank_boxes(app: Flask, ask: Programs) -> list[str]:
    with app.app_context():
        north = find_actor("ada").depot_id
        never_filled = select(Crate.box_number).where(
            Crate.depot_id == north, Crate.state == "blank", Crate.box_number != "BOX12366"
        )
        boxes = list(db.session.scalars(never_filled.order_by(Crate.box_number)))
    assert len(boxes) == 9
    for number, box in enumerate(boxes):
        ask.post(
            "/receipts",
            source={"kind": "donation"},
            lines=[{"item": "Green Beans", "quantity": 24 + number, "crate_code": box}],
        )
    return boxes


def hold_an_event(ask: Programs, name: str, crates: list[str], households: int) -> None:
    event = ask.post("/events", name=name, starts_at=utc_now().isoformat(), place="Church hall")
    path = f"/events/{event['id']}"
    for crate in crates:
        ask.post(f"{path}/issues", crate_code=crate)
    ask.post(f"{path}/issues", lines=[{"item": "Corn", "quantity": 20}])
    ask.post(f"{path}/returns", lines=[{"item": "Corn", "quantity": 3}])
    ask.post(f"{path}/people", households=households, adults=households * 2, children=households)
    ask.post(f"{path}/people", households=5)
    assert ask.post(f"{path}/close")["state"] == "closed"


def cook_soup(ask: Programs) -> None:
    ask.post(
        "/production",
        inputs=[{"item": "Carrots", "quantity": 12}, {"item": "Broth", "quantity": 10}],
        outputs=[{"item": "Vegetable soup, portion", "quantity": 40, "category": "Meals"}],
        note="For Saturday",
    )


def test_a_week_in_a_real_pantry_adds_up(pantry: Flask) -> None:
    ask = Programs(pantry)
    assert ask.get("/crates/BOX12345")["contents"][0]["item"] == "Canned Chicken"
    receipts = log_ten_donations(pantry, ask)
    assert len(receipts) == 10
    boxes = fill_the_nine_blank_boxes(pantry, ask)
    for box, shelf in zip(boxes[:3], ("0104A1", "0104A2", "0104B1"), strict=True):
        assert ask.post(f"/crates/{box}/move", to=shelf)["entry_id"]
    hold_an_event(ask, "Saturday", boxes[:4], 31)
    hold_an_event(ask, "Sunday", boxes[4:6], 12)
    cook_soup(ask)
    # undone: a receipt with nothing after it, and the one of 31 carrots of which 12 are soup
    ask.post(f"/entries/{receipts[0]}/reversal", reason="logged twice")
    undone = ask.post(f"/entries/{receipts[6]}/reversal", reason="was not for us")
    assert [found["kind"] for found in undone["discrepancies"]] == ["undo_short"]

    with pantry.app_context():
        ada = find_actor("ada")
        week = week_of(local_day(utc_now(), ada.depot.time_zone), ada.depot.week_start)
        assert verify(db.session(), ada.depot_id) == ()
        assert db.session.scalar(select(func.count()).select_from(DistributionEvent)) == 2
    report = ask.get(f"/reports/weekly?week={week.name}")
    expect_it_adds_up(report)
    people = report["people"]
    assert people["households"] == 31 + 5 + 12 + 5
    assert len(report["events"]) == 2
    by_name = {row["item"]: row for row in report["items"]}
    # 24..32 beans came in nine boxes (252), the first six boxes (24 to 29: 159) were handed out
    assert by_name["Green Beans"]["sourced"] == 252
    assert by_name["Green Beans"]["handed_out"] == 159
    # five times eight kilograms of bread less the first, undone
    assert by_name["Bread, loose"]["sourced"] == 8001 + 8002 + 8003 + 8004
    assert by_name["Vegetable soup, portion"]["closing"] == 40
    # none came in after all, 12 went into the soup, so there were 12 more than the book knew
    carrots = by_name["Carrots"]
    assert (carrots["sourced"], carrots["produced"], carrots["variance"]) == (0, -12, 12)
    page = Client.signed_in(pantry, "ada").get(f"/reports/weekly?week={week.name}")
    assert "Green Beans" in page
    assert "Green Beans" not in Client.signed_in(pantry, "cleo").get("/reports/weekly")


def expect_it_adds_up(report: dict[str, Any]) -> None:
    assert report["items"]
    for row in report["items"]:
        assert row["closing"] == (
            row["opening"]
            + row["sourced"]
            + row["produced"]
            - row["handed_out"]
            - row["lost"]
            + row["transferred"]
            + row["variance"]
        ), row


def test_the_week_before_the_import_is_empty(pantry: Flask) -> None:
    ask = Programs(pantry)
    before = local_day(utc_now(), "Europe/Berlin") - timedelta(days=7)
    report = ask.get(f"/reports/weekly?week={week_of(before, 1).name}")
    assert all(row["closing"] == 0 for row in report["items"])
