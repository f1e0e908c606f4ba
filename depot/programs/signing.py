"""The signature of what a webhook is told: HMAC-SHA256 (RFC 2104) over the time and the body."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from uuid import UUID

from depot.base.secrets import command_secret

HEADER: Final = "Depot-Signature"


def webhook_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret of the webhook that an `AddWebhook` makes: the same for the same command.

    It is stored nowhere: whoever sends makes it again.
    """
    return f"whsec_{command_secret(secret_key, 'webhook', depot_id, command_id)}"


def sign(secret: str, at: int, body: bytes) -> str:
    """Return the header's value for a body that is sent at `at`, in seconds since 1970.

    The time is signed too, so that what somebody kept cannot be sent again later.
    """
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
