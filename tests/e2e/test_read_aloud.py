"""Pages as a screen reader says them, from the beginning, and what is said after saving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from depot.base.clock import utc_now
from tests.browser import PHONE, open_window
from tests.e2e.phones import Site, join_depot, serve_site
from tests.e2e.thumb import pick, save
from tests.eyes.reading import Reading, misread

pytestmark = pytest.mark.e2e

#: What is heard of each page, in this order, with other things in between.
SAID: Final = {
    "/": """
        link “Skip to the page”
        banner “”
        navigation “Places”
        link “Today”, in Places
        status “”
        link “Search”
        main “”
        link “Saturday table”
        button “Make a task of it: Ham is in fridge 1”, in From the shift before
        button “Seen: Ham is in fridge 1”, in From the shift before
        button “I’m here”
        link “Log a donation at the door”
        link “Hand out Saturday table”
        heading 2 “Just now”, in Just now
        link “Donation, Beans”, in Just now
        button “Undo: Donation, Beans, till · just now”, in Just now
        link “Donation, Rice 1 kg”, in Just now
        button “Undo: Donation, Rice 1 kg, till · just now”, in Just now""",
    "/donations/new": """
        heading 1 “Donation at the door”
        DisclosureTriangle “From Passer-by”
        group “What”
        radio “Mixed food”, in What
        radio “Bread”, in What
        textbox “How much”
        DisclosureTriangle “When: now”
        button “Add line”
        button “Save”""",
    "/crates": """
        heading 1 “Crates”
        searchbox “Code or crate number”
        navigation “Which crates”
        link “Blank labels”, in Which crates
        columnheader “In it”, in These crates in These crates
        columnheader “Weight”, in These crates in These crates
        rowheader “Beans: 20, {beans}”, in These crates in These crates
        checkbox “Tick {beans}”, in These crates in These crates
        link “Beans: 20 {beans}”, in These crates in These crates
        rowheader “Rice 1 kg: 20, {rice}”, in These crates in These crates
        button “Move”, in These crates""",
    "/crates/{rice}": """
        link “Back: Crates”
        heading 1 “{rice}”
        link “Move: {rice}”
        link “Take out: {rice}”
        link “Count: {rice}”
        heading 2 “In it”, in In it
        link “Origin and use”, in In it
        textbox “Put a word on it”, in Tags
        link “Print its label”, in More for this crate
        button “Undo: Donation, Rice 1 kg, till · just now”, in What happened""",
    "/crates/{rice}/move": """
        link “Back: Crate {rice}”
        heading 1 “Move {rice}”
        radio “Arrivals”, in Where to
        radio “On hold”, in Where to
        combobox “Or type or scan”
        button “Move it”""",
    "/crates/{rice}/count": """
        heading 1 “Count {rice}”
        textbox “There are: Rice 1 kg, no date
        button “Save the count”""",
    "/hand-outs/{event}": """
        heading 1 “Saturday table”
        link “Hand out crates or items”
        link “People helped numbers, no names”
        button “Make a task for it: Saturday table”, in Tasks
        button “Open now”""",
    "/rota/{shift}": """
        heading 1 “Sorting”
        heading 2 “Who comes”, in Who comes
        button “I’ll come”""",
    "/stock/": """
        heading 1 “Stock”
        navigation “Views of the stock”
        columnheader “Item”, in Stock by item in By item
        columnheader “Here”, in Stock by item in By item
        rowheader “Beans Allergens not known”, in Stock by item in By item
        link “Beans”, in Stock by item in By item""",
    "/reports/weekly": """
        heading 1 “Week
        button “File Week
        link “PDF”
        navigation “Before and after”
        heading 2 “Other days”""",
    "/search?q=rice": """
        combobox “What are you looking for?”
        button “Find”
        link “Rice 1 kg”, in Items
        link “{rice}”, in Crates""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_site(tmp_path_factory.mktemp("aloud")) as serving:
        yield serving


@pytest.fixture(scope="module")
def named(site: Site) -> dict[str, str]:
    """What the depot holds, by the words of SAID."""
    rice, beans = site.codes(2)
    for code, item in ((rice, "Rice 1 kg"), (beans, "Beans")):
        line = {"item": item, "quantity": 20, "crate_code": code}
        site.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
    site.api("POST", "/notes", {"text": "Ham is in fridge 1"})
    starts = utc_now() + timedelta(hours=3)
    facts = {"name": "Sorting", "starts_at": starts.isoformat()}
    facts["ends_at"] = (starts + timedelta(hours=2)).isoformat()
    shift = site.api("POST", "/activities", {"facts": facts})
    event = site.event("Saturday table")
    return {"rice": rice, "beans": beans, "event": str(event), "shift": str(shift["id"])}


def test_pages_say_what_each_thing_is(browser: Browser, site: Site, named: dict[str, str]) -> None:
    with open_window(browser, site.base_url, PHONE, worker=False) as window:
        join_depot(window.page, site, "Ada", "coordinator")
        for address, lines in SAID.items():
            window.page.goto(address.format(**named))
            heard = aloud(window.page)
            expected = [line.strip() for line in lines.format(**named).strip().splitlines()]
            for line in expected:
                found = next((at for at, one in enumerate(heard) if one.startswith(line)), None)
                assert found is not None, f"{address}: no {line} in\n" + "\n".join(heard)
                del heard[: found + 1]
            assert misread(window.page) == []


def aloud(page: Page) -> list[str]:
    """Return the page line by line; a blank before a colon is how some voices are given it."""
    return [str(one).replace(" :", ":") for one in Reading(page).said]


def test_a_cell_stands_below_its_header_where_a_table_is_folded(
    browser: Browser, site: Site, named: dict[str, str]
) -> None:
    with open_window(browser, site.base_url, PHONE, worker=False) as window:
        join_depot(window.page, site, "Bo", "coordinator")
        window.page.goto("/crates")
        (table,) = Reading(window.page).tables
        assert {len(row) for row in table.rows} == {5}


def test_what_was_saved_is_said(browser: Browser, site: Site) -> None:
    """A region that is there, and empty, before the words come into it."""
    with open_window(browser, site.base_url, PHONE) as window:
        page = window.page
        join_depot(page, site, "Cy")
        page.goto("/donations/new")
        pick(page, "Bread").click()
        page.locator("[name=weight]").fill("4")
        save(page).click()
        said = page.get_by_role("status").filter(has_text="Saved: Bread, loose, 4 kg")
        expect(said).to_have_count(1)
        assert page.locator(".answer[role]").count() == 0, "it would be said twice"
