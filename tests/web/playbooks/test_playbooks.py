"""Playbooks and the handbook through their pages, the file and the API."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.playbooks.starting import STARTING
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.web.joining.test_joining import hang_up, join

ClientFor = Callable[[str], Client]


def take(ada: Client, path: str = "/playbooks/begin/weekly-pantry", **said: str) -> Any:
    return ada.post(path, {"command_id": str(uuid4())} | said)


def test_a_playbook_is_looked_at_taken_and_then_all_here(client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert "Weekly pantry" in ada.get("/playbooks/")
    page = ada.get("/playbooks/begin/weekly-pantry")
    assert "How our weekly pantry works" in page
    assert "Parcel for a week" in page
    assert "is here already" not in page
    assert take(ada).status_code == 303
    assert "It is yours now." in ada.get("/playbooks/")
    page = ada.get("/playbooks/begin/weekly-pantry")
    assert "is here already" in page
    assert "Take it" not in page
    assert "How our weekly pantry works" in ada.get("/handbook/")
    assert "Parcel for a week" in ada.get("/production/parcels")


def test_what_was_handed_on_is_looked_at_and_taken_elsewhere(client_for: ClientFor) -> None:
    ada, cleo = client_for("ada"), client_for("cleo")
    take(ada)
    assert "No goods, no amounts, no people" in ada.get("/playbooks/own")
    text = ada.get("/playbooks/own.json")
    assert json.loads(text)["depot_playbook"] == 1
    sent = cleo.http.post(
        "/playbooks/file",
        data={
            "file": (io.BytesIO(text.encode()), "north.playbook.json"),
            "csrf_token": cleo.csrf(),
        },
        content_type="multipart/form-data",
    )
    assert sent.status_code == 200
    assert "Parcel for a week" in sent.get_data(as_text=True)
    assert "Parcel for a week" not in cleo.get("/production/parcels")
    assert take(cleo, "/playbooks/file/take", content=text).status_code == 303
    assert "Parcel for a week" in cleo.get("/production/parcels")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Choose a file."),
        ("{", "it cannot be read"),
        ("[]", "Choose a file that a depot handed on"),
        ('{"depot_playbook": 2}', "another version"),
        ('{"depot_playbook": 1, "key": "x", "name": "X"}', "guide"),
        (
            '{"depot_playbook": 1, "key": "x", "name": "X", "secret": 1,'
            ' "guide": {"key": "g", "title": "T", "blocks": ["x"]}}',
            "secret",
        ),
        (
            '{"depot_playbook": 1, "key": "x", "name": "X", "places": [{"name": "P"}, {}],'
            ' "guide": {"key": "g", "title": "T", "blocks": ["x"]}}',
            "places / 2 / name",
        ),
        ("[" * 100_000, "it cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    client_for: ClientFor, content: str, sentence: str
) -> None:
    answer = take(client_for("ada"), "/playbooks/file/take", content=content)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_script_in_a_playbook_is_text(client_for: ClientFor) -> None:
    ada = client_for("ada")
    tag = "<script>alert(1)</script>"
    guide = {"key": "guide-x", "title": tag, "blocks": [tag, f"- {tag}"]}
    content = json.dumps({"depot_playbook": 1, "key": "x", "name": tag, "guide": guide})
    take(ada, "/playbooks/file/take", content=content)
    for page in (ada.get("/handbook/"), ada.get("/handbook/pages/guide-x")):
        assert tag not in page
        assert "&lt;script&gt;" in page


def test_a_helper_reads_the_handbook_and_writes_nothing(client_for: ClientFor) -> None:
    ana = client_for("")
    assert join(ana, hang_up(client_for("ada")), "Ana") == 303
    assert "Your first day" in ana.get("/handbook/")
    page = ana.get("/handbook/pages/hurt")
    assert "Stay with the person" in page
    assert "Write it anew" not in page
    ana.get("/handbook/new", 403)
    ana.get("/handbook/pages/hurt/edit", 403)
    ana.get("/playbooks/", 403)
    ana.get("/handbook/pages/nobody-knows", 404)


def test_a_coordinator_writes_a_page_anew_and_puts_one_away(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Tap" not in ada.get("/handbook/pages/first-day/edit")[:200]
    path = "/handbook/pages/first-day/edit"
    assert take(ada, path, title="Your first day", text="Tea.\n\n- Coats").status_code == 303
    page = ben.get("/handbook/pages/first-day")
    assert "<p>Tea.</p>" in page
    assert "<li>Coats</li>" in page
    assert "Written by Ada" in page
    assert take(ada, path, title="", text="Tea.").status_code == 422
    assert take(ada, path, title="Your first day", text="Tea.", archived="yes").status_code == 303
    assert "Your first day" not in ben.get("/handbook/")
    ben.get("/handbook/pages/first-day", 404)
    assert "How it read before" in ada.get("/handbook/pages/first-day")
    assert take(ada, "/handbook/new", title="The van", text="Key: hook.").status_code == 303
    assert "The van" in ben.get("/handbook/")


def test_programs_take_and_hand_on(app: Flask) -> None:
    with app.app_context():
        ada, cleo = find_actor("ada"), find_actor("cleo")
        keys = {
            "ada": make_token("p", "coordinator", ada),
            "ben": make_token("q", "volunteer", ada),
            "cleo": make_token("p", "coordinator", cleo),
        }
    http = app.test_client()

    def api(name: str, method: str, path: str, status: int, **said: Any) -> Any:
        sent = {"Authorization": f"Bearer {keys[name]}"}
        body = {"json": {"command_id": str(uuid4())} | said} if method == "POST" else {}
        answer = http.open(f"/api/v1{path}", method=method, headers=sent, **body)  # type: ignore[arg-type]
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.json

    offered = api("ada", "GET", "/playbooks", 200)
    assert [one["key"] for one in offered["playbooks"]] == list(STARTING)
    once = str(uuid4())
    for status in (201, 200):
        made = api("ada", "POST", "/playbooks", status, command_id=once, key="sewing-workshop")
        assert (made["recipes"], made["routines"]) == (2, 5)
    own = api("ada", "GET", "/playbook", 200)
    assert api("cleo", "POST", "/playbooks", 201, playbook=own)["routines"] == 5
    for wrong in ({}, {"key": "x", "playbook": own}):
        api("ada", "POST", "/playbooks", 422, **wrong)
    api("ada", "POST", "/playbooks", 404, key="x")
    api("ben", "POST", "/playbooks", 403, key="sewing-workshop")
    assert len(api("ben", "GET", "/handbook", 200)["pages"]) == 11
