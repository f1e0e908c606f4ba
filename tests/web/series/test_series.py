"""Hand-outs that come round, through the pages and the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from depot.base.clock import local_day, utc_now
from depot.distribution.queries.events import all_events
from depot.distribution.queries.series import list_series
from depot.models import Depot
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db
from tests.web.series.bodies import A_DAY, FORM, LAST_ON, SAID

ClientFor = Callable[[str], Client]


def form(**values: str) -> dict[str, str]:
    return {"command_id": str(uuid4())} | FORM | values


def begin(client: Client, **values: str) -> str:
    """Begin a series by the form; return the address of its page."""
    answer = client.post("/hand-outs/series/new", form(**values))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_series_is_begun_and_read_as_it_was_said(client_for: ClientFor) -> None:
    client = client_for("ada")
    boxes = {f"weekday_{day}": "" for day in (1, 2, 3, 4, 5, 7)}
    nths = {f"nth_{nth}": "yes" for nth in (2, 3, 4, 5)}
    page = client.get(begin(client, rhythm="monthly", **boxes, **nths))
    assert "each Saturday but the first of the month, 10:00" in page
    assert "will be planned by itself" in page
    assert "Nothing is expected yet" in page
    listed = client.get("/hand-outs/series")
    assert "each Saturday but the first of the month" in listed


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"every": "2", **{f"weekday_{day}": "" for day in (1, 2, 3, 5, 6, 7)}}, "every second T"),
        ({"rhythm": "date", "month_day": "15"}, "on day 15 of the month"),
        ({"rhythm": "monthly", "nth_last": "yes", "nth_1": "yes", "every": "3"}, ", every 3 mon"),
    ],
)
def test_a_rule_is_said_in_words(client_for: ClientFor, said: dict[str, str], words: str) -> None:
    client = client_for("ada")
    assert words in client.get(begin(client, **said))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "What is it called?"),
        ({"begins": "25:00"}, "Write the time as 10:00."),
        ({"rhythm": "date"}, "On which day of the month?"),
        ({"rhythm": "monthly"}, "Which one in the month?"),
        ({f"weekday_{day}": "" for day in range(1, 8)}, "Which day of the week?"),
        ({"from_on": "2001-01-01"}, "From today on"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    client_for: ClientFor, said: dict[str, str], sentence: str
) -> None:
    answer = client_for("ada").post("/hand-outs/series/new", form(place="Old mill", **said))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Old mill" in answer.text


def test_a_day_is_moved_and_the_series_changed_and_ended(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    page = begin(client)
    moved = {"command_id": str(uuid4()), "on": A_DAY, "moved_to": f"{A_DAY}T18:30"}
    answer = client.post(f"{page}/except", moved)
    assert "That hand-out is moved." in client.get(answer.headers["Location"])
    assert "What was before that day" in client.get(f"{page}/change")
    changed = client.post(f"{page}/change", form(begins="12:15", capacity="90"))
    assert "12:15" in client.get(changed.headers["Location"])
    ended = client.post(f"{page}/end", {"command_id": str(uuid4()), "last_on": FORM["from_on"]})
    assert "called off" in client.get(ended.headers["Location"])
    with app.app_context():
        ada = find_actor("ada")
        assert list_series(db.session(), ada)[0].ends_on is not None
        rows = all_events(db.session(), ada.depot_id)
        assert sum(row.called_off_at is None for row in rows) == 1


def test_a_hand_out_of_a_series_leads_to_it_and_one_alone_can_come_round(
    client_for: ClientFor,
) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    planned = {"command_id": str(uuid4()), "name": "Once", "starts_at": "2030-01-05T10:00"}
    alone = ada.post("/hand-outs/new", planned).headers["Location"]
    assert "Let it come round" in ada.get(alone)
    assert "Let it come round" not in ben.get(alone)  # a coordinator's alone
    asked = ada.get("/hand-outs/series/new?like=" + alone.rsplit("/", 1)[1])
    assert 'value="Once"' in asked
    page = begin(ada, name="Daily bread")
    calendar = ben.get(f"/hand-outs/calendar?month={FORM['from_on'][:7]}")
    assert "Daily bread" in calendar
    assert page.rsplit("/", 1)[1] in ada.get("/hand-outs/series")


def test_the_calendar_begins_its_weeks_as_the_depot_does(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    with app.app_context():
        db.session.execute(update(Depot).where(Depot.slug == "north").values(week_start=7))
        db.session.commit()
    page = client.get("/hand-outs/calendar?month=2026-12")
    assert page.index(">Sunday<") < page.index(">Monday<")
    assert "December 2026" in page
    for wrong in ("2026-13", "9999-99", "x" * 500, "0000-01"):
        assert client.get(f"/hand-outs/calendar?month={wrong}")


def test_helpers_read_and_do_not_change(client_for: ClientFor) -> None:
    page = begin(client_for("ada"))
    ben = client_for("ben")
    text = ben.get(page)
    assert "End the series" not in text
    assert ben.get("/hand-outs/series/new", status=403)
    assert ben.post(f"{page}/change", form()).status_code == 403


def test_the_list_leaves_as_a_file(client_for: ClientFor) -> None:
    client = client_for("ada")
    begin(client, capacity="80")
    text = client.raw("/hand-outs/series/list.csv").text
    assert "Daily" in text
    assert "80" in text
    assert client.raw("/hand-outs/series/list.xlsx").data.startswith(b"PK")


def test_programs_begin_change_and_list_series(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    with app.app_context():
        key = make_token("till", "coordinator", find_actor("ada"))
    headers = {"Authorization": f"Bearer {key}"}

    def post(path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        answer = client.http.post(f"/api/v1/series{path}", json=body, headers=headers)
        return answer.status_code, answer.get_json()

    body = {"command_id": str(uuid4())} | SAID
    status, made = post("", body)
    assert (status, made["name"]) == (201, "Daily")
    assert post("", body) == (200, made)
    listed = client.http.get("/api/v1/series", headers=headers).get_json()["series"]
    assert listed[0]["rule"]["weekdays"] == [1, 2, 3, 4, 5, 6, 7]
    assert (listed[0]["begins"], listed[0]["capacity"]) == ("10:00", 80)
    ended = post(f"/{made['id']}/end", {"command_id": str(uuid4()), "last_on": LAST_ON})
    assert ended[0] == 201
    wrong = {"command_id": str(uuid4())} | SAID | {"rule": {"frequency": "weekly"}}
    assert post("", wrong)[0] == 422


def test_what_is_foreseen_is_on_the_calendar_before_it_is_made(client_for: ClientFor) -> None:
    client = client_for("ada")
    begin(client)
    far = local_day(utc_now(), "Europe/Berlin") + timedelta(days=70)
    page = client.get(f"/hand-outs/calendar?month={far:%Y-%m}")
    assert "to be planned" in page
