"""Ten things that people come for, each from Today or the search alone, in so many taps at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from depot.base.clock import utc_now
from tests.browser import open_window
from tests.e2e.phones import ask_api
from tests.e2e.thumb import SMALL, Thumb, pick, save
from tests.eyes.demo import Demo, serve_demo

pytestmark = pytest.mark.e2e

FOOD: Final = "Mixed food"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with serve_demo(tmp_path_factory.mktemp("depot")) as served:
        yield served


@pytest.fixture(scope="module")
def crate(demo: Demo) -> str:
    """A crate with something in it and a hand-out that is on, whatever the hour of the demo."""
    said = demo.running.command(
        *("token", "create", "till", "--role", "coordinator", "--depot", "norwood")
    )
    token = said.split()[-1]

    ask = partial(ask_api, int(demo.running.environment["DEPOT_PORT"]), token, "POST")
    (code,) = ask("/crates", {"count": 1})["codes"]
    line = {"item": "Baked beans, 400 g", "quantity": 6, "crate_code": code}
    ask("/receipts", {"source": {"kind": "donation"}, "lines": [line]})
    loose = {"category": FOOD, "weight_grams": 9000}
    ask("/receipts", {"source": {"kind": "donation"}, "lines": [loose]})
    ask("/events", {"name": "Evening table", "starts_at": utc_now().isoformat()})
    return str(code)


class Holder(Thumb):
    """A thumb of who has a crate before them."""

    def __init__(self, page: Page, code: str) -> None:
        super().__init__(page)
        self.code = code


@pytest.fixture
def thumb(browser: Browser, demo: Demo, crate: str) -> Iterator[Holder]:
    """A coordinator's thumb at Today."""
    state = Path(demo.sign_in(browser))
    with open_window(browser, demo.running.base_url, SMALL, state=state) as opened:
        opened.page.goto("/")
        yield Holder(opened.page, crate)


def found(thumb: Thumb, words: str, link: str) -> Locator:
    """Search for words, and return the result that is meant."""
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Search"), least=44)
    expect(page.locator("[name=q]")).to_be_focused()
    thumb.type(words)
    page.keyboard.press("Enter")
    return page.locator("main").get_by_role("link", name=link).first


def log_a_donation(thumb: Holder) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Donation").last)
    thumb.reach(pick(page, FOOD))
    thumb.reach(page.locator("[name=weight]"))
    thumb.type("4")
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_contain_text(f"Saved: {FOOD}, loose, 4 kg")


def take_it_back(thumb: Holder) -> None:
    """Undo what was logged, on the page that the save led to."""
    log_a_donation(thumb)
    thumb.taps = 0
    page = thumb.page
    thumb.reach(page.locator(".answer").get_by_role("button", name="Undo"))
    expect(page.locator(".answer")).to_contain_text("Undone")


def find_the_beans(thumb: Holder) -> None:
    found(thumb, "baked beens", "Baked beans, 400 g")  # as tired people type
    expect(thumb.page.locator("main")).to_contain_text("Shelf")


def move_a_crate(thumb: Holder) -> None:
    page = thumb.page
    thumb.reach(found(thumb, thumb.code[:5].lower(), thumb.code))
    thumb.tap(page.get_by_role("link", name="Move"))
    thumb.reach(page.locator("label.pick:visible").nth(2))
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_be_visible()


def take_out_what_is_spoilt(thumb: Holder) -> None:
    page = thumb.page
    thumb.reach(found(thumb, thumb.code[:5].lower(), thumb.code))
    thumb.tap(page.get_by_role("link", name="Take out"))
    thumb.reach(pick(page, "Out of date"))
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_be_visible()


def hand_out_a_bag(thumb: Holder) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Hand out").last)
    thumb.reach(page.get_by_text("Or some of an item"))
    thumb.reach(page.locator("[name=lines-0-item]"))
    thumb.type(f"{FOOD}, loose")
    thumb.reach(page.locator("[name=lines-0-amount]"))
    thumb.type("2")
    thumb.reach(page.locator("form button.main:visible").last)
    expect(page.locator(".answer.done")).to_contain_text("2 kg")


def sign_up_for_a_shift(thumb: Holder) -> None:
    page = thumb.page
    thumb.reach(page.get_by_role("button", name="I can").first)
    expect(page.locator(".answer.done")).to_be_visible()


def print_labels(thumb: Holder) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "labels", "Labels"))
    with page.expect_download():
        thumb.reach(page.get_by_role("button", name="Make the labels"))


def file_the_week(thumb: Holder) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "report", "Report"))
    thumb.reach(page.get_by_role("button", name="File again as version 2"))
    expect(page.locator(".answer.done")).to_contain_text("iled")


def invite_somebody(thumb: Holder) -> None:
    page = thumb.page
    thumb.reach(found(thumb, "invite", "People"))
    thumb.tap(page.get_by_role("link", name="Invite somebody"))
    thumb.type("Ola")
    thumb.reach(page.get_by_role("button", name="Make an invitation link"))
    expect(page.locator("main")).to_contain_text("Ola")


#: With how many taps it is done; what is typed counts apart.
TASKS: Final[tuple[tuple[Callable[[Holder], None], int], ...]] = (
    (log_a_donation, 4),
    (take_it_back, 1),
    (find_the_beans, 1),
    (move_a_crate, 5),
    (take_out_what_is_spoilt, 5),
    (hand_out_a_bag, 5),
    (sign_up_for_a_shift, 1),
    (print_labels, 3),
    (file_the_week, 3),
    (invite_somebody, 4),
)


@pytest.mark.parametrize(("task", "most"), TASKS, ids=[task.__name__ for task, _most in TASKS])
def test_a_task_takes_few_taps(thumb: Holder, task: Callable[[Holder], None], most: int) -> None:
    task(thumb)
    assert thumb.taps <= most
