"""Every form that books something can say when it happened; odd days are asked about once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.models import Depot
from depot.reports.filing import FileReport, file_report
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.web.frame.booking_forms import CODE, KINDS, kinds, last_entry
from tests.web.phone_client import Phone, make_command
from tests.web.phone_client import form as phone_form


@pytest.mark.parametrize("name", KINDS)
def test_every_form_takes_a_slip_of_the_day_before(
    app: Flask, ben: Client, ids: dict[str, int], name: str
) -> None:
    kind, now = kinds(ids)[name], utc_now()
    long_here(app)
    day = (now - timedelta(days=1)).strftime("%Y-%m-%d")
    answer = ben.post(kind.address, kind.typed("2", when_day=day, when_time="09:30"))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    entry = last_entry(app)
    assert entry.occurred_at == at(day, "09:30")
    assert entry.occurred_on.isoformat() == day
    assert "entered later, on" in ben.get("/ledger/")
    future = kind.typed("2", when_day=(now + timedelta(days=2)).strftime("%Y-%m-%d"))
    refused = ben.post(kind.address, future)
    assert refused.status_code == 422
    assert "is still to come. It is " in refused.get_data(as_text=True)
    odd = ben.post(kind.address, kind.typed("2", when_day=day, when_time="25:99"))
    assert "“25:99” is not a time." in odd.get_data(as_text=True)
    assert last_entry(app).id == entry.id


QUEUED: Final = tuple(name for name in KINDS if name not in ("move", "write off", "cook"))


@pytest.mark.parametrize("name", QUEUED)
def test_what_a_phone_kept_keeps_the_time_that_was_written_down(
    app: Flask, ids: dict[str, int], name: str
) -> None:
    kind, now = kinds(ids)[name], utc_now()
    long_here(app)
    day = (now - timedelta(days=3)).strftime("%Y-%m-%d")
    args: dict[str, Any] = {"event": {"event_id": ids["event"]}, "code": {"code": CODE}}
    named = args[kind.args[0]] if kind.args else {}
    typed = {key: value for key, value in kind.typed("2").items() if key != "command_id"}
    sent = phone_form(kind.form, named) | {
        "fields": typed | {"when_day": day, "when_time": "17:00"},
        "occurred_at": (now - timedelta(hours=5)).isoformat(),
    }
    [told] = Phone(app, "ben").sync(sent, sent_at=(now + timedelta(hours=1)).isoformat())
    assert told["result"] == "posted", told
    assert last_entry(app).occurred_at == at(day, "17:00")


def test_a_scan_of_an_earlier_day_is_booked_on_that_day(app: Flask, ids: dict[str, int]) -> None:
    long_here(app)
    now = utc_now()
    day = (now - timedelta(days=2)).strftime("%Y-%m-%d")
    scan = make_command("issue", at=now, event_id=ids["event"], crate_code=CODE)
    [told] = Phone(app, "ben").sync(scan | {"when_day": day})
    assert told["result"] == "posted", told
    entry = last_entry(app)
    assert entry.occurred_at == at(day, "12:00"), "noon at the depot"


def test_a_filed_period_is_asked_about_once_and_shows_it_afterwards(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    long_here(app)
    with app.app_context():
        ada = find_actor("ada")
        week = (utc_now() - timedelta(days=7)).strftime("%G-W%V")
        filed = FileReport(command_id=uuid4(), period=week)
        number = file_report(filed, ada).answer.number
    day = (utc_now() - timedelta(days=7)).strftime("%Y-%m-%d")
    typed = kinds(ids)["door"].typed("2", when_day=day)
    asked = ben.post("/donations/new", typed)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409
    assert "in a report that was filed already" in page
    assert f'value="{day}"' in page
    keys = re.search(r'name="confirmed" value="([^"]+)"', page)
    assert keys
    before = last_entry(app).id
    again = ben.post("/donations/new", typed | {"confirmed": "nonsense"})
    assert again.status_code == 409
    assert last_entry(app).id == before
    saved = ben.post("/donations/new", typed | {"confirmed": keys[1]})
    assert saved.status_code == 303
    late = Client.signed_in(app, "ada").get(f"/reports/filed/{number}/late")
    assert "Potatoes" in late


def test_a_program_with_an_earlier_time_is_not_asked(app: Flask, ids: dict[str, int]) -> None:
    phone = Phone(app, "ben")
    old = make_command("receipt", at=datetime(2020, 1, 1, tzinfo=UTC), source={"kind": "donation"})
    [told] = phone.sync(old | {"lines": [{"item": "Rice", "quantity": 1}]})
    assert told["result"] == "posted"


def test_a_day_before_the_first_is_asked_about(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    typed = kinds(ids)["door"].typed("2", when_day="2019-03-04")
    asked = ben.post("/donations/new", typed)
    assert asked.status_code == 409
    assert "2019 is before the first day of this depot" in asked.get_data(as_text=True)
    absurd = kinds(ids)["door"].typed("2", when_day="0999-03-04")
    assert ben.post("/donations/new", absurd).status_code == 422


def at(day: str, time: str) -> datetime:
    """Return an instant of the wall clock in the north."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo("Europe/Berlin"))


def long_here(app: Flask) -> None:
    """The depot is there since a year ago."""
    with app.app_context():
        for depot in db.session.scalars(select(Depot)):
            depot.created_at = utc_now() - timedelta(days=365)
        db.session.commit()
