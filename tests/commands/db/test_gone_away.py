"""A PostgreSQL that goes away: what is answered stays answered, and the next one is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.engine import make_url

from depot.app import create_app
from depot.db.database import open_database, use
from depot.models import Depot
from tests.conftest import config_for

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),
]


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
    database_url: str, tmp_path: Path
) -> None:
    app: Flask = create_app(config_for(tmp_path, database_url))

    @app.after_request
    def go_away(response: Any) -> Any:
        end_sessions(database_url)
        return response

    for _ in range(2):
        answer = app.test_client().get("/readyz")
        assert answer.status_code == 200
