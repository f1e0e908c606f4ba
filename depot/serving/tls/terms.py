"""What a certificate says, whether it still does for today, and what its authority allows. Pure."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509

from depot.serving.tls.names import Hosts, Network

AUTHORITY_LASTS: Final = timedelta(days=3653)  # ten years
#: Browsers refuse certificates over 398 days (CA/Browser Forum, baseline requirements 6.3.2).
CERTIFICATE_LASTS: Final = timedelta(days=397)
RENEW_WITHIN: Final = timedelta(days=30)
#: Phones whose clock is behind shall not find that a certificate is not valid yet.
BACKDATED: Final = timedelta(days=1)
#: So long before its authority ends a depot is told, so that there is time to go round.
SAY_WITHIN: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate: for which hosts, until when, by which authority's key."""

    hosts: Hosts
    ends: datetime
    signed_by: bytes


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority: its key's name, until when, and what it may speak for."""

    key: bytes
    ends: datetime
    names: tuple[str, ...]
    networks: tuple[Network, ...]

    def allows_name(self, name: str) -> bool:
        """Say whether a name is one of the permitted or below one (RFC 5280, 4.2.1.10)."""
        return any(name == own or name.endswith(f".{own}") for own in self.names)

    def refuses(self, hosts: Hosts) -> Hosts:
        """Return those of `hosts` that a certificate of this authority would be refused for."""
        return Hosts(
            tuple(name for name in hosts.names if not self.allows_name(name)),
            tuple(
                one
                for one in hosts.addresses
                if not any(one in network for network in self.networks)
            ),
        )


def read_certificate(found: x509.Certificate) -> Certificate:
    """Return what a server's certificate says; raises x509.ExtensionNotFound for another kind."""
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    signer = found.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    hosts = Hosts(
        tuple(names.get_values_for_type(x509.DNSName)),
        tuple(ipaddress.ip_address(str(one)) for one in names.get_values_for_type(x509.IPAddress)),
    )
    return Certificate(hosts, found.not_valid_after_utc, signer.key_identifier or b"")


def read_authority(found: x509.Certificate) -> Authority:
    """Return what an authority's certificate says; raises x509.ExtensionNotFound for another."""
    limits = found.extensions.get_extension_for_class(x509.NameConstraints).value
    own = found.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    permitted = limits.permitted_subtrees or []
    return Authority(
        own.digest,
        found.not_valid_after_utc,
        tuple(one.value for one in permitted if isinstance(one, x509.DNSName)),
        tuple(
            ipaddress.ip_network(str(one.value))
            for one in permitted
            if isinstance(one, x509.IPAddress)
        ),
    )


def renewal_reason(
    found: Certificate | None, wanted: Hosts, authority: Authority, now: datetime
) -> str | None:
    """Return in a few words why a new certificate is due, or None while the old one serves."""
    if found is None:
        return "there was none"
    if found.signed_by != authority.key:
        return "the authority is a new one"
    if found.ends - now < RENEW_WITHIN:
        return f"it ends on {found.ends:%Y-%m-%d}"
    if not found.hosts.is_same(wanted):
        more, fewer = wanted.without(found.hosts), found.hosts.without(wanted)
        words = [f"{more} came" if more else "", f"{fewer} went" if fewer else ""]
        return " and ".join(word for word in words if word)
    return None


def authority_warning(authority: Authority, now: datetime) -> str | None:
    """Return the sentence that is due when an authority ends within half a year."""
    if authority.ends - now >= SAY_WITHIN:
        return None
    return (
        f"The certificate authority ends on {authority.ends:%Y-%m-%d}. Make a new one before, with "
        "“depot tls init --force”; then every phone has to be set up again."
    )
