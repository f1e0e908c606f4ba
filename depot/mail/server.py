"""The mail server that DEPOT_SMTP_URL names."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

from depot.base.errors import ConfigError, Invalid
from depot.mail.addresses import clean_address

#: Scheme: how the connection is kept secret, and the port where none is named.
_SCHEMES: Final = {
    "smtps": ("tls", 465),
    "smtp": ("starttls", 587),
    "smtp+plain": ("plain", 25),
}
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in, as whom, and who they come from.

    `security` is "tls" (from the first byte), "starttls" (insisted upon) or "plain".
    """

    host: str
    port: int
    security: str
    sender_name: str
    sender_address: str
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str | None, sender: str | None) -> MailServer | None:
    """Read DEPOT_SMTP_URL and DEPOT_MAIL_FROM; None if neither is set. Raises ConfigError."""
    if not url and not sender:
        return None
    if not url or not sender:
        raise ConfigError(problem="DEPOT_SMTP_URL and DEPOT_MAIL_FROM go together: set both.")
    name, address = _sender(sender)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or parts.scheme not in _SCHEMES or parts.path.strip("/") or parts.query:
        raise ConfigError(
            problem="DEPOT_SMTP_URL must look like smtps://user:password@mail.example.org:465"
            " (also smtp:// for STARTTLS, and smtp+plain:// for a server without encryption)."
        )
    security, usual_port = _SCHEMES[parts.scheme]
    if parts.scheme == "smtp" and host in _THIS_MACHINE:
        security = "plain"  # nobody listens between a machine and itself
    return MailServer(
        host,
        port or usual_port,
        security,
        name,
        address,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _sender(text: str) -> tuple[str, str]:
    name, address = parseaddr(text)
    try:
        cleaned = clean_address(address)
    except Invalid:
        cleaned = ""
    if not cleaned or not name.isprintable():
        raise ConfigError(
            problem=f"DEPOT_MAIL_FROM is {text!r}, not a sender like Norwood Depot"
            " <depot@example.org>."
        )
    return name, cleaned
