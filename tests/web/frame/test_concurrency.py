"""Eight clients at one crate, over HTTP, against the real server."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.serving import Running, serve_depot, settings

CLIENTS, EACH = 8, 8


class Caller:
    """One client with one connection of its own."""

    def __init__(self, running: Running, token: str) -> None:
        self.connection = HTTPConnection(urlsplit(running.base_url).netloc, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_error: object) -> None:
        self.connection.close()

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        sent = json.dumps(body) if body is not None else None
        self.connection.request(method, f"/api/v1{path}", sent, self.headers)
        answer = self.connection.getresponse()
        found: dict[str, Any] = json.loads(answer.read())
        assert answer.status in (200, 201), found
        return found


def filled_crate(caller: Caller, quantity: int) -> str:
    made = caller.ask("POST", "/crates", {"command_id": str(uuid4()), "count": 1})
    code: str = made["codes"][0]
    receipt = {
        "command_id": str(uuid4()),
        "source": {"kind": "donation"},
        "lines": [{"item": "Beans", "quantity": quantity, "crate_code": code}],
    }
    caller.ask("POST", "/receipts", receipt)
    return code


def take_one_at_a_time(running: Running, token: str, code: str) -> list[dict[str, Any]]:
    """Let all clients take, one unit a request; return every answer."""

    def client(_number: int) -> list[dict[str, Any]]:
        body = {"lines": [{"item": "Beans", "quantity": 1}], "reason": "issue"}
        path = f"/crates/{code}/take-out"
        with Caller(running, token) as caller:
            return [
                caller.ask("POST", path, body | {"command_id": str(uuid4())}) for _ in range(EACH)
            ]

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [answer for found in pool.map(client, range(CLIENTS)) for answer in found]


@pytest.mark.parametrize(("held", "left", "short"), [(100, 36, 0), (40, 0, 24)])
def test_eight_clients_take_64_units_from_one_crate(
    tmp_path: Path, held: int, left: int, short: int
) -> None:
    with ExitStack() as stack:
        running = stack.enter_context(serve_depot(settings(tmp_path)))
        token = running.command("token", "create", "eight", "--role", "volunteer").strip()
        caller = stack.enter_context(Caller(running, token))
        code = filled_crate(caller, held)
        answers = take_one_at_a_time(running, token, code)
        kinds = Counter(found["kind"] for answer in answers for found in answer["discrepancies"])
        assert len({answer["entry_id"] for answer in answers}) == 64
        assert kinds == ({"short_stock": short} if short else {})
        contents = caller.ask("GET", f"/crates/{code}")["contents"]
        assert sum(lot["quantity"] for lot in contents) == left
        running.command("verify")
