"""Signed links in mails: they open one thing, for whoever holds them, without a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from itsdangerous import BadSignature, URLSafeSerializer

#: What a link is for; one made for this opens nothing else.
CONFIRM: Final = "confirm"
END: Final = "end"


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """Makes and reads links to the program at `base_url`, signed with its secret key.

    Each kind of mail has a path of its own, and a name that no other kind's links are signed with.
    """

    path: ClassVar[str]
    kind: ClassVar[str]

    base_url: str
    secret_key: str = field(repr=False)

    def url(self, purpose: str, number: int) -> str:
        """Return the address to confirm or to end what has that number."""
        signed = self._signer(purpose).dumps(number)
        return f"{self.base_url}/{self.path}/{purpose}/{signed}"

    def read(self, purpose: str, signed: str) -> int | None:
        """Return the number that a link is about; None if we never made that link."""
        try:
            found = self._signer(purpose).loads(signed)
        except BadSignature:
            return None
        return found if type(found) is int else None

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret_key, salt=f"{self.kind}: {purpose}")


class MailLinks(SignedLinks):
    """Links about a subscription to the week by mail."""

    __slots__ = ()
    path = "mails"
    kind = "report by mail"
