"""A mistake that is mended counts once, on every form that a phone may keep and send later."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from blueprints.deliveries import PAGE_FORMS
from tests.e2e.phones import Site, expect_bar, join_depot, open_phone, serve_site
from tests.e2e.queued_forms import (
    BY_LINES,
    TRIALS,
    Trial,
    Trying,
    form_of,
    forms_in_templates,
    save,
    type_into,
)

pytestmark = pytest.mark.e2e

KEPT = """() => new Promise((done, failed) => {
  const opening = indexedDB.open("depot");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const all = opening.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => { opening.result.close(); done(all.result.map(({ state }) => state)); };
  };
})"""

FORGET = """() => new Promise((done, failed) => {
  const opening = indexedDB.open("depot");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const change = opening.result.transaction("kept", "readwrite");
    change.objectStore("kept").clear();
    change.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


@dataclass(frozen=True)
class Door:
    """A phone of a volunteer at a depot, with nothing waiting."""

    place: Site
    page: Page
    database: Path

    def commands(self) -> int:
        """Return how many commands the depot has taken, of whatever kind."""
        with closing(sqlite3.connect(self.database)) as book:
            return int(book.execute("SELECT count(*) FROM command_log").fetchone()[0])

    def nothing_waits(self) -> None:
        """Assert that the phone keeps nothing and says so."""
        expect(self.page.locator("#saved")).not_to_contain_text("need")
        assert self.page.evaluate(KEPT) == []
        self.page.goto("/scan/waiting")
        expect(self.page.locator("#waiting")).to_contain_text("Nothing waits")


@pytest.fixture(scope="module")
def ben(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    data = tmp_path_factory.mktemp("depot")
    with (
        serve_site(data) as place,
        open_phone(playwright, tmp_path_factory.mktemp("phone"), place) as context,
    ):
        page = context.pages[0]
        join_depot(page, place, "Ben")
        yield Door(place, page, data / "depot.sqlite3")


@pytest.fixture
def door(ben: Door) -> Door:
    """The phone with nothing on it, whatever a test before has left there."""
    ben.page.context.set_offline(False)
    ben.page.goto("/")
    ben.page.evaluate(FORGET)
    return ben


every_form = pytest.mark.parametrize("trying", TRIALS, ids=[trying.name for trying in TRIALS])


def refused(door: Door, trial: Trial) -> Locator:
    """Save the form with the mistake in it and return it as it comes back."""
    door.page.goto(trial.page)
    form = form_of(door.page, trial)
    type_into(form, trial.wrong)
    save(form)
    expect(form.locator(".outbox-problem")).to_be_visible()
    return form


def is_saved(page: Page, form: Locator) -> None:
    """Wait for the answer to a form that was set right."""
    expect(page.locator(".answer.done").first).to_be_visible()
    expect(page.locator(".outbox-problem")).to_have_count(0)
    expect_bar(page, "saved")


def test_every_form_that_may_be_sent_later_is_tried_here() -> None:
    tried = Counter(trying.form for trying in TRIALS)
    written = forms_in_templates()
    assert set(tried) == set(PAGE_FORMS) - BY_LINES == set(written)
    assert not written - tried, "a form of a template that no trial fills in"


@every_form
def test_what_is_refused_in_place_and_mended_is_one_entry(door: Door, trying: Trying) -> None:
    trial = trying.ready(door.place)
    before = door.commands()
    form = refused(door, trial)
    expect_bar(door.page, "not saved yet")
    assert door.page.evaluate(KEPT) == [], "what is on screen is no outbox item"
    type_into(form, trial.right)
    save(form)
    is_saved(door.page, form)
    assert door.commands() == before + 1
    door.nothing_waits()


@every_form
def test_what_is_refused_in_place_and_left_there_waits_nowhere(door: Door, trying: Trying) -> None:
    trial = trying.ready(door.place)
    before = door.commands()
    refused(door, trial)
    door.page.goto("/")
    expect_bar(door.page, "saved")
    door.nothing_waits()
    assert door.commands() == before


@every_form
def test_what_was_sent_later_and_refused_is_mended_from_the_list(
    door: Door, trying: Trying
) -> None:
    trial = trying.ready(door.place)
    before = door.commands()
    page = door.page
    page.goto(trial.page)
    form = form_of(page, trial)
    type_into(form, trial.wrong)
    page.context.set_offline(True)
    save(form)
    expect(page.locator(".answer").first).to_contain_text("Kept here")
    page.context.set_offline(False)
    expect_bar(page, "1 needs you")
    page.locator("#saved a").click()
    page.get_by_role("link", name="Open and mend").click()
    form = form_of(page, trial)
    type_into(form, trial.right)
    save(form)
    is_saved(page, form)
    assert door.commands() == before + 1
    door.nothing_waits()
