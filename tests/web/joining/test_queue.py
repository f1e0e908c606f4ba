"""What waits on a helper's phone when it is ended: kept whatever happens, and booked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from depot.models import Person, StockEntry
from tests.clients import Client
from tests.current import db
from tests.web.joining.test_joining import hang_up, join
from tests.web.phone_client import receipt

ClientFor = Callable[[str], Client]
HEADERS = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


@dataclass
class HelpersPhone:
    """A phone that keeps what it is not told is in the book, as the outbox does."""

    client: Client
    person: int
    path: str
    queue: list[dict[str, Any]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def keep(self) -> None:
        self.queue.append(receipt(1))
        self.kept.append(self.queue[-1]["command_id"])

    def send(self) -> None:
        """Send all of it; what the answer does not name stays."""
        batch = {"device_id": "phone", "person": self.person, "commands": self.queue}
        answer = self.client.http.post("/sync", json=batch, headers=HEADERS)
        assert answer.status_code in (200, 401), answer.json
        told = (answer.json or {}).get("results", []) if answer.status_code == 200 else []
        assert {one["result"] for one in told} <= {"posted", "repeated"}, told
        done = {one["command_id"] for one in told}
        self.queue = [one for one in self.queue if one["command_id"] not in done]

    def lose_an_answer(self) -> None:
        kept = list(self.queue)
        self.send()
        self.queue = kept

    def come_back(self) -> None:
        join(self.client, self.path, goes_on="yes")


def decide(ada: Client, person: int, act: str) -> None:
    """End a helper's access, or let them in again, at the desk."""
    ada.post(f"/here/code/helpers/{person}/{act}", {"command_id": str(uuid4())})


def play(phone: HelpersPhone, ada: Client, acts: Sequence[str]) -> None:
    for act in acts:
        if act in ("end", "again"):
            decide(ada, phone.person, act)
        else:
            getattr(phone, act)()


ACTS = st.sampled_from(["keep", "keep", "send", "lose_an_answer", "end", "again", "come_back"])


def test_a_helpers_queue_outlives_the_end_and_is_booked_once(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    path = hang_up(ada, uses_max="500")
    names = iter(range(100))

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, max_size=9))
    def played(acts: list[str]) -> None:
        name = f"Ana {'abcdefghijklmnopqrstuvwxyz'[next(names) % 26]}"
        client = client_for("")
        assert join(client, path, name) == 303
        with app.app_context():
            latest = select(Person.id).where(Person.name == name).order_by(Person.id.desc())
            person = db.session.scalars(latest.limit(1)).one()
        phone = HelpersPhone(client, person, path)
        play(phone, ada, ["keep", *acts, "end", "keep", "send"])
        assert phone.kept[-1] in [one["command_id"] for one in phone.queue], "it is not lost"
        play(phone, ada, ["again", "come_back", "send"])
        assert phone.queue == []
        with app.app_context():
            booked = select(StockEntry.command_id).where(StockEntry.person_id == person)
            assert sorted(db.session.scalars(booked)) == sorted(phone.kept)
        decide(ada, person, "end")

    played()
