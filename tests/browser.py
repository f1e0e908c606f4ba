"""A real Chromium for the tests, as installed on this machine; none is ever downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    sync_playwright,
)

from tests.programs import Missing

PATH_VARIABLE = "DEPOT_TEST_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
#: No sandbox, because a container's root has none; no traffic of the browser's own.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = (390, 844)
DESK = (1280, 800)
#: A page that needs longer than this on a slow machine is a page that hangs.
PATIENCE_MS = 15_000


def find_chromium() -> str:
    """Return the path of an installed Chrome or Chromium; raises Missing."""
    named = os.environ.get(PATH_VARIABLE)
    candidates = [named] if named else [*NAMES, *PLACES]
    for candidate in candidates:
        found = shutil.which(candidate)
        if found:
            return found
    raise Missing(
        f"no Chrome or Chromium found: set {PATH_VARIABLE}, or install it"
        " (on Debian: apt install chromium)"
    )


@contextmanager
def run_chromium() -> Iterator[Browser]:
    """Yield a running headless Chromium; raises Missing when none is installed."""
    with driver() as playwright, launch_browser(playwright) as browser:
        yield browser


@contextmanager
def driver() -> Iterator[Playwright]:
    """Yield what drives browsers; raises Missing, before it starts, when there is no browser.

    The driver needs libraries of its own, which a machine without a browser may lack.
    """
    find_chromium()
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def launch_browser(
    playwright: Playwright, home: Path | None = None, arguments: Sequence[str] = ()
) -> Iterator[Browser]:
    """Yield a Chromium of its own within a running `playwright`: there can be but one of those.

    `home` is the folder whose certificates the browser trusts beside its own, as a user's.
    Raises Missing when none is installed.
    """
    environment: dict[str, str | float | bool] | None = None
    if home:
        environment = {**os.environ, "HOME": str(home)}
    browser = playwright.chromium.launch(
        executable_path=find_chromium(), args=[*ARGUMENTS, *arguments], env=environment
    )
    try:
        yield browser
    finally:
        browser.close()


class Window:
    """One person's browser window: its own cookies, its own size, and a list of what went wrong.

    `page` is Playwright's; `complaints` collects script errors, refused resources (the
    Content-Security-Policy reports them on the console) and answers of 500 and above.
    """

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE_MS)
        self.context = context
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        # A 4xx is an answer that tests ask for; the page shows it and the test reads it there.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def picture(self, path: Path) -> None:
        """Save the whole page as a PNG at `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True)


@contextmanager
def open_window(
    browser: Browser,
    base_url: str,
    size: tuple[int, int] = PHONE,
    *,
    dark: bool = False,
    scripts: bool = True,
    state: Path | None = None,
    locale: str = "en-GB",
    worker: bool = True,
) -> Iterator[Window]:
    """Yield a fresh window of `size` CSS pixels at `base_url`; asserts that nothing complained.

    `state` is a file with the cookies of an earlier window, from Playwright's storage_state. After
    each page the service worker fetches those of the door anew, which takes as long as the page:
    who walks over all pages may go without a `worker`.
    """
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        locale=locale,
        storage_state=state,
        service_workers="allow" if worker else "block",
    )
    try:
        opened = Window(context)
        yield opened
        assert not opened.complaints, opened.complaints
    finally:
        context.close()
