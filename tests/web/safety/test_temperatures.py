"""Temperatures through their pages, lists, paper and API."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.models import Location
from depot.safety.commands.temperatures import RecordTemperature, record_temperature
from depot.safety.queries.temperatures import find_cold_place, last_readings
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.web.crates.test_crates_api import Program
from tests.web.stock_setup import form, number_of, stock_up

ClientFor = Callable[[str], Client]


@pytest.fixture
def fridge(app: Flask) -> int:
    """The number of the north's door, where rice and a crate stand: from now on a freezer."""
    stock_up(app)
    return number_of(app, Location, "Arrivals")


def limits(**values: Any) -> dict[str, str]:
    said = {"kind": "freezer", "highest": "18", "highest_sign": "below", "every_hours": 24}
    return form(**(said | values))


def readings(app: Flask, place: int) -> list[int]:
    with app.app_context():
        rows = last_readings(db.session(), find_actor("ada"), place, 99, utc_now())
        return [row.tenths for row in rows]


def test_a_coordinator_says_what_is_cold_and_a_helper_reads_it(
    app: Flask, client_for: ClientFor, fridge: int
) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "No place is marked" in ben.get("/temperatures")
    assert f"/temperatures/{fridge}/limits" in ada.get(f"/stock/places/{fridge}")
    start = ada.get(f"/temperatures/{fridge}/limits?kind=freezer")
    assert "European Union" in start
    assert re.search(r'value="below" checked', start)
    assert ben.raw(f"/temperatures/{fridge}/limits").status_code == 403
    assert ben.post(f"/temperatures/{fridge}/limits", limits()).status_code == 403
    saved = ada.post(f"/temperatures/{fridge}/limits", limits(source="Our rule"))
    assert "at most −18 °C" in ada.get(saved.location)
    assert "Our rule" in ada.get(f"/temperatures/{fridge}/limits")
    for page in ("/", f"/stock/places/{fridge}", "/temperatures"):
        shown = ben.get(page)
        assert f"/temperatures/{fridge}" in shown, page
        assert "not read yet" in shown, page
    asked = ben.get(f"/temperatures/{fridge}")
    assert re.search(r'name="sign" value="below" checked', asked)
    done = ben.post(f"/temperatures/{fridge}", form(degrees="19,5", sign="below"))
    page = ben.get(done.location)
    assert "−19.5 °C" in page
    assert f"/temperatures/{fridge}" not in ben.get("/")
    assert readings(app, fridge) == [-195]


def test_what_is_too_warm_stands_on_today_in_red_with_what_lies_in_it(
    client_for: ClientFor, fridge: int
) -> None:
    client_for("ada").post(f"/temperatures/{fridge}/limits", limits())
    ben = client_for("ben")
    answer = ben.post(f"/temperatures/{fridge}", form(degrees="4", sign="below"))
    page = ben.get(answer.location)
    assert "outside the limits. Tell somebody now" in page
    assert 'class="answer stop"' in page
    assert f"/stock/places/{fridge}/lots/" in page or "act=move" in page or "/move" in page
    assert "Rice" in page
    assert "/crates/7K3M-9QX2/move" in page
    today = ben.get("/")
    assert re.search(r'class="note stop"[^§]*?/temperatures/', today)
    assert "outside the limits: at most −18 °C" in today


def test_a_forgotten_sign_is_asked_about_and_can_be_confirmed(
    app: Flask, client_for: ClientFor, fridge: int
) -> None:
    client_for("ada").post(f"/temperatures/{fridge}/limits", limits())
    ben = client_for("ben")
    sent = form(degrees="18", sign="above")
    asked = ben.post(f"/temperatures/{fridge}", sent)
    assert asked.status_code == 409
    page = asked.get_data(as_text=True)
    assert "Arrivals at 18 °C is far from what is usual there" in page
    assert readings(app, fridge) == []
    found = re.search(r'name="confirmed" value="([^"]+)"', page)
    assert found
    ben.post(f"/temperatures/{fridge}", sent | {"confirmed": found[1]})
    assert readings(app, fridge) == [180]


def test_what_cannot_be_taken_is_said_at_its_field_and_kept(
    app: Flask, client_for: ClientFor, fridge: int
) -> None:
    ben = client_for("ben")
    for typed, told in (("warm", "is no temperature"), ("4.55", "tenths"), ("400", "between")):
        answer = ben.post(f"/temperatures/{fridge}", form(degrees=typed, sign="above"))
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert told in page
        assert f'value="{typed}"' in page
    nothing = ben.post(f"/temperatures/{fridge}", form(sign="above"))
    assert nothing.status_code == 422
    neither = ben.post(f"/temperatures/{fridge}", form(degrees="4"))
    assert "above or below zero" in neither.get_data(as_text=True)
    assert ben.post("/temperatures/4711", form(degrees="4", sign="above")).status_code == 404
    crate = number_of(app, Location, "7K3M-9QX2")
    assert ben.raw(f"/temperatures/{crate}").status_code == 404
    wrong = client_for("ada").post(f"/temperatures/{fridge}/limits", limits(highest=""))
    assert "at least one limit" in wrong.get_data(as_text=True)
    assert readings(app, fridge) == []


def test_a_slip_of_paper_is_written_down_with_its_day(
    app: Flask, client_for: ClientFor, fridge: int
) -> None:
    client_for("ada").post(f"/temperatures/{fridge}/limits", limits())
    day = (utc_now() - timedelta(days=2)).date().isoformat()
    sent = form(degrees="20", sign="below", when_day=day, when_time="08:15")
    assert client_for("ben").post(f"/temperatures/{fridge}", sent).status_code == 303
    with app.app_context():
        (row,) = last_readings(db.session(), find_actor("ada"), fridge, 9, utc_now())
    assert row.occurred_at < row.recorded_at - timedelta(days=1)
    assert "not read yet" in client_for("ben").get("/")


def test_a_mistake_is_struck_out_and_stays_on_the_page(
    app: Flask, client_for: ClientFor, fridge: int
) -> None:
    ben = client_for("ben")
    with app.app_context():
        command = RecordTemperature(command_id=uuid4(), location_id=fridge, tenths=45)
        number = record_temperature(command, find_actor("ben")).answer.id
    address = f"/temperatures/readings/{number}/strike-out"
    assert address in ben.get(f"/temperatures/{fridge}")
    ben.get(address)
    assert ben.post(address, form()).status_code == 422
    page = ben.get(ben.post(address, form(reason="Wrong <fridge>")).location)
    assert "Wrong &lt;fridge&gt;" in page
    assert address not in page
    assert ben.post(address, form(reason="Again")).status_code == 409
    cleo = client_for("cleo")
    assert cleo.raw(address).status_code == 404
    assert cleo.post(address, form(reason="Mine")).status_code == 404
    assert cleo.raw(f"/temperatures/{fridge}").status_code == 404
    assert cleo.raw(f"/papers/temperatures/{fridge}").status_code == 404


def test_those_who_weigh_in_pounds_read_fahrenheit(
    app: Flask, client_for: ClientFor, fridge: int
) -> None:
    ada = client_for("ada")
    sent = form(
        name="North",
        time_zone="Europe/Berlin",
        week_start="1",
        weight_unit="lb",
        paper_size="Letter",
    )
    assert ada.post("/settings/", sent).status_code == 303
    start = ada.get(f"/temperatures/{fridge}/limits?kind=freezer")
    assert "Frozen food at 0 °F" in start
    ada.post(f"/temperatures/{fridge}/limits", limits(highest="0", highest_sign="above"))
    page = ada.get(f"/temperatures/{fridge}")
    assert "at most 0 °F" in page
    assert "°F</span>" in page
    assert not re.search(r'name="sign" value="(below|above)" checked', page)
    ada.post(f"/temperatures/{fridge}", form(degrees="5", sign="below"))
    assert "−5 °F" in ada.get(f"/temperatures/{fridge}")
    assert readings(app, fridge) == [-206]


def test_lists_and_the_log_leave_as_files(client_for: ClientFor, fridge: int) -> None:
    ada = client_for("ada")
    ada.post(f"/temperatures/{fridge}/limits", limits())
    ada.post(f"/temperatures/{fridge}", form(degrees="4", sign="below"))
    read = ada.raw(f"/temperatures/readings.csv?place={fridge}").get_data(as_text=True)
    assert "Temperature, °C" in read
    assert "Arrivals" in read
    assert "-4" in read
    assert "Arrivals" in ada.raw("/temperatures/places.csv").get_data(as_text=True)
    assert ada.raw("/temperatures/places.xlsx").status_code == 200
    log = ada.get(f"/papers/temperatures/{fridge}")
    assert "TOO WARM: −4 °C" in log
    assert "?month=" in log
    assert ada.get(f"/papers/temperatures/{fridge}?month=2020-13")
    assert "Nothing was read" in ada.get(f"/papers/temperatures/{fridge}?month=2020-01")
    pdf = ada.raw(f"/papers/temperatures/{fridge}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert "Arrivals" not in client_for("cleo").raw("/temperatures/readings.csv").get_data(
        as_text=True
    )


def test_programs_send_read_and_strike_out(app: Flask, fridge: int) -> None:
    path, program = f"/locations/{fridge}/temperatures", Program(app)
    sent = {"command_id": str(uuid4()), "celsius": -18.4}
    first = program.post(path, sent)
    assert program.post(path, sent, 200) == first
    assert (first["celsius"], first["tenths"], first["location"]) == ("-18.4", -184, "Arrivals")
    assert program.post(path, sent | {"celsius": 4}, 409)["code"] == "command_id_reused"
    assert program.post(path, {"celsius": "4.50"})["celsius"] == "4.5"
    absurd: list[Any] = [
        4.55,
        "4.55",
        "warm",
        True,
        None,
        101,
        -100.1,
        [],
        "NaN",
        1e300,
        "٤",
        10**30,
    ]
    for wrong in absurd:
        refused = program.post(path, {"celsius": wrong}, 422)
        assert "celsius" in refused["errors"], wrong
    assert "celsius" in program.post(path, {}, 422)["errors"]
    assert "tenths" in program.post(path, {"celsius": 4, "tenths": 5}, 422)["errors"]
    page = program.get(path + "?limit=1")
    assert [row["tenths"] for row in page["readings"]] == [-184]
    rest = program.get(f"{path}?after={page['next']}")
    assert ([row["tenths"] for row in rest["readings"]], rest["next"]) == ([45], None)
    strike = f"/temperatures/{first['id']}/strike-out"
    assert program.post(strike, {"reason": ""}, 422)
    assert program.post(strike, {"reason": "Test"}) == {"id": first["id"]}
    assert program.post(strike, {"reason": "Test"}, 409)["code"] == "already_struck_out"
    struck = program.get(path)["readings"][0]["struck"]
    assert (struck["by"] != "", struck["reason"]) == (True, "Test")
    outsider = Program(app, "cleo")
    assert outsider.post(path, {"celsius": 4}, 404)["code"] == "not_found"
    assert outsider.get(path, 404)["code"] == "not_found"
    assert outsider.post(f"/temperatures/{first['id'] + 1}/strike-out", {"reason": "x"}, 404)
    assert readings(app, fridge) == [45, -184]


def test_a_place_that_was_never_cold_keeps_its_readings_too(app: Flask, fridge: int) -> None:
    answer = Program(app).post(f"/locations/{fridge}/temperatures", {"celsius": 21})
    assert answer["is_outside"] is False
    with app.app_context():
        assert find_cold_place(db.session(), find_actor("ada"), fridge, utc_now()) is None
