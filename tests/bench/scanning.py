"""The scan page's times in a real Chromium: the first scan, and the first paint on a slow phone.

    python -m tests.bench.scanning

One row each, the middle of several runs. Both are of this machine on this day; the aims are the
project's own: a first scan within a second of the camera's start, a first paint within two seconds
on slow 4G (1.6 Mbit/s, 150 ms there and back) with a processor slowed down four times.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, Playwright

from tests.browser import PHONE, driver, launch_browser
from tests.camera_film import Scene, crate_picture, write_film
from tests.e2e.scanning import Floor, camera_arguments, read_marks, serve_floor, wait_until

RUNS: Final = 5
#: Lighthouse's slow 4G.
SLOW_4G: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER: Final = 4


def main() -> None:
    """Measure and print a table."""
    with (
        tempfile.TemporaryDirectory(prefix="depot-bench-") as name,
        driver() as playwright,
    ):
        for line in measured(playwright, Path(name)):
            _tell(line)


def measured(playwright: Playwright, folder: Path) -> Iterator[str]:
    """Yield the table's lines."""
    yield "| scan page | middle of 5, ms | slowest, ms | aim, ms |"
    yield "|---|---|---|---|"
    with launch_browser(playwright) as browser, serve_floor(folder, playwright, browser) as floor:
        shown = _held(floor, folder / "held.mjpeg")
        with launch_browser(playwright, arguments=camera_arguments(shown)) as filmed:
            yield _row("first scan after the camera started", filmed, floor, _first_scan, 1000)
            yield _row(
                "first scan after the tap, decoder not fetched yet", filmed, floor, _tap, 1000
            )
        yield _row("first paint, slow 4G, CPU / 4", browser, floor, _paint, 2000)
        yield _row("the same, a second time", browser, floor, _paint_again, 2000)


def _held(floor: Floor, path: Path) -> Path:
    code = floor.codes[0]
    picture = crate_picture(code, floor.address(f"/C/{code}"))
    return write_film(path, [Scene(picture, 90)])


def _row(name: str, browser: Browser, floor: Floor, run: Callable[[Page], float], aim: int) -> str:
    times = [_fresh(browser, floor, run) for _ in range(RUNS)]
    return f"| {name} | {statistics.median(times):,.0f} | {max(times):,.0f} | {aim:,} |"


def _fresh(browser: Browser, floor: Floor, run: Callable[[Page], float]) -> float:
    """Run in a browser window that has nothing of the page yet."""
    context = browser.new_context(
        base_url=floor.running.base_url,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        storage_state=floor.state,
    )
    try:
        return run(context.new_page())
    finally:
        context.close()


def _scan(page: Page, since: str) -> float:
    page.context.grant_permissions(["camera"])
    page.goto("/scan")
    page.locator("#scan-context").wait_for()
    page.get_by_role("button", name="Scan with the camera").click()
    wait_until(page, lambda: read_marks(page).get("scan"), 30)
    found = read_marks(page)
    return found["scan"][0] - found[since][0]


def _first_scan(page: Page) -> float:
    return _scan(page, "camera-started")


def _tap(page: Page) -> float:
    return _scan(page, "camera-asked")


def _slow(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _paint(page: Page) -> float:
    _slow(page)
    page.goto("/scan")
    return _painted(page)


def _paint_again(page: Page) -> float:
    _slow(page)
    page.goto("/scan")
    page.wait_for_load_state("networkidle")
    page.reload()
    return _painted(page)


def _painted(page: Page) -> float:
    script = (
        "performance.getEntriesByName('first-contentful-paint').map((paint) => paint.startTime)"
    )
    found: list[float] = wait_until(page, lambda: page.evaluate(script), 30)
    return found[0]


def _tell(line: str) -> None:
    print(line)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
