"""Phones for the tests of what works without a connection: each a browser profile of its own."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from depot.base.clock import utc_now
from tests.browser import ARGUMENTS, PATIENCE_MS, PHONE, find_chromium
from tests.faulty import FaultyProxy, faulty_connection
from tests.serving import Running, fill, free_port, serve_depot, settings

PASSWORD = "bread and butter"
#: Short times, so that a trial with many failures ends soon.
PACE = {"timeout": 900, "first": 30, "most": 250, "commands": 5}
Json = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """A depot behind a connection that can be made bad; phones know only the proxy's address."""

    running: Running
    proxy: FaultyProxy
    base_url: str
    token: str

    def api(self, method: str, path: str, body: Json | None = None) -> Any:
        """Ask the depot itself, not through the bad connection."""
        return ask_api(self.proxy.port, self.token, method, path, body)

    def entries(self, kind: str) -> list[Json]:
        """Return all entries of that kind in the order of the book."""
        found: list[Json] = []
        after = ""
        while True:
            page = self.api("GET", f"/entries?kind={kind}&limit=200{after}")
            found += page["entries"]
            if page["next"] is None:
                return sorted(found, key=lambda entry: int(entry["seq"]))
            after = f"&after={page['next']}"

    def codes(self, count: int) -> list[str]:
        """Make blank crates."""
        made: list[str] = self.api("POST", "/crates", {"count": count})["codes"]
        return made

    def event(self, name: str = "Saturday") -> int:
        """Plan a hand-out of today and return its number."""
        starts = {"name": name, "starts_at": utc_now().isoformat()}
        return int(self.api("POST", "/events", starts)["id"])


def ask_api(port: int, token: str, method: str, path: str, body: Json | None = None) -> Any:
    """Ask the depot that listens at a port of this machine; return what it answered."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    sent = json.dumps({"command_id": str(uuid4())} | body) if body is not None else None
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as way:
        way.request(method, f"/api/v1{path}", sent, headers)
        answer = way.getresponse()
        told = json.loads(answer.read())
    assert answer.status < 300, told
    return told


@contextmanager
def serve_site(
    data: Path, host: str = "127.0.0.1", *, name: str = "North", language: str = "en"
) -> Iterator[Site]:
    """Serve a depot with a coordinator, ada, behind a proxy that works until it is told not to."""
    environment = settings(data)
    port = free_port()
    base_url = f"http://{host}:{port}"
    environment |= {"DEPOT_BASE_URL": base_url}
    begun = ("init", "--depot-name", name, "--language", language)
    made = begun, ("token", "create", "till", "--role", "coordinator")
    token = fill(data, *made).split()[-1]
    proxy = FaultyProxy(int(environment["DEPOT_PORT"]), stall=1.2)
    with serve_depot(environment) as running, faulty_connection(proxy, port):
        yield Site(running, proxy, base_url, token)


def make_invitation(place: Site, name: str, role: str = "volunteer") -> str:
    """Return the address of an invitation."""
    said = place.running.command("person", "invite", name, "--role", role)
    link = re.search(r"https?://\S+/join/\S+", said)
    assert link, said
    return link[0]


def join_depot(page: Page, place: Site, name: str, role: str = "volunteer") -> None:
    """Make an account on this phone; the sign-in name is the name in lower case."""
    page.goto(make_invitation(place, name, role))
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A name to sign in with").fill(name.lower())
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.locator("#saved")).to_be_visible()


def sign_in(page: Page, name: str) -> None:
    """Sign in on the page that asks for it."""
    page.get_by_label("Your sign-in name or e-mail").fill(name.lower())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@contextmanager
def open_phone(
    playwright: Playwright, profile: Path, place: Site, *, online: bool = True
) -> Iterator[BrowserContext]:
    """Open a browser whose profile lasts: closed and opened again, it knows what it knew."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=find_chromium(),
        args=list(ARGUMENTS),
        base_url=place.base_url,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        reduced_motion="reduce",
        locale="en-GB",
        offline=not online,
    )
    context.set_default_timeout(PATIENCE_MS)
    pace = json.dumps(json.dumps(PACE))
    context.add_init_script(f"try {{ localStorage.setItem('depot.pace', {pace}) }} catch {{}}")
    try:
        yield context
    finally:
        context.close()


def ready_offline(page: Page, last: str = "/donations/new") -> None:
    """Wait until the pages of the door open without a connection, up to the one named."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/scan")
    for _ in range(150):
        kept = f"caches.open('pages').then((pages) => pages.match('{last}')).then(Boolean)"
        if page.evaluate(kept):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the pages were not kept")


def expect_bar(page: Page, words: str, timeout: float = PATIENCE_MS) -> None:
    """Expect the bar to say this."""
    expect(page.locator("#saved")).to_contain_text(words, timeout=timeout)
