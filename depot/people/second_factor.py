"""The second step at sign-in: codes of an app (TOTP, RFC 6238) and codes on paper. Pure.

What an app's codes are made from is derived from a salt and the program's secret key, as links are
(docs/adr/0015): a copy of the database alone makes no code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

import pyotp

#: Seconds for which a code is shown; one before and one after count too, for clocks that differ.
STEP: Final = 30
CODES: Final = 10
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")
_CODE_LENGTH: Final = 12


def app_secret(secret_key: str, person_id: int, salt: str) -> str:
    """Return what an app makes codes from, as it is typed into one: 32 letters of base 32."""
    digest = _digest(secret_key, f"second factor {person_id} {salt}")
    return base64.b32encode(digest[:20]).decode("ascii")


def app_address(secret: str, login: str, depot_name: str) -> str:
    """Return the address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=depot_name)


def matching_step(secret: str, typed: str, now: datetime) -> int | None:
    """Return the half minute whose code was typed; None if it is none of about now."""
    digits = "".join(typed.split())
    totp = pyotp.TOTP(secret, interval=STEP)
    for near in (0, -1, 1):
        moment = now + timedelta(seconds=near * STEP)
        if totp.verify(digits, for_time=moment):
            return int(moment.timestamp()) // STEP
    return None


def recovery_codes(secret_key: str, person_id: int, salt: str) -> list[str]:
    """Return the codes on paper that belong to a salt: 7K3M-9QX2-4ATW, sixty bits each."""
    return [_code(secret_key, person_id, salt, number) for number in range(CODES)]


def _code(secret_key: str, person_id: int, salt: str, number: int) -> str:
    digest = _digest(secret_key, f"recovery code {person_id} {salt} {number}")
    letters = "".join(_LETTERS[byte % 32] for byte in digest[:_CODE_LENGTH])
    return "-".join(letters[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def _digest(secret_key: str, text: str) -> bytes:
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).digest()


def plain_code(typed: str) -> str:
    """Return a recovery code as it was made, however it was typed."""
    kept = "".join(letter for letter in typed.upper() if letter.isalnum())
    return kept.translate(_LOOK_ALIKES)
