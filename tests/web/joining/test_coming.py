"""Coming and leaving without scripts: at the door, on one's own phone, for programs, late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from flask import Flask

from depot.base.clock import utc_now
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.web.joining.test_joining import Program, hang_up, join
from tests.web.phone_client import Phone, form, make_command

ClientFor = Callable[[str], Client]


def tap(client: Client, kind: str, **said: object) -> int:
    form = {"command_id": str(uuid4())} | {name: str(value) for name, value in said.items()}
    return client.post(f"/here/{kind}", form).status_code


def person_id(app: Flask, login: str) -> int:
    with app.app_context():
        return find_actor(login).person_id or 0


def test_a_name_is_a_button(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), person_id(app, "ben")
    page = ada.get("/here/door")
    assert "Nobody yet" in page
    assert f'value="{ben}"' in page
    assert tap(ada, "come", person_id=ben) == 303
    page = ada.get("/here/door")
    assert "Ben is here." in page
    assert "1 person is here" in page
    assert tap(ada, "leave", person_id=ben) == 303
    assert "Ben has left. Thank you!" in ada.get("/here/door")


def test_the_wrong_name_is_undone(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    tap(ada, "come", person_id=person_id(app, "ben"))
    undo = re.search(r'action="(/here/marks/\d+/take-back)"', ada.get("/here/door"))
    assert undo
    assert client_for("cleo").post(undo[1], {"command_id": str(uuid4())}).status_code == 404
    assert ada.post(undo[1], {"command_id": str(uuid4())}).status_code == 303
    page = ada.get("/here/door")
    assert "Undone: Ben." in page
    assert "Nobody yet" in page


def test_who_walks_in_is_counted(client_for: ClientFor) -> None:
    ben = client_for("ben")
    assert tap(ben, "come", name="Una") == 303
    assert "Una" in ben.get("/here/")
    answer = ben.post("/here/come", {"command_id": str(uuid4()), "name": "Una"})
    assert answer.status_code == 409
    assert "Add a letter" in answer.get_data(as_text=True)
    assert "Una" not in client_for("cleo").get("/here/door")


def test_a_helper_taps_for_themselves(app: Flask, client_for: ClientFor) -> None:
    path = hang_up(client_for("ada"))
    ana = client_for("")
    join(ana, path, "Ana")
    page = ana.get("/here/door")
    assert "I’m leaving" in page
    assert "Ben" not in page
    assert tap(ana, "leave") == 303
    assert "I’m here" in ana.get("/here/door")
    assert tap(ana, "come", name="Una") == 403
    assert tap(ana, "come", person_id=person_id(app, "ben")) == 403


def test_a_phone_says_it_late_and_in_any_order(app: Flask, client_for: ClientFor) -> None:
    phone, now = Phone(app), utc_now()
    sent = [
        make_command(kind, now - timedelta(seconds=before))
        for kind, before in (("leave", 10), ("come", 30), ("come", 20))
    ]
    assert [one["result"] for one in phone.sync(*sent)] == ["posted"] * 3
    assert [one["result"] for one in phone.sync(*sent)] == ["repeated"] * 3
    assert "Nobody yet" in client_for("ada").get("/here/door")
    (told,) = phone.sync(form("come"))
    assert (told["result"], told["message"]) == ("posted", "Ben is here.")
    assert "1 person is here" in client_for("ada").get("/here/door")


def test_programs_say_who_is_here(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        ada = find_actor("ada")
        token = make_token("door", "volunteer", ada)
    programs = Program(app.test_client(), token)
    ben = person_id(app, "ben")
    body = {"command_id": str(uuid4()), "person_id": ben}
    status, told = programs.post("/come", body)
    assert (status, told["name"], told["kind"]) == (201, "Ben", "come")
    assert programs.post("/come", body)[0] == 200
    assert programs.post("/come", {"command_id": str(uuid4())})[0] == 422
    assert [row["name"] for row in programs.get("/here")["here"]] == ["Ben"]
    back = {"command_id": str(uuid4())}
    assert programs.post(f"/marks/{told['id']}/take-back", back)[0] == 403, "it was no token's"


def test_a_phone_undoes_what_it_said_late(app: Flask, client_for: ClientFor) -> None:
    phone = Phone(app)
    came = make_command("come")
    phone.sync(came)
    (told,) = phone.sync(make_command("undo", of=came["command_id"]))
    assert (told["result"], told["message"]) == ("posted", "Undone: Ben.")
    assert "Nobody yet" in client_for("ada").get("/here/door")
    ada = client_for("ada")
    task = {"command_id": str(uuid4()), "name": "Sweep"}
    made = ada.post("/tasks/", task).headers["Location"].rpartition("/")[2]
    done = form("task-done", {"activity": made})
    phone.sync(done)
    (told,) = phone.sync(make_command("undo", of=done["command_id"]))
    assert (told["result"], told["message"]) == ("posted", "Not done yet: Sweep")


def test_two_taps_for_oneself_hold_no_name_of_anybody(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    tap(ada, "come")
    page = ben.get("/here/by-oneself")
    assert "I’m here" in page
    assert "I’m leaving" in page
    assert "Ada" not in page, "a phone keeps this page"
    assert ben.http.get("/here/by-oneself").headers["Depot-Keep"] == "yes"
    assert "/here/by-oneself" in ben.http.get("/scan/list").get_data(as_text=True)
