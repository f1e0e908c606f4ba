"""The scan page as the server sends it: useful without its script, with what the script needs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

from flask import Flask

from blueprints.browser.words import scanner_texts
from depot.base.clock import utc_now
from depot.distribution.commands.events import CloseEvent, PlanEvent, close_event, plan_event
from depot.words.reader import ENGLISH
from tests.builders import find_actor
from tests.clients import Client

ClientFor = Callable[[str], Client]


def plan(name: str) -> int:
    command = PlanEvent(command_id=uuid4(), name=name, starts_at=utc_now())
    return int(plan_event(command, find_actor("ada")).body["id"])


def given(page: str, name: str) -> Any:
    """Return what the page hands its script under a name."""
    found = re.search(rf'data-{name}="([^"]*)"', page)
    assert found, name
    return json.loads(unescape(found[1]))


def test_a_stranger_is_asked_to_sign_in(client_for: ClientFor) -> None:
    assert "/sign-in" in client_for("").raw("/scan").headers["Location"]


def test_the_page_works_without_its_script(client_for: ClientFor) -> None:
    page = client_for("ben").get("/scan")
    assert 'method="get" action="/scan"' in page
    assert 'name="code"' in page
    assert 'action="/scan/photo" enctype="multipart/form-data"' in page
    for hidden in ("scan-context", "scan-chooser", "scan-camera", "scan-answer", "scan-basket"):
        assert re.search(rf'id="{hidden}"[^>]*hidden', page), hidden


def test_a_code_typed_without_the_script_is_opened(client_for: ClientFor) -> None:
    answer = client_for("ben").raw("/scan", query_string={"code": " 7k3m 9qx2 "})
    assert answer.headers["Location"] == "/scan/open?code=7k3m+9qx2"


def test_the_script_gets_the_places_of_this_depot_and_no_other(client_for: ClientFor) -> None:
    ben, cleo = client_for("ben").get("/scan"), client_for("cleo").get("/scan")
    mine = {place["name"] for place in given(ben, "places")}
    ids = {place["id"] for place in given(ben, "places")}
    assert "Arrivals" in mine
    assert not ids & {place["id"] for place in given(cleo, "places")}


def test_the_script_gets_the_hand_outs_that_are_on_and_none_that_is_over(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        open_id, over_id = plan("Saturday"), plan("Friday")
        close_event(CloseEvent(command_id=uuid4(), event_id=over_id), find_actor("ada"))
    page = client_for("ben").get("/scan")
    assert [event["id"] for event in given(page, "events")] == [open_id]
    assert given(client_for("cleo").get("/scan"), "events") == []


def test_two_people_at_one_phone_have_each_their_own_memory(client_for: ClientFor) -> None:
    ada, ben = client_for("ada").get("/scan"), client_for("ben").get("/scan")
    found = {re.findall(r'data-whose="([^"]+)"', page)[0] for page in (ada, ben)}
    assert len(found) == 2


def test_only_the_scan_page_may_compile_webassembly(client_for: ClientFor) -> None:
    ben = client_for("ben")
    policy = ben.raw("/scan").headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert "wasm" not in ben.raw("/").headers["Content-Security-Policy"]


def test_every_counted_sentence_has_the_forms_of_the_language() -> None:
    counted = {
        name: forms for name, forms in scanner_texts(ENGLISH).items() if isinstance(forms, dict)
    }
    assert counted
    for name, forms in counted.items():
        assert set(forms) == {"one", "other"}, name
        assert "{n}" in forms["other"], name
