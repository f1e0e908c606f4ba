"""Passkeys (WebAuthn): what a browser is asked to make or sign, and whether it is right. Pure.

A passkey is bound to the host: none is made for an address that is a number, or without https.
What is asked is kept in the browser's own signed session, and counts for a few minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from depot.base.errors import SignInFailed
from depot.base.text import N_

# The library reads a list of all hosts' endings at its start: it is loaded with the first passkey.
if TYPE_CHECKING:
    from fido2.server import Fido2Server

#: What a browser sends is smaller than this.
MAX_ANSWER: Final = 20_000
Json = dict[str, Any]
T = TypeVar("T")


class PasskeyRefused(SignInFailed):
    """It is none of ours, or it signed something else."""

    code = "passkey_refused"
    template = N_("That passkey was not taken. Sign in with your password.")


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a passkey is for: the host, and the address of the pages that may ask it."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class MadeKey:
    """The public half of a passkey that was made."""

    credential_id: str
    credential: str
    sign_count: int


@dataclass(frozen=True, slots=True)
class Signed:
    """How often the passkey says it signed, and whether it made sure of who held it."""

    sign_count: int
    is_verified: bool


def party_of(base_url: str) -> Party | None:
    """Return whom passkeys are for at that address; None where browsers make none."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    with suppress(ValueError):
        ip_address(host)
        return None
    is_local = host == "localhost" or host.endswith(".localhost")
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_local)):
        return None
    return Party(host, f"{parts.scheme}://{parts.netloc}")


def ask_to_make(
    party: Party, secret_key: str, person_id: int, login: str, known: Iterable[str]
) -> tuple[Json, Json]:
    """Return what a browser is asked to make a passkey of, and what is to be kept until then.

    `known` are the person's passkeys: a device that has one makes no second.
    """
    from fido2.webauthn import (
        AttestedCredentialData,
        PublicKeyCredentialUserEntity,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    text = f"passkey of {person_id}".encode()
    handle = hmac.new(secret_key.encode(), text, hashlib.sha256).digest()
    options, state = _server(party).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=login, display_name=login),
        [AttestedCredentialData(_bytes(one)) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options.public_key), dict(state)


def check_made(party: Party, state: Json, answer: str) -> MadeKey:
    """Return the public half of the passkey that a browser made. Raises PasskeyRefused."""
    server = _server(party)

    def check(read: Json) -> MadeKey:
        made = server.register_complete(state, read)
        data = made.credential_data
        if data is None:
            raise ValueError("no key")
        return MadeKey(_text(data.credential_id), _text(bytes(data)), made.counter)

    return _checked(check, answer)


def ask_to_sign(party: Party, asked: Json | None = None) -> tuple[Json, Json]:
    """Return what a browser is asked to sign with whichever passkey it has, and what is kept.

    Two pages of one browser ask the same: `asked` is what was kept of the first.
    """
    from fido2.webauthn import UserVerificationRequirement

    options, state = _server(party).authenticate_begin(
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=_bytes(asked["challenge"]) if asked else None,
    )
    return dict(options.public_key), dict(state)


def signing_key(answer: str) -> str:
    """Return which passkey a browser says it signed with. Raises PasskeyRefused."""
    return _checked(lambda read: _text(_bytes(read["rawId"])), answer)


def check_signed(party: Party, state: Json, credential: str, answer: str) -> Signed:
    """Say what a passkey says of itself, if it signed what was asked. Raises PasskeyRefused."""
    from fido2.webauthn import AttestedCredentialData, AuthenticationResponse

    server = _server(party)

    def check(read: Json) -> Signed:
        server.authenticate_complete(state, [AttestedCredentialData(_bytes(credential))], read)
        data = AuthenticationResponse.from_dict(read).response.authenticator_data
        return Signed(data.counter, data.is_user_verified())

    return _checked(check, answer)


def _checked(check: Callable[[Json], T], answer: str) -> T:
    """Read what a browser sent and check it; whatever is wrong with it is one refusal."""
    try:
        read = json.loads(answer[: MAX_ANSWER + 1])
        if len(answer) > MAX_ANSWER or not isinstance(read, dict):
            raise ValueError("no answer of a browser")
        return check(read)
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        raise PasskeyRefused(field="passkey") from error
    except Exception as error:  # the library's own, of what it was sent: CBOR, keys, signatures
        if type(error).__module__.partition(".")[0] in ("fido2", "cryptography", "struct"):
            raise PasskeyRefused(field="passkey") from error
        raise


def _server(party: Party) -> Fido2Server:
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    entity = PublicKeyCredentialRpEntity(id=party.host, name="Depot")
    return Fido2Server(entity, verify_origin=lambda origin: origin == party.origin)


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
