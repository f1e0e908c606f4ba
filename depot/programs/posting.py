"""One POST to an address that somebody typed: pinned, unredirected, and ended in time.

The name is looked up once, every machine that it names is checked, and the connection goes to the
one that was checked: a name that answers otherwise the second time leads nowhere else.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from depot.base.kinds import WebhookProblem
from depot.programs.addresses import Network, Target, may_lead_to

#: Seconds until a receiver has to have answered, from the first byte to the last.
PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a POST: the status, if there was one, and what went wrong, if anything."""

    status: int | None
    problem: WebhookProblem | None


class _Pinned(http.client.HTTPConnection):
    """A connection to one machine by its number, that proves to be the host by name."""

    def __init__(self, target: Target, number: str, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE)
        self._number = number
        self._context = context

    def connect(self) -> None:
        """Open the socket to the machine that was checked."""
        raw = socket.create_connection((self._number, self.port), self.timeout)
        self.sock = raw
        if self._context is not None:  # held before it shakes hands, so that it can be ended then
            secured = self._context.wrap_socket(
                raw, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()

    def end_now(self) -> None:
        """End it from another thread, wherever it waits."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.sock.close()


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Sequence[Network],
    context: ssl.SSLContext | None = None,
    patience: float = PATIENCE,
) -> Answered:
    """Send `body` to `target` and return what came of it; never raises for a receiver's sake.

    2xx is success; a redirect is not followed, and is none. `context` is what certificates are
    checked by, without one the machine's own.
    """
    numbers = _look_up(target)
    if not numbers:
        return Answered(None, "unreachable")
    checked = (may_lead_to(ip_address(one), allowed, is_secure=target.is_secure) for one in numbers)
    if not all(checked):
        return Answered(None, "not_allowed")
    secured = (context or ssl.create_default_context()) if target.is_secure else None
    return _exchange(_Pinned(target, numbers[0], secured), target, body, headers, patience)


def _look_up(target: Target) -> list[str]:
    """Return the numbers of all machines that the name stands for."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]).partition("%")[0] for *_rest, address in found]


def _exchange(
    connection: _Pinned, target: Target, body: bytes, headers: Mapping[str, str], patience: float
) -> Answered:
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        connection.end_now()

    alarm = threading.Timer(patience, end)  # a receiver that sends a byte a second never times out
    alarm.daemon = True
    alarm.start()
    try:
        with closing(connection):
            sent = {**headers, "Host": target.named, "Connection": "close"}
            connection.request("POST", target.path, body, sent)
            status = connection.getresponse().status
    except TimeoutError:
        return Answered(None, "too_slow")
    except (OSError, http.client.HTTPException):
        return Answered(None, "too_slow" if is_over.is_set() else "unreachable")
    finally:
        alarm.cancel()
    return Answered(status, None if 200 <= status < 300 else "refused")
