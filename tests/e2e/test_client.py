"""A week of work through the client for programs alone, with a real server behind it."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.made_client import depot_client, guide_example
from tests.serving import Running, serve_depot, settings

Depot = depot_client.Depot


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A depot that nobody has used yet."""
    with serve_depot(settings(tmp_path_factory.mktemp("client"))) as found:
        yield found


def client(running: Running, role: str = "coordinator") -> depot_client.Depot:
    """Return a client with a new token."""
    token = running.command("token", "create", f"{role} {uuid4()}", "--role", role)
    return Depot(running.base_url, token.strip(), language="en")


@pytest.fixture(scope="module")
def depot(running: Running) -> depot_client.Depot:
    """A client that may do what coordinators do."""
    return client(running)


def receive(depot: depot_client.Depot, item: str, quantity: int) -> depot_client.ReceiptAnswer:
    """Take a donation in."""
    line: depot_client.Line = {"item": item, "quantity": quantity, "date": "2028-05"}
    return depot.post_receipts({"source": {"kind": "donation"}, "lines": [line]})


def item(depot: depot_client.Depot, name: str) -> int:
    """Make an item of pieces, half a kilogram each, and return its number."""
    made = depot.post_items(
        {"name": name, "category": "Other", "unit": "piece", "unit_weight_milligrams": 500_000}
    )
    return made["id"]


def test_a_week_of_work_goes_through_the_client(depot: depot_client.Depot) -> None:
    last_week = datetime.now(UTC) - timedelta(days=7)
    rice = item(depot, "Rice")
    shelf = depot.post_locations({"name": "Shelf B2", "kind": "storage"})
    (crate,) = depot.post_crates({"count": 1, "occurred_at": last_week})["codes"]
    came = depot.post_receipts(
        {
            "occurred_at": last_week,
            "source": {"kind": "rescue", "partner": "SuperFresh"},
            "lines": [{"item": "Rice", "quantity": 24, "date": "2028-05", "location": "Shelf B2"}],
        }
    )
    filled = depot.post_crate_fill(
        crate,
        {
            "source": "Shelf B2",
            "lines": [{"item": "Rice", "quantity": 6}],
            "occurred_at": last_week,
        },
    )
    event = depot.post_events({"name": "Hand-out", "starts_at": last_week, "place": "Hall"})
    out = depot.post_event_issues(event["id"], {"crate_code": crate, "occurred_at": last_week})
    more = depot.post_event_issues(
        event["id"], {"lines": [{"item": rice, "quantity": 4}], "occurred_at": last_week}
    )
    assert more["entry_id"] is not None
    undone = depot.post_entry_reversal(more["entry_id"], {"reason": "Somebody else's bag."})
    assert undone["reverses_seq"] == more["seq"]

    assert [(row["item"], row["on_hand"]) for row in depot.all_stock()] == [("Rice", 18)]
    assert depot.get_location(shelf["id"])["name"] == "Shelf B2"
    told = list(depot.follow_feed())
    assert [entry["seq"] for entry in told] == list(range(1, len(told) + 1))
    expected = [came["seq"], filled["seq"], out["seq"], more["seq"], undone["seq"]]
    assert [entry["seq"] for entry in told if entry["kind"] != "opening"] == expected

    year, number, _day = last_week.isocalendar()
    week = f"{year}-W{number:02}"
    report = depot.get_reports_weekly(week=week)
    assert report["totals"]["sourced_grams"] == 12_000
    filed = depot.post_reports_weekly_week_file(week)
    assert filed["totals"] == report["totals"]
    assert [head["number"] for head in depot.all_reports_filed()] == [filed["number"]]
    assert depot.get_reports_weekly_as("pdf", week=week).startswith(b"%PDF")
    assert depot.get_reports_weekly_as("csv", week=week).decode().startswith("section,")


def test_the_same_command_twice_is_once(depot: depot_client.Depot) -> None:
    item(depot, "Beans")
    place = depot.get_feed(limit=500)["next"]
    command_id = uuid4()
    body: depot_client.Receipt = {
        "source": {"kind": "donation"},
        "lines": [{"item": "Beans", "quantity": 5, "date": "2028-05"}],
    }
    first = depot.post_receipts(body, command_id=command_id)
    second = depot.post_receipts(body, command_id=str(command_id))
    assert first == second
    third = depot.post_receipts(body)
    assert third["seq"] != first["seq"]
    assert len(list(depot.follow_feed(after=place))) == 2


def test_a_list_is_gone_over_page_after_page(depot: depot_client.Depot) -> None:
    for number in range(5):
        item(depot, f"Soup {number}")
    whole = [row["name"] for row in depot.get_items(limit=500)["items"]]
    assert [row["name"] for row in depot.all_items(limit=2)] == whole
    assert len(whole) >= 5


def test_the_feed_goes_on_where_it_was_left(depot: depot_client.Depot) -> None:
    item(depot, "Pasta")
    feed = depot.follow_feed(after=depot.follow_feed(limit=1).place, limit=2)
    before = len(list(feed))
    assert list(feed) == []
    for quantity in (1, 2, 3):
        receive(depot, "Pasta", quantity)
    first = next(iter(feed))
    assert feed.place == first["seq"] == before + 1
    kept = depot.follow_feed(after=feed.place, kinds="receipt")
    assert [entry["lines"][0]["quantity"] for entry in kept] == [2, 3]
    assert list(feed) == list(depot.follow_feed(after=first["seq"]))


def test_what_is_refused_says_why_with_its_numbers(
    running: Running, depot: depot_client.Depot
) -> None:
    with pytest.raises(depot_client.DepotError) as nobody:
        Depot(running.base_url, "no-token").get_items()
    assert (nobody.value.status, nobody.value.code) == (401, "unauthenticated")

    with pytest.raises(depot_client.DepotError) as wrong:
        depot.post_crates({"count": 0})
    assert (wrong.value.status, wrong.value.code) == (422, "invalid")
    assert set(wrong.value.errors) == {"count"}
    assert wrong.value.command_id
    assert wrong.value.request_id

    with pytest.raises(depot_client.DepotError) as volunteer:
        client(running, "volunteer").post_items(
            {"name": "Tea", "category": "Other", "unit": "piece"}
        )
    assert volunteer.value.status == 403

    with pytest.raises(depot_client.DepotError) as nothing:
        depot.get_item(999_999)
    assert (nothing.value.status, nothing.value.code) == (404, "not_found")
    assert "999,999" in nothing.value.words or "999999" in nothing.value.words

    depot.post_crates({"count": 2}, command_id=wrong.value.command_id)
    with pytest.raises(depot_client.DepotError) as reused:
        depot.post_crates({"count": 3}, command_id=wrong.value.command_id)
    assert (reused.value.status, reused.value.code) == (409, "command_id_reused")


def test_the_example_of_the_guide_runs_beside_the_client_that_the_server_sends(
    running: Running, depot: depot_client.Depot, tmp_path: Path
) -> None:
    token = running.command("token", "create", "guide", "--role", "volunteer").strip()
    example = guide_example()
    for said, here in {"https://depot.test": running.base_url, "TOKEN": token}.items():
        assert said in example
        example = example.replace(said, here)
    (tmp_path / "program.py").write_text(example)
    address = f"{running.base_url}/api/v1/depot_client.py"
    with urllib.request.urlopen(address, timeout=60) as sent:  # noqa: S310 - a server of ours
        (tmp_path / "depot_client.py").write_bytes(sent.read())
    before = depot.get_feed(limit=500)["next"]
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    (booked,) = depot.follow_feed(after=before)
    assert (booked["kind"], booked["lines"][0]["quantity"]) == ("receipt", 24)
    assert done.stdout.splitlines()[-1] == f"{booked['seq']} receipt"


def test_sentences_of_errors_are_in_the_language_that_is_asked_for(running: Running) -> None:
    token = running.command("token", "create", "spanish", "--role", "volunteer").strip()
    with pytest.raises(depot_client.DepotError) as nothing:
        Depot(running.base_url, token, language="es").get_item(999_999)
    assert "No se encuentra" in nothing.value.words
