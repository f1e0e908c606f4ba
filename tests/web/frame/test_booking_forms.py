"""All forms that take an amount or book something, found by a walk over the routes.

Each amount says its unit beside it; each form that books something can say when it happened. A form
that is new shows up here by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from blueprints.deliveries import PAGE_FORMS
from tests.clients import Client
from tests.web.depot_addresses import furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules

#: Pages' forms that book something, by where they are sent.
BOOKS: Final = {
    "intake.create",
    "crates.do_move",
    "crates.do_take_out",
    "crates.do_count",
    "crates.do_fill",
    "crates.do_empty",
    "stock.do_goods",
    "distribution.issue",
    "distribution.take_back",
    "distribution.count",
    "production.produce",
    "production.freeze",
    "production.thaw",
    "crates.do_pack",
    "dropoffs.confirm",
    "requests.hand_over",
    "transfers.send",
    "transfers.receive",
}
#: Forms with an amount that book nothing.
BOOKS_NOTHING: Final = {
    "counts.add_found",  # a line of a draft
    "items.create_item",
    "items.update_item",
    "items.create_category",
    "items.update_category",
    "needs.save_category",
    "offers.offer",  # what may be had: it is booked when it is sent
    "offers.take",
    "transfers.ask_for",
    "needs.save_item",
    "reports.add_value",  # money
    "papers.save_plan",
    "distribution.fetch",  # goods lie where they lay until they are handed out
    "requests.create",  # what is asked for
    "requests.approve",  # what is promised
    "production.create_recipe",  # a plan: what is made by it says when
    "production.update_recipe",
    "production.create_parcel",  # likewise: an event's plan is made by it
    "production.update_parcel",
    "production.save_frozen_life",
    "production.plan_parcels",
    "scans.do_learn",
}
#: Numbers that are no amount, or of what their label names: they need no unit beside them.
NO_AMOUNT: Final = re.compile(
    r"households|adults|children|seniors|"
    r"position|port|across|down|times|count|start_at|hour|number|shelf_life_amount|frozen_amount|"
    r"own_(width|height)|offset_[xy]|share|grams_per_meal|days|people|"
    r"every|month_day|capacity|uses_max|cards|open_places|idle_minutes|pin"
)


def forms_of(page: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of each form of a page that is sent by POST."""
    for found in re.finditer(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        if 'method="post"' in found[1] and (action := re.search(r'action="([^"]*)"', found[1])):
            yield action[1], found[2]


def endpoint_of(app: Flask, action: str) -> str:
    path = action.partition("?")[0].replace("&amp;", "&")
    try:
        return str(app.url_map.bind("localhost").match(path, method="POST")[0])
    except HTTPException:
        return ""


@pytest.fixture
def pages(app: Flask) -> dict[str, str]:
    """Every page of a depot that has one of everything, by its endpoint."""
    north = furnish(app)
    ada = Client.signed_in(app, "ada")
    found: dict[str, str] = {}
    for rule in rules(app, "GET"):
        if rule.endpoint in NAMES_NOTHING:
            continue
        answer = ada.raw(_address(rule, north.address(rule)))
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found[rule.endpoint] = answer.get_data(as_text=True)
    return found


def _address(rule: Rule, address: str) -> str:
    return address + "?from=Zzyzx+shelf" if rule.endpoint == "crates.fill" else address


#: What is written on a count sheet, a draft: the sheet itself says when it was counted.
ON_A_SHEET = {"count-lines", "count-found", "count-crate"}
#: The page at the table is pressed while it happens; a slip is written where its hand-out is.
PRESSED_NOW = {"table.show"}
#: What is fetched for a hand-out is in no book before it is handed out.
FETCHED = {"pick", "tick"}
#: A yes or no to a shift is said when it is pressed; which of them is asked depends on who is in.
OF_A_SHIFT = {"take-part", "seek-stand-in", "give-back"}
#: What people say of themselves and to each other: the phone keeps when it was pressed.
BETWEEN_PEOPLE = {
    "come",
    "leave",
    "note",
    "note-task",
    "proposal",
    "response",
    "seen",
    "task-done",
    "task-tick",
}


def test_each_form_that_books_something_can_say_when(app: Flask, pages: dict[str, str]) -> None:
    met, without = set(), set()
    for page in (page for shown, page in pages.items() if shown not in PRESSED_NOW):
        for action, html in forms_of(page):
            endpoint = endpoint_of(app, action)
            if endpoint in BOOKS_NOTHING or not ("data-amount" in html or endpoint in BOOKS):
                continue
            met.add(endpoint)
            if 'name="when_day"' not in html or 'name="when_time"' not in html:
                without.add(endpoint)
    assert without == set()
    assert met == BOOKS


def test_each_form_that_a_phone_keeps_can_say_when(pages: dict[str, str]) -> None:
    kept = {
        (endpoint, name[1]): "when_day" in html
        for endpoint, page in pages.items()
        for attributes, html in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL)
        if (name := re.search(r'data-outbox="([^"]+)"', attributes))
    }
    timeless = ON_A_SHEET | FETCHED | OF_A_SHIFT | BETWEEN_PEOPLE
    without = {what for what, has in kept.items() if not has and what[1] not in timeless}
    assert {what for what in without if what[0] not in PRESSED_NOW} == set()
    may_be_away = OF_A_SHIFT | BETWEEN_PEOPLE
    assert {name for _endpoint, name in kept} | may_be_away == set(PAGE_FORMS) - {"count-lines"}


def test_each_amount_says_its_unit(pages: dict[str, str]) -> None:
    fields, without = 0, set()
    for endpoint, page in pages.items():
        for found in re.finditer(
            r'<input [^>]*inputmode="(?:decimal|numeric)"[^>]*>(.{0,80})', page
        ):
            name = re.search(r'name="([^"]*)"', found[0])
            assert name
            if NO_AMOUNT.search(name[1]):
                continue
            fields += 1
            unit = re.match(r'<span class="unit"[^>]*>([^<]+)', found[1])
            if unit is None or not unit[1].strip():
                without.add(f"{endpoint}: {name[1]}")
    assert without == set()
    assert fields > 40
