"""A connection as it is in a cellar: a proxy between browser and depot that loses what it can.

It passes everything on as it is, except what is posted to one path: there it goes through a list of
faults, in an order drawn from a seed.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

#: Named as what happens to a request; "late" is answered at once and arrives after its repeat.
FAULTS: Final = (
    "500 before",
    "500 after",
    "cut after",
    "stall after",
    "429",
    "401",
    "late",
    "twice",
)
_HOP: Final = {"connection", "keep-alive", "transfer-encoding", "content-length"}
#: Without these the depot answers with the whole and plain text, which can be rewritten.
_WHOLE: Final = {"accept-encoding", "if-none-match"}


class FaultyProxy:
    """Where the depot really listens, and what to do to what is posted to `path`."""

    def __init__(
        self, port: int, *, path: str = "/sync", seed: int = 1, stall: float = 1.0
    ) -> None:
        self.port = port
        self.path = path
        self.stall = stall
        #: How many of the requests meet a fault.
        self.share = 0.0
        #: Changes the body of an answer, by the address asked for.
        self.rewrite: Callable[[str, bytes], bytes] = lambda _path, body: body
        self.met: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._lock = threading.Lock()

    def fault(self, method: str, path: str) -> str | None:
        """Draw what happens to a request."""
        if method != "POST" or path != self.path:
            return None
        with self._lock:
            found = None
            if self._chance.random() < self.share:
                found = self._chance.choice(FAULTS)
            self.met[found or "none"] += 1
            return found

    def forward(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask the depot and return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()


@contextmanager
def faulty_connection(proxy: FaultyProxy, port: int) -> Iterator[FaultyProxy]:
    """Let the proxy listen at `port` of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:  # the browser gave up first
                self.close_connection = True

        def do_GET(self) -> None:  # noqa: N802 - the library's name
            _serve(self, proxy)

        do_POST = do_HEAD = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _serve(handler: BaseHTTPRequestHandler, proxy: FaultyProxy) -> None:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    headers = {k: v for k, v in handler.headers.items() if k.lower() not in _HOP | _WHOLE}
    method, path = handler.command, handler.path
    fault = proxy.fault(method, path)
    if fault in ("500 before", "429", "401"):
        return _answer(handler, int(fault[:3]), [], b"")
    if fault == "late":
        threading.Thread(
            target=_arrive_late, args=(proxy, method, path, headers, body), daemon=True
        ).start()
        return _answer(handler, 503, [], b"")
    found = proxy.forward(method, path, headers, body)
    if fault == "twice":
        found = proxy.forward(method, path, headers, body)
    if fault == "500 after":
        return _answer(handler, 500, [], b"")
    if fault == "stall after":
        time.sleep(proxy.stall)
    if fault in ("cut after", "stall after"):
        handler.close_connection = True
        return None
    status, answered, text = found
    kept = [(name, value) for name, value in answered if name.lower() not in _HOP]
    return _answer(handler, status, kept, proxy.rewrite(path, text))


def _arrive_late(
    proxy: FaultyProxy, method: str, path: str, headers: dict[str, str], body: bytes
) -> None:
    time.sleep(0.4)
    proxy.forward(method, path, headers, body)


def _answer(
    handler: BaseHTTPRequestHandler, status: int, headers: list[tuple[str, str]], body: bytes
) -> None:
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)
