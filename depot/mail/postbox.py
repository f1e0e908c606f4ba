"""The mail server, as one connection that is opened when it is needed."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from depot.mail.server import MailServer

#: Seconds without an answer after which a server counts as unreachable.
PATIENCE = 30


class NotSent(Exception):
    """The server did not take a mail. `is_final`: it never will; `is_about_server`: nor others."""

    def __init__(self, reason: str, *, is_final: bool = False, is_about_server: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final
        self.is_about_server = is_about_server


class Postbox:
    """Hands mails to the server over one connection. Use it as a context manager."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._open is not None:
            try:
                self._open.quit()
            except (OSError, smtplib.SMTPException):
                self._open.close()
            self._open = None

    def hand_in(self, message: EmailMessage) -> None:
        """Hand one message in; return when the server has taken it. Raises NotSent."""
        try:
            if self._open is None:
                self._open = self._connect()
            self._open.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise NotSent(_words(code, text), is_final=_is_final(code)) from error
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError) as error:
            self._forget()
            reason = _words(error.smtp_code, error.smtp_error)
            raise NotSent(reason, is_about_server=True) from error
        except smtplib.SMTPResponseException as error:
            self._forget()
            reason = _words(error.smtp_code, error.smtp_error)
            raise NotSent(reason, is_final=_is_final(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            self._forget()
            raise NotSent(_plain(str(error)), is_about_server=True) from error
        except ValueError as error:  # not even a message: no later try makes it one
            raise NotSent(_plain(str(error)), is_final=True) from error

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE, context=context
            )
        else:
            made = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        try:
            if server.security == "starttls":
                made.starttls(context=context)
            if server.user:
                made.login(server.user, server.password)
        except BaseException:
            made.close()
            raise
        return made

    def _forget(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _is_final(code: int) -> bool:
    """Whether the server says so for good (RFC 5321, 4.2.1: 5yz is permanent)."""
    return 500 <= code < 600


def _words(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _plain(f"{code} {said}")


def _plain(text: str) -> str:
    """Return what a server said as one line that may be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) or "no answer"
