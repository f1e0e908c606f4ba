"""A browser that trusts the depot's authority, as a phone that was set up; no override anywhere."""

from __future__ import annotations

import http.server
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect

from depot.serving.tls import certificates, network
from depot.serving.tls.files import Folder
from depot.serving.tls.names import Hosts
from tests.browser import DESK, PHONE, launch_browser, open_window
from tests.eyes.looking import problems
from tests.programs import need_program
from tests.serving import Running, depot, free_port, serve_depot, settings

pytestmark = pytest.mark.e2e

NAME = "depot.example.org"
BANK = "mybank.example"
#: An address of this machine that is not its own loop, if it is on any network.
LAN = next((a for a in network.present_addresses() if a.version == 4 and not a.is_loopback), None)
ADDRESS = str(LAN or "127.0.0.1")
RESOLVER = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP {BANK} 127.0.0.1"


@dataclass(frozen=True)
class Secured:
    """A depot on https, with its set-up page on plain http."""

    running: Running
    data: Path
    port: int
    setup_port: int

    def url(self, host: str) -> str:
        return f"https://{host}:{self.port}"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """A depot whose authority may vouch for a name and for an address of this machine."""
    data = tmp_path_factory.mktemp("secured")
    environment = settings(data)
    port, setup_port = int(environment["DEPOT_PORT"]), free_port()
    environment |= {"DEPOT_BASE_URL": f"https://{NAME}:{port}", "DEPOT_HOST": "0.0.0.0"}  # noqa: S104
    depot(environment, "tls", "init", "--name", NAME, "--ip", ADDRESS)
    with serve_depot(environment, "--tls", "--setup-port", str(setup_port)) as running:
        yield Secured(running, data, port, setup_port)


@pytest.fixture(scope="module")
def phone(
    playwright: Playwright, secured: Secured, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser that was told to trust the authority, in the way its users do it."""
    home = tmp_path_factory.mktemp("home")
    trust(home, secured.data / "tls" / "ca.crt")
    with launch_browser(playwright, home, [RESOLVER]) as running:
        yield running


def trust(home: Path, authority: Path) -> None:
    """Put an authority into the list that Chromium keeps for its user."""
    certutil = need_program("certutil", "libnss3-tools")
    folder = home / ".pki" / "nssdb"
    folder.mkdir(parents=True)
    store = f"sql:{folder}"
    subprocess.run([certutil, "-d", store, "-N", "--empty-password"], check=True)
    words = [certutil, "-d", store, "-A", "-t", "C,,", "-n", "depot", "-i", str(authority)]
    subprocess.run(words, check=True)


@pytest.mark.parametrize("host", [NAME, ADDRESS, "localhost"])
def test_a_phone_that_was_set_up_gets_a_camera_and_works_without_signal(
    phone: Browser, secured: Secured, host: str
) -> None:
    with open_window(phone, secured.url(host)) as opened:
        page = opened.page
        page.goto("/phone-ready")
        expect(page.get_by_role("heading", name="This phone is ready")).to_be_visible()
        assert page.evaluate("window.isSecureContext")
        assert page.evaluate("typeof navigator.mediaDevices.getUserMedia") == "function"
        registered = page.evaluate(
            "navigator.serviceWorker.register('/sw.js')"
            ".then(() => navigator.serviceWorker.ready).then(({scope}) => scope)"
        )
        assert registered == f"{secured.url(host)}/"


def test_without_https_there_is_no_camera(phone: Browser, secured: Secured) -> None:
    """Else the test above would prove nothing; an address of the loop is trusted as it is."""
    with open_window(phone, f"http://{NAME}:{secured.setup_port}") as opened:
        opened.page.goto("/")
        assert not opened.page.evaluate("window.isSecureContext")
        assert opened.page.evaluate("navigator.mediaDevices === undefined")


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "dark"])
def test_the_set_up_page_is_accessible(
    phone: Browser, secured: Secured, size: tuple[int, int], dark: bool
) -> None:
    with open_window(phone, f"http://{NAME}:{secured.setup_port}", size, dark=dark) as opened:
        opened.page.goto("/")
        for steps in opened.page.locator("summary").all():
            steps.click()
        assert not problems(opened.page, opened.page.url)


def test_a_phone_that_was_not_set_up_is_warned(
    playwright: Playwright, secured: Secured, tmp_path: Path
) -> None:
    with launch_browser(playwright, tmp_path, [RESOLVER]) as stranger:
        page = stranger.new_page()
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            page.goto(secured.url(NAME))


def test_the_first_coordinator_joins_over_https_with_a_cookie_for_https_alone(
    phone: Browser, secured: Secured
) -> None:
    with open_window(phone, secured.url(NAME)) as opened:
        page = opened.page
        link = secured.running.first_link
        assert link is not None
        assert link.startswith(secured.url(NAME))
        page.goto(link)
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("A name to sign in with").fill("ada")
        page.get_by_label("A password").fill("bread and butter")
        page.get_by_role("button", name="Make my account").click()
        expect(page).to_have_url(f"{secured.url(NAME)}/")
        cookies = {cookie["name"]: cookie["secure"] for cookie in opened.context.cookies()}
        assert cookies == {"__Host-depot": True, "__Host-depot-device": True}
        page.goto("/more")
        page.get_by_role("link", name="Set up this phone").click()
        expect(page).to_have_url(f"http://{NAME}:{secured.setup_port}/")


def test_the_steps_lead_from_an_old_label_to_its_page(phone: Browser, secured: Secured) -> None:
    """A label printed before there was https, scanned by a phone: without scripts, as ever."""
    plain = f"http://{NAME}:{secured.setup_port}"
    with open_window(phone, plain, scripts=False) as opened:
        page = opened.page
        page.goto("/C/7K3M-9QX2")
        expect(page.get_by_role("heading", name="Set up this phone")).to_be_visible()
        with page.expect_download() as downloading:
            page.get_by_role("link", name="Download the certificate").click()
        content = downloading.value.path().read_bytes()
        assert content == (secured.data / "tls" / "ca.crt").read_bytes()
        page.get_by_role("link", name="Check this phone").click()
        expect(page.get_by_role("heading", name="This phone is ready")).to_be_visible()
        page.get_by_role("link", name="Open Depot").click()
        assert "/sign-in" in page.url
        assert "7K3M-9QX2" in page.url


def test_the_authority_cannot_vouch_for_a_bank(
    phone: Browser, secured: Secured, tmp_path: Path
) -> None:
    """A thief who has the key signs a certificate for a bank: the browser does not believe it."""
    with impostor(secured, tmp_path, BANK) as port, open_window(phone, "about:blank") as opened:
        with pytest.raises(Error, match="ERR_CERT"):
            opened.page.goto(f"https://{BANK}:{port}")
    with impostor(secured, tmp_path, NAME) as port, open_window(phone, "about:blank") as opened:
        assert opened.page.goto(f"https://{NAME}:{port}")  # what it may vouch for


@contextmanager
def impostor(secured: Secured, folder: Path, host: str) -> Iterator[int]:
    """Serve `folder` over https with a certificate for `host`; yield the port."""
    kept = Folder.within(secured.data).authority()
    assert kept is not None
    key, now = certificates.new_key(), datetime.now(UTC)
    leaf = certificates.server_certificate(key, Hosts((host,)), kept.certificate, kept.key, now)
    stolen = Folder(folder)
    stolen.keep_server(leaf, key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(stolen.server_file)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


class Quiet(http.server.BaseHTTPRequestHandler):
    """Answers anything with one word."""

    def do_GET(self) -> None:  # noqa: N802 - the base's own name
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True  # the browser hung up in the middle, as it should
