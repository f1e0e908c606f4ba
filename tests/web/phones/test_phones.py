"""The page that sets a phone up, served without https, and the proof that it worked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from blueprints.phones.setup import PhoneSetup
from depot.app import create_app
from depot.serving.setup_app import create_setup_app
from labels.symbols.qr import qr_symbol
from tests.clients import Client
from tests.conftest import config_for

ClientFor = Callable[[str], Client]
SETUP = PhoneSetup(
    base_url="https://192.168.1.7:8443",
    setup_url="http://192.168.1.7:8000",
    authority=b"-----BEGIN CERTIFICATE-----\n",
    title="Depot on <shop>",
    fingerprint="AB12 CD34",
    depot_name="North Pantry",
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def phone() -> Client:
    """A phone that is not set up yet."""
    return Client(create_setup_app(SETUP).test_client())


def opened(page: str) -> list[str]:
    """Return what stands in the summaries of the parts that are open."""
    parts = page.split('<details class="device" open>')[1:]
    return [part.partition("<summary>")[2].partition("<svg")[0] for part in parts]


def test_the_page_has_the_certificate_the_steps_and_the_check(phone: Client) -> None:
    page = phone.get("/")
    assert 'href="/ca.crt"' in page
    assert 'href="https://192.168.1.7:8443/phone-ready"' in page
    assert "Certificate Trust Settings" in page
    assert "Install anyway" in page
    assert "AB12 CD34" in page
    assert "North Pantry" in page
    assert "Depot on &lt;shop&gt;" in page


def test_the_symbol_on_the_page_leads_the_next_phone_here(phone: Client, tmp_path: Path) -> None:
    symbol = qr_symbol(SETUP.setup_url)
    assert symbol.svg_path in phone.get("/")
    (tmp_path / "symbol.png").write_bytes(symbol.png())
    found = zxingcpp.read_barcodes(Image.open(tmp_path / "symbol.png"))
    assert [code.text for code in found] == ["http://192.168.1.7:8000"]


@pytest.mark.parametrize(
    ("agent", "title"),
    [
        (IPHONE, ["iPhone or iPad"]),
        (PIXEL, ["Android phone"]),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", ["Windows"]),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", ["Mac"]),
        ("Mozilla/5.0 (X11; Linux x86_64)", ["Linux or Chromebook, and Firefox anywhere"]),
        ("curl/8", []),
    ],
)
def test_the_steps_of_the_phone_that_asks_are_open(
    phone: Client, agent: str, title: list[str]
) -> None:
    answer = phone.raw("/", headers={"User-Agent": agent})
    assert opened(answer.get_data(as_text=True)) == title


def test_the_certificate_comes_as_phones_install_it(phone: Client) -> None:
    answer = phone.raw("/ca.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    assert answer.data == SETUP.authority
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/C/7K3M-9QX2", "/join/abc", "/sign-in", "/api/v1/items"])
def test_everything_else_leads_to_the_page_and_is_remembered(phone: Client, path: str) -> None:
    answer = phone.raw(path)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/?to={path}"
    page = phone.get(f"/?to={path}")
    assert f'href="https://192.168.1.7:8443/phone-ready?to={path}"' in page


def test_a_query_of_what_is_remembered_stays_whole(phone: Client) -> None:
    answer = phone.raw("/crates?state=blank&q=a%26b")
    page = phone.raw(answer.headers["Location"]).get_data(as_text=True)
    assert "phone-ready?to=/crates%3Fstate%3Dblank%26q%3Da%2526b" in page


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:1",
    ],
)
def test_another_site_is_never_remembered(
    phone: Client, client_for: ClientFor, wanted: str
) -> None:
    for client, path in ((phone, "/"), (client_for(""), "/phone-ready")):
        page = client.raw(path, query_string={"to": wanted}).get_data(as_text=True)
        assert "evil" not in page
        assert "javascript:1" not in page


def test_nothing_can_be_sent_and_nothing_is_kept(phone: Client) -> None:
    answer = phone.http.post("/sign-in", data={"login": "ada", "password": "secret words"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    for path in ("/", "/ca.crt", "/C/7K3M-9QX2"):
        assert "Set-Cookie" not in phone.raw(path).headers


def test_several_depots_in_one_program_are_not_named(tmp_path: Path) -> None:
    page = Client(create_setup_app(replace(SETUP, depot_name=None)).test_client()).get("/")
    assert "<title>Set up this phone · Depot</title>" in page


def test_a_phone_that_came_over_https_is_ready(client_for: ClientFor) -> None:
    page = client_for("").raw("/phone-ready?to=/C/7K3M-9QX2", base_url="https://localhost")
    assert "This phone is ready" in page.get_data(as_text=True)
    assert 'href="/C/7K3M-9QX2"' in page.get_data(as_text=True)


def test_a_phone_that_came_without_https_is_told_so(client_for: ClientFor) -> None:
    page = client_for("").get("/phone-ready")
    assert "This phone is not ready yet" in page
    assert "hand scanners work all the same" in page


def test_more_leads_to_the_set_up_when_there_is_one(
    app: Flask, client_for: ClientFor, tmp_path: Path
) -> None:
    assert "Set up this phone" not in client_for("ben").get("/more")
    config = config_for(tmp_path, app.config["DEPOT"].database_url)
    secured = create_app(replace(config, setup_url="http://192.168.1.7:8000"))
    page = Client.signed_in(secured, "ben").get("/more")
    assert 'href="http://192.168.1.7:8000"' in page
