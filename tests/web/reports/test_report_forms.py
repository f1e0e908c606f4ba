"""Forms for funders over HTTP: filled in, as files, edited with clear errors, and who may."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import openpyxl
import pytest
from flask import Flask

from depot.ledger.entries import People
from tests.book import Book
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db
from tests.unit.papers.shown import text_of

MAY = "?period=2026-05"
ClientFor = Callable[[str], Client]
NEW = {
    "name": "City hall",
    "kind": "month",
    "tables-0-title": "What we did",
    "entries0-0-words": "Pounds in",
    "entries0-0-figure": "sourced",
    "entries0-0-unit": "lb",
    "entries0-1-words": "Veterans",
    "entries0-1-figure": "not_kept",
}


@pytest.fixture(autouse=True)
def _written(app: Flask) -> None:
    """A small May in the north."""
    with app.app_context():
        book = Book(find_actor("ada"))
        monday = datetime(2026, 5, 11, 12, tzinfo=UTC)
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
        book.came_in(beans, 20, monday, kind="rescue")
        event_id = book.event("<b>St Luke’s</b>", monday)
        book.went_out(beans, 15, monday, event_id)
        book.people(People(event_id, 12, 30, None, None, 2), monday)
        db.session.remove()


def send(client: Client, path: str, values: dict[str, str]) -> tuple[int, str]:
    """Send a form; return the status and where it leads, or what the page says."""
    answer = client.post(path, values | {"command_id": str(uuid4())})
    said = answer.headers.get("Location") or answer.get_data(as_text=True)
    return answer.status_code, said


def test_a_form_is_filled_in_and_what_was_never_asked_is_said(client_for: ClientFor) -> None:
    page = client_for("ben").get(f"/reports/forms/people{MAY}")
    for told in (
        "Monthly people table",
        "May 2026",
        "12",
        "10",  # households that came before
        "not recorded",
        "&lt;b&gt;St Luke’s&lt;/b&gt;, 11 May 2026",
        "A household is counted at each visit.",
    ):
        assert told in page, told
    assert "Edit this form" not in page
    quarter = client_for("ben").get("/reports/forms/quarterly?period=2026-Q2")
    assert "Feeding America: 1.2 pounds a meal" in quarter
    assert "18" in quarter  # 8 kg are 17.6 pounds


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "pdf", "html", "txt"])
def test_a_form_goes_along_as_a_file(client_for: ClientFor, ending: str) -> None:
    answer = client_for("ben").raw(f"/reports/forms/quarterly.{ending}?period=2026-Q2")
    assert f"north-quarterly-2026-Q2.{ending}" in answer.headers["Content-Disposition"]
    page = client_for("ben").get("/reports/forms/quarterly?period=2026-Q2")
    assert f"/reports/forms/quarterly.{ending}?period=2026-Q2" in page
    if ending == "json":
        assert answer.get_json()["period"] == "2026-Q2"
    if ending == "csv":
        assert "Tins and jars,0,0,18,0,0,0,0,0,18" in answer.get_data(as_text=True)
    if ending == "pdf":
        assert "Tins and jars" in text_of(answer.get_data())
    if ending in ("html", "txt"):
        assert "Received, by product category, lb" in answer.get_data(as_text=True)
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
        assert "1 Received, by product category" in book.sheetnames


def test_without_a_period_the_last_one_that_is_over_is_shown(client_for: ClientFor) -> None:
    ben = client_for("ben")
    for key in ("weekly", "quarterly", "people", "kilograms"):
        assert "not over yet" not in ben.get(f"/reports/forms/{key}")
        assert key in ben.get("/reports/forms")


def test_a_form_can_be_filled_in_from_a_filed_report(client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert send(ada, "/reports/file", {"period": "2026-05"})[0] == 303
    page = ada.get(f"/reports/forms/people{MAY}&filed=1")
    assert "filed as no. 1" in page
    assert "From the book now" in page
    paper = ada.raw(f"/reports/forms/people.pdf{MAY}&filed=1")
    assert "Filed as no. 1, version 1" in text_of(paper.get_data())
    ada.get(f"/reports/forms/people{MAY}&filed=2", status=404)
    ada.get("/reports/forms/people?period=2026-06&filed=1", status=404)
    ada.get(f"/reports/forms/people{MAY}&filed=x", status=422)
    for path in ("people", "people.pdf", "people.txt", "people.html"):
        client_for("cleo").get(f"/reports/forms/{path}{MAY}&filed=1", status=404)


def test_a_coordinator_makes_and_edits_a_form(client_for: ClientFor) -> None:
    ada = client_for("ada")
    status, where = send(ada, "/reports/forms/new", NEW)
    assert (status, where) == (303, "/reports/forms/city-hall")
    page = ada.get(f"{where}{MAY}")
    for told in ("City hall", "What we did", "Pounds in, lb", "18", "Veterans", "not recorded"):
        assert told in page, told
    edit = ada.get(f"{where}/edit")
    assert 'value="Pounds in"' in edit
    changed = NEW | {"name": "Town hall", "archived": "yes"}
    assert send(ada, f"{where}/edit", changed) == (303, where)
    assert "Town hall" in ada.get("/reports/forms")


def test_what_is_wrong_stands_at_its_line_and_what_was_typed_is_kept(
    client_for: ClientFor,
) -> None:
    wrong = NEW | {
        "name": "",
        "tables-0-rows": "source",
        # the first line was cleared: the second is now the first
        "entries0-0-words": "",
        "entries0-0-figure": "",
        "entries0-0-unit": "",
        "entries0-1-words": "Households <i>",
        "entries0-1-figure": "households",
        "factor_source": "Somebody",
    }
    status, page = send(client_for("ada"), "/reports/forms/new", wrong)
    assert status == 422
    assert "Write something here." in page or "Fill this in, or choose one." in page
    status, page = send(client_for("ada"), "/reports/forms/new", wrong | {"name": "X"})
    assert status == 422
    assert 'id="f-entries0-0-figure-error"' in page
    assert "cannot be told apart by these rows" in page
    assert "Say how many grams are a meal" in page
    assert 'value="Households &lt;i&gt;"' in page
    nothing = {"name": "Y", "kind": "week"}
    assert "needs a table" in send(client_for("ada"), "/reports/forms/new", nothing)[1]
    titled = nothing | {"tables-0-title": "T"}
    assert "no figure yet" in send(client_for("ada"), "/reports/forms/new", titled)[1]
    code = NEW | {"entries0-0-figure": "__import__('os')"}
    assert send(client_for("ada"), "/reports/forms/new", code)[0] == 422


def test_forms_are_edited_by_coordinators_and_each_depot_has_its_own(
    client_for: ClientFor,
) -> None:
    ada, ben, cleo = (client_for(name) for name in ("ada", "ben", "cleo"))
    where = send(ada, "/reports/forms/new", NEW)[1]
    ben.get(where)
    for path in (f"{where}/edit", "/reports/forms/new", "/reports/meals", "/reports/meals/1/edit"):
        ben.get(path, status=403)
        assert send(ben, path, NEW)[0] == 403
    cleo.get(where, status=404)
    cleo.get(f"{where}/edit", status=404)
    assert send(cleo, f"{where}/edit", NEW)[0] == 404
    ada.get("/reports/forms/nothing", status=404)
    ada.get("/reports/forms/people.exe", status=404)


def test_a_coordinator_chooses_what_counts_as_a_meal(client_for: ClientFor) -> None:
    ada = client_for("ada")
    week = "/reports/weekly?week=2026-W20"
    assert "1.2 pounds (544 g) a meal" in ada.get(week)
    own = {"grams_per_meal": "1000", "stated": "1 kg a meal", "source": "Us <b>", "version": ""}
    assert send(ada, "/reports/meals", own)[0] == 303
    page = ada.get("/reports/meals")
    assert "Us &lt;b&gt;" in page
    number = re.findall(r"/reports/meals/(\d+)/edit", page)[-1]
    assert send(ada, "/reports/meals/choose", {"factor_id": number})[0] == 303
    assert "1 kg a meal; Us &lt;b&gt;" in ada.get(week)
    edited = own | {"stated": "A kilo a meal"}
    assert send(ada, f"/reports/meals/{number}/edit", edited)[0] == 303
    assert "A kilo a meal" in ada.get(week)
    for bad in ({"grams_per_meal": "0"}, {"grams_per_meal": "x"}, {"source": ""}):
        assert send(ada, "/reports/meals", own | bad)[0] == 422
    assert send(ada, "/reports/meals/choose", {"factor_id": "999"})[0] == 404
    cleo = client_for("cleo")
    assert send(cleo, f"/reports/meals/{number}/edit", own)[0] == 404
    assert send(cleo, "/reports/meals/choose", {"factor_id": number})[0] == 404


def test_programs_list_and_fill_in_forms(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        token = make_token("program", "volunteer", find_actor("ada"))
        db.session.remove()
    headers = {"Authorization": f"Bearer {token}"}
    client = client_for("")
    listed = client.raw("/api/v1/reports/forms", headers=headers).get_json()["forms"]
    assert [one["key"] for one in listed] == ["weekly", "quarterly", "people", "kilograms"]
    path = "/api/v1/reports/forms/people?period=2026-05"
    body = client.raw(path, headers=headers).get_json()
    assert body["tables"][0]["lines"][1] == {
        "name": "Households served",
        "cells": [{"value": 12, "why": ""}],
    }
    text = client.raw(f"{path}&format=text", headers=headers)
    assert text.content_type == "text/plain; charset=utf-8"
    assert "not recorded" in text.get_data(as_text=True)
    pdf = client.raw(f"{path}&format=pdf", headers=headers)
    assert pdf.content_type == "application/pdf"
    assert "Households served" in text_of(pdf.get_data())
    assert "<h1>Monthly people table</h1>" in client.raw(
        f"{path}&format=html", headers=headers
    ).get_data(as_text=True)
    assert client.raw(f"{path}&format=docx", headers=headers).status_code == 422
    assert client.raw("/api/v1/reports/forms/none", headers=headers).status_code == 404
    assert client.raw(f"{path}x", headers=headers).status_code == 422
