"""Decisions through their pages, their file, the phone and the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from blueprints.decisions import pages
from blueprints.deliveries import COMMANDS, PAGE_FORMS
from depot.base.clock import local_day, utc_now
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.web.joining.test_joining import hang_up, join

ClientFor = Callable[[str], Client]


def day(days: int) -> str:
    today = local_day(utc_now(), "Europe/Berlin")
    return (today + timedelta(days=days)).isoformat()


def send(client: Client, path: str, status: int = 303, /, **said: str) -> str:
    """Send a form; return where it leads, or the page that came back."""
    answer = client.post(path, {"command_id": str(uuid4())} | said)
    assert answer.status_code == status, answer.text
    return answer.headers.get("Location", "") or answer.text


def propose(client: Client, **said: str) -> str:
    """Propose something; return its page's address."""
    words = {"title": "Close at six", "text": "On Thursdays.\n\nWe close at six."}
    return send(client, "/decisions/new", **(words | said))


def test_it_is_proposed_objected_to_worded_anew_and_agreed_to(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Nothing is to be decided" in ada.get("/decisions/")
    assert "Everybody who was here before can answer" in ada.get("/decisions/new")
    at = propose(ada, answer_by=day(7))
    assert "<p>We close at six.</p>" in ben.get(at)
    page = send(ben, at, 422, version="1", kind="objection")
    assert "Say why" in page
    assert "you have not answered" in ben.get("/decisions/")
    assert "You have not answered" in ben.get("/")
    assert "You have not answered" not in ada.get("/")
    send(ben, at, version="1", kind="objection", text="Vans come at seven.")
    listed = ada.get("/decisions/")
    assert "1 objection" in listed
    assert "you have not answered" not in listed  # she proposed it
    assert "you have not answered" not in ben.get("/decisions/")
    said = {"version": "1", "outcome": "agreed", "read_back": "yes", "review_on": day(90)}
    page = send(ada, f"{at}/settle", 409, in_room_count="5", **said)
    assert "Somebody objects to these words: Ben." in page
    assert "Save these words" in ada.get(f"{at}/words")
    words = {"title": "Close at eight", "text": "We close at eight.", "answer_by": day(7)}
    send(ada, f"{at}/words", version="1", **words)
    page = ben.get(at)
    assert "Ben objected to the words of before: Vans come at seven." in page
    assert "On Thursdays." in page
    assert "Somebody put “Close at eight” in other words meanwhile" in send(
        ben, at, 409, version="1", kind="consent"
    )
    send(ben, at, version="2", kind="consent")
    said["version"] = "2"
    assert "has not been asked yet" in send(ada, f"{at}/settle", 409, **said)
    send(ada, f"{at}/settle", in_room_count="5", **said)
    page = ben.get(at)
    assert "5 in the room" in page
    assert "Propose something else instead" in page
    assert "Close at eight" in ben.get("/decisions/in-force")
    assert "Close at eight" not in ben.get(f"/decisions/in-force?on={day(-1)}")
    assert "Close at eight" in ben.get("/decisions/settled")
    assert "Nothing is due" in ben.get("/decisions/due")
    assert "We close at eight." in ben.get("/decisions/in-force.csv")


def test_the_room_writes_down_what_is_said_by_name(client_for: ClientFor) -> None:
    ada = client_for("ada")
    at = propose(ada)
    room = ada.get(f"{at}/room")
    assert "One person writes for all" in room
    said = {"version": "1", "spoken_name": "Zoe", "kind": "concern"}
    assert "Say why" in send(ada, f"{at}/room", 422, **said)
    assert send(ada, f"{at}/room", text="It is dark then.", **said) == f"{at}/room"
    page = ada.get(f"{at}/room")
    assert "It is dark then." in page
    assert "written down by Ada" in page
    page = send(ada, f"{at}/settle", 422, version="1", outcome="agreed", review_on=day(9))
    assert "Read the words back first" in page or "has not been asked" in page


def test_what_is_in_force_is_kept_or_something_else_is_proposed(client_for: ClientFor) -> None:
    ada = client_for("ada")
    at = propose(ada)
    said = {"version": "1", "outcome": "agreed", "read_back": "yes", "review_on": day(9)}
    send(ada, f"{at}/settle", in_room_count="2", **said)
    assert "after today" in send(ada, f"{at}/keep", 422, review_on=day(0))
    send(ada, f"{at}/keep", review_on=day(30), text="It works.")
    assert "It works." in ada.get(at)
    number = at.rpartition("/")[2]
    assert "On Thursdays." in ada.get(f"/decisions/new?replaces={number}")
    ada.get("/decisions/new?replaces=999", 404)
    other = propose(ada, replaces_id=number)
    assert "instead of: Close at six" in ada.get(other)
    send(ada, f"{other}/settle", in_room_count="2", **said)
    assert "no longer in force" in ada.get(at)


def test_a_helper_of_a_day_reads_and_speaks(client_for: ClientFor) -> None:
    ada, ana = client_for("ada"), client_for("")
    at = propose(ada)
    ana.get("/decisions/", 302)
    assert join(ana, hang_up(ada), "Ana") == 303
    assert "Decisions" in ana.get("/more")
    assert "Propose something" not in ana.get("/decisions/")
    assert "does not count" in ana.get(at)
    send(ana, at, version="1", kind="objection", text="I like seven.")
    assert "speaks, does not count" in ada.get(at)
    ana.get("/decisions/new", 403)
    ana.get(f"{at}/room", 403)
    ana.get(f"{at}/words", 403)
    send(ana, f"{at}/settle", 403, version="1", outcome="not_agreed", in_room_count="3")
    send(ana, at, 403, version="1", kind="consent", spoken_name="Zoe")


def test_another_depot_reads_nothing_of_it(client_for: ClientFor) -> None:
    at = propose(client_for("ada"))
    cleo = client_for("cleo")
    assert "Close at six" not in cleo.get("/decisions/")
    for path in (at, f"{at}/room", f"{at}/words"):
        cleo.get(path, 404)
    for path in (at, f"{at}/room", f"{at}/words", f"{at}/settle", f"{at}/keep"):
        send(cleo, path, 404)


def test_lists_are_turned_page_by_page(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 1)
    ada = client_for("ada")
    for title in ("Tea", "Coffee"):
        at = propose(ada, title=title)
        said = {"version": "1", "outcome": "agreed", "read_back": "yes", "review_on": day(9)}
        send(ada, f"{at}/settle", in_room_count="2", **said)
    ada.get("/decisions/")  # what was just done is said once
    first = ada.get("/decisions/in-force")
    assert "Tea" in first
    assert "Coffee" not in first
    assert "Coffee" in ada.get(f"/decisions/in-force?on={day(0)}&after=1")
    assert "Coffee" in ada.get("/decisions/settled")
    assert "Tea" in ada.get("/decisions/settled?before=2")
    assert "Tea" in ada.get("/decisions/in-force?on=nonsense")


def test_programs_propose_answer_settle_and_list(app: Flask) -> None:
    with app.app_context():
        token = make_token("minutes", "volunteer", find_actor("ada"))
    client, bearer = app.test_client(), {"Authorization": f"Bearer {token}"}

    def post(path: str, status: int = 201, /, **body: Any) -> Any:
        sent = {"command_id": str(uuid4())} | body
        answer = client.post(f"/api/v1/proposals{path}", json=sent, headers=bearer)
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def get(path: str) -> Any:
        return client.get(f"/api/v1/proposals{path}", headers=bearer).get_json()

    number = post("", title="Tea", text="There is tea.")["id"]
    assert [row["title"] for row in get("")["proposals"]] == ["Tea"]
    said = {"version": 1, "kind": "objection", "text": "Coffee!"}
    assert post(f"/{number}/responses", 422, **said)["errors"].keys() == {"spoken_name"}
    assert post(f"/{number}/responses", spoken_name="Zoe", **said)["proposal_id"] == number
    outcome = {"version": 1, "outcome": "agreed", "read_back": True, "review_on": day(9)}
    refused = post(f"/{number}/settle", 409, in_room_count=3, **outcome)
    assert refused["code"] == "objections_stand"
    told = get(f"/{number}")
    assert (told["stands"], told["in_force"]) == (False, False)
    assert told["responses"][0]["name"] == "Zoe"
    words = {"version": 1, "title": "Tea", "text": "There is tea and coffee."}
    post(f"/{number}/wordings", **words)
    post(f"/{number}/settle", in_room_count=3, **(outcome | {"version": 2}))
    assert get("")["proposals"] == []
    assert get("?state=settled")["proposals"][0]["outcome"] == "agreed"
    assert get(f"?state=in_force&as_of={day(-1)}")["proposals"] == []
    assert get("?state=in_force")["proposals"][0]["text"] == "There is tea and coffee."
    assert get("?state=due")["proposals"] == []
    assert post(f"/{number}/keep", review_on=day(99)) == {"id": number}
    assert get("?state=won")["code"] == "invalid"


def test_a_phone_brings_proposals_and_answers_and_no_outcome(client_for: ClientFor) -> None:
    assert {"proposal", "response"} <= COMMANDS.keys() & PAGE_FORMS.keys()
    assert not [name for name in (*COMMANDS, *PAGE_FORMS) if "settle" in name or "keep" in name]
    assert 'data-outbox="proposal"' in client_for("ben").get("/decisions/new")
    at = propose(client_for("ada"))
    assert 'data-outbox="response"' in client_for("ben").get(at)
    assert "data-outbox=" not in client_for("ben").get(f"{at}/room")
