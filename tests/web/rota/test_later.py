"""What a phone says of shifts later: it holds, and two phones on one day meet in one row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.models import Activity, Assignment
from depot.rota.naming import name_of_day
from tests.builders import find_actor
from tests.commands.rota.acts import single
from tests.current import db
from tests.web.phone_client import Json, Phone, form, make_command
from tests.web.rota.bodies import furnish_rota

AGO = timedelta(hours=2)


@pytest.fixture
def day(app: Flask) -> str:
    """A day of a routine, which nobody has touched."""
    with app.app_context():
        return str(furnish_rota(find_actor("ada"), "North")["activity"])


def named(name: str, activity: str, **fields: str) -> Json:
    return form(name, {"activity": activity}, **fields)


def test_two_phones_on_one_day_meet_in_one_row(app: Flask, day: str) -> None:
    ben, ada = Phone(app, "ben"), Phone(app, "ada")
    at = utc_now() - AGO
    (one,) = ben.sync(named("take-part", day) | {"occurred_at": at.isoformat()})
    (two,) = ada.sync(make_command("seek_stand_in", activity=day))
    assert (one["result"], two["result"]) == ("posted", "posted")
    assert "Ben comes" in one["message"]
    with app.app_context():
        (row,) = db.session.scalars(select(Activity).where(Activity.routine_id.is_not(None)))
        parts = db.session.scalars(select(Assignment).where(Assignment.activity_id == row.id))
        moments = {part.person_id: part for part in parts}
        assert name_of_day(row.routine_id or 0, row.occurrence_on or at.date()) == day
        assert moments[find_actor("ben").person_id or 0].taken_at is not None
        # Ada came each time before she said that she could not come this time
        assert moments[find_actor("ada").person_id or 0].stand_in_sought_at is not None


def test_a_repeat_is_once_and_over_full_is_a_fact(app: Flask) -> None:
    with app.app_context():
        shift = single(find_actor("ada"), begins=timedelta(days=400), people_max=1)
    ben, ada = Phone(app, "ben"), Phone(app, "ada")
    (first,) = ada.sync(make_command("take_part", activity=shift))
    late = make_command("take_part", at=utc_now() - AGO, activity=shift)
    (second,), (again,) = ben.sync(late), ben.sync(late)
    assert (first["result"], second["result"], again["result"]) == ("posted", "posted", "repeated")
    assert "2 of 1: ask one?" in second["message"]
    (gone,) = ben.sync(make_command("give_back", activity=shift))
    assert "Ben does not come" in gone["message"]


def test_what_is_called_off_meanwhile_is_told_with_its_reason(app: Flask) -> None:
    with app.app_context():
        shift = single(find_actor("ada"), begins=timedelta(days=400))
    ada, ben = Phone(app, "ada"), Phone(app, "ben")
    off = {"command_id": "5f0e3c5e-3d57-4d2c-8a46-000000000001", "why": "No power"}
    assert ada.client.post(f"/rota/{shift}/off", off).status_code == 303
    (told,) = ben.sync(named("take-part", shift))
    assert told["result"] == "refused"
    assert "No power" in told["message"]
    (unknown,) = ben.sync(named("take-part", "no shift"))
    assert unknown["result"] == "refused"
