"""Knowing a device again: who signed in on it, and who helped from it under a first name."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, Final

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from blueprints.frame.edge.cookies import keep_cookie, kept_cookie
from blueprints.frame.security import client_address
from depot.config import Config
from depot.db.database import current_session
from depot.devices.hands import DeviceHolder, find_device
from depot.people.login import login_key

#: People who share a device; whoever signed in longest ago is forgotten.
_MOST_PEOPLE: Final = 12
#: The cookies: of who types a password, of who typed a first name, of a device of the depot's own.
_DEVICE: Final = "device"
_HELPER: Final = "helper"
_OWN: Final = "own"


def caller_of(login: str) -> tuple[str, bool]:
    """Return from where somebody types a password or a code, and whether they did so before.

    It is a device on which that person signed in once, else the address; neither can be read from
    what is kept of it.
    """
    nonce, people = _known_device()
    if _person_key(login) in people:
        return f"device {nonce}", True
    return _keyed(f"address {client_address()}"), False


def remember_device(login: str) -> None:
    """Know this device again, the next time this person types a password."""
    nonce, people = _known_device()
    own = _person_key(login)
    kept = [own, *(other for other in people if other != own)][:_MOST_PEOPLE]
    _keep(_DEVICE, [nonce or secrets.token_urlsafe(12), kept])


def remember_helper(depot_id: int, person_id: int) -> None:
    """Know this phone again, the next time its helper opens the link on the wall."""
    _keep(_HELPER, [depot_id, person_id])


def known_helper(depot_id: int) -> int | None:
    """Return who helped in the depot from this phone last; None for nobody."""
    try:
        at, person_id = _kept(_HELPER)
    except (BadSignature, ValueError, TypeError):
        return None
    return person_id if at == depot_id and isinstance(person_id, int) else None


def remember_own_device(key: str) -> None:
    """Make this browser the depot's own device that has the key, for another year."""
    _keep(_OWN, [key])


def own_device() -> DeviceHolder | None:
    """Return the depot's own device that this browser is, if it still counts."""
    try:
        key = _kept(_OWN)[0]
    except (BadSignature, ValueError, TypeError, IndexError):
        return None
    return find_device(current_session(), key) if isinstance(key, str) else None


def _known_device() -> tuple[str, list[str]]:
    try:
        nonce, people = _kept(_DEVICE)
    except (BadSignature, ValueError, TypeError):
        return "", []
    return str(nonce), [str(one) for one in people] if isinstance(people, list) else []


def _keep(kind: str, value: list[Any]) -> None:
    """Send a signed cookie along with the answer."""
    keep_cookie(kind, str(_signer(kind).dumps(value)))


def _kept(kind: str) -> list[object]:
    """Return what a cookie of ours says. Raises BadSignature."""
    found: object = _signer(kind).loads(kept_cookie(kind) or "")
    return found if isinstance(found, list) else []


def _signer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(_config().secret_key, salt=f"known {kind}")


def _person_key(login: str) -> str:
    return _keyed(f"person {login_key(login)}")[:16]


def _keyed(text: str) -> str:
    key = _config().secret_key.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _config() -> Config:
    found: Config = current_app.config["DEPOT"]
    return found
