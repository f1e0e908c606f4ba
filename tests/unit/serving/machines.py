"""A machine on a shop's network, for tests of certificates: name, addresses, clock."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from depot.serving.tls.files import Folder
from depot.serving.tls.names import Hosts
from depot.serving.tls.renewal import Machine, ServingFiles, prepare_certificate
from tests.programs import need_program

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def machine(*addresses: str, name: str = "shop") -> Machine:
    return Machine(name, tuple(ip_address(text) for text in addresses or ("192.168.1.7",)))


def folder(path: Path) -> Folder:
    return Folder.within(path)


def ready(path: Path, *addresses: str, at: datetime = NOW) -> ServingFiles:
    """Prepare serving on the shop's machine."""
    return prepare_certificate(folder(path), Hosts(), machine(*addresses), at)


def openssl_verifies(authority: Path, certificate: Path, at: datetime, *more: str) -> str:
    """Ask openssl whether a certificate holds; return “OK” or its complaint."""
    command = (
        need_program("openssl", "openssl"),
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
    )
    options = ("-attime", str(int(at.timestamp())), "-CAfile", str(authority), *more)
    done = subprocess.run(
        [*command, *options, str(certificate)], capture_output=True, text=True, check=False
    )
    return "OK" if done.returncode == 0 else done.stderr
