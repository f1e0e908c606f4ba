"""The folder in which a depot keeps its authority: files written whole, for their owner alone."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from depot.base.errors import CertificateProblem
from depot.serving.tls import terms
from depot.serving.tls.certificates import Key
from depot.serving.tls.names import Hosts

AGAIN: Final = "Put the folder back from a copy, or make a new authority: depot tls init --force."


@dataclass(frozen=True, slots=True)
class StoredAuthority:
    """An authority as it lies in the folder; `chosen` are the hosts a person named for it."""

    certificate: x509.Certificate
    key: Key
    chosen: Hosts

    @property
    def says(self) -> terms.Authority:
        """What its certificate says."""
        return terms.read_authority(self.certificate)


@dataclass(frozen=True, slots=True)
class Folder:
    """`tls/` in the data folder."""

    path: Path

    @classmethod
    def within(cls, data: Path) -> Folder:
        """Return the folder that belongs to a data folder."""
        return cls(data / "tls")

    @property
    def authority_file(self) -> Path:
        """The authority's certificate: what phones are given."""
        return self.path / "ca.crt"

    @property
    def key_file(self) -> Path:
        """The authority's key, which never leaves the machine."""
        return self.path / "ca.key"

    @property
    def hosts_file(self) -> Path:
        """The names and addresses that a person chose."""
        return self.path / "hosts.json"

    @property
    def server_file(self) -> Path:
        """The server's key and certificate, in one file so that they always belong together."""
        return self.path / "server.pem"

    def authority(self) -> StoredAuthority | None:
        """Return the authority, or None before there is one.

        Raises CertificateProblem if its files are damaged, incomplete or do not belong together.
        """
        if not self.authority_file.exists() and not self.key_file.exists():
            return None
        try:
            certificate = x509.load_pem_x509_certificate(self.authority_file.read_bytes())
            key = load_pem_private_key(self.key_file.read_bytes(), None)
            found = StoredAuthority(certificate, _own_kind(key), self._chosen())
            terms.read_authority(certificate)
        except FileNotFoundError as error:
            raise CertificateProblem(problem=f"{error.filename} is missing. {AGAIN}") from error
        except (ValueError, TypeError, KeyError, x509.ExtensionNotFound) as error:
            raise CertificateProblem(
                problem=f"The certificate authority in {self.path} cannot be read. {AGAIN}"
            ) from error
        if key.public_key() != certificate.public_key():
            raise CertificateProblem(
                problem=f"{self.key_file} is not the key of {self.authority_file}. {AGAIN}"
            )
        return found

    def _chosen(self) -> Hosts:
        kept = json.loads(self.hosts_file.read_text())
        return Hosts(
            tuple(map(str, kept["names"])), tuple(map(ipaddress.ip_address, kept["addresses"]))
        )

    def certificate(self) -> terms.Certificate | None:
        """Return what the server's certificate says, or None if there is none that can be read."""
        try:
            content = self.server_file.read_bytes()
            load_pem_private_key(content, None)
            return terms.read_certificate(x509.load_pem_x509_certificate(content))
        except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
            return None

    def keep_hosts(self, chosen: Hosts) -> None:
        """Keep what a person chose."""
        kept = {"names": chosen.names, "addresses": [str(one) for one in chosen.addresses]}
        self._write(self.hosts_file, json.dumps(kept, indent=1).encode())

    def keep_authority(self, certificate: x509.Certificate, key: Key, chosen: Hosts) -> None:
        """Keep a new authority in place of any other."""
        self.keep_hosts(chosen)
        self._write(self.key_file, _pem(key))
        self._write(self.authority_file, certificate.public_bytes(Encoding.PEM))

    def keep_server(self, certificate: x509.Certificate, key: Key) -> None:
        """Keep a new certificate of the server with its key."""
        self._write(self.server_file, _pem(key) + certificate.public_bytes(Encoding.PEM))

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file that is there whole or not at all, and that only its owner reads."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as new:
                new.write(content)
                new.flush()
                os.fsync(new.fileno())
            beside.replace(path)
        except OSError as error:
            raise CertificateProblem(
                problem=f"{path} cannot be written: {error.strerror or error}."
            ) from error


def _own_kind(key: object) -> Key:
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("another kind of key")
    return key


def _pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
