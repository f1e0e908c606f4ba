"""The limit: Flask with bare sqlite3, doing the statements that a request does, and nothing else.

`record` notes what the depot asks of its database for a request, and what it answers. Served by the
depot's own edge, a plain Flask view then does the same statements with the standard library's
sqlite3 and sends the same bytes: no sign-in, no checks, no words, no templates, no JSON made.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import event

from depot.app import create_app
from depot.config import from_environment
from depot.serving.edge.app import Edge
from depot.serving.worker import run_edge
from tests.bench.empty import serve_module
from tests.bench.load import Ask
from tests.current import db
from tests.serving import Running

PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "cache_size=-32000")
#: Written in place of what a request wrote, which cannot be written twice.
_COMMITTED = ("BEGIN IMMEDIATE", "UPDATE chain_head SET seq = seq", "COMMIT")


@dataclass(frozen=True)
class Recorded:
    """What a request asked of the database, with the values in it, and its answer."""

    statements: list[str]
    answer: str
    kind: str


def record(environment: Mapping[str, str], asks: Mapping[str, Ask]) -> dict[str, Recorded]:
    """Ask each once more, in this process, and return what it did by its name; nothing is kept."""
    app = create_app(from_environment(environment))
    seen: list[str] = []
    with app.app_context():
        engine = db.engine
        event.listen(engine, "connect", lambda found, _: found.set_trace_callback(seen.append))
        # each begins where the others began, so that each can be done again and again
        engine.dialect.do_commit = _take_back  # type: ignore[assignment,method-assign]
        db.session.remove()
        engine.dispose()
    client = app.test_client(use_cookies=False)
    client.get("/sign-in")  # opens the connection
    done = {}
    for name, ask in asks.items():
        seen.clear()
        answer = client.open(ask.path, method=ask.method, headers=ask.headers, data=ask.body)
        if answer.status_code >= 300:
            raise RuntimeError(
                f"{name}: {answer.status_code} {answer.get_data(as_text=True)[:300]}"
            )
        own = [one for one in seen if not one.startswith("--")]  # triggers come by themselves
        done[name] = Recorded(own, answer.get_data(as_text=True), str(answer.mimetype))
    with app.app_context():
        db.session.remove()
        engine.dispose()
    return done


def _take_back(connection: Any) -> None:
    connection.rollback()


def make_floor(database: str, recorded: Mapping[str, Recorded]) -> Flask:
    """Return an application that does what was recorded, at an address for each name."""
    app, own = Flask("floor"), threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(database, isolation_level=None)
            for pragma in PRAGMAS:
                own.connection.execute(f"PRAGMA {pragma}")
        found: sqlite3.Connection = own.connection
        return found

    def view(name: str) -> Response:
        if request.method == "POST":
            request.get_json()
        one, asked = recorded[name], connection()
        _replay(asked, one.statements)
        return Response(one.answer, mimetype=one.kind)

    app.add_url_rule("/<name>", view_func=view, methods=["GET", "POST"])
    return app


def _replay(asked: sqlite3.Connection, statements: list[str]) -> None:
    """Do the statements; what they wrote is taken back, and something small stored instead."""
    writes = False
    for statement in statements:
        asked.execute(statement).fetchall()
        writes = writes or statement == "BEGIN IMMEDIATE"
        if writes and statement == "ROLLBACK":
            writes = False
            for other in _COMMITTED:
                asked.execute(other)
    if asked.in_transaction:  # a read, which the depot ends when it has answered
        asked.execute("ROLLBACK")


@contextmanager
def serve_floor(
    folder: Path, database: Path, recorded: Mapping[str, Recorded]
) -> Iterator[Running]:
    """Serve that application, yield once it listens, and stop it."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / "notes.json"
    notes.write_text(json.dumps({name: asdict(one) for name, one in recorded.items()}))
    with serve_module(folder, "tests.bench.floor", str(database), str(notes)) as running:
        yield running


def run(port: int, database: str, notes: str) -> None:
    """Serve with the depot's own edge."""
    told: dict[str, dict[str, Any]] = json.loads(Path(notes).read_text())
    app = make_floor(database, {name: Recorded(**one) for name, one in told.items()})
    run_edge(Edge(app, lambda _method, _path: 1_000_000), "127.0.0.1", port)


if __name__ == "__main__":
    run(int(sys.argv[1]), sys.argv[2], sys.argv[3])
