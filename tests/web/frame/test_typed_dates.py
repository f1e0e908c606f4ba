"""Dates as people type them into forms: day and month stand as in the depot's country."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask, g
from marshmallow import ValidationError
from sqlalchemy import select

from blueprints.frame.fields import PackageDate
from depot.models import Lot
from depot.words.languages import USUAL
from depot.words.reader import Reader
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db


@pytest.mark.parametrize(
    ("login", "typed", "read"),
    [
        ("ada", "6/1/2027", "2027-01-06"),
        ("ada", "6/1/27", "2027-01-06"),
        ("ada", "21/5/27", "2027-05-21"),
        ("cleo", "6/1/2027", "2027-06-01"),
        ("cleo", "12/31/26", "2026-12-31"),
        ("cleo", "05/2027", "2027-05"),
        ("cleo", "21.05.2027", "2027-05-21"),
    ],
)
def test_a_date_in_figures_is_read_as_usual_where_the_depot_is(
    app: Flask, login: str, typed: str, read: str
) -> None:
    with app.test_request_context("/"):
        assert _loaded(login, typed) == read


def _read_as(reader: Reader) -> None:
    g.reader = SimpleNamespace(token_actor=None, user=None, reader=reader)


def _loaded(login: str, typed: str) -> object:
    who = find_actor(login)
    _read_as(Reader(time_zone=who.depot.time_zone))
    return PackageDate().deserialize(typed)


def test_where_nobody_can_tell_it_is_asked(app: Flask) -> None:
    with app.test_request_context("/"):
        _read_as(Reader(time_zone="UTC"))
        with pytest.raises(ValidationError, match="can be read in two ways"):
            PackageDate().deserialize("6/1/2027")


def test_a_donation_in_new_york_takes_its_date_the_month_first(
    app: Flask, client_for: Callable[[str], Client]
) -> None:
    sent = {
        "command_id": str(uuid4()),
        "source": "new",
        "partner": "Bakery",
        "what": "items",
        "lines-0-item": "Corn",
        "lines-0-quantity": "3",
        "lines-0-date": "6/1/27",
    }
    assert client_for("cleo").post("/donations/new", sent).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Lot.date_text)).all() == ["2027-06-01"]


@pytest.mark.parametrize(("order", "read"), [("dmy", "2027-12-10"), ("mdy", "2027-10-12")])
def test_a_depot_says_whether_the_day_or_the_month_comes_first(
    app: Flask, client_for: Callable[[str], Client], order: str, read: str
) -> None:
    ada = client_for("ada")
    settings = {
        "command_id": str(uuid4()),
        "name": "North Pantry",
        "time_zone": "UTC",
        "week_start": "1",
        "weight_unit": "kg",
        "paper_size": "A4",
        "date_order": order,
    }
    assert ada.post("/settings/", settings).status_code == 303
    assert f'<option value="{order}" selected>' in ada.get("/settings/")
    with app.test_request_context("/"):
        _read_as(USUAL.reader(find_actor("ada").depot))
        assert PackageDate().deserialize("10/12/27") == read
