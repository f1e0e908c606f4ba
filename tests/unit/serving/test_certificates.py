"""The certificates themselves, judged by openssl and by the verifier of cryptography."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from depot.serving.tls import certificates
from depot.serving.tls.names import Hosts
from depot.serving.tls.renewal import make_authority
from tests.unit.serving.machines import NOW, folder, machine, openssl_verifies, ready

DAY = timedelta(days=1)


def authority(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(folder(path).authority_file.read_bytes())


def server(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(folder(path).server_file.read_bytes())


def verifies(path: Path, leaf: x509.Certificate, host: str, at: datetime = NOW) -> bool:
    """Ask cryptography's verifier whether a browser at `host` may take `leaf`."""
    try:
        subject: x509.DNSName | x509.IPAddress = x509.IPAddress(ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)
    policy = PolicyBuilder().store(Store([authority(path)])).time(at)
    try:
        policy.build_server_verifier(subject).verify(leaf, [])
    except VerificationError:
        return False
    return True


def forged(path: Path, *names: str, address: str = "") -> x509.Certificate:
    """Return what a thief of the authority's key would sign."""
    kept = folder(path).authority()
    assert kept is not None
    hosts = Hosts(names, (ip_address(address),) if address else ())
    return certificates.server_certificate(
        certificates.new_key(), hosts, kept.certificate, kept.key, NOW
    )


@pytest.mark.parametrize(
    "host", ["shop.local", "localhost", "192.168.1.7", "127.0.0.1", "fd00::2", "depot.example.org"]
)
def test_both_verifiers_take_the_certificate_for_each_of_its_hosts(
    tmp_path: Path, host: str
) -> None:
    chosen = Hosts(("depot.example.org",))
    make_authority(folder(tmp_path), chosen, machine("192.168.1.7", "fd00::2"), NOW)
    assert verifies(tmp_path, server(tmp_path), host)
    flag = "-verify_ip" if re.fullmatch(r"[\d.]+|[\da-f:]+", host) else "-verify_hostname"
    kept = folder(tmp_path)
    assert openssl_verifies(kept.authority_file, kept.server_file, NOW, flag, host) == "OK"


def test_a_certificate_is_for_no_other_host(tmp_path: Path) -> None:
    ready(tmp_path)
    assert not verifies(tmp_path, server(tmp_path), "192.168.1.8")
    assert not verifies(tmp_path, server(tmp_path), "other.local")


@pytest.mark.parametrize(
    ("name", "address"),
    [("mybank.example", ""), ("evil-shop.local", ""), ("local", ""), ("", "8.8.8.8")],
)
def test_the_authority_can_vouch_for_nothing_outside(
    tmp_path: Path, name: str, address: str
) -> None:
    ready(tmp_path)
    fake = forged(tmp_path, *([name] if name else []), address=address)
    assert not verifies(tmp_path, fake, name or address)
    path = tmp_path / "fake.pem"
    path.write_bytes(fake.public_bytes(Encoding.PEM))
    complaint = openssl_verifies(folder(tmp_path).authority_file, path, NOW)
    assert "permitted subtree violation" in complaint


def test_the_authority_can_make_no_further_authority(tmp_path: Path) -> None:
    ready(tmp_path)
    kept = folder(tmp_path).authority()
    assert kept is not None
    key = certificates.new_key()
    below = certificates.authority_certificate(key, "below", ("shop.local",), (), NOW)
    signed = (
        x509.CertificateBuilder()
        .subject_name(below.subject)
        .issuer_name(kept.certificate.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(below.not_valid_before_utc)
        .not_valid_after(below.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(kept.key, SHA256())
    )
    leaf = certificates.server_certificate(
        certificates.new_key(), Hosts(("shop.local",)), signed, key, NOW
    )
    files = {"below.pem": signed, "leaf.pem": leaf}
    for name, certificate in files.items():
        (tmp_path / name).write_bytes(certificate.public_bytes(Encoding.PEM))
    complaint = openssl_verifies(
        folder(tmp_path).authority_file,
        tmp_path / "leaf.pem",
        NOW,
        "-untrusted",
        str(tmp_path / "below.pem"),
    )
    assert "path length constraint exceeded" in complaint


def test_a_certificate_lasts_397_days_and_the_authority_ten_years(tmp_path: Path) -> None:
    ready(tmp_path)
    leaf, signer = server(tmp_path), authority(tmp_path)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc == timedelta(days=397)
    assert (signer.not_valid_after_utc - NOW).days == 3653
    last = leaf.not_valid_after_utc
    assert verifies(tmp_path, leaf, "shop.local", last - timedelta(seconds=1))
    assert not verifies(tmp_path, leaf, "shop.local", last + timedelta(seconds=1))


def test_a_phone_whose_clock_is_hours_behind_takes_it(tmp_path: Path) -> None:
    ready(tmp_path)
    assert verifies(tmp_path, server(tmp_path), "shop.local", NOW - timedelta(hours=20))


def test_a_certificate_never_outlives_its_authority(tmp_path: Path) -> None:
    ready(tmp_path)
    end = authority(tmp_path).not_valid_after_utc
    ready(tmp_path, at=end - 40 * DAY)
    assert server(tmp_path).not_valid_after_utc == end


def test_keys_are_p_256_and_never_the_same(tmp_path: Path) -> None:
    ready(tmp_path)
    keys = [authority(tmp_path).public_key(), server(tmp_path).public_key()]
    for key in keys:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        assert isinstance(key.curve, ec.SECP256R1)
    assert keys[0] != keys[1]
