"""A real mail server on this machine that takes, refuses or breaks off, as a test wants it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from depot.mail.server import MailServer
from tests.serving import free_port

USER, PASSWORD = "depot", "postage paid: 1.10"


@dataclass
class Mailroom:
    """What arrived, and how the next mails are answered: by address, else with 250."""

    arrived: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    breaks_off: bool = False
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.answers.get(address, "250 fine")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.breaks_off:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 gone"
        content = envelope.original_content
        assert content is not None
        message = message_from_bytes(content, policy=POLICY)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        return "250 taken"

    def to(self) -> list[str]:
        """Return whom the mails that arrived are for, in order."""
        return [str(message["To"]) for message in self.arrived]

    def server(self, **changed: Any) -> MailServer:
        """Return where it is, as the program's configuration says it."""
        settings: dict[str, Any] = {
            "host": "localhost",
            "port": self.port,
            "security": "plain",
            "sender_name": "North Depot",
            "sender_address": "depot@example.org",
        }
        return MailServer(**(settings | changed))


def _check_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == known, handled=False)


@contextmanager
def mail_server(
    *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Iterator[Mailroom]:
    """Run a mail server on a free port; with `tls` from the first byte, or with STARTTLS.

    A password is checked where one is given; with STARTTLS it is insisted upon.
    """
    room = Mailroom(port=free_port())
    controller = Controller(
        room,
        hostname="localhost",
        port=room.port,
        ssl_context=tls,
        tls_context=starttls,
        authenticator=_check_password,
        auth_required=starttls is not None,
        auth_require_tls=starttls is not None,
        require_starttls=starttls is not None,
    )
    controller.start()
    try:
        yield room
    finally:
        controller.stop(no_assert=True)
