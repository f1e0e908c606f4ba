"""Notes through the pages: drafted, met first on Today, seen, also from a phone, taken down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.handover.commands import WriteNote, write_note
from depot.locations.commands import SavePlace, save_place
from depot.models import Acknowledgement, Activity, Note, NoteLine
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.web.depot_addresses import bearer
from tests.web.phone_client import Phone
from tests.web.phone_client import form as kept_form
from tests.web.safety.bodies import read_fridge

ClientFor = Callable[[str], Client]
NOTES = "/handover/"


def form(**said: str) -> dict[str, str]:
    return {"command_id": str(uuid4()), "kind": "handover"} | said


def written() -> list[tuple[str, list[str]]]:
    """Return each note's kind and lines."""
    return [
        (
            note.kind,
            list(
                db.session.scalars(
                    select(NoteLine.text).where(NoteLine.note_id == note.id).order_by(NoteLine.line)
                )
            ),
        )
        for note in db.session.scalars(select(Note).order_by(Note.id))
    ]


def newest_id(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Note.id).order_by(Note.id.desc()).limit(1)).one()


def test_a_shift_ends_with_a_note_and_the_next_begins_with_it(
    app: Flask, client_for: ClientFor
) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    assert ben.post(f"{NOTES}new", form(text="The side door sticks.\nHam")).status_code == 303
    page = ada.get("/")
    assert page.index("From the shift before") < page.index("Log a donation")
    assert re.findall(r"<li><span>(.+)</span>", page) == ["The side door sticks.", "Ham"]
    assert "The side door sticks." not in ben.get("/")
    seen = ada.post(f"{NOTES}{newest_id(app)}/seen", {"command_id": str(uuid4()), "next": "/"})
    assert (seen.status_code, seen.headers["Location"]) == (303, "/")
    page = ada.get("/")
    assert "Seen. Who wrote it can read that you know." in page
    assert "side door" not in page
    assert "Seen by Ada" in ben.get(NOTES)
    assert "Seen by" not in client_for("cleo").get(NOTES)


def test_what_the_depot_knows_is_drafted_and_can_be_left_out(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        save_place(SavePlace(command_id=uuid4(), name="Fridge 2"), find_actor("ada"))
        read_fridge(find_actor("ada"), "County", "Fridge 2")
    ben = client_for("ben")
    page = ben.get(f"{NOTES}new")
    lines = re.findall(r'name="facts-\d-text" type="checkbox" value="([^"]+)" checked', page)
    assert len(lines) == 1
    assert "outside the limits" in lines[0] or "not read yet" in lines[0]
    left_out = form(text=" ")
    refused = ben.post(f"{NOTES}new", left_out)
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "Write something, or leave a line ticked." in text
    assert " checked" not in text
    assert lines[0] in text
    assert ben.post(f"{NOTES}new", form(**{"facts-0-text": lines[0]})).status_code == 303
    with app.app_context():
        assert written() == [("handover", [lines[0].replace("&#39;", "'")])]


def test_a_notice_hangs_for_everybody_and_is_taken_down(app: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    page = ben.get(f"{NOTES}new?kind=notice")
    last_day = re.search(r'name="shown_until" type="date" value="([\d-]+)"', page)
    assert last_day
    said = form(kind="notice", text="The side door sticks.", shown_until=last_day[1])
    assert ben.post(f"{NOTES}new", said).status_code == 303
    assert "The side door sticks." in ben.get("/")
    assert "The side door sticks." in client_for("ada").get("/")
    down = ben.post(f"{NOTES}{newest_id(app)}/take-down", {"command_id": str(uuid4())})
    assert down.status_code == 303
    assert "The side door sticks." not in ben.get("/")
    assert "Ben took it down" in ben.get(NOTES)
    past = form(kind="notice", text="x", shown_until="2020-01-01")
    assert ben.post(f"{NOTES}new", past).status_code == 422


def test_a_phone_delivers_notes_and_what_was_seen_whenever_it_can(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        note_id = write_note(
            WriteNote(command_id=uuid4(), text="Ham is in fridge 1"), find_actor("ada")
        ).answer.id
    cellar = datetime(2026, 11, 20, 20, tzinfo=UTC)
    commands = [
        note("second", cellar + timedelta(hours=1), facts_0_text="Fridge 2"),
        note("first", cellar),
        seen(note_id, cellar + timedelta(hours=2)),
        seen(note_id, cellar + timedelta(hours=3)),
        seen(10**9, cellar),
    ]
    phone = Phone(app)
    answers = phone.sync(*commands)
    assert [one["result"] for one in answers] == ["posted"] * 4 + ["refused"]
    assert [one["result"] for one in phone.sync(*commands[:3])] == ["repeated"] * 3
    with app.app_context():
        notes = db.session.scalars(select(Note).order_by(Note.id)).all()
        assert [one.written_at - cellar for one in notes[1:]] == [timedelta(hours=1), timedelta()]
        assert written()[1:] == [("handover", ["Fridge 2", "second"]), ("handover", ["first"])]
        (kept,) = db.session.scalars(select(Acknowledgement)).all()
        assert kept.seen_at - cellar == timedelta(hours=2)


def note(text: str, at: datetime, **fields: Any) -> dict[str, Any]:
    return kept_form("note", text=text, **fields) | {"occurred_at": at.isoformat()}


def seen(note_id: int, at: datetime) -> dict[str, Any]:
    return kept_form("seen", {"note_id": note_id}) | {"occurred_at": at.isoformat()}


def test_one_press_makes_a_task_of_a_line(app: Flask, client_for: ClientFor) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    long = "Call the bakery. " * 20
    assert ben.post(f"{NOTES}new", form(text=f"The side door sticks.\n{long}")).status_code == 303
    number = newest_id(app)
    press = f"{NOTES}{number}/task"
    for _again in range(2):
        pressed = ada.post(press, {"command_id": str(uuid4()), "line": "1", "next": "/"})
        assert (pressed.status_code, pressed.headers["Location"]) == (303, "/")
    assert "A task now: The side door sticks." in ada.get("/")
    kept = kept_form("note-task", {"note_id": number}, line="2")
    assert Phone(app).sync(kept)[0]["result"] == "posted"
    with app.app_context():
        made = db.session.scalars(select(Activity).order_by(Activity.id)).all()
        assert [one.name for one in made] == ["The side door sticks.", long[:200].strip()]
        assert [one.text for one in made] == ["", long.strip()]
        assert {(one.kind, one.grown_from, one.grown_from_id) for one in made} == {
            ("task", "note", number)
        }
    page = ada.get("/")
    assert "Make a task of it" not in page
    assert page.count("a task</a>") == 2
    refused = [
        ben.post(press, {"command_id": str(uuid4()), "line": "3"}),
        ben.post(f"{NOTES}{10**9}/task", {"command_id": str(uuid4()), "line": "1"}),
        client_for("cleo").post(press, {"command_id": str(uuid4()), "line": "1"}),
    ]
    assert [one.status_code for one in refused] == [404] * 3


def test_the_outsider_cannot_see_a_note_away(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        write_note(WriteNote(command_id=uuid4(), text="ham in fridge 1"), find_actor("ben"))
    cleo = client_for("cleo")
    for act in ("seen", "take-down"):
        answer = cleo.post(f"{NOTES}{newest_id(app)}/{act}", {"command_id": str(uuid4())})
        assert answer.status_code == 404
    assert "fridge 1" not in cleo.get(NOTES)
    assert "fridge 1" in client_for("ada").get("/")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0"])
def test_what_is_written_is_text(client_for: ClientFor, text: str) -> None:
    ben = client_for("ben")
    assert ben.post(f"{NOTES}new", form(text=text)).status_code == 303
    assert "<script>alert" not in ben.get(NOTES)


def test_programs_read_write_and_take_down(app: Flask, client_for: ClientFor) -> None:
    client, headers = client_for(""), bearer(app, "ada")

    def call(path: str, body: dict[str, Any]) -> Any:
        said = {"command_id": str(uuid4())} | body
        return client.http.post(f"/api/v1{path}", json=said, headers=headers)

    made = call("/notes", {"text": "The sensor says 9 °C\nof fridge 2"})
    assert made.status_code == 201
    number = made.get_json()["id"]
    told = client.http.get("/api/v1/notes", headers=headers).get_json()
    assert told["next"] is None
    (note,) = told["notes"]
    assert note["lines"] == ["The sensor says 9 °C", "of fridge 2"]
    assert (note["kind"], note["by"], note["seen_by"]) == ("handover", "probe", [])
    assert call("/notes", {"text": "x", "facts": ["y"]}).status_code == 422
    assert call(f"/notes/{number}/take-down", {}).status_code == 201
    (note,) = client.http.get("/api/v1/notes", headers=headers).get_json()["notes"]
    assert note["lines"] == []
