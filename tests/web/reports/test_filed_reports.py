"""Filing a report over HTTP: the page, the list, the files, the API, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from depot.ledger.entries import People
from tests.book import Book, Goods
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db

WEEK = "/reports/weekly?week=2026-W20"
MONDAY = datetime(2026, 5, 11, 12, tzinfo=UTC)
ClientFor = Callable[[str], Client]


@pytest.fixture
def beans(app: Flask) -> Goods:
    """A small week in the north that is long over."""
    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
        book.came_in(beans, 20, MONDAY, kind="rescue")
        event_id = book.event("St Luke’s", MONDAY)
        book.went_out(beans, 15, MONDAY, event_id)
        book.people(People(event_id, 12, 30, 11, None, 2), MONDAY)
        db.session.remove()
        return beans


def bearer(app: Flask, login: str, role: str) -> dict[str, str]:
    with app.app_context():
        made = make_token("program", role, find_actor(login))
        db.session.remove()
    return {"Authorization": f"Bearer {made}"}


def file(client: Client, period: str = "2026-W20") -> str:
    """File a period by the page's form and return where it leads."""
    answer = client.post("/reports/file", {"period": period, "command_id": str(uuid4())})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def late_line(app: Flask, beans: Goods) -> None:
    with app.app_context():
        Book(find_actor("ada")).came_in(beans, 10, MONDAY + timedelta(days=1))
        db.session.remove()


def test_a_coordinator_files_a_week_and_sees_number_and_seal(
    app: Flask, client_for: ClientFor, beans: Goods
) -> None:
    ada = client_for("ada")
    assert "File Week 20" in ada.get(WEEK)
    filed = ada.get(file(ada))
    for told in ("filed as no. 1", "version 1, filed on", "by Ada", "8 kg", "12"):
        assert told in filed, told
    assert "came in late" not in filed
    page = ada.get(WEEK)
    assert "Filed as no. 1, version 1" in page
    assert "File again as version 2" in page
    assert "Week 20" in ada.get("/reports/filed")


def test_late_lines_stand_beside_a_filed_report_and_never_in_it(
    app: Flask, client_for: ClientFor, beans: Goods
) -> None:
    ada = client_for("ada")
    where = file(ada)
    before = ada.raw(f"{where}.csv").get_data()
    late_line(app, beans)
    page = ada.get(where)
    assert "1 line came in late since" in page
    assert ada.raw(f"{where}.csv").get_data() == before
    late = ada.get(f"{where}/late")
    for told in ("Late since filing", "As filed", "8 kg", "12 kg", "+4 kg", "Beans: In"):
        assert told in late, told
    assert "1 line came in late since" in ada.get(WEEK)
    assert "It was filed again since" not in page
    file(ada)
    assert "It was filed again since" in ada.get(where)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "txt", "json", "pdf", "html"])
def test_a_filed_report_goes_along_in_every_form(
    client_for: ClientFor, beans: Goods, ending: str
) -> None:
    ada = client_for("ada")
    where = file(ada)
    answer = ada.raw(f"{where}.{ending}")
    assert answer.status_code == 200
    name = f"north-2026-W20-no-1.{ending}"
    assert name in answer.headers["Content-Disposition"]
    seal = ada.raw(f"{where}.json").get_json()["seal"]
    if ending in ("csv", "json"):
        assert seal in answer.get_data(as_text=True)
    if ending in ("txt", "html"):
        grouped = " ".join(seal[at : at + 4] for at in range(0, 16, 4))
        assert grouped in answer.get_data(as_text=True)


def test_a_volunteer_reads_what_was_filed_and_files_nothing(
    client_for: ClientFor, beans: Goods
) -> None:
    where = file(client_for("ada"))
    ben = client_for("ben")
    assert "filed as no. 1" in ben.get(where)
    assert 'action="/reports/file"' not in ben.get(WEEK)
    sent = {"period": "2026-W20", "command_id": str(uuid4())}
    assert ben.post("/reports/file", sent).status_code == 403


def test_the_outsider_has_no_such_number(client_for: ClientFor, beans: Goods) -> None:
    where = file(client_for("ada"))
    cleo = client_for("cleo")
    for path in (where, f"{where}/late", f"{where}.csv"):
        cleo.get(path, status=404)
    assert "Week 20" not in cleo.get("/reports/filed")


@pytest.mark.parametrize(
    ("period", "said"),
    [("2099-W01", "not over yet"), ("nonsense", "Write the period as"), ("", "Write the period")],
)
def test_what_cannot_be_filed_is_a_sentence(
    client_for: ClientFor, beans: Goods, period: str, said: str
) -> None:
    ada = client_for("ada")
    answer = ada.post("/reports/file", {"period": period, "command_id": str(uuid4())})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert "Nothing was filed yet" in ada.get("/reports/filed")


def test_an_address_that_names_no_report_is_not_found(client_for: ClientFor) -> None:
    ada = client_for("ada")
    for number in ("0", "2", str(2**63), "x"):
        ada.get(f"/reports/filed/{number}", status=404)
        ada.get(f"/reports/filed/{number}/late", status=404)
    ada.get("/reports/filed?before=x")


def test_the_api_files_once_and_answers_with_the_frozen_report(
    app: Flask, client_for: ClientFor, beans: Goods
) -> None:
    headers = bearer(app, "ada", "coordinator")
    http = client_for("").http
    body = {"command_id": str(uuid4())}
    path = "/api/v1/reports/weekly/2026-W20/file"
    first = http.post(path, json=body, headers=headers)
    again = http.post(path, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    told = first.get_json()
    assert (told["number"], told["version"], told["week"]) == (1, 1, "2026-W20")
    assert told["totals"]["sourced_grams"] == 8000
    assert told["seal"] != told["ledger_seal"]
    assert http.get("/api/v1/reports/filed/1", headers=headers).get_json() == told
    month = {"command_id": str(uuid4()), "period": "2026-05"}
    assert http.post("/api/v1/reports/filed", json=month, headers=headers).status_code == 201
    listed = http.get("/api/v1/reports/filed?limit=1", headers=headers).get_json()
    assert [one["number"] for one in listed["filed"]] == [2]
    rest = http.get(f"/api/v1/reports/filed?after={listed['next']}", headers=headers).get_json()
    assert [one["number"] for one in rest["filed"]] == [1]
    assert rest["next"] is None


def test_the_api_tells_what_is_late(app: Flask, client_for: ClientFor, beans: Goods) -> None:
    file(client_for("ada"))
    late_line(app, beans)
    headers = bearer(app, "ada", "volunteer")
    body = client_for("").raw("/api/v1/reports/filed/1/late", headers=headers).get_json()
    assert (body["count"], body["earlier"]) == (1, 0)
    assert [(one["kind"], one["weight_grams"]) for one in body["entries"]] == [("receipt", 4000)]
    changed = {one["figure"]: (one["filed"], one["now"]) for one in body["totals"]}
    assert changed == {"sourced": (8000, 12000), "closing": (2000, 6000)}
    assert {one["what"] for one in body["items"]} == {"Beans"}


def test_the_api_refuses_with_a_code(app: Flask, client_for: ClientFor, beans: Goods) -> None:
    http = client_for("").http
    volunteer, coordinator = (bearer(app, "ada", role) for role in ("volunteer", "coordinator"))
    path = "/api/v1/reports/weekly/2026-W20/file"
    body = {"command_id": str(uuid4())}
    assert http.post(path, json=body, headers=volunteer).get_json()["code"] == "forbidden"
    bad = http.post("/api/v1/reports/weekly/x/file", json=body, headers=coordinator)
    assert (bad.status_code, bad.get_json()["code"]) == (422, "invalid")
    extra = http.post(path, json=body | {"week": "2026-W01"}, headers=coordinator)
    assert extra.status_code == 422
    unknown = http.get("/api/v1/reports/filed/9", headers=coordinator)
    assert (unknown.status_code, unknown.get_json()["code"]) == (404, "not_found")
