"""The mail server as the environment names it, and addresses that may stand in a header."""

from __future__ import annotations

import pytest

from depot.base.errors import ConfigError, Invalid
from depot.mail.addresses import clean_address
from depot.mail.server import MailServer, mail_server

SENDER = "North Depot <depot@example.org>"


def test_no_mail_server_is_a_setting_too() -> None:
    assert mail_server(None, None) is None
    assert mail_server("", "") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://mail.example.org", ("mail.example.org", 465, "tls", "", "")),
        ("smtp://mail.example.org", ("mail.example.org", 587, "starttls", "", "")),
        (
            "smtp://u%40x:p%3Aw@mail.example.org:25",
            ("mail.example.org", 25, "starttls", "u@x", "p:w"),
        ),
        ("smtp://localhost:1025", ("localhost", 1025, "plain", "", "")),
        ("smtp+plain://relay", ("relay", 25, "plain", "", "")),
    ],
)
def test_the_address_says_where_and_how(url: str, expected: tuple[object, ...]) -> None:
    found = mail_server(url, SENDER)
    assert isinstance(found, MailServer)
    assert (found.host, found.port, found.security, found.user, found.password) == expected
    assert (found.sender_name, found.sender_address) == ("North Depot", "depot@example.org")


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtps://mail.example.org", None),
        (None, SENDER),
        ("mail.example.org", SENDER),
        ("http://mail.example.org", SENDER),
        ("smtps://mail.example.org:99999", SENDER),
        ("smtps://", SENDER),
        ("smtps://mail.example.org", "North Depot"),
        ("smtps://mail.example.org", "a@b@c"),
    ],
)
def test_a_wrong_mail_setting_is_a_sentence(url: str | None, sender: str | None) -> None:
    with pytest.raises(ConfigError) as refused:
        mail_server(url, sender)
    assert "DEPOT_" in str(refused.value)


def test_the_password_is_in_no_log() -> None:
    assert "hush" not in repr(mail_server("smtps://me:hush@mail.example.org", SENDER))


def test_a_domain_of_any_alphabet_becomes_what_servers_know() -> None:
    assert clean_address(" Ann@Bücher.Example ") == "Ann@xn--bcher-kva.example"


@pytest.mark.parametrize("text", ["", "@", "ann@", "@b.c", "a b@c.d", "a@b c", "a@-b.c", "ä@b.c"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        clean_address(text)
