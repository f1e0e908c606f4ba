"""Which addresses a webhook may have, and to which machines one may lead.

Who may write an address into a form must not reach by it what only this machine can: services of
the house, those of the machine itself, what a cloud tells its machines about themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from depot.base.errors import Invalid
from depot.base.text import N_

MAX_ADDRESS: Final = 500
Network: TypeAlias = IPv4Network | IPv6Network
#: For protocols, and for what a cloud tells its machines: nobody's on the internet.
_SPECIAL: Final = IPv4Network("192.0.0.0/24")
#: An IPv6 address that holds one of IPv4 behind a gateway (RFC 6052).
_GATEWAY: Final = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a webhook's address points."""

    is_secure: bool
    host: str
    port: int
    #: Path and question, as they are asked for.
    path: str

    @property
    def named(self) -> str:
        """The host as a request names it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.is_secure else 80
        return host if self.port == usual else f"{host}:{self.port}"


def read_address(text: str, allowed: Sequence[Network]) -> Target:
    """Return where an address points. Raises Invalid for one that no webhook may have.

    `allowed` are networks of the house that the settings name; without any, it is https alone.
    """
    parts = _split(text)
    if parts is None or parts.scheme not in ("https", "http"):
        raise Invalid(
            field="address", problem=N_("Write an address like https://example.org/depot.")
        )
    if parts.scheme == "http" and not allowed:
        raise Invalid(field="address", problem=N_("The address has to begin with https://."))
    host, secure = str(parts.hostname).rstrip("."), parts.scheme == "https"
    number = _number(host)
    if number is not None and not may_lead_to(number, allowed, is_secure=secure):
        raise Invalid(field="address", problem=NOT_ALLOWED)
    question = f"?{parts.query}" if parts.query else ""
    port = parts.port or (443 if secure else 80)
    return Target(secure, host, port, (parts.path or "/") + question)


NOT_ALLOWED: Final = N_("That address leads to a machine that webhooks may not reach.")


def _split(text: str) -> SplitResult | None:
    """Return the parts of an address that is one, with nothing in it that is not asked for."""
    if len(text) > MAX_ADDRESS or not text.isascii() or not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
        is_one = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    is_plain = not parts.fragment and "@" not in parts.netloc and "\\" not in text
    return parts if is_one and is_plain else None


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def may_lead_to(
    address: IPv4Address | IPv6Address, allowed: Sequence[Network], *, is_secure: bool
) -> bool:
    """Say whether a webhook may reach that machine: one of the internet, by https, or an allowed.

    What is link-local is never reached: there clouds tell their machines secrets.
    """
    real = _real(address)
    if real.is_link_local or real.is_multicast or real.is_unspecified or real in _SPECIAL:
        return False
    if any(real in network for network in allowed if network.version == real.version):
        return True
    return is_secure and real.is_global and not real.is_reserved


def _real(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address that one of IPv6 stands for, if it stands for another."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _GATEWAY:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
