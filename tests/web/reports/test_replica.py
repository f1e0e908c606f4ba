"""Reports from a replica: a person reads her own writes, and nobody reads what is long past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from depot.app import create_app
from depot.db.replica import BEHIND_SECONDS, REST_SECONDS, Replica
from tests.beside_postgres import Replica as Copy
from tests.beside_postgres import following
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.conftest import config_for
from tests.current import at_work, db
from tests.databases import Server

pytestmark = pytest.mark.postgres
Served = Callable[[str], Flask]


@pytest.fixture(scope="module")
def started(postgres: Server) -> Iterator[Copy]:
    """A replica of the tests' server."""
    with following(postgres) as found:
        yield found


@pytest.fixture
def copy(started: Copy) -> Iterator[Copy]:
    """The same; it follows again after each test."""
    yield started
    started.go_on()


class Watch:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def served(tmp_path: Path, postgres_url: str, watch: Watch) -> Iterator[Served]:
    """Return what makes an application whose reports are read at an address."""
    made: list[Flask] = []

    def serve(replica_url: str) -> Flask:
        made.append(
            create_app(replace(config_for(tmp_path, postgres_url), replica_url=replica_url))
        )
        replica_of(made[-1])._clock = watch
        return made[-1]

    yield serve
    for app in made:
        with app.app_context():
            replica_of(app).engine.dispose()
            db.engine.dispose()


def replica_of(app: Flask) -> Replica:
    replica = app.extensions["depot-database"].replica
    assert isinstance(replica, Replica)
    return replica


def came_in(client: Client, headers: dict[str, str] | None = None) -> tuple[str, ...]:
    """Return the items that a report of these years knows, read as a page's or a program's file."""
    path = "/reports/period.csv?from=2026-11-01&to=2026-12-31"
    if headers:
        path = "/api/v1/reports/period?period=2026&format=csv"
    answer = client.raw(path, headers=headers or {})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    text = answer.get_data(as_text=True)
    return tuple(item for item in ("Apples", "Beans", "Carrots") if item in text)


def give(client: Client, item: str) -> None:
    """Save a donation on the page."""
    form = {
        "command_id": str(uuid4()),
        "source": "anyone",
        "what": "items",
        "lines-0-item": item,
        "lines-0-quantity": "12",
    }
    answer = client.post("/donations/new", form)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def test_a_person_reads_her_own_writes_and_others_read_the_replica(
    served: Served, copy: Copy, postgres_url: str, watch: Watch
) -> None:
    app = served(copy.url_of(postgres_url))
    ada, ben = Client.signed_in(app, "ada"), Client.signed_in(app, "ben")
    watch.now += 120  # a minute after what they did last
    for client in (ada, ben):
        client.http.delete_cookie("depot-position")
    with at_work(postgres_url):
        receive(find_actor("ada"), 12, "Apples")
    copy.catch_up()
    assert came_in(ben) == ("Apples",)
    copy.pause()
    give(ada, "Beans")
    assert came_in(ada) == ("Apples", "Beans"), "her own write"
    assert came_in(ben) == ("Apples",), "the replica answers whoever wrote nothing"
    watch.now += BEHIND_SECONDS + 0.1
    assert came_in(ben) == ("Apples", "Beans"), "nobody reads what is long past"
    copy.go_on()
    assert came_in(ada) == came_in(ben) == ("Apples", "Beans")


def test_a_program_reads_its_own_writes(
    served: Served, copy: Copy, postgres_url: str, watch: Watch
) -> None:
    with at_work(postgres_url):
        token = make_token("reader", "volunteer", find_actor("ada"))
    app = served(copy.url_of(postgres_url))
    copy.catch_up()
    program = Client(app.test_client())
    bearer = {"Authorization": f"Bearer {token}"}
    assert came_in(program, bearer) == ()
    copy.pause()
    with at_work(postgres_url):
        receive(find_actor("ada"), 12, "Apples")
    assert came_in(program, bearer) == ("Apples",)


def test_a_forged_position_costs_nothing_but_the_replica(
    served: Served, copy: Copy, postgres_url: str
) -> None:
    ben = Client.signed_in(served(copy.url_of(postgres_url)), "ben")
    for forged in ("", "x", "-1", "٣", "9" * 19, "9" * 400, "1.5"):
        ben.http.set_cookie("depot-position", forged)
        assert came_in(ben) == ()


def test_without_the_replica_reports_are_read_as_ever(
    served: Served, postgres_url: str, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    app = served("postgresql://nobody@/nowhere?host=/nowhere")
    ben = Client.signed_in(app, "ben")
    give(ben, "Apples")
    assert came_in(ben) == came_in(ben) == ("Apples",)
    said = [line for line in caplog.messages if "the replica failed" in line]
    assert len(said) == 1, "it is left alone for a while"
    watch.now += REST_SECONDS + 0.1
    assert came_in(ben) == ("Apples",)
    assert len([line for line in caplog.messages if "the replica failed" in line]) == 2


def test_a_database_that_follows_nobody_is_no_replica(
    served: Served, postgres: Server, postgres_url: str
) -> None:
    """As after a change of places: what was the replica has a history of its own."""
    other = postgres.create()
    ben = Client.signed_in(served(other), "ben")
    give(ben, "Apples")
    assert came_in(ben) == ("Apples",)
    with at_work(other):
        db.engine.dispose()
    postgres.drop(other)
