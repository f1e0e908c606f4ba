"""Serving the set-up page on plain http beside granian: in threads of the same process.

It ends with the process, whichever way that goes; the pages are few and small, so that the server
of Werkzeug, which Flask brings along, does.
"""

from __future__ import annotations

import threading
from typing import Any, Final

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from depot.serving import ports

#: Requests answered at once; more wait in the system's queue.
_AT_ONCE: Final = 64
_PATIENCE_SECONDS: Final = 5


class _Handler(WSGIRequestHandler):
    """Says little, tells nobody which software it is, and hangs up on who does not speak."""

    timeout = _PATIENCE_SECONDS

    def version_string(self) -> str:
        return "Depot"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing: the log is for the book's own server."""

    def log_error(self, format: str, *args: Any) -> None:
        """Write nothing: what a stranger sends wrongly is no news."""


class SetupServer(ThreadedWSGIServer):
    """The set-up page, on a port of its own."""

    daemon_threads = True

    def __init__(self, host: str, port: int, app: Flask) -> None:
        """Take the port. Raises ConfigError if it cannot be had."""
        taken = ports.open_port(host, port, "--setup-port")
        with taken:  # the base class makes its own handle of it
            super().__init__(host, port, app, handler=_Handler, fd=taken.fileno())
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    def start(self) -> None:
        """Answer from now on, beside whatever this process does."""
        threading.Thread(target=self.serve_forever, name="set-up page", daemon=True).start()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._free.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()
