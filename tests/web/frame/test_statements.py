"""How many SQL statements a request needs: so many, whatever the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import OpenEvent, PlanEvent, open_event, plan_event
from tests.builders import NOW, clock, find_actor, make_token, receive
from tests.clients import Client
from tests.current import db
from tests.statements import count_statements

LOOK_UP, RECEIPT, HAND_OUT = 6, 20, 15
#: What has a new name, or a note, is kept for search too: what changed, each kind of it, and that.
SOUGHT = 4
#: Of a batch: each of its moves, its two savepoints with it.
MOVE = 10
#: Enough that a statement for each row, or for each earlier entry, would be seen.
EARLIER = 40


class Desk:
    """A program and a person at a depot with something in it, and the statements they cost."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.ada = find_actor("ada")
            made = create_crates(CreateCrates(command_id=uuid4(), count=6), self.ada, clock)
            self.crates: list[str] = made.body["codes"]
            for code in self.crates[:4]:
                receive(self.ada, 12, "Beans", crate_code=code)
            plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
            self.event_id = plan_event(plan, self.ada, clock).body["id"]
            open_event(OpenEvent(command_id=uuid4(), event_id=self.event_id), self.ada, clock)
            token = make_token("desk", "coordinator", self.ada)
        self.headers = {"Authorization": f"Bearer {token}"}

    def cost(self, ask: Callable[[], Any]) -> int:
        """Return how many statements a request needs."""
        with self.app.app_context():
            engine = db.engine
        with count_statements(engine) as seen:
            answer = ask()
        assert answer.status_code in (200, 201), answer.get_data(as_text=True)
        return len(seen)

    def get(self, path: str) -> int:
        http = self.app.test_client()
        return self.cost(lambda: http.get(f"/api/v1{path}", headers=self.headers))

    def post(self, path: str, **body: Any) -> int:
        http, sent = self.app.test_client(), {"command_id": str(uuid4())} | body
        return self.cost(lambda: http.post(f"/api/v1{path}", json=sent, headers=self.headers))

    def sync(self, commands: list[dict[str, str]]) -> Any:
        sent = {"device_id": "desk", "commands": commands}
        answer = self.app.test_client().post("/api/v1/sync", json=sent, headers=self.headers)
        assert {one["result"] for one in answer.get_json()["results"]} == {"posted"}
        return answer

    def hand_out(self, code: str) -> int:
        return self.post(f"/events/{self.event_id}/issues", crate_code=code)

    def receipt(self, **about: Any) -> int:
        lines = [
            {"item": "Beans", "quantity": 6, "date": "2027-05", "crate_code": self.crates[0]},
            {"item": "Rice", "quantity": 4},
            {"category": "Bread", "weight_grams": 2500},
        ]
        return self.post("/receipts", lines=lines, **({"source": {"kind": "donation"}} | about))

    def live(self) -> None:
        """Let many more entries happen."""
        with self.app.app_context():
            for _ in range(EARLIER):
                receive(self.ada, 5, "Beans", crate_code=self.crates[0])


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = Desk(app)
    made.receipt()  # makes the item Rice: once is not always
    return made


def test_a_look_up_needs_six_statements_at_most(desk: Desk) -> None:
    assert desk.get(f"/crates/{desk.crates[0]}") <= LOOK_UP


def test_a_crates_page_needs_few_statements(desk: Desk) -> None:
    ada = Client.signed_in(desk.app, "ada")
    assert desk.cost(lambda: ada.raw(f"/crates/{desk.crates[0]}")) <= LOOK_UP + 4


def test_a_receipt_of_three_lines_needs_twenty_statements_at_most(desk: Desk) -> None:
    assert desk.receipt() <= RECEIPT
    with_all = desk.receipt(source={"kind": "rescue", "partner": "Larkin's"}, note="by bike")
    assert with_all <= RECEIPT + SOUGHT


def test_a_receipt_that_makes_all_it_names_needs_no_more(desk: Desk) -> None:
    lines = [
        {"item": f"New {n}", "quantity": 4, "weight_grams": 900, "crate_code": desk.crates[n]}
        for n in (3, 4, 5)
    ]
    new = {"kind": "rescue", "partner": "A new shop"}
    # but the names of items and of partners that a new one may be meant for, and what was usual
    assert desk.post("/receipts", source=new, lines=lines) <= RECEIPT + 3 + SOUGHT


def test_the_first_crate_of_a_planned_hand_out_needs_no_more(desk: Desk) -> None:
    with desk.app.app_context():
        plan = PlanEvent(command_id=uuid4(), name="Sunday", starts_at=NOW)
        desk.event_id = plan_event(plan, desk.ada, clock).body["id"]
    assert desk.hand_out(desk.crates[1]) <= HAND_OUT


def test_handing_out_a_crate_needs_fifteen_statements_at_most(desk: Desk) -> None:
    assert desk.hand_out(desk.crates[1]) <= HAND_OUT


def test_a_batch_looks_up_its_crates_at_once_and_each_move_needs_few_statements(
    desk: Desk,
) -> None:
    def moves(codes: list[str], to: str) -> int:
        sent = [
            {"type": "move", "command_id": str(uuid4()), "crate_code": code.lower(), "to": to}
            for code in codes
        ]
        return desk.cost(lambda: desk.sync(sent))

    moves(desk.crates, "Arrivals")
    two, four = moves(desk.crates[:2], desk.crates[5]), moves(desk.crates[:4], desk.crates[4])
    assert (four - two) / 2 <= MOVE


def test_the_history_does_not_count(desk: Desk) -> None:
    look_up, receipt = desk.get(f"/crates/{desk.crates[0]}"), desk.receipt()
    hand_out = desk.hand_out(desk.crates[1])
    desk.live()
    assert desk.get(f"/crates/{desk.crates[0]}") == look_up
    assert desk.receipt() == receipt
    assert desk.hand_out(desk.crates[2]) == hand_out
