"""A phone that kept what was done on it and delivers it later, for the tests of /sync."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from depot.models import Discrepancy, StockEntry
from tests.clients import Client
from tests.current import db

CODE = "7K3M-9QX2"
Json = dict[str, Any]


class Phone:
    """Somebody's phone, signed in."""

    def __init__(self, app: Flask, login: str = "ben") -> None:
        self.client = Client.signed_in(app, login)

    def post(self, batch: Json, **headers: str) -> TestResponse:
        """Send a batch as a page of the program does."""
        own = {"Sec-Fetch-Site": "same-origin"} | headers
        return self.client.http.post("/sync", json={"device_id": "phone"} | batch, headers=own)

    def sync(self, *commands: Json, **more: Any) -> list[Json]:
        """Send commands and return a result for each."""
        answer = self.post({"commands": list(commands)} | more)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        results: list[Json] = answer.get_json()["results"]
        assert [one["command_id"] for one in results] == [one["command_id"] for one in commands]
        return results


def make_command(kind: str, at: datetime | None = None, **fields: Any) -> Json:
    """Return a command with an id of its own."""
    timed = {"occurred_at": at.isoformat()} if at else {}
    return {"type": kind, "command_id": str(uuid4())} | timed | fields


def receipt(quantity: int = 1, item: str = "Rice", **line: Any) -> Json:
    """Return a donation of one line."""
    lines = [{"item": item, "quantity": quantity} | line]
    return make_command("receipt", source={"kind": "donation"}, lines=lines)


def form(name: str, args: Json | None = None, **fields: str) -> Json:
    """Return a page's form as typed; `lines_0_item` stands for lines-0-item."""
    typed = {key.replace("_0_", "-0-"): value for key, value in fields.items()}
    return make_command("form", form=name, args=args or {}, fields=typed)


def entries(app: Flask) -> list[StockEntry]:
    with app.app_context():
        return list(db.session.scalars(select(StockEntry).order_by(StockEntry.seq)))


def things(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Discrepancy.kind).order_by(Discrepancy.id)))
