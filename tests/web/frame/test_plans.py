"""No request of a depot's day reads all of what grows: the plans of its statements say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from depot.app import create_app
from depot.db.statistics import renew_statistics
from depot.distribution.commands.events import OpenEvent, PlanEvent, open_event, plan_event
from depot.load.sinks import open_sink
from depot.models import Location
from tests.bench.crowd import Crowd, bring
from tests.bench.eight import Desk, Named
from tests.builders import NOW, find_actor, make_token, receive
from tests.clients import Client
from tests.conftest import config_for
from tests.current import at_work, db
from tests.plans import Asked, growing_reads, note_statements

#: Enough that a database tells few rows from many.
CROWD = Crowd(crates=1_500, items=1_100, places=20)
#: What is typed may be any part of an item's name, which is sought in all (docs/benchmarks.md).
SOUGHT = {"search for goods": "item", "search for an item": "item"}


@dataclass
class Busy:
    """A depot with much in it, and the statements of its requests, by request."""

    engine: Engine
    statements: dict[str, dict[str, Asked]]


@pytest.fixture
def busy(database_url: str, tmp_path: Path) -> Iterator[Busy]:
    """The north with a crowd, after each request was made twice."""
    with at_work(database_url):
        named = _fill(database_url)
        renew_statistics()
    app = create_app(config_for(tmp_path, database_url))
    with app.app_context():
        engine = db.engine
    desk = Desk(app, Client.signed_in(app, "ada"), named)
    yield Busy(engine, _ask_all(app, desk, engine))
    engine.dispose()


def _fill(url: str) -> Named:
    ada = find_actor("ada")
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    event_id = plan_event(plan, ada).body["id"]
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), ada)
    receive(ada, 5, "Beans")
    token = make_token("desk", "coordinator", ada)
    database = db.engine.url.database or ""
    db.session.remove()
    target = Path(database) if url.startswith("sqlite") else url
    with open_sink(target, CROWD.crates) as sink:
        made = bring(sink, ada.depot_id, ada.person_id or 0, CROWD, NOW.date())
    place = db.session.scalars(select(Location.id).where(Location.name == made.places[-1])).one()
    return Named(
        token=token,
        items=made.items,
        moved=made.items,
        crates=made.codes,
        places=made.places,
        place_id=place,
        event_id=event_id,
        item_part="goods 0012",
    )


def _ask_all(app: Flask, desk: Desk, engine: Engine) -> dict[str, dict[str, Asked]]:
    found = {}
    for name, ask in desk.asks().items():
        ask()
        with note_statements(engine) as seen:
            answer = ask()
        assert answer.status_code in (200, 201), (name, answer.get_data(as_text=True))
        found[name] = seen
    return found


def _told(busy: Busy) -> str:
    """Return what grows with the depot, a line each; empty where nothing does."""
    with busy.engine.connect() as connection:
        return "\n".join(
            f"{name}: {step}: {' '.join(asked.statement.split())}"
            for name, statements in busy.statements.items()
            for asked in statements.values()
            for step in growing_reads(connection, asked)
            if not (name in SOUGHT and re.search(rf"\b{SOUGHT[name]}\b", step))
        )


def test_no_request_reads_all_of_what_grows(busy: Busy) -> None:
    assert not _told(busy), _told(busy)
    if busy.engine.dialect.name == "sqlite":
        # nor as long as nobody has looked what the tables hold
        with busy.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM sqlite_stat1")
        busy.engine.dispose()
        assert not _told(busy), _told(busy)


def test_what_reads_a_table_whole_is_seen(database_url: str) -> None:
    """The tool speaks up: for a whole table, and for all that is one depot's."""
    mark = "?" if database_url.startswith("sqlite") else "%s"
    with at_work(database_url) as database, database.engine.connect() as connection:
        for statement, values in (
            ("SELECT * FROM stock_move WHERE quantity > 3", ()),
            (f"SELECT sum(quantity) FROM stock_balance WHERE depot_id = {mark}", (1,)),
            (f"SELECT * FROM crate WHERE depot_id = {mark} AND length(code) > 3", (1,)),
        ):
            assert growing_reads(connection, Asked(statement, values))
        by_code = f"SELECT * FROM crate WHERE depot_id = {mark} AND code = 'X'"
        assert not growing_reads(connection, Asked(by_code, (1,)))
