"""Hand-outs through the pages and the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from blueprints.frame.guards import token_hash
from depot.base.clock import utc_now
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    IssueAtEvent,
    OpenEvent,
    PlanEvent,
    close_event,
    count_people,
    issue_at_event,
    open_event,
    plan_event,
)
from depot.models import ApiToken, DistributionEvent, PeopleCount
from tests.builders import find_actor, on_hand, receive
from tests.clients import Client
from tests.commands.shelves import kinds_of_discrepancies, put_crate
from tests.current import db
from tests.statements import count_statements

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"
STATEMENTS_FOR_A_CRATE = 15


@pytest.fixture
def event_id(app: Flask) -> int:
    """A hand-out of the north, open, with a crate of ten rice and loose bread to hand out."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE)
        receive(ada, 10, "Rice", crate_code=CODE)
        receive(ada, 20, "Beans")
        command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        found: int = plan_event(command, ada).body["id"]
        open_event(OpenEvent(command_id=uuid4(), event_id=found), ada)
        return found


def form(**values: Any) -> dict[str, Any]:
    return {"command_id": str(uuid4())} | {
        name.replace("__", "-"): value for name, value in values.items()
    }


def test_a_hand_out_is_planned_in_the_depots_own_time(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    client.get("/hand-outs")
    assert "T10:00" in client.get("/hand-outs/new")
    answer = client.post(
        "/hand-outs/new",
        form(
            name="Winter <script>alert(1)</script>",
            starts_at="2026-12-05T10:00",
            place="Hall",
            expected_households="180",
        ),
    )
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "180" in page
    with app.app_context():
        event = db.session.scalars(select(DistributionEvent)).one()
        assert event.starts_at.isoformat() == "2026-12-05T09:00:00+00:00"
    assert "Winter &lt;script&gt;" in client.get("/hand-outs")


def test_what_is_missing_stands_at_its_field(client_for: ClientFor) -> None:
    client = client_for("ben")
    answer = client.post("/hand-outs/new", form(starts_at="soon", place="Hall"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "What is it called?" in page
    assert "Write day and time" in page
    assert 'value="Hall"' in page


def test_crates_are_handed_out_one_after_another(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ben")
    address = f"/hand-outs/{event_id}/hand-out"
    assert "data-autofocus" in client.get(address)
    answer = client.post(address, form(crate_code=CODE.lower()))
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    page = client.get(address)
    assert f"Crate {CODE} handed out: Rice (10)." in page
    assert "/undo" in page
    again = client.post(address, form(crate_code=CODE))
    assert again.status_code == 303
    assert "A coordinator will look at it." in client.get(address)
    with app.app_context():
        assert on_hand(find_actor("ada"), "Rice") == 0


def test_an_unknown_code_is_said_at_the_field_and_kept(
    client_for: ClientFor, event_id: int
) -> None:
    answer = client_for("ben").post(
        f"/hand-outs/{event_id}/hand-out", form(crate_code="BOX<99999>")
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "No crate of this depot has the code" in page
    assert 'value="BOX&lt;99999&gt;"' in page


def test_a_slip_of_the_finger_is_offered_what_it_may_have_meant(
    client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ben")
    answer = client.post(f"/hand-outs/{event_id}/hand-out", form(crate_code="7K3M-9QX3"))
    page = answer.get_data(as_text=True)
    assert "Did you mean one of these?" in page
    assert f'name="crate_code" value="{CODE}"' in page


def test_items_go_out_and_come_back_in_pieces_or_kilograms(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ben")
    with app.app_context():
        receive(find_actor("ada"), 9_000, "Bread, loose")
    out = f"/hand-outs/{event_id}/hand-out"
    back = f"/hand-outs/{event_id}/bring-back"
    client.post(out, form(lines__0__item="Bread, loose", lines__0__amount="4,5"))
    client.post(out, form(lines__0__item="beans", lines__0__amount="8"))
    client.get(back)
    client.post(back, form(lines__0__item="Beans", lines__0__amount="3"))
    with app.app_context():
        assert on_hand(find_actor("ada"), "Bread, loose") == 4_500
        assert on_hand(find_actor("ada"), "Beans") == 15
    page = client.get(f"/hand-outs/{event_id}")
    assert "8 out, 3 back" in page
    answer = client.post(out, form(lines__0__item="Beans", lines__0__amount="1.5"))
    assert "counted in pieces" in answer.get_data(as_text=True)


def test_a_crate_is_brought_back_whole(app: Flask, client_for: ClientFor, event_id: int) -> None:
    client = client_for("ben")
    client.post(f"/hand-outs/{event_id}/hand-out", form(crate_code=CODE))
    client.post(f"/hand-outs/{event_id}/bring-back", form(crate_code=CODE))
    page = client.get(f"/hand-outs/{event_id}/bring-back")
    assert "Brought back: Rice (10)." in page
    with app.app_context():
        assert on_hand(find_actor("ada"), "Rice") == 10


def test_people_are_counted_without_names(app: Flask, client_for: ClientFor, event_id: int) -> None:
    client = client_for("ben")
    address = f"/hand-outs/{event_id}/people"
    client.get(address)
    client.post(address, form(households="4", adults="7", children=""))
    client.post(address, form(households="3", children="2"))
    page = client.get(f"/hand-outs/{event_id}")
    assert re.search(r"Households</span><b>7</b>", page)
    assert re.search(r"People</span><b>9</b>", page)
    with app.app_context():
        children = db.session.scalars(
            select(PeopleCount.children).order_by(PeopleCount.entry_id)
        ).all()
        assert children == [None, 2]
    assert client.post(address, form(households="0")).status_code == 422
    assert client.post(address, form(adults="3")).status_code == 422


def test_closing_shows_a_summary_and_can_be_taken_back(
    client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ben")
    client.post(f"/hand-outs/{event_id}/hand-out", form(crate_code=CODE))
    client.post(f"/hand-outs/{event_id}/people", form(households="2", adults="3"))
    client.get(f"/hand-outs/{event_id}/close")
    assert client.post(f"/hand-outs/{event_id}/close", form()).status_code == 303
    assert "Rice" in client.get(f"/hand-outs/{event_id}/summary")
    again = client.post(f"/hand-outs/{event_id}/close", form())
    assert again.status_code == 409
    late = form(lines__0__item="Beans", lines__0__amount="1")
    client.post(f"/hand-outs/{event_id}/hand-out", late)
    assert "After closing" in client.get(f"/hand-outs/{event_id}")
    assert "Logged after closing" in client.get(f"/hand-outs/{event_id}/summary")
    client.post(f"/hand-outs/{event_id}/open", form())
    assert "After closing" not in client.get(f"/hand-outs/{event_id}")


def test_now_leads_to_the_one_hand_out_that_is_on(client_for: ClientFor, event_id: int) -> None:
    answer = client_for("ben").raw("/hand-outs/now")
    assert answer.headers["Location"] == f"/hand-outs/{event_id}/hand-out"
    assert client_for("cleo").raw("/hand-outs/now").headers["Location"] == "/hand-outs"


def test_another_depots_hand_out_is_not_there(client_for: ClientFor, event_id: int) -> None:
    cleo = client_for("cleo")
    for page in ("", "/hand-out", "/bring-back", "/people", "/close", "/summary"):
        cleo.get(f"/hand-outs/{event_id}{page}", status=404)
    for page, values in (
        ("/hand-out", form(crate_code=CODE)),
        ("/bring-back", form(crate_code=CODE)),
        ("/people", form(households="1")),
        ("/close", form()),
        ("/open", form()),
    ):
        assert cleo.post(f"/hand-outs/{event_id}{page}", values).status_code == 404
    assert "Saturday" not in cleo.get("/hand-outs")
    cleo.get(f"/hand-outs/{10**30}", status=404)


@pytest.fixture
def send(app: Flask) -> Callable[..., TestResponse]:
    """A function that sends JSON with a token of Ada's depot, or of Cleo's."""
    with app.app_context():
        for login in ("ada", "cleo"):
            actor = find_actor(login)
            db.session.add(
                ApiToken(
                    depot_id=actor.depot_id,
                    name=login,
                    role="volunteer",
                    token_hash=token_hash(login),
                    created_at=utc_now(),
                )
            )
        db.session.flush()
        db.session.connection().commit()

    def sent(path: str, body: dict[str, Any] | None = None, login: str = "ada") -> TestResponse:
        headers = {"Authorization": f"Bearer {login}"}
        client = app.test_client()
        if body is None:
            return client.get(f"/api/v1{path}", headers=headers)
        full = {"command_id": str(uuid4())} | body
        return client.post(f"/api/v1{path}", json=full, headers=headers)

    return sent


Send = Callable[..., TestResponse]


def test_an_event_from_plan_to_close_by_programs(send: Send, event_id: int) -> None:
    planned = send("/events", {"name": "Sunday", "starts_at": "2026-11-22T10:00:00+01:00"})
    assert planned.status_code == 201
    body = planned.get_json()
    assert body["state"] == "planned"
    base = f"/events/{body['id']}"
    issued = send(f"{base}/issues", {"crate_code": CODE})
    assert issued.status_code == 201
    assert issued.get_json()["lines"][0]["quantity"] == 10
    assert issued.get_json()["seq"] > 0
    lines = [{"item": "Beans", "quantity": 2}]
    assert send(f"{base}/issues", {"lines": lines}).status_code == 201
    assert send(f"{base}/returns", {"lines": lines}).status_code == 201
    counted_people = send(f"{base}/people", {"households": 3, "children": 0})
    assert counted_people.status_code == 201
    assert send(f"{base}/close", {}).get_json()["state"] == "closed"
    refused = send(f"{base}/close", {})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "event_state")
    listed = send("/events?limit=1").get_json()
    assert [event["name"] for event in listed["events"]] == ["Saturday"]
    rest = send(f"/events?after={listed['next']}").get_json()
    assert [(event["name"], event["households"]) for event in rest["events"]] == [("Sunday", 3)]
    assert rest["next"] is None


def test_a_repeat_answers_the_same_and_a_reuse_is_refused(send: Send, event_id: int) -> None:
    body = {"command_id": str(uuid4()), "crate_code": CODE}
    first = send(f"/events/{event_id}/issues", body)
    second = send(f"/events/{event_id}/issues", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    reused = send(f"/events/{event_id}/issues", body | {"crate_code": "BOX1"})
    assert (reused.status_code, reused.get_json()["code"]) == (409, "command_id_reused")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/issues", {"lines": [{"item": "Rice", "quantity": 0}]}, "lines"),
        ("/issues", {"lines": [{"item": "Rice", "quantity": 1.0}]}, "lines"),
        ("/issues", {"lines": [{"item": "Rice", "quantity": 10**30}]}, "lines"),
        ("/issues", {"lines": "Rice"}, "lines"),
        ("/issues", {"crate": CODE}, "crate"),
        ("/issues", {}, "crate_code"),
        ("/issues", {"crate_code": "a\u0007b"}, "crate_code"),
        ("/returns", {}, "crate_code"),
        ("/people", {"households": -1}, "households"),
        ("/people", {"households": True}, "households"),
        ("/people", {"households": 1, "name": "Someone"}, "name"),
        ("/close", {"when": "now"}, "when"),
    ],
)
def test_bad_input_names_its_field(
    send: Send, event_id: int, path: str, body: dict[str, Any], field: str
) -> None:
    answer = send(f"/events/{event_id}{path}", body)
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_programs_of_another_depot_find_nothing(send: Send, event_id: int) -> None:
    for path, body in (
        ("/issues", {"crate_code": CODE}),
        ("/returns", {"crate_code": CODE}),
        ("/people", {"households": 1}),
        ("/close", {}),
    ):
        answer = send(f"/events/{event_id}{path}", body, login="cleo")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
    assert send("/events", login="cleo").get_json()["events"] == []


def test_what_is_past_its_use_by_is_refused_by_name(app: Flask, send: Send, event_id: int) -> None:
    with app.app_context():
        receive(find_actor("ada"), 1, "Ham", date="2020-01-01", date_kind="use_by")
    lines = [{"item": "Ham", "quantity": 1}]
    answer = send(f"/events/{event_id}/issues", {"lines": lines})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "past_use_by")


def test_handing_out_one_crate_is_few_statements(
    app: Flask, client_for: ClientFor, send: Send, event_id: int
) -> None:
    with app.app_context():
        engine = db.engine
    with count_statements(engine) as seen:
        assert send(f"/events/{event_id}/issues", {"crate_code": CODE}).status_code == 201
    assert len(seen) <= STATEMENTS_FOR_A_CRATE, seen


def test_the_book_is_told_of_a_late_hand_out(app: Flask, event_id: int) -> None:
    with app.app_context():
        ada = find_actor("ada")
        close_event(CloseEvent(command_id=uuid4(), event_id=event_id), ada)
        issue_at_event(IssueAtEvent(command_id=uuid4(), event_id=event_id, crate_code=CODE), ada)
        assert kinds_of_discrepancies(ada) == ["event_closed"]


def test_what_came_after_one_closing_is_one_thing_to_look_at(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        close_event(CloseEvent(command_id=uuid4(), event_id=event_id), ada)
        for _ in range(3):
            count_people(CountPeople(command_id=uuid4(), event_id=event_id, households=1), ada)
    client = client_for("ada")
    page = client.get("/to-look-at/")
    assert "3 entries came after it was closed" in page
    assert page.count("All right as they are") == 1
    address, since = re.findall(r'/to-look-at/(\d+)|name="since_id" value="(\d+)"', page)[:2]
    sent = {"command_id": str(uuid4()), "resolution": "accepted", "since_id": since[1]}
    assert client.post(f"/to-look-at/{address[0]}", sent).status_code == 303
    assert "Nothing waits" in client.get("/to-look-at/")
