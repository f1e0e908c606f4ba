"""What is sent to a printer goes to the local network and nowhere else."""

from __future__ import annotations

import socket
from ipaddress import ip_network
from typing import Any

import pytest

from labels.printers import network
from labels.printers.network import CannotSend, WireProblem, is_local, resolve_host, send_to_printer


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.9",
        "172.16.0.1",
        "172.31.255.1",
        "192.168.1.50",
        "169.254.7.7",
        "fe80::1%eth0",
        "fd12::1",
    ],
)
def test_private_addresses_may_be_printers(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "8.8.8.8", "2606:4700::1111"),  # noqa: S104 - refused
        *("172.32.0.1", "192.169.0.1", "100.64.0.1", "224.0.0.1", "ff02::1", "::ffff:8.8.8.8"),
        *("169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "", "printer", "10.0.0"),
        *("64:ff9b::a00:1", "2002:7f00:1::"),
    ],
)
def test_nothing_else_may(address: str) -> None:
    assert not is_local(address)


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name stand for these addresses."""

    def found(host: str, port: int, **_options: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def problem_of(call: Any, *words: Any) -> WireProblem:
    with pytest.raises(CannotSend) as caught:
        call(*words)
    return caught.value.problem


def test_a_name_is_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, "192.168.1.50")
    assert resolve_host("zebra.local", 9100) == "192.168.1.50"


def test_one_address_outside_is_enough_to_refuse_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, "192.168.1.50", "93.184.216.34")
    assert problem_of(resolve_host, "zebra.local", 9100) is WireProblem.NOT_LOCAL


@pytest.mark.parametrize("port", [0, 22, 80, 631, 9099, 9110, 65536])
def test_only_printers_ports_are_knocked_at(port: int) -> None:
    assert problem_of(resolve_host, "192.168.1.50", port) is WireProblem.PORT
    assert (
        problem_of(send_to_printer, b"", "192.168.1.50", "192.168.1.50", port) is WireProblem.PORT
    )


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_words: Any, **_options: Any) -> list[Any]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert problem_of(resolve_host, "nobody.local", 9100) is WireProblem.NO_SUCH_NAME


@pytest.mark.parametrize("host", ["a" * 300, "\ud800", "..", "a\x00b"])
def test_an_odd_name_is_no_name(host: str) -> None:
    assert problem_of(resolve_host, host, 9100) in (WireProblem.NO_SUCH_NAME, WireProblem.NOT_LOCAL)


def test_a_name_that_leads_elsewhere_now_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, "192.168.1.66")
    found = problem_of(send_to_printer, b"^XA^XZ", "zebra.local", "192.168.1.50", 9100)
    assert found is WireProblem.MOVED
    names(monkeypatch, "127.0.0.1")
    found = problem_of(send_to_printer, b"^XA^XZ", "zebra.local", "192.168.1.50", 9100)
    assert found is WireProblem.NOT_LOCAL


def test_it_connects_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []

    def connect(to: Any, timeout: float) -> Any:
        called.append((to, timeout))
        raise TimeoutError

    names(monkeypatch, "192.168.1.50")
    monkeypatch.setattr(socket, "create_connection", connect)
    found = problem_of(send_to_printer, b"^XA^XZ", "zebra.local", "192.168.1.50", 9100)
    assert found is WireProblem.NO_ANSWER
    assert called == [(("192.168.1.50", 9100), network.TIMEOUT_SECONDS)]


def test_a_printer_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "NETWORKS", (ip_network("127.0.0.0/8"),))
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(network, "PORTS", [server.getsockname()[1]])
        words = (b"x" * 50_000_000, "127.0.0.1", "127.0.0.1", server.getsockname()[1], 0.2)
        assert problem_of(send_to_printer, *words) is WireProblem.NO_ANSWER
