"""Which names and addresses a certificate may speak for."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest

from depot.base.errors import CertificateProblem
from depot.serving.tls import names
from depot.serving.tls.names import Hosts


def found(*texts: str) -> list[names.Address]:
    return [ip_address(text) for text in texts]


@pytest.mark.parametrize("text", ["Depot.Local", "depot.local.", " depot.local "])
def test_a_name_is_written_one_way(text: str) -> None:
    assert names.host_name(text) == "depot.local"


@pytest.mark.parametrize(
    "text",
    [
        *("shop", "com", "local", "", ".", "*.example.org", "a b.local", "-a.local", "192.168.1.2"),
        *("bad_name.local", "ä.local", "x" * 64 + ".local", "https://depot.local", "a..local"),
    ],
)
def test_what_is_no_name_of_a_host_is_refused_with_the_text_in_it(text: str) -> None:
    with pytest.raises(CertificateProblem, match=r"like depot\.local") as refused:
        names.host_name(text)
    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize("text", ["depot.local", "300.1.1.1", "192.168.1.0/24", ""])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(CertificateProblem, match=r"like 192\.168\.1\.20"):
        names.address(text)


@pytest.mark.parametrize("text", ["0.0.0.0", "::", "224.0.0.251", "fe80::1", "169.254.3.4"])  # noqa: S104
def test_an_address_that_no_phone_could_open_is_refused(text: str) -> None:
    with pytest.raises(CertificateProblem, match="No phone can open"):
        names.address(text)


def test_a_machine_is_reached_by_its_announced_name_and_its_private_addresses() -> None:
    hosts = names.own_hosts(
        "Shop-PC.lan",
        found("127.0.0.1", "172.17.0.1", "10.8.0.2", "192.168.1.7", "203.0.113.5", "fd00::2")
        + found("fe80::1"),
    )
    assert hosts.names == ("shop-pc.local", "localhost")
    assert list(hosts.addresses) == found(
        "192.168.1.7", "10.8.0.2", "172.17.0.1", "fd00::2", "127.0.0.1", "::1"
    )


def test_a_machine_with_a_name_that_is_none_is_localhost() -> None:
    assert names.own_hosts("my_machine", ()).names == ("localhost",)


def test_an_authority_may_speak_for_private_networks_and_chosen_addresses_alone() -> None:
    networks = names.permitted_networks(found("192.168.1.7", "203.0.113.5", "203.0.113.5"))
    assert networks == (*names.PRIVATE, ip_network("203.0.113.5/32"))
    assert not any(ip_address("8.8.8.8") in network for network in networks)


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://192.168.1.7:8443", Hosts((), (IPv4Address("192.168.1.7"),))),
        ("https://[fd00::2]:8443/depot", Hosts((), (IPv6Address("fd00::2"),))),
        ("https://Depot.Example.org", Hosts(("depot.example.org",))),
        ("https://localhost:8443", Hosts(("localhost",))),
    ],
)
def test_the_host_of_an_address_is_found(url: str, hosts: Hosts) -> None:
    assert names.hosts_of_address(url) == hosts


def test_an_ipv6_address_stands_in_brackets_in_a_web_address() -> None:
    assert names.in_url(IPv6Address("fd00::2")) == "[fd00::2]"
    assert names.in_url(IPv4Address("192.168.1.7")) == "192.168.1.7"
    assert names.in_url("depot.local") == "depot.local"
