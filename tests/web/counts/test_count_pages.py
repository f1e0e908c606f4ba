"""Counting a shelf through pages, phones and programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from depot.models import CountSheet, CountTally, Location
from tests.builders import find_actor, make_token, on_hand, receive
from tests.clients import Client
from tests.current import db
from tests.statements import count_statements
from tests.stock_text import set_up
from tests.web.phone_client import Phone, form, make_command

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"
SCRIPT = "<script>alert(1)</script>"
SHELF = f"""
    place Shelf B2
    crate {CODE} @ Shelf B2
    24 Rice/2027-05 @ Shelf B2
    6 Beans @ Shelf B2
    8 Soup @ {CODE}
"""


@pytest.fixture
def shelf(app: Flask) -> int:
    """A shelf with three lines; its id."""
    with app.app_context():
        set_up(find_actor("ben"), SHELF)
        return db.session.scalars(select(Location.id).where(Location.name == "Shelf B2")).one()


def begin(client: Client, shelf: int, **more: str) -> str:
    """Begin to count and return the sheet's address."""
    typed = {"command_id": str(uuid4()), "location_id": str(shelf)} | more
    answer = client.post("/counts/new", typed)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def typed(*amounts: str, counter: str = "1", **more: str) -> dict[str, str]:
    """Return the form of a page as typed, line by line."""
    rows = {f"lines-{index}-number": str(index + 1) for index in range(len(amounts))}
    said = {f"lines-{index}-amount": amount for index, amount in enumerate(amounts)}
    return {"command_id": str(uuid4()), "counter": counter} | rows | said | more


def text_of(client: Client, address: str) -> str:
    html = client.get(address)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def stock_of(app: Flask, item: str) -> int:
    with app.app_context():
        return on_hand(find_actor("ben"), item)


def test_a_shelf_is_counted_looked_at_posted_and_undone(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    sheet = begin(ben, shelf)
    page = text_of(ben, sheet)
    assert "0 of 3 counted" in page
    assert "the book says 24" in page
    answer = ben.post(f"{sheet}/lines", typed("4", "24", ""))
    assert answer.headers["Location"] == sheet
    assert "2 of 3 lines counted" in text_of(ben, sheet)
    assert 'value="4"' in ada.get(sheet)
    review = ada.get(f"{sheet}/review")
    assert "2 fewer than the book" in review
    version = re.search(r'name="version" value="(\d+)"', review)
    assert version
    posted = {"command_id": str(uuid4()), "version": version[1]}
    assert ada.post(f"{sheet}/review", posted).headers["Location"] == sheet
    assert "Shelf B2 is posted: 1 difference." in text_of(ada, sheet)
    assert stock_of(app, "Beans") == 4
    ada.post(f"{sheet}/undo", {"command_id": str(uuid4())})
    assert "The count of Shelf B2 is undone." in text_of(ada, sheet)
    assert stock_of(app, "Beans") == 6


def test_blind_and_second_counters_see_neither_book_nor_each_other(
    client_for: ClientFor, shelf: int
) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    sheet = begin(ben, shelf, is_blind="yes")
    assert "the book says" not in text_of(ben, sheet)
    ben.post(f"{sheet}/lines", typed("4444", "24", ""))
    second = ada.get(f"{sheet}/second")
    assert "4444" not in second
    assert "the book says" not in second
    ada.post(f"{sheet}/lines", typed("6", "24", "", counter="2"))
    review = text_of(ada, f"{sheet}/review")
    assert "The two counters differ" in review
    refused = ada.post(f"{sheet}/review", {"command_id": str(uuid4()), "version": "4"})
    assert refused.status_code == 409
    chosen = {"choices-0-number": "1", "choices-0-counter": "2", "version": "4"}
    assert ada.post(f"{sheet}/review", chosen | {"command_id": str(uuid4())}).status_code == 303


def test_what_is_wrong_stands_at_its_line(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    answer = ben.post(f"{sheet}/lines", typed("4", "9.5", "x"))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert html.count('aria-invalid="true"') >= 1
    assert 'value="9.5"' in html


def test_found_things_and_crates_get_lines(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    found = {"command_id": str(uuid4()), "counter": "1", "item": SCRIPT, "amount": "3"}
    assert ben.post(f"{sheet}/found", found | {"date": "05/2027"}).headers["Location"] == sheet
    html = ben.get(sheet)
    assert "&lt;script&gt;" in html
    assert SCRIPT not in html
    crate = {"command_id": str(uuid4()), "crate": CODE.lower()}
    assert ben.post(f"{sheet}/crates", crate).headers["Location"].endswith("?from=1#line-3")
    wrong = {"command_id": str(uuid4()), "crate": "4FJH-22M8"}
    assert ben.post(f"{sheet}/crates", wrong).status_code == 404
    missing = {"command_id": str(uuid4()), "counter": "1", "item": "", "amount": ""}
    assert ben.post(f"{sheet}/found", missing).status_code == 422


def test_what_was_written_is_read_as_its_reader_writes_numbers(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    with app.app_context():
        receive(find_actor("ben"), 2330, "Apples", unit="gram", location="Shelf B2")
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    assert ben.post(f"{sheet}/lines", typed("2.33", "6", "24", "8")).status_code == 303
    ben.post(f"{sheet}/call-off", {"command_id": str(uuid4())})
    assert "Apples 2.33 kg" in text_of(ben, sheet)
    assert "Apples 2,33 kg" in text_of(ben, f"{sheet}?language=es")


def test_a_volunteer_counts_and_does_not_post(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    ben.post(f"{sheet}/lines", typed("4"))
    assert "/review" not in ben.get(sheet)
    assert ben.raw(f"{sheet}/review").status_code == 403
    said = {"command_id": str(uuid4()), "version": "1"}
    assert ben.post(f"{sheet}/review", said).status_code == 403
    assert ben.post(f"{sheet}/undo", {"command_id": str(uuid4())}).status_code == 403
    assert stock_of(app, "Beans") == 6


def test_another_depots_sheet_is_not_there(app: Flask, client_for: ClientFor, shelf: int) -> None:
    sheet = begin(client_for("ben"), shelf)
    cleo = client_for("cleo")
    for address in ("", "/second", "/found", "/review"):
        assert cleo.raw(f"{sheet}{address}").status_code == 404
    for address in ("/lines", "/found", "/crates", "/review", "/undo", "/call-off"):
        said = typed("4", version="1", item="Rice", amount="1", crate=CODE)
        assert cleo.post(f"{sheet}{address}", said).status_code in (404, 422)
    assert cleo.raw(f"/papers{sheet}").status_code == 404
    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(CountTally))
    assert "Shelf B2" not in text_of(cleo, "/counts/")


def test_a_sheet_can_be_called_off_and_found_in_the_list(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    assert "0 of 3" in text_of(ben, "/counts/")
    assert ben.raw(f"/counts/new?place={shelf}").headers["Location"] == sheet
    assert "Being counted All of it Shelf B2" in text_of(ben, "/")
    ben.post(f"{sheet}/call-off", {"command_id": str(uuid4())})
    assert "Nothing of it is in the book." in text_of(ben, sheet)
    assert "called off" in text_of(ben, "/counts/")
    assert ben.post(f"{sheet}/lines", typed("4")).status_code == 409


def test_the_paper_has_the_numbers_of_the_screen(client_for: ClientFor, shelf: int) -> None:
    ben = client_for("ben")
    sheet = begin(ben, shelf, is_blind="yes")
    paper = text_of(ben, f"/papers{sheet}")
    assert re.search(r"1\. Beans .*2\. Rice .*7K3M-9QX2 3\. Soup", paper)
    assert "The book says" not in paper
    assert ben.raw(f"/papers{sheet}.pdf").data.startswith(b"%PDF")
    with_book = begin(client_for("ada"), shelf)
    assert with_book == sheet


def test_a_phone_delivers_lines_one_by_one(app: Flask, client_for: ClientFor, shelf: int) -> None:
    sheet = begin(client_for("ben"), shelf)
    args: dict[str, Any] = {"sheet_id": int(sheet.rpartition("/")[2])}
    phone = Phone(app, "ben")
    line = form("count-lines", args, counter="1", lines_0_number="1", lines_0_amount="5")
    first = phone.sync(line)[0]
    assert (first["result"], first["message"]) == ("posted", "Shelf B2: 1 of 3 lines counted.")
    assert phone.sync(line)[0]["result"] == "repeated"
    results = phone.sync(
        make_command("count_lines", **args, lines=[{"number": 2, "quantity": 0}]),
        make_command("count_found", **args, item="Oil", quantity=2),
        make_command("count_crate", **args, crate=CODE),
        form("count-found", args, counter="1", item="Salt", amount="2"),
        form("count-crate", args, crate=CODE),
        form("count-lines", args, counter="1", lines_0_number="1", lines_0_amount="x"),
        make_command("count_lines", sheet_id=999, lines=[{"number": 2, "quantity": 0}]),
    )
    assert [one["result"] for one in results] == ["posted"] * 5 + ["refused"] * 2
    assert "lines-0-amount" in results[5]["body"]["errors"]
    foreign = Phone(app, "cleo").sync(
        make_command("count_lines", **args, lines=[{"number": 1, "quantity": 0}])
    )[0]
    assert (foreign["result"], foreign["code"]) == ("refused", "not_found")


def test_what_was_written_on_paper_was_counted_then(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    ben.post(f"{sheet}/lines", typed("4", counted_at="2026-11-25T09:30"))
    args = {"sheet_id": int(sheet.rpartition("/")[2])}
    line = form("count-lines", args, lines_0_number="2", lines_0_amount="24")
    line["fields"]["counted_at"] = "2026-11-25T09:40"
    assert Phone(app, "ben").sync(line)[0]["result"] == "posted"
    with app.app_context():
        times = db.session.scalars(select(CountTally.counted_at).order_by(CountTally.id)).all()
    assert [time.isoformat() for time in times] == [
        "2026-11-25T08:30:00+00:00",
        "2026-11-25T08:40:00+00:00",
    ]
    odd = ben.post(f"{sheet}/lines", typed("5", counted_at="yesterday"))
    assert odd.status_code == 422
    future = ben.post(f"{sheet}/lines", typed("5", counted_at="2999-01-01T10:00"))
    assert "in the future" in future.get_data(as_text=True)


def test_programs_count_too(app: Flask, client_for: ClientFor, shelf: int) -> None:
    with app.app_context():
        tokens = {
            role: make_token(role, role, find_actor("ada")) for role in ("volunteer", "coordinator")
        }
    http = client_for("").http

    def ask(method: str, path: str, role: str = "volunteer", **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {tokens[role]}"}
        own: dict[str, Any] = (
            {"json": {"command_id": str(uuid4())} | body} if method == "POST" else {}
        )
        return http.open(f"/api/v1/count-sheets{path}", method=method, headers=headers, **own)

    started = ask("POST", "", location_id=shelf, is_blind=True)
    assert started.status_code == 201
    number = started.get_json()["id"]
    lines = [{"number": 1, "quantity": 4}, {"number": 2, "quantity": None}]
    written = ask("POST", f"/{number}/lines", lines=lines).get_json()
    assert (written["counted"], written["lines"]) == (1, 3)
    shown = ask("GET", f"/{number}").get_json()
    assert [line["counted_quantity"] for line in shown["lines"]] == [4, None, None]
    assert {line["expected_quantity"] for line in shown["lines"]} == {None}
    assert ask("GET", f"/{number}/differences").status_code == 403
    assert ask("POST", f"/{number}/post").status_code == 403
    again = ask("POST", f"/{number}/lines", counter=2, lines=lines)
    assert (again.status_code, again.get_json()["code"]) == (409, "same_counter")
    seen = ask("GET", f"/{number}/differences", "coordinator").get_json()
    assert [one["found"][0]["variance"] for one in seen["differences"]] == [-2]
    posted = ask("POST", f"/{number}/post", "coordinator", version=seen["version"])
    assert posted.status_code == 201
    assert len(posted.get_json()["entries"]) == 1
    assert stock_of(app, "Beans") == 4
    undone = ask("POST", f"/{number}/undo", "coordinator", reason="wrong shelf")
    assert undone.status_code == 201
    assert stock_of(app, "Beans") == 6
    assert ask("POST", f"/{number}/found", item="Oil", quantity=1).status_code == 201
    assert ask("POST", f"/{number}/crates", crate=CODE).get_json()["numbers"] == [3]
    assert ask("POST", f"/{number}/call-off", "coordinator").status_code == 201
    listed = ask("GET", "").get_json()
    assert [one["state"] for one in listed["sheets"]] == ["called_off"]


def test_three_hundred_lots_are_counted_a_hundred_at_a_time(
    app: Flask, client_for: ClientFor, shelf: int
) -> None:
    with app.app_context():
        for number in range(300):
            receive(find_actor("ben"), 2, f"Tin {number:03}", location="Shelf B2")
    ben = client_for("ben")
    sheet = begin(ben, shelf)
    for first in (1, 101, 301):
        with app.app_context(), count_statements(db.engine) as statements:
            html = ben.get(f"{sheet}?from={first}")
        assert html.count("data-tally=") == (100 if first < 300 else 3)
        assert len(statements) < 20
    said = typed(*["2"] * 100, next="101")
    assert ben.post(f"{sheet}/lines", said).headers["Location"] == f"{sheet}?from=101"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CountTally)) == 100
        assert db.session.scalar(select(func.count()).select_from(CountSheet)) == 1
