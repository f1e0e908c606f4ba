"""One search from every page: the page, what is suggested, and what programs are told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from uuid import uuid4

from flask import Flask, url_for

from blueprints.search.ways import WAYS
from depot.items.commands.item_codes import LearnCode, learn_code
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.guards.sources import ROOT

CODE = "7K3M-9QX2"
GTIN = "4006381333931"


def _stocked(app: Flask) -> None:
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE, box_number="Box 17")
        receive(ada, 12, "Crème fraîche", crate_code=CODE)
        learn_code(LearnCode(command_id=uuid4(), code=GTIN, item="Crème fraîche"), ada)


def test_the_page_shows_results_by_kind_without_a_script(
    app: Flask, client_for: Callable[[str], Client]
) -> None:
    _stocked(app)
    ben = client_for("ben")
    page = ben.get("/search?q=creme+fraihce")
    assert "Crème fraîche" in page
    assert CODE in page
    assert 'href="/crates/7K3M-9QX2"' in page
    assert "Nothing here is called that." in ben.get("/search?q=xylophone")
    assert "Nothing here" not in ben.get("/search")


def test_a_code_leads_straight_to_what_bears_it(
    app: Flask, client_for: Callable[[str], Client]
) -> None:
    _stocked(app)
    ben = client_for("ben")
    for asked in (CODE, "7k3m9qx2", f"http://127.0.0.1:8000/c/{CODE}"):
        answer = ben.raw("/search", query_string={"q": asked})
        assert answer.headers["Location"] == f"/crates/{CODE}"
    answer = ben.raw("/search", query_string={"q": GTIN})
    assert answer.headers["Location"].startswith("/stock/items/")
    cleo = client_for("cleo")
    for asked in (CODE, GTIN):
        assert cleo.raw("/search", query_string={"q": asked}).status_code == 200


def test_pages_are_found_by_what_people_call_them(client_for: Callable[[str], Client]) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    for asked, href in {
        "print labels": "/labels",
        "lables": "/labels",
        "weekly report": "/reports/week",
        "expiry date": "/stock/first",
        "how do i print labels": "/labels",
        "stocktaking": "/counts/",
        "my account": "/account",
    }.items():
        found = json.loads(ben.get(f"/search/suggestions?q={asked}"))["groups"]
        pages = [
            one["href"] for group in found for one in group["results"] if group["kind"] == "page"
        ]
        assert pages[0].startswith(href), (asked, pages)
    assert "/settings/" in ada.get("/search?q=settings")
    assert 'href="/settings/"' not in ben.get("/search?q=settings")


def test_guides_are_found_by_title_and_heading(client_for: Callable[[str], Client]) -> None:
    ben = client_for("ben")
    assert 'href="/guides/labels"' in ben.get("/search?q=labels+printers")
    assert 'href="/guides/search"' in ben.get("/search?q=misspelt+is+fine")


def test_a_question_is_shown_and_never_run(client_for: Callable[[str], Client]) -> None:
    page = client_for("ben").get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_programs_are_told_the_same(app: Flask, client_for: Callable[[str], Client]) -> None:
    _stocked(app)
    with app.app_context():
        token = make_token("Shop", "volunteer", find_actor("ada"))
    program = app.test_client()
    bearer = {"Authorization": f"Bearer {token}"}
    answer = program.get("/api/v1/search?q=fraiche+creme&language=de", headers=bearer)
    assert answer.status_code == 200
    item, crate = answer.get_json()["results"]
    assert set(item) == {"kind", "id", "name", "url"}
    assert (item["kind"], item["name"]) == ("item", "Crème fraîche")
    assert item["url"] == f"http://127.0.0.1:8000/stock/items/{item['id']}"
    assert crate["kind"] == "crate"
    assert crate["url"].endswith(f"/crates/{CODE}")
    people = program.get("/api/v1/search?q=ada", headers=bearer).get_json()["results"]
    assert [one["kind"] for one in people] == ["person"]
    assert program.get("/api/v1/search", headers=bearer).status_code == 422
    assert program.get("/api/v1/search?q=rice").status_code == 401


def test_every_page_has_the_glass(client_for: Callable[[str], Client]) -> None:
    page = client_for("ben").get("/")
    assert 'href="/search"' in page
    assert 'aria-keyshortcuts="/"' in page


def test_search_knows_every_page_that_the_menu_leads_to() -> None:
    menu = (ROOT / "templates" / "today" / "more.html").read_text()
    listed = set(re.findall(r"way\(url_for\('([\w.]+)'", menu))
    # who acts at a device of the depot's own is asked there
    assert listed - {"devices_public.who"} - {way.endpoint for way in WAYS} == set()


def test_each_page_of_the_table_opens_to_whom_it_is_shown(app: Flask) -> None:
    ada = Client.signed_in(app, "ada")
    with app.test_request_context():
        addresses = [url_for(way.endpoint) for way in WAYS]
    for address in addresses:
        assert ada.raw(address).status_code == 200, address
