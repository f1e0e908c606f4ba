"""Each job from the door to Monday's report, without a mouse: tabbed to, typed, and seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from depot.base.clock import utc_now
from tests.browser import DESK, PHONE, open_window
from tests.e2e.keyboard.keys import Keyboard
from tests.e2e.phones import PASSWORD, Site, make_invitation, serve_site
from tests.e2e.thumb import add_line, pick, save

pytestmark = pytest.mark.e2e

Tried = tuple[Browser, Site, Path]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_site(tmp_path_factory.mktemp("keyboard")) as serving:
        yield serving


@pytest.fixture(scope="module")
def tried(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """The depot with goods in it, and the cookies of a coordinator who typed her way in."""
    cookies = tmp_path_factory.mktemp("cookies") / "ada.json"
    line = {"item": "Rice 1 kg", "quantity": 90}
    site.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
    with open_window(browser, site.base_url, DESK) as window:
        keys = Keyboard(window.page)
        window.page.goto(make_invitation(site, "Ada", "coordinator"))
        for label, typed in (("A name to sign in with", "ada"), ("A password", PASSWORD)):
            keys.reach(window.page.get_by_label(label))
            keys.type(typed)
        keys.press("Enter")
        expect(window.page.locator("#saved")).to_be_visible()
        window.context.storage_state(path=cookies)
        assert not keys.wrong, "\n".join(keys.wrong)
    return browser, site, cookies


@contextmanager
def keyboard(
    tried: Tried, address: str, size: tuple[int, int] = DESK, *, known: bool = True
) -> Iterator[Keyboard]:
    """Yield the keyboard of a window at an address; at the end nothing was wrong on the way."""
    browser, site, cookies = tried
    with open_window(browser, site.base_url, size, state=cookies if known else None) as window:
        window.page.goto(address)
        keys = Keyboard(window.page)
        yield keys
        assert not keys.wrong, "\n".join(dict.fromkeys(keys.wrong))


def answered(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(".answer.done").first).to_contain_text(words)


def crate(site: Site, pieces: int = 20) -> str:
    """Return the code of a crate with rice in it."""
    (code,) = site.codes(1)
    line = {"item": "Rice 1 kg", "quantity": pieces, "crate_code": code}
    site.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
    return code


def test_signing_in(tried: Tried) -> None:
    with keyboard(tried, "/sign-in", known=False) as keys:
        page = keys.page
        keys.reach(page.get_by_label("Your sign-in name or e-mail"))
        keys.type("ada")
        keys.reach(page.get_by_label("Password"))
        keys.type("not this one")
        keys.press("Enter")
        expect(
            page.locator("[aria-invalid=true], .answer.problem, [data-problems]").first
        ).to_be_visible()
        keys.reach(page.get_by_label("Your sign-in name or e-mail"))
        keys.press("ControlOrMeta+a")
        keys.type("ada")
        keys.reach(page.get_by_label("Password"))
        keys.type(PASSWORD)
        keys.press("Enter")
        expect(page.locator("#saved")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["small", "wide"])
def test_a_donation_and_its_undo(tried: Tried, size: tuple[int, int]) -> None:
    with keyboard(tried, "/", size) as keys:
        page = keys.page
        keys.follow(page.get_by_role("link", name="Log a donation").first)
        keys.reach(pick(page, "Bread").locator("input"))
        keys.reach(page.locator("[name=weight]"))
        keys.type("4")
        keys.follow(add_line(page))
        keys.reach(pick(page, "Fruit and veg").locator("input"))
        keys.reach(page.locator("[name=weight]"))
        keys.type("12.5")
        keys.follow(save(page))
        answered(page, "Saved")
        keys.follow(page.locator(".answer").get_by_role("button", name="Undo"))
        expect(page.locator(".answer").first).to_contain_text("ndone")


def test_crates_are_made_and_their_labels_printed(tried: Tried) -> None:
    with keyboard(tried, "/crates", PHONE) as keys:
        page = keys.page
        keys.follow(page.get_by_role("link", name="Fill several crates"))
        keys.reach(page.get_by_label("How many crates"))
        keys.type("2")
        keys.reach(page.get_by_label("Item").first)
        keys.type("Rice 1 kg")
        keys.press("Escape")
        keys.reach(page.get_by_label("How much").first)
        keys.type("6")
        keys.follow(save(page))
        expect(page.get_by_role("heading", level=1)).to_have_text("Labels of 2 new crates")
        with page.expect_download() as printed:
            keys.follow(save(page))
        assert printed.value.suggested_filename.endswith(".pdf")


def test_a_crate_is_moved_counted_and_emptied(tried: Tried) -> None:
    code = crate(tried[1])
    with keyboard(tried, f"/crates/{code}") as keys:
        page = keys.page
        keys.follow(page.locator("a.act", has_text="Move"))
        keys.reach(page.get_by_label("On hold"))
        keys.follow(save(page))
        expect(page.locator(".tag")).to_contain_text("Crate at On hold")
        keys.follow(page.locator("a.act", has_text="Count"))
        keys.reach(page.get_by_label("There are: Rice 1 kg"))
        keys.type("18")
        keys.follow(save(page))
        expect(page.locator(".tag + *, #crate-now")).to_contain_text("18")
        keys.follow(page.locator("a.act", has_text="Take out"))
        keys.reach(page.get_by_label("Broken"))
        keys.reach(page.get_by_label("Some of it"))
        keys.reach(page.get_by_label("Take: Rice 1 kg"))
        keys.type("3")
        keys.follow(save(page))
        answered(page, "Taken out")
        keys.follow(page.locator(".answer").get_by_role("button", name="Undo"))
        expect(page.locator(".answer").first).to_contain_text("ndone")


def test_a_hand_out(tried: Tried) -> None:
    site = tried[1]
    code, event = crate(site), site.event("Saturday table")
    with keyboard(tried, "/", PHONE) as keys:
        page = keys.page
        keys.follow(page.locator("main").get_by_role("link", name=re.compile("^Hand out")))
        if page.get_by_role("heading", level=1).inner_text() != "Saturday table":
            keys.follow(page.get_by_role("link", name="Saturday table").first)
        assert f"/hand-outs/{event}" in page.url
        keys.follow(page.locator("a.act", has_text="Hand out"))
        keys.reach(page.get_by_label("Whole crate, or a product"))
        keys.type(code.lower())
        keys.follow(save(page).first)
        answered(page, code)


def test_last_week_is_filed(tried: Tried) -> None:
    with keyboard(tried, "/", PHONE) as keys:
        page = keys.page
        keys.follow(page.locator("nav.nav").get_by_role("link", name="More"))
        keys.follow(page.get_by_role("link", name="Report").first)
        keys.follow(page.locator("form button.main"))
        answered(page, "Filed as number 1.")


def test_joining_by_the_code_on_the_wall(tried: Tried) -> None:
    url = tried[1].api("POST", "/join-links", {"uses_max": 9})["url"]
    with keyboard(tried, url, PHONE, known=False) as keys:
        keys.reach(keys.page.get_by_role("textbox"))
        keys.type("Ana")
        keys.follow(keys.page.get_by_role("button", name="I am here"))
        answered(keys.page, "Welcome, Ana.")


def test_a_shift_is_taken(tried: Tried) -> None:
    starts = utc_now() + timedelta(hours=3)
    facts = {"name": "Sorting", "starts_at": starts.isoformat()}
    facts["ends_at"] = (starts + timedelta(hours=2)).isoformat()
    tried[1].api("POST", "/activities", {"facts": facts})
    with keyboard(tried, "/more", PHONE) as keys:
        page = keys.page
        keys.follow(page.get_by_role("link", name=re.compile("^Shifts and meetings")))
        keys.follow(page.get_by_role("link", name="Sorting").first)
        keys.follow(page.get_by_role("button", name="I’ll come"))
        expect(page.get_by_role("button", name="I can’t come")).to_be_visible()


def test_a_task_is_written_and_ticked(tried: Tried) -> None:
    with keyboard(tried, "/tasks/", PHONE) as keys:
        page = keys.page
        keys.follow(page.get_by_role("link", name="Something to do"))
        keys.reach(page.locator("[name=name]"))
        keys.type("Mend the scales")
        keys.follow(save(page))
        expect(page.get_by_role("heading", level=1)).to_have_text("Mend the scales")
        keys.follow(page.get_by_role("link", name="Back: Tasks"))
        keys.follow(page.get_by_role("button", name=re.compile("^Done ?: Mend the scales")))
        expect(page.locator("#tasks")).to_contain_text("Done lately")


def test_the_shift_is_passed_on(tried: Tried) -> None:
    with keyboard(tried, "/handover/", PHONE) as keys:
        page = keys.page
        keys.follow(page.get_by_role("link", name="Pass on the shift"))
        keys.reach(page.get_by_label("What the next shift is to know"))
        keys.type("The side door sticks.")
        keys.follow(save(page))
        expect(page.locator("#notes")).to_contain_text("The side door sticks.")


def test_anything_is_found_from_anywhere(tried: Tried) -> None:
    with keyboard(tried, "/ledger") as keys:
        page = keys.page
        keys.press("/")
        expect(page.get_by_role("combobox")).to_be_focused()
        keys.stop()
        keys.type("rise")
        expect(page.get_by_role("option", name="Rice 1 kg").first).to_be_visible()
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(page.get_by_role("heading", name="Rice 1 kg", level=1)).to_be_visible()
