"""Ten things that people come for, each from Today or the search alone, in so many taps at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import open_window
from tests.e2e.thumb import SMALL, Thumb, pick, save
from tests.eyes.demo import Demo, serve_demo

pytestmark = pytest.mark.e2e

CRATE: Final = "G4NM-3FQC"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with serve_demo(tmp_path_factory.mktemp("depot")) as served:
        yield served


@pytest.fixture
def thumb(browser: Browser, demo: Demo) -> Iterator[Thumb]:
    """A coordinator's thumb at Today."""
    state = Path(demo.sign_in(browser))
    with open_window(browser, demo.running.base_url, SMALL, state=state) as opened:
        opened.page.goto("/")
        yield Thumb(opened.page)


def found(thumb: Thumb, words: str, link: str) -> Locator:
    """Search for words, and return the result that is meant."""
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Search"), least=44)
    expect(page.locator("[name=q]")).to_be_focused()
    thumb.type(words)
    page.keyboard.press("Enter")
    return page.locator("main").get_by_role("link", name=link).first


def log_a_donation(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Donation").last)
    thumb.reach(pick(page, "Mixed food"))
    thumb.reach(page.locator("[name=weight]"))
    thumb.type("4")
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_contain_text("Saved: Mixed food, loose, 4 kg")


def take_it_back(thumb: Thumb) -> None:
    """Undo what was logged, on the page that the save led to."""
    log_a_donation(thumb)
    thumb.taps = 0
    page = thumb.page
    thumb.reach(page.locator(".answer").get_by_role("button", name="Undo"))
    expect(page.locator(".answer")).to_contain_text("Undone")


def find_the_beans(thumb: Thumb) -> None:
    found(thumb, "baked beens", "Baked beans, 400 g")  # as tired people type
    expect(thumb.page.locator("main")).to_contain_text("Shelf")


def move_a_crate(thumb: Thumb) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "g4nm3", CRATE))
    thumb.tap(page.get_by_role("link", name="Move"))
    thumb.reach(page.locator("label.pick:visible").nth(2))
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_be_visible()


def take_out_what_is_spoilt(thumb: Thumb) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "g4nm", CRATE))
    thumb.tap(page.get_by_role("link", name="Take out"))
    thumb.reach(pick(page, "Out of date"))
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_be_visible()


def hand_out_a_bag_of_bread(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Hand out").last)
    thumb.reach(page.get_by_text("Or some of an item"))
    thumb.reach(page.locator("[name=lines-0-item]"))
    thumb.type("Mixed food, loose")
    thumb.reach(page.locator("[name=lines-0-amount]"))
    thumb.type("2")
    thumb.reach(page.locator("form button.main:visible").last)
    expect(page.locator(".answer.done")).to_contain_text("2 kg")


def sign_up_for_a_shift(thumb: Thumb) -> None:
    page = thumb.page
    thumb.reach(page.get_by_role("button", name="I can").first)
    expect(page.locator(".answer.done")).to_be_visible()


def print_labels(thumb: Thumb) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "labels", "Labels"))
    with page.expect_download():
        thumb.reach(page.get_by_role("button", name="Make the labels"))


def file_the_week(thumb: Thumb) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "report", "Report"))
    thumb.reach(page.get_by_role("button", name="File again as version 2"))
    expect(page.locator(".answer.done")).to_contain_text("iled")


def invite_somebody(thumb: Thumb) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "invite", "People"))
    thumb.tap(page.get_by_role("link", name="Invite somebody"))
    thumb.type("Ola")
    thumb.reach(page.get_by_role("button", name="Make an invitation link"))
    expect(page.locator("main")).to_contain_text("Ola")


#: With how many taps it is done; what is typed counts apart.
TASKS: Final[tuple[tuple[Callable[[Thumb], None], int], ...]] = (
    (log_a_donation, 4),
    (take_it_back, 1),
    (find_the_beans, 1),
    (move_a_crate, 5),
    (take_out_what_is_spoilt, 5),
    (hand_out_a_bag_of_bread, 5),
    (sign_up_for_a_shift, 1),
    (print_labels, 3),
    (file_the_week, 3),
    (invite_somebody, 4),
)


@pytest.mark.parametrize(("task", "most"), TASKS, ids=[task.__name__ for task, _most in TASKS])
def test_a_task_takes_few_taps(thumb: Thumb, task: Callable[[Thumb], None], most: int) -> None:
    task(thumb)
    assert thumb.taps <= most
