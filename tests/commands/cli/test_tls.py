"""`depot tls init` and what `depot serve --tls` refuses before it serves."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depot.base.errors import CertificateProblem, ConfigError, DepotError
from depot.cli import cli
from depot.cli.tls import EVERYWHERE, prepare_tls, qr_lines
from depot.serving.setup_app import create_setup_app
from depot.serving.setup_server import SetupServer
from depot.serving.tls import network
from labels.symbols.qr import QUIET_ZONE, qr_symbol
from tests.web.phones.test_phones import SETUP


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine in a shop, with a private address, a public one and its loop."""
    present = tuple(map(ip_address, ("127.0.0.1", "192.168.1.7", "203.0.113.5", "fe80::1")))
    monkeypatch.setattr(network, "present_addresses", lambda: present)
    monkeypatch.setattr(network, "machine_name", lambda: "shop")
    monkeypatch.setenv("DEPOT_DATA", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def prepared(tmp_path: Path, **settings: str) -> dict[str, str]:
    """Return the settings with which `depot serve --tls` would serve."""
    given = {"DEPOT_DATA": str(tmp_path)} | settings
    return prepare_tls(given, None, None, None).environment


def test_init_says_what_was_made_and_what_comes_next(tmp_path: Path) -> None:
    done = run("tls", "init", "--name", "depot.example.org", "--ip", "203.0.113.5")
    assert done.exit_code == 0, done.output
    assert "Made this depot's certificate authority, until 20" in done.output
    names = "depot.example.org, shop.local, localhost, 203.0.113.5, 192.168.1.7, 127.0.0.1, ::1"
    assert f"The certificate is for {names}." in done.output
    assert "Fingerprint of the authority: " in done.output
    assert str(tmp_path / "tls") in done.output
    assert "depot serve --tls" in done.output


def test_init_twice_keeps_the_authority_and_force_replaces_it(tmp_path: Path) -> None:
    run("tls", "init")
    kept = (tmp_path / "tls" / "ca.crt").read_bytes()
    again = run("tls", "init")
    assert "is there already and stays" in again.output
    assert (tmp_path / "tls" / "ca.crt").read_bytes() == kept
    assert run("tls", "init", "--force").exit_code == 0
    assert (tmp_path / "tls" / "ca.crt").read_bytes() != kept


@pytest.mark.parametrize("words", [("--name", "shop"), ("--ip", "shop.local"), ("--ip", "::")])
def test_init_refuses_what_is_no_host_and_makes_nothing(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    refused = run("tls", "init", *words)
    assert isinstance(refused.exception, CertificateProblem)
    assert not (tmp_path / "tls").exists()


def test_serving_reaches_the_network_by_its_likeliest_address(tmp_path: Path) -> None:
    given = prepared(tmp_path)
    assert given["DEPOT_HOST"] == EVERYWHERE
    assert given["DEPOT_PORT"] == "8443"
    assert given["DEPOT_BASE_URL"] == "https://192.168.1.7:8443"
    assert given["DEPOT_SETUP_URL"] == "http://192.168.1.7:8000"


def test_serving_keeps_to_what_the_settings_say(tmp_path: Path) -> None:
    given = prepared(tmp_path, DEPOT_HOST="192.168.1.7", DEPOT_PORT="8000")
    assert given["DEPOT_BASE_URL"] == "https://192.168.1.7:8000"
    assert given["DEPOT_SETUP_URL"] == "http://192.168.1.7:8001"
    given = prepared(tmp_path, DEPOT_BASE_URL="https://shop.local")
    assert given["DEPOT_BASE_URL"] == "https://shop.local"
    assert given["DEPOT_SETUP_URL"] == "http://shop.local:8000"


def test_a_chosen_name_is_what_addresses_hold(tmp_path: Path) -> None:
    run("tls", "init", "--name", "depot.example.org")
    assert prepared(tmp_path)["DEPOT_BASE_URL"] == "https://depot.example.org:8443"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DEPOT_BASE_URL": "http://192.168.1.7:8443"}, "must begin with https://"),
        ({"DEPOT_BASE_URL": "https://shop"}, "“shop” is not enough of a name"),
        ({"DEPOT_PORT": "99999"}, "DEPOT_PORT"),
    ],
)
def test_settings_that_do_not_go_with_https_are_a_sentence(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    with pytest.raises(DepotError, match=words):
        prepared(tmp_path, **settings)


def test_a_name_that_came_later_is_refused_with_the_way_out(tmp_path: Path) -> None:
    prepared(tmp_path)
    with pytest.raises(CertificateProblem, match=r"init --force --name depot\.example\.org"):
        prepared(tmp_path, DEPOT_BASE_URL="https://depot.example.org")


def test_one_port_cannot_be_for_both(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be for both"):
        prepare_tls({"DEPOT_DATA": str(tmp_path)}, None, 8443, 8443)


def test_the_port_of_the_set_up_page_belongs_to_https() -> None:
    refused = run("serve", "--setup-port", "8000")
    assert refused.exit_code == 2
    assert "--setup-port belongs to --tls" in refused.output


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port} .*--setup-port"):
            SetupServer("127.0.0.1", port, create_setup_app(SETUP))


def test_a_terminal_shows_the_symbol_with_its_quiet_zone() -> None:
    symbol = qr_symbol(SETUP.setup_url)
    lines = [
        line.removeprefix("\x1b[30;47m").removesuffix("\x1b[0m") for line in qr_lines(symbol.text)
    ]
    above = {" ": "00", "▀": "10", "▄": "01", "█": "11"}
    rows = ["".join(above[letter][half] for letter in line) for line in lines for half in (0, 1)]
    assert tuple(row[QUIET_ZONE:-QUIET_ZONE] for row in rows[QUIET_ZONE:-5]) == symbol.rows
    assert {*rows[:QUIET_ZONE], *rows[-5:]} == {"0" * symbol.side}
