"""Making keys and signing certificates: elliptic curve P-256, SHA-256."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from depot.serving.tls.names import Hosts, Network
from depot.serving.tls.terms import AUTHORITY_LASTS, BACKDATED, CERTIFICATE_LASTS

Key = ec.EllipticCurvePrivateKey
_COMMON_NAME_LENGTH = 64  # RFC 5280, appendix A.1


def new_key() -> Key:
    """Return a new private key."""
    return ec.generate_private_key(ec.SECP256R1())


def authority_certificate(
    key: Key, title: str, names: Sequence[str], networks: Sequence[Network], now: datetime
) -> x509.Certificate:
    """Return the certificate of an authority that phones may trust without worry.

    `title` is what a phone's list shows. It can vouch for `names` (and what is below them) and for
    addresses in `networks`, for web servers alone, and for no further authority: the limits are
    critical, so that what does not understand them refuses it whole. It begins a day back.
    """
    subtrees = [*map(x509.DNSName, names), *map(x509.IPAddress, networks)]
    subject = _named(title)
    made = _begun(subject, subject, key, now - BACKDATED, now + AUTHORITY_LASTS)
    for extension, critical in (
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (x509.NameConstraints(permitted_subtrees=subtrees, excluded_subtrees=None), True),
        (_usage(signs_certificates=True), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
    ):
        made = made.add_extension(extension, critical)
    return made.sign(key, SHA256())


def server_certificate(
    key: Key, hosts: Hosts, signer: x509.Certificate, signer_key: Key, now: datetime
) -> x509.Certificate:
    """Return a web server's certificate for `hosts`, signed by `signer`, which it never outlives.

    It begins a day back, for phones whose clock is slow, and lasts 397 days in all.
    """
    begins = now - BACKDATED
    ends = min(begins + CERTIFICATE_LASTS, signer.not_valid_after_utc)
    issuer_key = signer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    shown = [*map(x509.DNSName, hosts.names), *map(x509.IPAddress, hosts.addresses)]
    made = _begun(_named("Depot"), signer.subject, key, begins, ends)
    for extension, critical in (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.SubjectAlternativeName(shown), False),
        (_usage(signs_certificates=False), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_key), False),
    ):
        made = made.add_extension(extension, critical)
    return made.sign(signer_key, SHA256())


def _named(title: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:_COMMON_NAME_LENGTH])])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: Key, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
