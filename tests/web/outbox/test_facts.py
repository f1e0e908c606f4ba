"""What a phone delivers late is booked, and what must not wait is told at once and in red."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from depot.app import create_app
from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.safety.commands.holds import HeldBy
from depot.safety.commands.recalls import StartRecall, start_recall
from tests.builders import find_actor, stock_at
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.conftest import config_for
from tests.current import db
from tests.web.phone_client import CODE, Json, Phone, entries, form, make_command, things


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """The application, on SQLite and on PostgreSQL."""
    found = create_app(config_for(tmp_path, database_url))
    yield found
    with found.app_context():
        db.session.remove()
        db.engine.dispose()


#: What comes in past its day is asked about already when it comes in.
ARRIVED_LATE = "unlikely_number"


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        put_crate(find_actor("ada"), CODE)
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        return int(plan_event(plan, find_actor("ada")).body["id"])


def give(quantity: int, hours_ago: float, **line: object) -> Json:
    lines = [{"item": "Ham", "quantity": quantity, "crate_code": CODE} | line]
    at = utc_now() - timedelta(hours=hours_ago)
    return make_command("receipt", at, source={"kind": "donation"}, lines=lines)


def past(app: Flask) -> str:
    with app.app_context():
        return (utc_now() - timedelta(days=2)).date().isoformat()


def test_a_hand_out_of_goods_past_their_day_is_booked_and_told_in_red(
    app: Flask, event_id: int
) -> None:
    ben, day = Phone(app, "ben"), past(app)
    ben.sync(give(5, 3, date=day, date_kind="use_by"))
    at = utc_now() - timedelta(hours=1)
    late = ben.sync(make_command("issue", at, event_id=event_id, crate_code=CODE))[0]
    assert (late["result"], late["urgent"]) == ("posted", True)
    assert "This must not go out: past its use-by day, or on hold." in late["message"]
    assert things(app) == [ARRIVED_LATE, "unsafe_out"]
    with app.app_context():
        assert stock_at(find_actor("ben"), CODE) == {}
    page = Client.signed_in(app, "ada").get("/to-look-at/")
    assert "5 of Ham went out" in page
    assert 'class="row stop"' in page


def test_a_late_hand_out_of_what_is_called_back_is_told_and_followed(
    app: Flask, event_id: int
) -> None:
    ben = Phone(app, "ben")
    ben.sync(give(5, 3))
    with app.app_context():
        ada = find_actor("ada")
        back = StartRecall(command_id=uuid4(), name="Ham: salt", by=HeldBy(item="Ham"))
        recall_id = start_recall(back, ada, lambda: utc_now() - timedelta(hours=2)).answer.id
    at = utc_now() - timedelta(hours=1)
    late = ben.sync(make_command("issue", at, event_id=event_id, crate_code=CODE))[0]
    assert (late["result"], late["urgent"]) == ("posted", True)
    assert things(app) == ["unsafe_out"]
    page = Client.signed_in(app, "ben").get(f"/recalls/{recall_id}")
    assert "None of it is here now." in page
    assert "handed it out" in page
    assert "Saturday" in page
    assert "Ham: salt" in Client.signed_in(app, "ben").get("/")


def test_while_it_is_being_done_it_is_stopped(app: Flask, event_id: int) -> None:
    ben = Phone(app, "ben")
    ben.sync(give(5, 3, date=past(app), date_kind="use_by"))
    now = ben.sync(make_command("issue", utc_now(), event_id=event_id, crate_code=CODE))[0]
    assert (now["result"], now["code"]) == ("refused", "past_use_by")
    assert things(app) == [ARRIVED_LATE]


def test_a_slip_from_before_a_count_says_that_the_count_stands(app: Flask, event_id: int) -> None:
    ben = Phone(app, "ben")
    count = make_command(
        "count",
        utc_now() - timedelta(hours=1),
        crate_code=CODE,
        lines=[{"item": "Ham", "counted_quantity": 12}],
    )
    late = ben.sync(give(5, 3), count, give(7, 2))[2]
    assert late["urgent"] is False
    assert "It was counted since, so the stock stays as counted." in late["message"]
    with app.app_context():
        assert stock_at(find_actor("ben"), CODE) == {"Ham": 12}
    ada = Client.signed_in(app, "ada")
    page = ada.get("/to-look-at/")
    assert "the count’s difference was +7 and is 0 now" in page
    assert f'href="/crates/{CODE}/count"' in page
    assert "put right, because this came late" in ada.get(f"/ledger/{late['body']['entry_id']}")


def test_the_outsider_reads_nothing_of_it(app: Flask, event_id: int) -> None:
    ben = Phone(app, "ben")
    ben.sync(give(5, 3, date=past(app), date_kind="use_by"))
    at = utc_now() - timedelta(hours=1)
    ben.sync(make_command("issue", at, event_id=event_id, crate_code=CODE))
    assert "Ham" not in Client.signed_in(app, "cleo").get("/to-look-at/")


def test_a_time_that_a_person_wrote_down_stands_whatever_the_phones_clock_says(app: Flask) -> None:
    day = (utc_now() - timedelta(days=2)).date().isoformat()
    goods = {"lines-0-item": "Peas", "lines-0-quantity": "5"}
    sent = form("donation", source="anyone", what="items", when_day=day, when_time="10:30")
    sent["fields"] |= goods
    later = utc_now() + timedelta(days=300)
    sent["occurred_at"] = later.isoformat()
    (result,) = Phone(app, "ben").sync(sent, sent_at=later.isoformat())
    assert result["result"] == "posted", result
    (entry,) = entries(app)
    assert (entry.occurred_on.isoformat(), entry.note) == (day, "")


def test_a_form_that_is_none_of_ours_is_named(app: Flask) -> None:
    (result,) = Phone(app, "ben").sync(form("no-such-form"))
    assert result["body"]["errors"] == {"form": ["This program does not know what that is."]}
