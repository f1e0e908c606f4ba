"""A passkey in software, as a browser would answer for one: for the tests of what is refused."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from depot.people.passkeys import Party

_FLAG = AuthenticatorData.FLAG


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


@dataclass
class SoftKey:
    """A key with a counter. `says` is what its browser claims of the page that asks."""

    party: Party
    number: bytes = b"a passkey of sixteen or more"
    count: int = 0
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def flags(self) -> Any:
        return _FLAG.UP | _FLAG.UV if self.verifies else _FLAG.UP

    def make(self, options: dict[str, Any], origin: str = "") -> str:
        """Answer as a browser that made a passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        kept = AttestedCredentialData.create(b"\0" * 16, self.number, public)
        data = AuthenticatorData.create(
            hashlib.sha256(self.party.host.encode()).digest(),
            self.flags | _FLAG.AT,
            self.count,
            kept,
        )
        attested = AttestationObject.create("none", data, {})
        return self._answer(
            {
                "clientDataJSON": _text(self._said("webauthn.create", options, origin)),
                "attestationObject": _text(bytes(attested)),
            }
        )

    def sign(self, options: dict[str, Any], origin: str = "") -> str:
        """Answer as a browser that signed in with it."""
        self.count += 1
        said = self._said("webauthn.get", options, origin)
        data = AuthenticatorData.create(
            hashlib.sha256(self.party.host.encode()).digest(), self.flags, self.count
        )
        signed = self.key.sign(
            bytes(data) + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(
            {
                "clientDataJSON": _text(said),
                "authenticatorData": _text(bytes(data)),
                "signature": _text(signed),
            }
        )

    def _said(self, kind: str, options: dict[str, Any], origin: str) -> bytes:
        challenge = options["challenge"]
        return bytes(CollectedClientData.create(kind, challenge, origin or self.party.origin))

    def _answer(self, response: dict[str, str]) -> str:
        number = _text(self.number)
        found = {"id": number, "rawId": number, "type": "public-key", "response": response}
        return json.dumps(found | {"clientExtensionResults": {}})
