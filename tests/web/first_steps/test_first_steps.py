"""The first steps on Today: one to do next, the rest folded, put away by a tap."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

from flask import Flask

from tests.builders import find_actor, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]
WEEK, MINUTES = "Your first week", "Your first ten minutes"


def test_nothing_is_asked_before_the_first_donation_and_one_step_leads_after_it(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    assert WEEK not in ada.get("/")
    with app.app_context():
        receive(find_actor("ben"), 6, "Milk")
    page = ada.get("/")
    card = re.search(r'id="first_week">.*?</section>', page, re.DOTALL)
    assert card
    shown, folded = card[0].split("<details", 1)
    assert shown.count('class="row way"') == 1
    assert 'href="/settings/"' in shown
    assert folded.count('class="row way"') >= 4
    assert MINUTES not in page


def test_a_saved_setting_ticks_its_step_and_a_tap_puts_all_of_it_away(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    with app.app_context():
        receive(find_actor("ben"), 6, "Milk")
    saved = {"name": "North", "time_zone": "Europe/Berlin", "week_start": "1", "weight_unit": "lb"}
    form = saved | {"paper_size": "Letter", "command_id": str(uuid4())}
    assert ada.post("/settings/", form).status_code == HTTPStatus.SEE_OTHER
    assert 'href="/settings/"' not in ada.get("/").split("<details")[0].partition(WEEK)[2]
    away = {"command_id": str(uuid4()), "name": "first_week"}
    assert ada.post("/first-steps/put-away", away).headers["Location"] == "/"
    page = ada.get("/")
    assert "Put away. What was to be done stands under More." in page
    assert WEEK not in page


def test_a_volunteer_has_first_minutes_and_no_say_about_the_week(client_for: ClientFor) -> None:
    ben = client_for("ben")
    page = ben.get("/")
    assert MINUTES in page
    assert WEEK not in page
    refused = ben.post("/first-steps/put-away", {"command_id": str(uuid4()), "name": "first_week"})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    wrong = ben.post("/first-steps/put-away", {"command_id": str(uuid4()), "name": "else"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    away = {"command_id": str(uuid4()), "name": "first_minutes"}
    assert ben.post("/first-steps/put-away", away).status_code == HTTPStatus.SEE_OTHER
    assert MINUTES not in ben.get("/")
    assert MINUTES not in client_for("ada").get("/")
