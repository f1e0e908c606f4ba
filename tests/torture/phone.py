"""A phone that delivers thousands of commands over a connection that loses what it can.

It does what the outbox of the pages does: batches in order, each sent again until it is answered.
What happens to them is tests/faulty.py's: answers lost, requests that arrive twice, late, after
their repeat. In the end each command is there exactly once, and the goods add up.
"""

from __future__ import annotations

import http.client
import json
import random
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.faulty import FaultyProxy, faulty_connection
from tests.ledger_check import Checker
from tests.serving import free_port, serve_depot
from tests.torture.ground import Ground, grounds
from tests.torture.killing import what_is_missing
from tests.torture.result import Result, tell
from tests.web.phone_client import make_command

#: How many commands wait together at most, as on a phone that comes out of the cellar.
BATCH: Final = 25
ITEM: Final = "Torture rice"
SHARE: Final = 0.65


@dataclass
class Phone:
    """What waits, in order, and what was answered."""

    send: Callable[[bytes], tuple[int, bytes]]
    chance: random.Random
    waiting: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    tries: int = 0

    def deliver(self) -> None:
        """Send what waits, from the first on, until all is answered."""
        while self.waiting:
            batch = self.waiting[: self.chance.randrange(1, BATCH + 1)]
            self.tries += 1
            try:
                status, said = self.send(json.dumps({"device_id": "x", "commands": batch}).encode())
            except (OSError, http.client.HTTPException):
                continue
            if status == 200:
                self._take(json.loads(said)["results"])

    def _take(self, results: list[dict[str, Any]]) -> None:
        for one in results:
            self.answered[one["command_id"]] = one["result"]
            if one["result"] == "refused":
                self.refused.append(str(one["message"]))
        self.waiting = [one for one in self.waiting if one["command_id"] not in self.answered]


def made_on_a_phone(ground: Ground, count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield so many commands: goods come, go and are undone, a crate is moved to and fro."""
    code, place = str(ground.north.ids["code"]), ["Arrivals", "On hold"]
    made: list[str] = []
    for number in range(count):
        kind = chance.random()
        if kind < 0.5 or not made:
            lines = [{"item": ITEM, "quantity": 7}]
            command = make_command("receipt", source={"kind": "donation"}, lines=lines)
            made.append(command["command_id"])
            yield command
        elif kind < 0.7:
            yield make_command("undo", of=made.pop(chance.randrange(len(made))))
        elif kind < 0.85:
            yield make_command("move", crate_code=code, to=place[number % 2])
        else:
            yield make_command("people", event_id=ground.north.ids["event_id"], households=1)


def expected_goods(commands: list[dict[str, Any]]) -> int:
    """Return how much is there if each was done once, in whatever order an undo may have come."""
    kinds = [one["type"] for one in commands]
    return 7 * (kinds.count("receipt") - kinds.count("undo"))


def deliver_all(
    ground: Ground, commands: list[dict[str, Any]], phone: Phone, step: int = 500
) -> Iterator[int]:
    """Let the commands come about and be delivered; yield how many are answered."""
    for start in range(0, len(commands), step):
        phone.waiting += commands[start : start + step]
        phone.deliver()
        yield len(phone.answered)


def what_is_wrong(ground: Ground, commands: list[dict[str, Any]], phone: Phone) -> list[str]:
    """Return a sentence for all that is not there exactly once."""
    wrong = [f"refused: {one}" for one in sorted(set(phone.refused))]
    wrong += what_is_missing(ground.url, {one["command_id"] for one in commands})
    there, wanted = _goods(ground.url), expected_goods(commands)
    if there != wanted:
        wrong.append(f"{there} of {ITEM} are there, not {wanted}")
    return wrong + Checker().problems(ground.url)


def _goods(url: str) -> int:
    engine = create_engine(url, poolclass=NullPool)
    held = (
        "SELECT COALESCE(SUM(stock_balance.quantity), 0) FROM stock_balance"
        " JOIN item ON item.id = stock_balance.item_id WHERE item.name = :name"
    )
    with engine.connect() as connection:
        return int(connection.execute(text(held), {"name": ITEM}).scalar_one())


def torture(count: int, databases: Container[str]) -> Iterator[Result]:
    """Deliver so many commands to each of the databases over a connection at its worst."""
    for name, ground in grounds(databases):
        chance = random.Random(count)
        commands = list(made_on_a_phone(ground, count, chance))
        with serve_depot(ground.environment):
            proxy = FaultyProxy(
                int(ground.environment["DEPOT_PORT"]), path="/api/v1/sync", stall=0.05
            )
            proxy.share = SHARE
            with faulty_connection(proxy, port := free_port()):
                phone = Phone(sender(ground, port), chance)
                for done in deliver_all(ground, commands, phone):
                    tell(f"phone, {name}: {done} answered in {phone.tries} tries")
            wrong = what_is_wrong(ground, commands, phone)
        met = sum(proxy.met.values()) - proxy.met["none"]
        seen = f"each there once, the goods add up; {phone.tries} tries, {met} of them met a fault"
        yield Result(f"a phone's commands, {name}", f"{count:,} commands", seen, wrong)


def sender(ground: Ground, port: int) -> Callable[[bytes], tuple[int, bytes]]:
    """Return what sends a batch to a port of this machine."""
    headers = dict(ground.headers) | {"Content-Type": "application/json"}

    def send(body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", "/api/v1/sync", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    return send
