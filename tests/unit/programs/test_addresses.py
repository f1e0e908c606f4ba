"""Where a webhook may lead, and where not."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from depot.base.errors import Invalid
from depot.programs.addresses import Target, may_lead_to, read_address

HOUSE = (ip_network("127.0.0.1/32"), ip_network("192.168.7.0/24"), ip_network("169.254.0.0/16"))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://example.org", Target(True, "example.org", 443, "/")),
        ("https://Example.org./a?b=c", Target(True, "example.org", 443, "/a?b=c")),
        ("https://example.org:8443/", Target(True, "example.org", 8443, "/")),
        ("https://[2001:4860:4860::8888]/", Target(True, "2001:4860:4860::8888", 443, "/")),
    ],
)
def test_an_address_of_the_internet_is_read(text: str, target: Target) -> None:
    assert read_address(text, ()) == target


def test_a_host_is_named_with_an_unusual_port() -> None:
    assert Target(True, "::1", 8443, "/").named == "[::1]:8443"
    assert Target(False, "example.org", 80, "/").named == "example.org"


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org/",
        "ftp://example.org/",
        "example.org",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org/a b",
        "https://example.org\\@evil.test/",
        "https://example.org/ä",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://exa\nmple.org/",
        "https://" + "a" * 500,
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_what_no_webhook_may_have_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_address(text, ())


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.7.9",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "0.0.0.0",  # noqa: S104 - compared only
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "::127.0.0.1",
    ],
)
def test_a_machine_that_is_not_of_the_internet_is_not_reached(number: str) -> None:
    assert not may_lead_to(ip_address(number), (), is_secure=True)


def test_what_the_settings_name_is_reached_and_by_http_too() -> None:
    for number in ("127.0.0.1", "::ffff:127.0.0.1", "192.168.7.9"):
        assert may_lead_to(ip_address(number), HOUSE, is_secure=False)
    assert not may_lead_to(ip_address("192.168.8.1"), HOUSE, is_secure=False)
    assert not may_lead_to(ip_address("169.254.169.254"), HOUSE, is_secure=True), "never"
    assert may_lead_to(ip_address("8.8.8.8"), HOUSE, is_secure=True)
    assert not may_lead_to(ip_address("8.8.8.8"), HOUSE, is_secure=False), "https alone"
    assert read_address("http://127.0.0.1:8000/", HOUSE) == Target(False, "127.0.0.1", 8000, "/")
