"""Making the authority once, and a certificate for the server whenever one is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from depot.base.errors import CertificateProblem
from depot.serving.tls import certificates, terms
from depot.serving.tls.files import Folder, StoredAuthority
from depot.serving.tls.names import LOCALHOST, Address, Hosts, own_hosts, permitted_networks


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine is called and which addresses it has now."""

    name: str
    addresses: tuple[Address, ...]

    @property
    def hosts(self) -> Hosts:
        """How it is reached in the local network."""
        return own_hosts(self.name, self.addresses)


@dataclass(frozen=True, slots=True)
class ServingFiles:
    """All that serving needs.

    `hosts` are what the certificate is for, `chosen` those of them that a person named, the
    preferred ones first in both. `said` are sentences for the person at the terminal;
    `server_file` holds key and certificate.
    """

    server_file: Path
    authority: bytes
    title: str
    fingerprint: str
    hosts: Hosts
    chosen: Hosts
    said: tuple[str, ...]

    def preferred(self, asked: Hosts, *, only_v4: bool) -> str | Address:
        """Return the host to print into addresses.

        That is what the settings ask for, else what was chosen, else the likeliest address on the
        local network, else this machine; `only_v4` where nobody listens to IPv6.
        """
        named = asked + self.chosen
        present = (one for one in self.hosts.addresses if one.version == 4 or not only_v4)
        return (*named.names, *named.addresses, *present)[0]


def make_authority(
    folder: Folder, chosen: Hosts, machine: Machine, now: datetime, *, force: bool = False
) -> ServingFiles:
    """Make the depot's authority for the chosen hosts and the machine's own, and a certificate.

    One that is there stays: it is given `chosen` if it may vouch for them. Raises
    CertificateProblem if it may not, if it has ended or cannot be read; `force` makes a new one
    instead, and then every phone has to be set up again.
    """
    kept = None if force else folder.authority()
    if kept is None:
        return _begin(folder, chosen, machine, now)
    refused = kept.says.refuses(chosen)
    if refused:
        raise CertificateProblem(
            problem=f"The certificate authority of this depot may not vouch for {refused}. "
            "With --force a new one is made; then every phone has to be set up again."
        )
    hosts = chosen + kept.chosen
    folder.keep_hosts(hosts)
    ready = prepare_certificate(folder, Hosts(), machine, now)
    said = (
        "The certificate authority of this depot is there already and stays, "
        f"until {kept.says.ends:%Y-%m-%d}.",
    )
    return replace(ready, said=said + ready.said)


def prepare_certificate(
    folder: Folder, asked: Hosts, machine: Machine, now: datetime
) -> ServingFiles:
    """Return what serving needs: the authority, made if there is none, and a certificate for today.

    `asked` are hosts that the settings name. The certificate is made again when it is due
    (`terms.why_renew`); the authority never is. Raises CertificateProblem if the authority has
    ended, cannot be read, or may not vouch for what is asked.
    """
    kept = folder.authority()
    if kept is None:
        return _begin(folder, asked, machine, now)
    _refuse_ended(kept, now)
    refused = kept.says.refuses(asked)
    if refused:
        raise CertificateProblem(
            problem=f"The certificate authority of this depot may not vouch for {refused}. "
            "Name another address in DEPOT_BASE_URL, or make a new authority: "
            f"depot tls init --force {_options(refused + kept.chosen)}"
        )
    wanted = _wanted(kept, asked, machine)
    reason = terms.renewal_reason(folder.certificate(), wanted, kept.says, now)
    said = [terms.authority_warning(kept.says, now)]
    if reason:
        _issue(folder, kept, wanted, now)
        said.append(f"Made a new certificate, as {reason}. Phones notice nothing.")
    return _ready(folder, kept, wanted, [sentence for sentence in said if sentence])


def _begin(folder: Folder, chosen: Hosts, machine: Machine, now: datetime) -> ServingFiles:
    key = certificates.new_key()
    names = tuple(dict.fromkeys((*chosen.names, *machine.hosts.names, LOCALHOST)))
    title = f"Depot on {machine.name.partition('.')[0]}, {now:%Y-%m-%d}"
    certificate = certificates.authority_certificate(
        key, title, names, permitted_networks(chosen.addresses), now
    )
    folder.keep_authority(certificate, key, chosen)
    kept = StoredAuthority(certificate, key, chosen)
    wanted = _wanted(kept, Hosts(), machine)
    _issue(folder, kept, wanted, now)
    said = f"Made this depot's certificate authority, until {kept.says.ends:%Y-%m-%d}."
    return _ready(folder, kept, wanted, [said])


def _refuse_ended(kept: StoredAuthority, now: datetime) -> None:
    if kept.says.ends <= now:
        raise CertificateProblem(
            problem=f"The certificate authority ended on {kept.says.ends:%Y-%m-%d}. Make a new one "
            "with “depot tls init --force”; then every phone has to be set up again."
        )


def _wanted(kept: StoredAuthority, asked: Hosts, machine: Machine) -> Hosts:
    """Return what is asked, chosen and present, as far as the authority may vouch for it."""
    hosts = asked + kept.chosen + machine.hosts
    return hosts.without(kept.says.refuses(hosts))


def _issue(folder: Folder, kept: StoredAuthority, wanted: Hosts, now: datetime) -> None:
    key = certificates.new_key()
    folder.keep_server(
        certificates.server_certificate(key, wanted, kept.certificate, kept.key, now), key
    )


def _options(hosts: Hosts) -> str:
    words = [f"--name {name}" for name in hosts.names if name != LOCALHOST]
    return " ".join(words + [f"--ip {address}" for address in hosts.addresses])


def _ready(
    folder: Folder, kept: StoredAuthority, hosts: Hosts, said: Sequence[str]
) -> ServingFiles:
    title = kept.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    digest = kept.certificate.fingerprint(SHA256()).hex().upper()
    return ServingFiles(
        server_file=folder.server_file,
        authority=kept.certificate.public_bytes(Encoding.PEM),
        title=str(title),
        fingerprint=" ".join(digest[at : at + 4] for at in range(0, len(digest), 4)),
        hosts=hosts,
        chosen=kept.chosen,
        said=tuple(said),
    )
