"""A net that loses answers between the client for programs and a real server."""

from __future__ import annotations

from pathlib import Path

from tests.faulty import FaultyProxy, faulty_connection
from tests.made_client import depot_client
from tests.serving import free_port, serve_depot, settings


class Losing(FaultyProxy):
    """Hands each request on, and loses the first answer to a write: the line is cut."""

    lost = 0

    def fault(self, method: str, path: str) -> str | None:
        """Lose the first answer to a write."""
        return "cut after" if method == "POST" and not self.lost else None

    def forward(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask the depot, and keep what the answer that is lost said."""
        found = super().forward(method, path, headers, body)
        if method == "POST" and not self.lost:
            self.lost = found[0]
        return found


def test_what_was_booked_and_whose_answer_was_lost_is_booked_once(tmp_path: Path) -> None:
    with serve_depot(settings(tmp_path)) as running:
        token = running.command("token", "create", "scale", "--role", "volunteer").strip()
        port = free_port()
        lost = Losing(int(running.environment["DEPOT_PORT"]))
        with faulty_connection(lost, port):
            depot = depot_client.Depot(f"http://127.0.0.1:{port}", token)
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
