"""The rota through its pages: the week, a shift, what comes round, who may do what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from depot.base.clock import local_day, utc_now
from depot.models import Activity
from tests.builders import PASSWORD, find_actor
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]
ZONE = "Europe/Berlin"


def in_days(days: int) -> date:
    return local_day(utc_now(), ZONE) + timedelta(days=days)


def said(**more: Any) -> dict[str, str]:
    return {"command_id": str(uuid4())} | {name: str(value) for name, value in more.items()}


def plan(by: Client, **more: Any) -> str:
    """Plan a shift in two days; return its address."""
    form = said(
        kind="shift", name="Door", on=in_days(2), begins="10:00", ends="13:00", people_max=1
    )
    answer = by.post("/rota/new", form | {name: str(value) for name, value in more.items()})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def each_day(ada: Client, **more: Any) -> str:
    """Begin a shift of each day; return the name of tomorrow's."""
    form = said(
        kind="shift",
        name="Fridges",
        from_on=in_days(0),
        rhythm="daily",
        every=1,
        begins="22:00",
        ends="06:00",
        people_min=1,
        people_max=2,
        open_places=1,
        steps="Look\n\nWrite it down",
    )
    answer = ada.post("/rota/routines/new", form | {n: str(value) for n, value in more.items()})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    number = answer.headers["Location"].rpartition("/")[2]
    return f"{number}.{in_days(1)}"


def act(who: Client, address: str, what: str, **more: Any) -> str:
    """Press a button of a shift's page; return what is told then."""
    answer = who.post(f"{address}/{what}", said(**more))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return who.get(answer.headers["Location"])


def test_from_the_week_to_a_yes_and_back(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    shift = plan(ada)
    week = ben.get(f"/rota/?from={in_days(2)}")
    assert "Door" in week
    assert "10:00 to 13:00" in week
    assert "1 more needed" in week
    page = ben.get(shift)
    assert "I’ll come" in page
    assert "does not take place" not in page  # Ben did not plan it
    assert "Ben comes: Door." in act(ben, shift, "take")
    assert "Door" in ben.get("/rota/mine")
    page = act(ben, shift, "seek")
    assert "Ben looks for somebody, and is expected until somebody takes over" in page
    assert "I can come after all" in page
    page = ada.get(shift)
    assert "I can, instead of Ben" in page
    (part,) = set(re.findall(r'name="instead_of" value="(\d+)"', page))
    page = act(ada, shift, "take", instead_of=part)
    assert "Ada comes: Door. Instead of Ben." in page
    assert "Nobody yet" not in page
    assert "You are in none" in ben.get("/rota/mine")


def test_cannot_come_and_call_off_stand_far_apart(client_for: ClientFor) -> None:
    ada = client_for("ada")
    shift = plan(ada)
    page = act(ada, shift, "take")
    assert "I can’t come" in page
    assert "/off" in page, "a link to another page"
    assert 'action="' + shift + "/off" not in page, "and no button of this one"
    assert "Call it off for everybody" in ada.get(shift + "/off")
    assert ada.post(shift + "/off", said()).status_code == 422
    page = act(ada, shift, "off", why="No power")
    assert "No power" in page
    assert "Ada" in page
    assert "I can’t come" not in page
    assert "called off" in ada.get(f"/rota/?from={in_days(2)}")
    assert "I can’t come" in act(ada, shift, "on")


def test_full_is_a_waiting_list_and_a_place_needs_a_yes(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    shift = plan(ada)
    act(ada, shift, "take")
    page = ben.get(shift)
    assert "Put me on the waiting list" in page
    assert "It is full. Ben is on the waiting list: Door." in act(ben, shift, "take")
    act(ada, shift, "give-back")
    page = ben.get(shift)
    assert "A place is free: yes, I’ll come" in page
    assert "Ben comes: Door." in act(ben, shift, "take")
    assert "Put me on the waiting list" in ada.get(shift)
    act(ada, shift, "take")
    assert "I wait no longer" in ada.get(shift)


def test_asked_is_not_agreed(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    shift = plan(ada)
    with app.app_context():
        number = find_actor("ben").person_id
    assert "It is no yes yet." in act(ada, shift, "ask", person_id=number)
    page = ben.get(shift)
    assert "You were asked to come" in page
    assert "Yes, I’ll come" in page
    assert "Ben does not come: Door." in act(ben, shift, "give-back")
    assert "you were asked" not in ben.get("/rota/mine")


def test_what_comes_round_is_in_the_week_and_takes_regulars(
    app: Flask, client_for: ClientFor
) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    name = each_day(ada)
    shift = f"/rota/{name}"
    assert "22:00 to 06:00" in ben.get(shift)
    assert "You come each time: Fridges." in act(ben, shift, "each-time")
    assert "comes each time" in ben.get(shift)
    assert ben.get("/rota/mine").count("Fridges") >= 20
    refused = ada.post(f"{shift}/each-time", said())
    assert refused.status_code == 409
    assert "has 1 regulars for 2 places, and keeps 1 open" in refused.get_data(as_text=True)
    act(ben, shift, "seek")
    assert "1 comes each time" in ada.get("/rota/routines/")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Activity)) == 1
    assert "You come no longer each time" in act(ben, shift, "no-longer")
    assert "Fridges" not in ben.get("/rota/mine")


def test_a_routine_is_changed_from_a_day_on_and_ended(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    name = each_day(ada, name="Night")
    address = f"/rota/routines/{name.partition('.')[0]}"
    act(ben, f"/rota/{name}", "take")
    form = ada.get(f"{address}/change")
    assert 'value="22:00"' in form
    assert "Write it down" in form
    changed = said(
        name="Late",
        from_on=in_days(0),
        rhythm="weekly",
        **{f"weekday_{in_days(3).isoweekday()}": "yes"},
        begins="20:00",
        ends="21:00",
        people_min=1,
    )
    assert ada.post(f"{address}/change", changed).status_code == 303
    assert "Night" in ada.get(f"/rota/{name}"), "as Ben was told"
    assert "20:00 to 21:00" in ada.get(f"/rota/{name.partition('.')[0]}.{in_days(3)}")
    ada.get(f"/rota/{name.partition('.')[0]}.{in_days(4)}", 404)
    ben.get(address, 403)
    assert ada.post(f"{address}/end", said(last_on=in_days(1))).status_code == 303
    ada.get(f"/rota/{name.partition('.')[0]}.{in_days(3)}", 404)
    assert "Over since" in ada.get(address) or "it goes on" not in ada.get(address)


def test_what_is_missing_is_said_at_its_field(client_for: ClientFor) -> None:
    ada = client_for("ada")
    for address, form, words in (
        ("/rota/new", {}, "What is it called?"),
        ("/rota/new", {"name": "Door", "on": in_days(1)}, "When does it begin?"),
        ("/rota/routines/new", {"rhythm": "date"}, "On which day of the month?"),
        (
            "/rota/routines/new",
            {"name": "A", "from_on": in_days(1), "begins": "10:00", "ends": "11:00"},
            "Which day of the week?",
        ),
    ):
        answer = ada.post(address, said(**form))
        assert (answer.status_code, words in answer.get_data(as_text=True)) == (422, True), words


def test_a_change_of_one_and_who_may(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    shift = plan(ada)
    form = said(name="Side door", on=in_days(2), begins="11:00", ends="12:00", people_min=0)
    assert 'value="Door"' in ben.get(f"{shift}/change")
    assert ben.post(f"{shift}/change", form).status_code == 303
    assert "Side door" in ben.get(shift)
    assert ben.post(f"{shift}/off", said(why="No")).status_code == 403
    ben.get(f"{shift}/off", 403)
    own = plan(ben, name="Ours")
    assert "does not take place" in ben.get(own)


@pytest.mark.parametrize("address", ["/rota/1", "/rota/1.2026-12-01", "/rota/x", "/rota/1.2026"])
def test_another_depots_shift_is_no_shift(client_for: ClientFor, address: str) -> None:
    plan(client_for("ada"))
    each_day(client_for("ada"))
    cleo = client_for("cleo")
    cleo.get(address, 404)
    assert cleo.post(f"{address}/take", said()).status_code == 404
    assert "Door" not in cleo.get("/rota/")


def test_a_helper_of_the_day_sees_first_names_and_takes(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    shift = plan(ada, people_max="3")
    act(ada, shift, "take")
    form = {"command_id": str(uuid4()), "days": "30", "uses_max": "50"}
    ada.post("/here/code/", form)
    found = re.search(r'value="http://127\.0\.0\.1:8000(/join/w\.[\w-]+)"', ada.get("/here/code/"))
    assert found
    ana = client_for("")
    ana.post(found[1], {"command_id": str(uuid4()), "name": "Ana Maria"})
    page = ana.get(shift)
    assert "Ask somebody" not in page
    assert "Change it" not in page
    assert "Ana comes: Door." in act(ana, shift, "take")
    assert "Plan a shift" not in ana.get("/rota/")
    ana.get("/rota/new", 403)
    ana.get("/rota/routines/", 403)
    ana.get(f"{shift}/change", 403)
    assert ana.post(f"{shift}/each-time", said()).status_code in (403, 404)
    assert PASSWORD not in page
