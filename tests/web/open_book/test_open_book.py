"""The open book through its page, its file and the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import pytest
from flask import Flask, url_for

from blueprints.open_book import pages
from depot.base.clock import utc_now
from depot.base.kinds import SettingKind
from depot.db.transaction import transaction
from depot.open_book.settings import write_down
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.web.joining.test_joining import hang_up, join

ClientFor = Callable[[str], Client]
#: Pages with a form that sets what the open book tells of.
SETTING_FORMS: Final = (
    "agreeing_rules.edit conduct_words.ask_words conduct_words.ask_confidants devices.index"
    " exporting.index handbook.new intake.new_box items.shelf_lives mails.index"
    " name_sheets.settings needs.where network.index network.peers papers.letter people.index"
    " printers.new_printer printers.new_sheet production.frozen_lives production.new_parcel"
    " production.new_recipe reports.meals reports.new_form reports.values settings.edit"
    " visits.ages visits.cards"
)


def decide(ada: Client, path: str, **said: str) -> None:
    assert ada.post(path, {"command_id": str(uuid4())} | said).status_code == 303


def test_a_volunteer_reads_who_may_do_what_and_why(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    with app.app_context():
        ben_id = find_actor("ben").person_id
    decide(ada, f"/people/{ben_id}/role", role="coordinator", why="runs Thursdays")
    page = ben.get("/open-book/")
    assert "Ben: coordinator, was volunteer" in page
    assert "decided by Ada" in page
    assert "Why: runs Thursdays" in page
    assert "Who may do what" in ben.get("/more")
    decide(ada, f"/people/{ben_id}/end", why="moved away")
    page = ada.get("/open-book/")
    assert "Ben: works here no longer" in page
    assert "Why: moved away" in page


def test_a_helper_and_a_stranger_do_not(app: Flask, client_for: ClientFor) -> None:
    ana = client_for("")
    ana.get("/open-book/", 302)
    assert join(ana, hang_up(client_for("ada")), "Ana") == 303
    ana.get("/open-book/", 403)
    ana.get("/open-book/list.csv", 403)
    ana.get("/open-book/settings", 403)
    assert "Who may do what" not in ana.get("/more")
    assert "by the code on the wall, hung up by Ada" in client_for("ben").get("/open-book/")


def test_another_depot_has_a_book_of_its_own(client_for: ClientFor) -> None:
    page = client_for("cleo").get("/open-book/")
    assert "Cleo" in page
    assert "Ben" not in page


def test_the_book_is_turned_page_by_page(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 1)
    ada = client_for("ada")
    assert join(client_for(""), hang_up(ada), "Ana") == 303
    newest = ada.get("/open-book/")
    assert "Ana: helper" in newest
    assert "Ada: coordinator" not in newest
    assert "/open-book/?before=3" in newest
    assert "Ada: coordinator" in ada.get("/open-book/?before=2")


def test_the_list_leaves_as_a_file(client_for: ClientFor) -> None:
    lines = client_for("ben").get("/open-book/list.csv").splitlines()
    assert (
        lines[0]
        .lstrip("\ufeff")
        .startswith("Name,Role,Reads the names,Since,Until,By which decision,Why")
    )
    assert any(line.startswith("Ada,coordinator,") for line in lines)


def test_programs_read_rights_and_the_seal(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        token = make_token("reader", "volunteer", find_actor("ada"))
    bearer = {"Authorization": f"Bearer {token}"}
    client = app.test_client()
    first = client.get("/api/v1/rights", headers=bearer).get_json()
    assert {"person", "role", "since", "until", "by", "why"} <= first["rights"][0].keys()
    told = {row["person"]: row["role"] for row in first["rights"]}
    assert told["Ada"] == "coordinator"
    assert "Cleo" not in told
    assert join(client_for(""), hang_up(client_for("ada")), "Ana") == 303
    second = client.get("/api/v1/rights", headers=bearer).get_json()
    (ana,) = (row for row in second["rights"] if row["person"] == "Ana")
    assert (ana["role"], ana["by"], ana["cause"]) == ("helper", "Ada", "wall")
    assert ana["until"] > ana["since"]
    assert first["seal"] != second["seal"]
    assert client.get("/api/v1/rights").status_code == 401


def test_what_was_set_otherwise_is_told_in_words(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Nothing yet" in ben.get("/open-book/settings")
    said = {"name": "Harbour", "time_zone": "Europe/Berlin", "week_start": "7", "weight_unit": "kg"}
    decide(ada, "/settings/", **said, paper_size="A4", date_order="mdy")
    form = {"command_id": str(uuid4()), "name": "till", "role": "volunteer"}
    assert ada.post("/people/tokens", form).status_code == 201
    page = ben.get("/open-book/settings")
    assert "A week begins on: Sunday, was Monday" in page
    assert "How days are written: month first, was nothing" in page
    assert "Name: Harbour, was North" in page
    assert "A program may ask: till" in page
    assert "Role: volunteer, was nothing" in page
    assert "Wrong password" not in page
    assert "Harbour" not in client_for("cleo").get("/open-book/settings")


def test_programs_read_what_was_set_otherwise(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    with app.app_context():
        bearer = {"Authorization": f"Bearer {make_token('reader', 'volunteer', find_actor('ada'))}"}
        south = {"Authorization": f"Bearer {make_token('spy', 'volunteer', find_actor('cleo'))}"}
    client = app.test_client()
    first = client.get("/api/v1/setting-changes", headers=bearer).get_json()
    after = first["changes"][-1]["id"] if first["changes"] else 0
    said = {"name": "North", "time_zone": "Europe/Berlin", "weight_unit": "kg", "paper_size": "A4"}
    decide(ada, "/settings/", **said, week_start="7", why="The market moved.")
    decide(ada, "/settings/", **said, week_start="1")
    address = f"/api/v1/setting-changes?after={after}"
    page = client.get(f"{address}&limit=1", headers=bearer).get_json()
    (change,) = page["changes"]
    assert (change["kind"], change["by"], change["why"]) == ("depot", "Ada", "The market moved.")
    assert {"name": "week_start", "before": 1, "after": 7} in change["changed"]
    rest = client.get(f"/api/v1/setting-changes?after={page['next']}", headers=bearer).get_json()
    assert [row["why"] for row in rest["changes"]] == [""]
    assert rest["next"] is None
    theirs = client.get(address, headers=south).get_json()["changes"]
    assert "Ada" not in {row["by"] for row in theirs}


def test_why_it_was_set_otherwise_stands_beside_it(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    said = {"name": "North", "time_zone": "Europe/Berlin", "weight_unit": "kg", "paper_size": "A4"}
    command = {"command_id": str(uuid4()), "why": "The market moved to Monday."}
    decide(ada, "/settings/", **said, week_start="7", **command)
    # a repeat in other words is the same change, and the first words stay
    decide(ada, "/settings/", **said, week_start="7", **command | {"why": "For fun."})
    decide(ada, "/settings/", **said, week_start="1")
    page = ben.get("/open-book/settings")
    assert page.count("A week begins on") == 2
    assert page.count("Why: ") == 1
    assert "Why: The market moved to Monday." in page


def test_too_long_a_why_is_refused_at_its_field(client_for: ClientFor) -> None:
    ada = client_for("ada")
    said = {"name": "North", "time_zone": "Europe/Berlin", "weight_unit": "kg", "paper_size": "A4"}
    said |= {"command_id": str(uuid4()), "week_start": "7", "why": "a" * 501}
    answer = ada.post("/settings/", said)
    assert answer.status_code == 422
    assert "At most 500 letters" in answer.text
    assert "a" * 501 in answer.text
    assert "Why: " not in ada.get("/open-book/settings")


def test_each_form_of_what_is_set_asks_why(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    for endpoint in SETTING_FORMS.split():
        with app.test_request_context():
            path = url_for(endpoint)
        assert 'name="why"' in ada.get(path), endpoint


def test_what_was_set_is_turned_page_by_page(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 1)
    ada = client_for("ada")
    for name in ("till", "weigher"):
        form = {"command_id": str(uuid4()), "name": name, "role": "volunteer"}
        assert ada.post("/people/tokens", form).status_code == 201
    assert "/open-book/settings?before=2" in ada.get("/open-book/settings")
    older = ada.get("/open-book/settings?before=2")
    assert "till" in older
    assert "weigher" not in older


TOLD: list[tuple[SettingKind, str, list[list[Any]], str]] = [
    (
        "goods_value",
        "",
        [["minor_units", None, 350], ["per", None, "kg"], ["currency", None, "USD"]],
        "What goods are worth",
    ),
    ("goods_value", "Rice", [["valid_from", None, "2026-01-01"]], "Valid from: 1 Jan 2026, was"),
    ("printer", "Door", [["offset_x_tenths", 0, -15]], "Moved right, mm: −1.5, was 0"),
    ("label_sheet", "Own", [["left_micrometres", 10_000, 9_500]], "mm: 9.5, was 10"),
    ("mail", "", [["hour", 6, 7], ["readers", 0, 1]], "Addresses outside that get it: 1, was 0"),
    ("need_rule", "Rice", [["share_permille", None, 300]], "have: 30 %, was nothing"),
    ("temperature_rule", "Fridge", [["highest_tenths", 50, 80]], "At most: 8 °C, was 5 °C"),
    ("temperature_rule", "Fridge", [["every_hours", 24, 12]], "twice a day, was once a day"),
    (
        "frozen_life",
        "Bread",
        [["frozen_months", 3, None]],
        "Frozen it keeps: nothing, was 3 months",
    ),
    ("network", "South", [["shares", "nothing", "all"]], "all that is free, was nothing"),
    ("visits", "", [["is_on", True, False]], "Use visit cards: no, was yes"),
    ("age_bands", "", [["begins", None, "0, 18"]], "Ages of people helped"),
]


def test_each_value_is_told_as_its_own_page_writes_it(app: Flask, client_for: ClientFor) -> None:
    with app.app_context(), transaction() as session:
        for kind, subject, fields, _sentence in TOLD:
            write_down(session, find_actor("ada"), utc_now(), kind, subject, fields)
    page = client_for("ben").get("/open-book/settings")
    for _kind, _subject, _fields, sentence in TOLD:
        assert sentence in page
    assert "It is worth: $3.50, was nothing" in page
    assert "counted in: kg, was nothing" in page


def test_a_refused_why_comes_back_in_its_own_form(client_for: ClientFor) -> None:
    ada = client_for("ada")
    said = {"command_id": str(uuid4()), "asks_pin": "yes", "why": "b" * 501}
    answer = ada.post("/devices/pins", said)
    assert answer.status_code == 422
    forms = re.findall(r"<form[^>]* action=\"([^\"]+)\"(.*?)</form>", answer.text, re.DOTALL)
    held = [action for action, inside in forms if "b" * 501 in inside]
    assert held == ["/devices/pins"]
    mended = said | {"command_id": str(uuid4()), "why": "The door is open."}
    assert ada.post("/devices/pins", mended).status_code == 303
    assert "Why: The door is open." in client_for("ben").get("/open-book/settings")
