"""The eight requests of which a depot's day is made, asked of an application in this process.

Look-up, receipt, hand-out, move, count, a phone's batch, search and Today. The benchmark of growth
measures them; a test reads the plans of all statements that they make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clients import Client

Ask = Callable[[], TestResponse]
#: How long ago it was what a phone sends.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Named:
    """What the requests name: a program's token, goods and places of its depot."""

    token: str
    items: Sequence[int]
    #: Those of the items that nearly all moves of the history are of.
    moved: Sequence[int]
    #: Filled crates; each request takes the next ones.
    crates: Sequence[str]
    places: Sequence[str]
    #: One of the places, and a part of some items' names.
    place_id: int
    event_id: int
    item_part: str


class Desk:
    """A program and a signed-in person at work in one depot."""

    def __init__(self, app: Flask, person: Client, named: Named) -> None:
        self.http: FlaskClient = app.test_client()
        self.person, self.named = person, named
        self._codes = _around(named.crates)
        self._items = _around(named.items)
        self._moved = _around(named.moved)
        self._places = _around(named.places)

    def asks(self) -> dict[str, Ask]:
        """Return the requests by name. What is sent twice is sent as something new."""
        return {
            "look-up by API": lambda: self._get(f"/crates/{next(self._codes)}"),
            "crate page": lambda: self.person.raw(f"/crates/{next(self._codes)}"),
            "receipt": self._receipt,
            "hand-out of a crate": lambda: self._issue(crate_code=next(self._codes)),
            "hand-out of a line": lambda: self._issue(lines=[self._line(1)]),
            "move of a crate": self._move,
            "move of goods": self._fill,
            "count of a crate": self._count,
            "count of a place": self._count_place,
            "sync of ten": self._sync,
            "search for goods": lambda: self.person.raw(f"/stock/?q={self.named.item_part}"),
            "search for an item": lambda: self.person.raw(f"/stock/items?q={self.named.item_part}"),
            "search for a crate": lambda: self._find(next(self._codes)[:6]),
            "search by half a code": lambda: self._find(next(self._codes)[5:8]),
            "search for a box": lambda: self._find("017"),
            "search": lambda: self._get(f"/search?q={self.named.item_part}"),
            "search, misspelt": lambda: self._get("/search?q=tisn"),
            "search page": lambda: self.person.raw("/search?q=saturdya"),
            "Today": lambda: self.person.raw("/"),
        }

    def _get(self, path: str) -> TestResponse:
        return self.http.get(f"/api/v1{path}", headers=self._headers)

    def _find(self, begins: str) -> TestResponse:
        return self.person.raw(f"/crates?q={begins}")

    def _post(self, path: str, **body: Any) -> TestResponse:
        sent = {"command_id": str(uuid4())} | body
        return self.http.post(f"/api/v1{path}", json=sent, headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.named.token}"}

    def _line(self, quantity: int, **more: object) -> dict[str, object]:
        return {"item": next(self._items), "quantity": quantity} | more

    def _receipt(self) -> TestResponse:
        lines = [self._line(6), self._line(7), self._line(8, crate_code=next(self._codes))]
        return self._post("/receipts", source={"kind": "donation"}, lines=lines)

    def _issue(self, **goods: object) -> TestResponse:
        return self._post(f"/events/{self.named.event_id}/issues", **goods)

    def _move(self) -> TestResponse:
        return self._post(f"/crates/{next(self._codes)}/move", to=next(self._places))

    def _fill(self) -> TestResponse:
        return self._post(f"/crates/{next(self._codes)}/fill", source=next(self._codes))

    def _count(self) -> TestResponse:
        line = {"item": next(self._items), "counted_quantity": 5}
        return self._post(f"/crates/{next(self._codes)}/count", lines=[line])

    def _count_place(self) -> TestResponse:
        lines = [self._line(3), self._line(4, crate_code=next(self._codes))]
        return self._post(f"/locations/{self.named.place_id}/count", lines=lines, complete=True)

    def _sync(self) -> TestResponse:
        """What a phone kept for some minutes: five moves of crates, five receipts of a line."""
        now = datetime.now(UTC)
        commands = []
        for number in range(10):
            told: dict[str, object] = {
                "command_id": str(uuid4()),
                "occurred_at": (now - LATE + timedelta(seconds=number)).isoformat(),
            }
            if number % 2:
                move = {"crate_code": next(self._codes), "to": next(self._places)}
                told |= {"type": "move"} | move
            else:
                told |= {"type": "receipt", "source": {"kind": "donation"}}
                told |= {"lines": [{"item": next(self._moved), "quantity": 5}]}
            commands.append(told)
        batch = {"device_id": "phone", "commands": commands, "sent_at": now.isoformat()}
        return self.http.post("/api/v1/sync", json=batch, headers=self._headers)


def _around(names: Sequence[Any]) -> Iterator[Any]:
    while True:
        yield from names
