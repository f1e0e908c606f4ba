"""What this machine is called and which addresses it has."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

import ifaddr

from depot.serving.tls.names import Address


def machine_name() -> str:
    """Return this machine's host name."""
    return socket.gethostname()


def present_addresses() -> tuple[Address, ...]:
    """Return the addresses of this machine's network adapters, as the system lists them."""
    return tuple(dict.fromkeys(_listed()))


def _listed() -> Iterator[Address]:
    for adapter in ifaddr.get_adapters():
        for found in adapter.ips:
            text = found.ip if isinstance(found.ip, str) else found.ip[0]
            yield ipaddress.ip_address(text.partition("%")[0])
