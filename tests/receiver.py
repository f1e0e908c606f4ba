"""A real HTTP server on this machine that gets webhooks: it answers, dawdles, redirects, fails."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """What its body says."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def seqs(self) -> list[int]:
        """The numbers of the entries in it."""
        return [entry["seq"] for entry in self.told["entries"]]


@dataclass
class Receiver:
    """What arrived, and how the next requests are answered."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    status: int = 200
    #: Where it sends who asks.
    leads_to: str = ""
    #: Seconds between two bytes of its answer.
    dawdles: float = 0.0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/take?from=depot"


def is_signed_by(secret: str, got: Got, now: float) -> bool:
    """Say whether a request was signed by who knows the secret, within five minutes of `now`.

    Written from docs/user/for-programs.md alone.
    """
    parts = dict(part.split("=", 1) for part in got.headers["Depot-Signature"].split(","))
    signed = parts["t"].encode() + b"." + got.body
    right = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right, parts["v1"]) and abs(now - int(parts["t"])) < 300


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Run one until the `with` is left."""
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.got.append(Got(self.path, dict(self.headers), body))
            if state.dawdles:
                self._dawdle()
                return
            self.send_response(state.status)
            if state.leads_to:
                self.send_header("Location", state.leads_to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _dawdle(self) -> None:
            for letter in b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n":
                time.sleep(state.dawdles)
                try:
                    self.wfile.write(bytes([letter]))
                except OSError:
                    return

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
