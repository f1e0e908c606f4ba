"""The feed and webhooks through the API and the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import update

from depot.base.clock import utc_now
from depot.models import Webhook
from depot.programs.signing import webhook_secret
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.current import db
from tests.web.joining.test_joining import Program

ClientFor = Callable[[str], Client]
ADDRESS = "https://example.org/depot"


def program(app: Flask, client_for: ClientFor, of: str, role: str = "coordinator") -> Program:
    """Return a program with a token that somebody made."""
    with app.app_context():
        token = make_token("Scale", role, find_actor(of))
    return Program(client_for("").http, token)


def test_a_program_reads_the_feed_page_by_page(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        for quantity in (1, 2, 3):
            receive(find_actor("ben"), quantity, "Jam")
    ours = program(app, client_for, "ada", "volunteer")
    first = ours.get("/feed?limit=2")
    assert [entry["seq"] for entry in first["entries"]] == [1, 2]
    assert (first["next"], first["more"]) == (2, True)
    rest = ours.get("/feed?after=2&kinds=receipt,issue")
    assert [entry["lines"][0]["quantity"] for entry in rest["entries"]] == [3]
    assert ours.get("/feed?kinds=count") == {"entries": [], "next": 3, "more": False}
    assert program(app, client_for, "cleo").get("/feed")["entries"] == []
    for wrong in ("kinds=gossip", "after=-1", "limit=501", "since=1"):
        assert "errors" in ours.get(f"/feed?{wrong}"), wrong
    assert ours.get("/feed?after=4")["code"] == "invalid"


def test_a_program_makes_tries_and_ends_one(app: Flask, client_for: ClientFor) -> None:
    ours = program(app, client_for, "ada")
    body = {"command_id": str(uuid4()), "name": "Shop", "address": ADDRESS, "kinds": ["issue"]}
    status, made = ours.post("/webhooks", body)
    assert (status, made["name"]) == (201, "Shop")
    assert made["secret"].startswith("whsec_")
    assert ours.post("/webhooks", body) == (200, made)
    for act in ("test", "resume", "end"):
        path, command = f"/webhooks/{made['id']}/{act}", {"command_id": str(uuid4())}
        assert program(app, client_for, "cleo").post(path, command)[0] == 404
        assert program(app, client_for, "ada", "volunteer").post(path, command)[0] == 403
    path = f"/webhooks/{made['id']}"
    assert ours.post(f"{path}/test", {"command_id": str(uuid4())})[0] == 201
    (told,) = ours.get("/webhooks")["webhooks"]
    assert (told["address"], told["kinds"], told["paused_at"]) == (ADDRESS, ["issue"], None)
    assert "secret" not in told
    assert ours.post(f"{path}/end", {"command_id": str(uuid4())})[0] == 201
    assert ours.get("/webhooks")["webhooks"] == []
    refused = body | {"command_id": str(uuid4()), "address": "http://10.0.0.1/"}
    assert ours.post("/webhooks", refused)[1]["errors"].keys() == {"address"}


def test_the_secret_is_shown_once_and_a_repeat_shows_the_same(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    form = {"command_id": str(uuid4()), "name": "Shop", "address": ADDRESS, "kind_issue": "yes"}
    pages = [ada.post("/webhooks/", form) for _ in range(2)]
    shown = [re.findall(r'value="(whsec_[\w-]+)"', page.get_data(as_text=True)) for page in pages]
    with app.app_context():
        made = db.session.query(Webhook).one()
        key, depot = app.config["DEPOT"].secret_key, find_actor("ada").depot_id
        assert made.kinds == "issue"
        assert shown == [[webhook_secret(key, depot, UUID(form["command_id"]))]] * 2
    again = ada.get("/webhooks/")
    assert "whsec_" not in again
    assert ADDRESS in again
    for act in ("test", "resume", "end"):
        done = ada.post(f"/webhooks/{made.id}/{act}", {"command_id": str(uuid4())})
        assert done.status_code == 303, act
    assert ADDRESS not in ada.get("/webhooks/")


def test_what_is_wrong_stays_typed(client_for: ClientFor) -> None:
    ada = client_for("ada")
    form = {"command_id": str(uuid4()), "name": "Shop", "address": "http://example.org/"}
    page = ada.post("/webhooks/", form)
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert "The address has to begin with https://." in text
    assert 'value="http://example.org/"' in text


def test_a_paused_one_is_told_to_coordinators_on_today(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    form = {"command_id": str(uuid4()), "name": "Shop", "address": ADDRESS}
    assert ada.post("/webhooks/", form).status_code == 201
    assert "webhook is told" not in ada.get("/")
    with app.app_context():
        since = {"failing_since": utc_now() - timedelta(days=3), "paused_at": utc_now()}
        db.session.execute(update(Webhook).values(**since))
        db.session.commit()
    assert "1 webhook is told nothing any more" in ada.get("/")
    assert "webhook is told" not in ben.get("/")
    assert "It failed for days" in ada.get("/webhooks/")
    assert ben.raw("/webhooks/").status_code == 403
