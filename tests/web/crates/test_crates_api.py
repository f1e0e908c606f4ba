"""/crates, as programs see them."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from depot.models import Crate, Discrepancy, StockEntry
from tests.builders import find_actor, make_token, stock_at
from tests.current import db
from tests.statements import count_statements

CODE = "7K3M-9QX2"
API = "/api/v1"


def bearer(app: Flask, login: str = "ada") -> dict[str, str]:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor(login))
    return {"Authorization": f"Bearer {token}"}


class Program:
    """A program with a token."""

    def __init__(self, app: Flask, login: str = "ada") -> None:
        self.http, self.headers = app.test_client(), bearer(app, login)

    def post(self, path: str, body: dict[str, Any], status: int = 201) -> Any:
        sent = {"command_id": str(uuid4())} | body
        answer = self.http.post(API + path, json=sent, headers=self.headers)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.http.get(API + path, headers=self.headers)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    def crate(self) -> str:
        code: str = self.post("/crates", {"count": 1})["codes"][0]
        return code

    def filled(self, quantity: int, **line: Any) -> str:
        code = self.crate()
        lines = [{"item": "Rice", "quantity": quantity, "crate_code": code} | line]
        self.post("/receipts", {"source": {"kind": "donation"}, "lines": lines})
        return code


def test_a_crate_is_made_filled_looked_up_moved_and_taken_out(app: Flask) -> None:
    program = Program(app)
    code = program.filled(48, date="2027-05", lot_code="L7")
    moved = program.post(f"/crates/{code}/move", {"to": "arrivals"})
    assert (moved["code"], moved["location"]) == (code, "Arrivals")
    assert moved["seq"] == 2
    found = program.get(f"/crates/{code.lower()}")
    assert (found["state"], found["location"]) == ("filled", "Arrivals")
    content = found["contents"][0]
    assert (content["item"], content["quantity"], content["unit"]) == ("Rice", 48, "piece")
    assert (content["date"], content["date_kind"], content["lot"]) == (
        "2027-05",
        "best_before",
        "L7",
    )
    assert content["give_out_until"] == "2027-05-31"
    assert isinstance(found["weight_grams"], int)
    out = program.post(f"/crates/{code}/take-out", {"reason": "issue"})
    assert out["lines"] == [
        {"item_id": content["item_id"], "item": "Rice", "quantity": 48, "unit": "piece"}
    ]
    assert program.get(f"/crates/{code}")["state"] == "empty"
    again = program.post(f"/crates/{code}/take-out", {"reason": "use"})
    assert again["entry_id"] is None
    assert again["discrepancies"][0]["kind"] == "crate_empty"


def test_a_crate_is_filled_from_stock_counted_and_retired(app: Flask) -> None:
    program = Program(app)
    lines = [{"item": "Rice", "quantity": 20}]
    program.post("/receipts", {"source": {"kind": "donation"}, "lines": lines})
    code = program.crate()
    program.post(f"/crates/{code}/fill", {"source": "Arrivals", "lines": lines})
    counts = [{"item": "Rice", "counted_quantity": 0}]
    answer = program.post(f"/crates/{code}/count", {"lines": counts})
    assert answer["lines"][0]["variance"] == -20
    assert program.post(f"/crates/{code}/retire", {})["state"] == "retired"
    assert program.get(f"/crates/{code}")["state"] == "retired"


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("move", {"to": "Arrivals"}),
        ("take-out", {"reason": "use"}),
        ("fill", {"source": "Arrivals"}),
        ("count", {"lines": [{"item": "Rice", "counted_quantity": 0}]}),
        ("retire", {}),
    ],
)
def test_a_repeat_that_spells_the_code_otherwise_is_a_repeat(
    app: Flask, act: str, body: dict[str, Any]
) -> None:
    program = Program(app)
    program.filled(1)
    code = program.crate()
    sent = body | {"command_id": str(uuid4())}
    first = program.post(f"/crates/{code}/{act}", sent)
    for spelt in (code.lower(), code.replace("-", ""), f"%20{code}%20"):
        assert program.post(f"/crates/{spelt}/{act}", sent, 200) == first


def test_a_lot_named_with_another_item_is_refused(app: Flask) -> None:
    program = Program(app)
    beans, rice = program.filled(3, item="Beans"), program.filled(3)
    [lot] = program.get(f"/crates/{beans}")["contents"]
    line = {"item": "Rice", "lot_id": lot["lot_id"], "quantity": 1}
    sent = {"reason": "use", "lines": [line]}
    for crate in (beans, rice):
        refused = program.post(f"/crates/{crate}/take-out", sent, 422)
        assert list(refused["errors"]) == ["lot_id"]
    sent["lines"] = [line | {"item": lot["item_id"]}]
    program.post(f"/crates/{beans}/take-out", sent)


def test_a_crate_of_another_depot_is_not_found(app: Flask) -> None:
    code = Program(app).filled(5)
    cleo = Program(app, "cleo")
    assert cleo.get(f"/crates/{code}", 404)["code"] == "unknown_crate"
    for path, body in (
        ("move", {"to": "Arrivals"}),
        ("take-out", {"reason": "issue"}),
        ("fill", {"source": "Arrivals"}),
        ("count", {"found": [{"item": "Rice", "quantity": 1}]}),
        ("retire", {}),
    ):
        assert cleo.post(f"/crates/{code}/{path}", body, 404)["code"] == "unknown_crate"
    with app.app_context():
        assert stock_at(find_actor("ada"), code) == {"Rice": 5}


def test_a_places_name_is_no_crate(app: Flask) -> None:
    program = Program(app)
    program.post("/crates/Arrivals/take-out", {"reason": "lost"}, 404)
    program.get("/crates/Arrivals", 404)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("move", {"to": "Arrivals", "surprise": 1}, "surprise"),
        ("move", {}, "to"),
        ("move", {"to": "a\u0000b"}, "to"),
        ("move", {"to": "Arrivals", "knows_empty": "maybe"}, "knows_empty"),
        ("take-out", {"reason": "fun"}, "reason"),
        ("take-out", {"reason": "issue", "event_id": 1.5}, "event_id"),
        ("take-out", {"reason": "issue", "lines": [{"item": "Rice", "quantity": 0}]}, "lines"),
        ("take-out", {"reason": "issue", "lines": [{"item": "Rice", "quantity": 1.5}]}, "lines"),
        ("take-out", {"reason": "issue", "lines": [{"item": "Rice", "quantity": 10**30}]}, "lines"),
        ("take-out", {"reason": "issue", "lines": [{"lot_id": "x", "quantity": 1}]}, "lines"),
        ("count", {"lines": [{"item": "Rice", "counted_quantity": -1}]}, "lines"),
        ("count", {"lines": [{"item": "Rice", "counted_quantity": True}]}, "lines"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_written(
    app: Flask, path: str, body: dict[str, Any], field: str
) -> None:
    program = Program(app)
    code = program.filled(5)
    assert field in program.post(f"/crates/{code}/{path}", body, 422)["errors"]
    with app.app_context():
        assert stock_at(find_actor("ada"), code) == {"Rice": 5}


@pytest.mark.parametrize("count", [0, -1, 2001, 1.5, "3", None, True])
def test_a_wrong_count_of_blank_crates_is_refused(app: Flask, count: Any) -> None:
    answer = Program(app).post("/crates", {"count": count}, 422)
    assert "count" in answer["errors"]
    with app.app_context():
        assert not db.session.scalars(select(Crate.code)).all()


def test_a_look_up_costs_six_statements_at_most_whatever_the_history(app: Flask) -> None:
    program = Program(app)
    code = program.filled(30)
    for _ in range(20):
        program.post(
            f"/crates/{code}/take-out",
            {"reason": "use", "lines": [{"item": "Rice", "quantity": 1}]},
        )
    with app.app_context(), count_statements(db.engine) as seen:
        program.get(f"/crates/{code}")
    assert len(seen) <= 6, seen


@pytest.mark.parametrize(("held", "left", "short"), [(100, 36, 0), (40, 0, 24)])
def test_eight_at_once_take_one_at_a_time(app: Flask, held: int, left: int, short: int) -> None:
    program = Program(app)
    code = program.filled(held)
    statuses: list[int] = []
    body = {"reason": "issue", "lines": [{"item": "Rice", "quantity": 1}]}

    def take_eight() -> None:
        http = app.test_client()
        for _ in range(8):
            sent = body | {"command_id": str(uuid4())}
            answer = http.post(f"{API}/crates/{code}/take-out", json=sent, headers=program.headers)
            statuses.append(answer.status_code)

    threads = [threading.Thread(target=take_eight) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 64
    with app.app_context():
        assert sum(stock_at(find_actor("ada"), code).values()) == left
        count = select(func.count()).where(StockEntry.kind == "issue")
        assert db.session.scalar(count) == 64
        assert db.session.scalar(select(func.count()).select_from(Discrepancy)) == short
