"""What the tests of the scan page share: a depot with crates, Ada, and a filmed camera."""

from __future__ import annotations

import json
import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from tests.browser import PHONE, Window, launch_browser, open_window
from tests.camera_film import CAMERA, Scene, crate_picture, write_film
from tests.serving import Running, fill, serve_depot, settings

_SHEETS = Path(__file__).parent.parent / "data" / "pantry-warm"
#: The commands that import a real pantry's spreadsheet into a new depot.
PANTRY = (
    ("init", "--depot-name", "Pantry"),
    ("import", "items", str(_SHEETS / "products.csv")),
    ("import", "locations", str(_SHEETS / "shelves.csv")),
    ("import", "crates", str(_SHEETS / "boxes.csv")),
)
PATIENCE_SECONDS = 15.0
#: A hand scanner types this fast.
KEY_SECONDS = 0.008


@dataclass(frozen=True)
class Floor:
    """A running depot, filled crates of it, two of its places, a token to look into its book."""

    playwright: Playwright
    running: Running
    codes: tuple[str, ...]
    #: The old number painted on the first crate.
    box: str
    place: str
    elsewhere: str
    place_id: int
    token: str
    state: Path

    def ask(self, path: str) -> Any:
        """Return what the API answers."""
        asking = urllib.request.Request(  # noqa: S310  # our own server
            f"{self.running.base_url}/api/v1{path}",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(asking, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            return json.load(answer)

    def place_of(self, code: str) -> str | None:
        """Return where the book has a crate."""
        found: str | None = self.ask(f"/crates/{code}")["location"]
        return found

    def address(self, path: str) -> str:
        """Return an address as it stands in a symbol: in upper case but for the scheme."""
        return f"http://{self.running.base_url.removeprefix('http://').upper()}{path}"

    def crate_film(
        self, path: Path, codes: Sequence[str], frames: int = 40, rest: int = 240
    ) -> Path:
        """Film crates' labels passing by, each after a while of nothing, and nothing for long."""
        scenes = [Scene(None, 3)]
        for code in codes:
            picture = crate_picture(code, self.address(f"/C/{code}"))
            scenes += [Scene(picture, frames), Scene(None, 12)]
        return write_film(path, [*scenes, Scene(None, rest)])


def fill_with_pantry(folder: Path, *commands: tuple[str, ...]) -> str:
    """Import a real pantry's spreadsheet, run more commands, and return what the last one printed.

    Its dates are years old by now: here goods go out for ten years after, so that nobody is asked.
    """
    said = fill(folder, *PANTRY, *commands)
    with sqlite3.connect(folder / "depot.sqlite3") as book:
        book.execute("UPDATE category SET shelf_life_amount = 10, shelf_life_unit = 'year'")
    return said


@contextmanager
def serve_floor(folder: Path, playwright: Playwright, browser: Browser) -> Iterator[Floor]:
    """Serve a depot that has imported a real pantry's spreadsheet, with Ada signed in."""
    token = fill_with_pantry(folder, ("token", "create", "looker", "--role", "coordinator"))
    with serve_depot(settings(folder)) as running:
        state = folder / "cookies.json"
        with open_window(browser, running.base_url) as opened:
            join(opened.page, running)
            opened.context.storage_state(path=state)
        yield Floor(playwright, running, *_known(folder), token.strip().splitlines()[-1], state)


def _known(folder: Path) -> tuple[tuple[str, ...], str, str, str, int]:
    """Return crates that stand at some place, the first one's number, and two other places."""
    with sqlite3.connect(folder / "depot.sqlite3") as book:
        crates = book.execute(
            "SELECT code, box_number FROM crate WHERE state = 'in_use' AND box_number <> ''"
            " ORDER BY code LIMIT 12"
        ).fetchall()
        places = book.execute(
            "SELECT name, id FROM location WHERE kind = 'storage' AND id NOT IN"
            " (SELECT coalesce(parent_id, 0) FROM location) ORDER BY name LIMIT 2"
        ).fetchall()
    (place, place_id), (elsewhere, _) = places
    return tuple(code for code, _ in crates), crates[0][1], place, elsewhere, place_id


def join(page: Page, running: Running) -> None:
    """Become the first coordinator."""
    assert running.first_link is not None
    page.goto(running.first_link)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("A name to sign in with").fill("ada")
    page.get_by_label("A password").fill("bread and butter")
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{running.base_url}/")


def camera_arguments(shown: Path) -> list[str]:
    """Return the arguments of a browser whose camera shows a film."""
    return [*CAMERA, f"--use-file-for-fake-video-capture={shown}"]


@contextmanager
def open_filmed_page(floor: Floor, shown: Path, size: tuple[int, int] = PHONE) -> Iterator[Window]:
    """Open the scan page in a browser whose camera shows a film."""
    with launch_browser(floor.playwright, arguments=camera_arguments(shown)) as browser:
        with open_scan_page(browser, floor, size) as opened:
            opened.context.grant_permissions(["camera"])
            yield opened


@contextmanager
def open_scan_page(
    browser: Browser, floor: Floor, size: tuple[int, int] = PHONE, dark: bool = False
) -> Iterator[Window]:
    """Open the scan page as Ada."""
    address = floor.running.base_url
    with open_window(browser, address, size, dark=dark, state=floor.state) as opened:
        opened.page.goto("/scan")
        opened.page.locator("#scan-context").wait_for()
        yield opened


def choose_place(page: Page, place: str) -> None:
    """Choose a place that is offered: by its button, or by typing where there are many."""
    offered = page.locator("#scan-choices")
    button = offered.get_by_role("button", name=place, exact=True)
    field = offered.locator("input")
    button.or_(field).first.wait_for()
    if button.count():
        return button.click()
    field.fill(place)
    field.press("Enter")


def move_to(page: Page, place: str) -> None:
    """Choose that each crate moves to a place."""
    page.get_by_role("button", name="Change").click()
    page.locator("[data-act=move]").click()
    choose_place(page, place)


def choose(page: Page, act: str) -> None:
    """Choose an act that needs no more."""
    page.get_by_role("button", name="Change").click()
    page.locator(f"[data-act={act}]").click()


def type_code(page: Page, text: str) -> None:
    """Type a code as a person does, and press Go."""
    page.get_by_label("Code or crate number").fill(text)
    page.get_by_role("button", name="Go").click()


def type_as_scanner(page: Page, text: str) -> None:
    """Type as a hand scanner does: a key every eight milliseconds, and Enter.

    The keys say themselves when they were pressed: a busy machine delivers them later.
    """
    keys = page.context.new_cdp_session(page)
    at = time.time()
    for letter in (*text, "\r"):
        key = "Enter" if letter == "\r" else letter
        for kind in ("keyDown", "keyUp"):
            event = {"type": kind, "key": key, "timestamp": at}
            keys.send(
                "Input.dispatchKeyEvent", event | ({"text": letter} if kind == "keyDown" else {})
            )
        at += KEY_SECONDS
    keys.detach()


def wait_until(page: Page, tell: Callable[[], Any], patience: float = PATIENCE_SECONDS) -> Any:
    """Ask again and again until the answer is something, and return it; raises AssertionError.

    Playwright's own waiting for a function evaluates text, which the page's policy forbids.
    """
    ends = time.monotonic() + patience
    while True:
        told = tell()
        if told:
            return told
        assert time.monotonic() < ends, "waited in vain"
        page.wait_for_timeout(50)


def rows(page: Page) -> list[str]:
    """Return the titles of the session's list, newest first."""
    return page.locator("#scan-list .what > span:first-child").all_inner_texts()


def read_marks(page: Page) -> dict[str, list[float]]:
    """Return when what was marked happened, in milliseconds of the page's life, by name."""
    found: dict[str, list[float]] = {}
    script = "performance.getEntriesByType('mark').map((mark) => [mark.name, mark.startTime])"
    for name, at in page.evaluate(script):
        found.setdefault(name, []).append(at)
    return found
