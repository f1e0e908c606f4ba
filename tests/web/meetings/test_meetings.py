"""Meetings through their pages, and the minutes as a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import local_day, utc_now
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.web.decisions.test_decisions import day, propose, send
from tests.web.joining.test_joining import Program, hang_up, join

ClientFor = Callable[[str], Client]


@pytest.fixture
def meeting(app: Flask) -> str:
    """The address of a meeting in an hour."""
    at = utc_now() + timedelta(hours=1)
    facts = ActivityFacts(name="Thursday round", starts_at=at, ends_at=at + timedelta(hours=1))
    with app.app_context():
        plan = MakeActivity(command_id=uuid4(), kind="meeting", facts=facts)
        return f"/meetings/{make_activity(plan, find_actor('ada')).answer.id}"


def test_from_the_agenda_to_the_minutes(app: Flask, client_for: ClientFor, meeting: str) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    with app.app_context():
        ben_id = str(find_actor("ben").person_id)
    assert "Thursday round" in ben.get("/meetings/")
    assert "Agenda and minutes" in ben.get(meeting.replace("meetings", "rota"))
    assert "Nothing is on the agenda yet." in ben.get(meeting)
    assert "What is it about?" in send(ben, f"{meeting}/agenda", 422)
    send(ben, f"{meeting}/agenda", title="Gloves")
    proposal = propose(ada)
    number = proposal.rpartition("/")[2]
    assert "Close at six" in ada.get(meeting)
    send(ada, f"{meeting}/agenda", proposal_id=number)
    assert f"{proposal}/room" in ada.get(meeting)
    said = {"version": "1", "outcome": "agreed", "read_back": "yes", "review_on": day(90)}
    send(ada, f"{proposal}/settle", in_room_count="6", **said)
    send(ada, f"{meeting}/agenda/1", minute="We buy the long ones.")
    send(ada, f"{meeting}/tasks", name="Buy gloves", person_id=ben_id, due_on=day(3))
    send(ada, f"{meeting}/there", others="Zoe, old Tom", in_room_count="6")
    page = ben.get(meeting)
    for words in ("We buy the long ones.", "Buy gloves", "Ben was asked", "Zoe, old Tom"):
        assert words in page
    paper = ben.get(meeting.replace("/meetings/", "/papers/meetings/"))
    for words in ("Minutes: Thursday round", "Decision: agreed", "We close at six.", "Buy gloves"):
        assert words in paper
    answer = ben.raw(meeting.replace("/meetings/", "/papers/meetings/") + ".pdf")
    assert answer.data.startswith(b"%PDF")
    send(ben, f"{meeting}/agenda/1/off")
    assert "Gloves" not in ben.get(meeting).replace("Buy gloves", "")


def test_a_helper_of_a_day_adds_and_decides_nothing(client_for: ClientFor, meeting: str) -> None:
    ada, ana = client_for("ada"), client_for("")
    ana.get(meeting, 302)
    assert join(ana, hang_up(ada), "Ana") == 303
    send(ana, f"{meeting}/agenda", title="Aprons")
    assert "Take off: Aprons" in ana.get(meeting)
    assert "What was said: Aprons" not in ana.get(meeting)
    send(ana, f"{meeting}/agenda/1", 403, minute="Mine")
    send(ana, f"{meeting}/tasks", 403, name="Mine")
    send(ana, f"{meeting}/there", 403)
    send(ana, f"{meeting}/agenda/1/off")
    assert "Nothing is on the agenda yet." in ada.get(meeting)


def test_another_depot_and_other_activities_have_none(
    app: Flask, client_for: ClientFor, meeting: str
) -> None:
    cleo = client_for("cleo")
    cleo.get(meeting, 404)
    assert "Thursday round" not in cleo.get("/meetings/")
    for path in ("agenda", "tasks", "there", "agenda/1", "agenda/1/off"):
        send(cleo, f"{meeting}/{path}", 404, title="Mine", name="Mine")
    cleo.get(meeting.replace("/meetings/", "/papers/meetings/"), 404)
    client_for("ada").get("/meetings/nonsense", 404)
    client_for("ada").get(f"/meetings/1.{local_day(utc_now(), 'UTC')}", 404)


def test_programs_keep_the_agenda_and_the_minutes(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        tokens = [
            make_token(name, name, find_actor("ada")) for name in ("volunteer", "coordinator")
        ]
        tokens.append(make_token("far", "volunteer", find_actor("cleo")))
        ben_id = find_actor("ben").person_id
    board, chair, far = (Program(app.test_client(), token) for token in tokens)
    at = utc_now() + timedelta(hours=1)
    facts = {"name": "Round", "starts_at": at.isoformat(), "people_max": 5}
    facts["ends_at"] = (at + timedelta(hours=1)).isoformat()
    planned = {"command_id": str(uuid4()), "kind": "meeting", "facts": facts}
    made = board.post("/activities", planned)[1]["id"]
    (row,) = board.get("/meetings")["meetings"]
    assert (row["id"], row["name"], row["people"]) == (str(made), "Round", 0)
    address = f"/meetings/{made}"

    def write(path: str, **said: Any) -> dict[str, Any]:
        status, body = board.post(path, {"command_id": str(uuid4())} | said)
        assert status == 201, body
        return body

    item = write(f"{address}/agenda", title="Gloves")
    off = write(f"{address}/agenda", title="Nothing")
    write(f"/agenda/{item['id']}/minute", minute="Size M")
    write(f"/agenda/{off['id']}/take-off")
    write(f"{address}/there", others="Zoe", in_room_count=4)
    write(f"{address}/tasks", name="Buy gloves", person_id=ben_id)
    found = board.get(address)
    (line,) = found["agenda"]
    assert (line["title"], line["minute"], line["added_by"]) == ("Gloves", "Size M", None)
    assert (found["others"], found["in_room_count"]) == ("Zoe", 4)
    (task,) = found["tasks"]
    assert (task["name"], task["who"], task["asked"]) == ("Buy gloves", [], ["Ben"])
    assert "Size M" in client_for("ben").get(address)
    seek_stand_in_for_ben(chair, made, ben_id)
    status, refused = far.post(f"{address}/agenda", {"command_id": str(uuid4()), "title": "Spy"})
    assert (status, refused["code"]) == (404, "not_found")
    assert far.get("/meetings")["meetings"] == []


def seek_stand_in_for_ben(chair: Program, meeting: int, ben_id: int | None) -> None:
    """Ben can't come, and Ada comes in his place."""
    said = {"person_id": ben_id}
    for act in ("take", "seek-stand-in"):
        status, body = chair.post(
            f"/activities/{meeting}/{act}", {"command_id": str(uuid4())} | said
        )
        assert status == 201, body
    assert body["standing"] == "seeking"
