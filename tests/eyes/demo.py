"""The demo depot, served and signed in to, with the addresses of all its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from depot.app import create_app
from depot.config import from_environment
from tests.clients import Client
from tests.serving import Running, depot, serve_depot, settings
from tests.web.walks import password_of, walk

LOGIN: Final = "rosa"
#: What no page leads to once one is signed in.
OUTSIDE: Final = ("/sign-in", "/recover", "/offline", "/phone-ready", "/C/NOPE-NOPE", "/nowhere")


@dataclass(frozen=True)
class Demo:
    """A demo depot that listens, and its coordinator's password."""

    running: Running
    password: str

    def addresses(self) -> list[str]:
        """Return one address of each kind of page, as a coordinator finds them."""
        app = create_app(from_environment(dict(self.running.environment)))
        rosa = Client(app.test_client())
        rosa.post("/sign-in", {"login": LOGIN, "password": self.password})
        pages = walk(app, rosa.http, most=1)
        return [
            path
            for path, answer in pages
            if answer.mimetype == "text/html" and "Content-Disposition" not in answer.headers
        ]

    def sign_in(self, browser: Browser) -> str:
        """Sign in and return the name of the file that holds the cookies."""
        state = Path(self.running.environment["DEPOT_DATA"]) / "cookies.json"
        context = browser.new_context(service_workers="block")
        self.enter(context.new_page())
        context.storage_state(path=state)
        context.close()
        return str(state)

    def enter(self, page: Page) -> None:
        """Sign in on a page."""
        page.goto(f"{self.running.base_url}/sign-in")
        page.fill("input[name=login]", LOGIN)
        page.fill("input[name=password]", self.password)
        page.locator("form:has(input[name=password]) .btn.main").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)


@contextmanager
def serve_demo(data: Path, weeks: int = 2) -> Iterator[Demo]:
    """Fill the folder with a demo depot, serve it and yield it."""
    environment = settings(data)
    said = depot(environment, "demo", "--weeks", str(weeks))
    with serve_depot(environment) as running:
        yield Demo(running, password_of(said))
