"""Signed links in mails about shifts: they say yes, or end the mails, without a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

#: What a link is for; one made for this opens nothing else.
CONFIRM: Final = "confirm"
END: Final = "end"


@dataclass(frozen=True, slots=True)
class ReminderLinks:
    """Makes and reads links to the program at `base_url`, signed with its secret key."""

    base_url: str
    secret_key: str = field(repr=False)

    def url(self, purpose: str, wish_id: int) -> str:
        """Return the address to confirm or to end mails about shifts."""
        signed = self._signer(purpose).dumps(wish_id)
        return f"{self.base_url}/calendar/mails/{purpose}/{signed}"

    def read(self, purpose: str, signed: str) -> int | None:
        """Return the wish that a link is about; None if we never made that link."""
        try:
            found = self._signer(purpose).loads(signed)
        except BadSignature:
            return None
        return found if type(found) is int else None

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt=f"shifts by mail: {purpose}")
