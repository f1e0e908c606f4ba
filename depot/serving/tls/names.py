"""Which names and addresses certificates may speak for. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final
from urllib.parse import urlsplit

from depot.base.errors import CertificateProblem

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LOCALHOST: Final = "localhost"
LOOPBACK: Final[tuple[Address, ...]] = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
#: Networks whose addresses mean something in a local network only (RFC 1918, RFC 4193), and this
#: machine itself. Link-local IPv6 is left out: no browser opens an address with a zone.
PRIVATE: Final[tuple[Network, ...]] = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv4Network("127.0.0.0/8"),
    IPv6Network("fc00::/7"),
    IPv6Network("::1/128"),
)
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LONGEST_NAME: Final = 253


@dataclass(frozen=True, slots=True)
class Hosts:
    """Host names and addresses, in the order in which they are preferred."""

    names: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()

    def __add__(self, more: Hosts) -> Hosts:
        """Return both, each once, those of `self` first."""
        return Hosts(
            tuple(dict.fromkeys(self.names + more.names)),
            tuple(dict.fromkeys(self.addresses + more.addresses)),
        )

    def without(self, others: Hosts) -> Hosts:
        """Return what is in `self` and not in `others`."""
        return Hosts(
            tuple(name for name in self.names if name not in others.names),
            tuple(address for address in self.addresses if address not in others.addresses),
        )

    def is_same(self, others: Hosts) -> bool:
        """Say whether both hold the same, in whatever order."""
        return (set(self.names), set(self.addresses)) == (set(others.names), set(others.addresses))

    def __bool__(self) -> bool:
        return bool(self.names or self.addresses)

    def __str__(self) -> str:
        return ", ".join([*self.names, *map(str, self.addresses)])


def host_name(text: str) -> str:
    """Return a host's name as a certificate writes it.

    Raises CertificateProblem for what is no name, and for a name of one part: a permission for
    “shop” would be one for every address that ends in “.shop”.
    """
    name = text.strip().rstrip(".").lower()
    parts = name.split(".")
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(part) for part in parts):
        raise CertificateProblem(problem=f"“{text}” is not a host's name, like depot.local.")
    if len(parts) < 2 or parts[-1].isdigit():
        raise CertificateProblem(
            problem=f"“{text}” is not enough of a name: two parts at least, like depot.local."
        )
    return name


def address(text: str) -> Address:
    """Return an IP address; raises CertificateProblem for what is none a phone could open."""
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        raise CertificateProblem(
            problem=f"“{text}” is not an IP address, like 192.168.1.20."
        ) from None
    if found.is_unspecified or found.is_multicast or found.is_link_local:
        raise CertificateProblem(problem=f"No phone can open the address {found}.")
    return found


def is_private(found: Address) -> bool:
    """Say whether an address means something inside a local network only."""
    return any(found in network for network in PRIVATE)


def own_hosts(machine: str, present: Iterable[Address]) -> Hosts:
    """Return how a machine of the name `machine` is reached in the local network.

    That is its name as it is announced on the network (RFC 6762), “localhost”, and those of its
    `present` addresses that are private, the one phones are likeliest to share first.
    """
    label = machine.partition(".")[0].lower()
    names = (f"{label}.local", LOCALHOST) if _LABEL.fullmatch(label) else (LOCALHOST,)
    inside = sorted((a for a in present if is_private(a) and not a.is_loopback), key=_likeliest)
    return Hosts(names, (*inside, *LOOPBACK))


def _likeliest(found: Address) -> tuple[int, Address]:
    """IPv4 before IPv6, home networks before the range that virtual machines like to take."""
    order = ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "fc00::/7")
    for number, network in enumerate(map(ipaddress.ip_network, order)):
        if found in network:
            return number, found
    return len(order), found


def permitted_networks(chosen: Iterable[Address]) -> tuple[Network, ...]:
    """Return what an authority may speak for: private networks, and each chosen address outside."""
    outside = (ipaddress.ip_network(one) for one in chosen if not is_private(one))
    return PRIVATE + tuple(dict.fromkeys(outside))


def hosts_of_address(url: str) -> Hosts:
    """Return the host in a web address. Raises CertificateProblem for one without."""
    host = urlsplit(url).hostname or ""
    if host == LOCALHOST:
        return Hosts((LOCALHOST,))
    try:
        return Hosts((), (ipaddress.ip_address(host),))
    except ValueError:
        return Hosts((host_name(host),))


def in_url(host: str | Address) -> str:
    """Return a host as it stands in a web address."""
    return f"[{host}]" if isinstance(host, IPv6Address) else str(host)
