"""Mail servers as they are met: encrypted, with a password, with a certificate nobody knows."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from depot.mail.sender import Round, send_due
from tests.builders import World, clock
from tests.letters import write
from tests.mail_server import PASSWORD, USER, mail_server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that nobody has signed but itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate is one this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.mark.usefixtures("trusted")
def test_a_mail_goes_out_encrypted_from_the_first_byte(
    world: World, context: ssl.SSLContext
) -> None:
    write(world.ada)
    with mail_server(tls=context) as room:
        assert send_due(room.server(security="tls", user=USER, password=PASSWORD), clock).sent == 1


@pytest.mark.usefixtures("trusted")
def test_a_mail_goes_out_after_starttls_and_a_password(
    world: World, context: ssl.SSLContext
) -> None:
    write(world.ada)
    with mail_server(starttls=context) as room:
        server = room.server(security="starttls", user=USER, password=PASSWORD)
        assert send_due(server, clock).sent == 1


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_told_and_tried_again_later(
    world: World, context: ssl.SSLContext
) -> None:
    write(world.ada)
    with mail_server(tls=context) as room:
        server = room.server(security="tls", user=USER, password="guessed")
        assert send_due(server, clock) == Round(failed=1)
        assert send_due(server, lambda: clock() + dt.timedelta(hours=1)) == Round(failed=1)
        assert not room.arrived


def test_a_certificate_nobody_knows_gets_no_mail(world: World, context: ssl.SSLContext) -> None:
    write(world.ada)
    with mail_server(tls=context) as room:
        server = room.server(security="tls", user=USER, password=PASSWORD)
        assert send_due(server, clock) == Round(failed=1)
        assert not room.arrived


def test_where_encryption_is_wanted_nothing_goes_out_without(world: World) -> None:
    write(world.ada)
    with mail_server() as room:
        server = room.server(security="starttls", user=USER, password=PASSWORD)
        assert send_due(server, clock) == Round(failed=1)
        assert not room.arrived
