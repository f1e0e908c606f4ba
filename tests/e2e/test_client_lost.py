"""A net that loses answers between the client for programs and a real server."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.made_client import depot_client
from tests.serving import serve_depot, settings


class _Losing(BaseHTTPRequestHandler):
    """Hands each request on, and loses the first answer to a write: the line is cut."""

    lost = 0
    behind = ""

    def _hand_on(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = http.client.HTTPConnection(self.behind, timeout=60)
        connection.request(self.command, self.path, sent or None, dict(self.headers))
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        if self.command == "POST" and not self.lost:
            type(self).lost = answer.status
            return
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = _hand_on

    def log_message(self, *_args: object) -> None:
        """Say nothing on the terminal."""


@contextmanager
def losing(base_url: str) -> Iterator[tuple[str, type[_Losing]]]:
    """Stand before a server; yield the address, and what tells of the answer that was lost."""
    handler = type("_LosingHere", (_Losing,), {"behind": base_url.removeprefix("http://")})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_was_booked_and_whose_answer_was_lost_is_booked_once(tmp_path: Path) -> None:
    with serve_depot(settings(tmp_path)) as running:
        token = running.command("token", "create", "scale", "--role", "volunteer").strip()
        with losing(running.base_url) as (address, lost):
            depot = depot_client.Depot(address, token)
            booked = depot.post_receipts(
                {
                    "source": {"kind": "donation"},
                    "lines": [{"item": "Rice", "quantity": 12, "date": "2028-05"}],
                }
            )
            assert lost.lost == 201
            (entry,) = depot.follow_feed()
        assert (entry["seq"], entry["kind"]) == (booked["seq"], "receipt")
        stock = depot_client.Depot(running.base_url, token).all_stock()
        assert [row["on_hand"] for row in stock] == [12]
