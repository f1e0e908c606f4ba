"""A PostgreSQL that goes away: what is answered stays answered, and the next one is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from depot.app import create_app
from depot.base.errors import StorageUnavailable
from depot.db.database import open_database, use
from depot.db.transaction import storage_failure
from depot.models import Depot
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),
]


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on this PostgreSQL."""
    found = create_app(config_for(tmp_path, database_url))
    yield found
    with found.app_context():
        db.session.remove()
        db.engine.dispose()


def end_sessions(url: str) -> None:
    """End all sessions on a database, as its administrator can."""
    name = make_url(url).database
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )


def test_a_session_whose_server_is_gone_is_given_back(database_url: str) -> None:
    database = open_database(database_url)
    for _ in range(2):
        with use(database) as used:
            assert used.session().scalars(select(Depot.name)).all()
            end_sessions(database_url)
    database.close()


def test_an_answer_stands_though_the_server_went_away_after_it(
    database_url: str, app: Flask
) -> None:
    @app.after_request
    def go_away(response: Any) -> Any:
        end_sessions(database_url)
        return response

    for _ in range(2):
        answer = app.test_client().get("/readyz")
        assert answer.status_code == 200


def test_a_server_that_only_reads_is_a_sentence_too(database_url: str, app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    plain = make_url(database_url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as server:
        server.execute(
            f'ALTER DATABASE "{plain.database}" SET default_transaction_read_only = on'.encode()
        )
    end_sessions(database_url)
    typed = {"source": "anyone", "what": "items", "lines-0-item": "Peas", "lines-0-quantity": "4"}
    ben.raw("/readyz")  # the connection that was ended, if it is still kept
    answer = ben.post("/donations/new", typed | {"command_id": str(uuid4())})
    assert answer.status_code == 503
    assert "it is read-only" in answer.get_data(as_text=True)


def test_a_server_that_is_refused_a_file_cannot_be_used_and_a_refused_user_is_a_fault_of_ours(
    database_url: str,
) -> None:
    database = open_database(database_url)
    with use(database) as used:
        reads = text("SELECT pg_read_file('/etc/shadow')")
        with pytest.raises(DBAPIError) as by_the_disk:
            used.session().execute(reads)
        used.session().rollback()
        used.session().execute(text("SET LOCAL ROLE pg_monitor"))
        with pytest.raises(DBAPIError) as by_rights:
            used.session().execute(text("SELECT * FROM depot"))
    database.close()
    assert isinstance(storage_failure(by_the_disk.value), StorageUnavailable)
    assert storage_failure(by_rights.value) is None
