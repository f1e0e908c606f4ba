"""The user that serves may add to the book and read it, and the server itself refuses the rest."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from depot.base.errors import (
    ConfigError,
    DatabaseUserKeepsRights,
    DatabaseUserTooStrong,
    DatabaseUserUnknown,
)
from depot.db.database import open_database
from depot.verify.verify import verify
from tests.builders import find_actor
from tests.commands.cli.test_backup import run
from tests.current import at_work, db
from tests.databases import Server
from tests.stock_text import rows, set_up, stock

pytestmark = pytest.mark.postgres
#: What only grows, by the triggers that stand on it.
BOOK = (
    "command_log",
    "counted_stock",
    "crate_label",
    "crate_placement",
    "filed_report",
    "held_lot",
    "people_count",
    "stock_entry",
    "stock_move",
    "temperature_reading",
    "temperature_strike",
    "weighing",
)


@pytest.fixture
def user(postgres: Server, postgres_url: str) -> Iterator[str]:
    """A user of the server who may do nothing yet."""
    name = f"depot_test_{secrets.token_hex(4)}"
    owner = open_database(postgres_url)
    with owner.engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'shelf'"))
    yield name
    with owner.engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {name}"))
        connection.execute(text(f"DROP ROLE {name}"))
    owner.close()


def serving_url(url: str, user: str) -> str:
    """Return the database's address for that user."""
    changed = make_url(url).set(username=user, password="shelf")
    return changed.render_as_string(hide_password=False)


def refused(connection: Connection, statement: str) -> bool:
    """Say whether the server refuses a statement for want of a right."""
    with pytest.raises(DatabaseError) as caught, connection.begin():
        connection.execute(text(statement))
    said = str(caught.value.orig)
    return "permission denied" in said or "must be owner" in said


def test_who_serves_adds_to_the_book_and_never_changes_it(
    postgres_url: str, user: str, tmp_path: Path
) -> None:
    done = run(tmp_path, "grant", user, url=postgres_url)
    assert done.exit_code == 0, done.output
    assert all(table in done.output for table in BOOK)
    with at_work(serving_url(postgres_url, user)):
        ben = find_actor("ben")
        set_up(ben, "place Shelf B2, crate 7K3M-9QX2 @ Shelf B2, 24 Rice/2027-05 @ 7K3M-9QX2")
        assert stock(ben) == rows("24 Rice/2027-05 @ 7K3M-9QX2")
        assert verify(db.session(), ben.depot_id) == ()
        db.session.remove()
        with db.engine.connect() as connection:
            for table in BOOK:
                assert refused(connection, f"DELETE FROM {table}"), table
                assert refused(connection, f"UPDATE {table} SET depot_id = depot_id"), table
                assert refused(connection, f"TRUNCATE {table} CASCADE"), table
                assert refused(connection, f"ALTER TABLE {table} DISABLE TRIGGER ALL"), table
            assert refused(connection, "SET session_replication_role = replica")
            assert refused(connection, "CREATE TABLE mine (id bigint)")
            assert refused(connection, "UPDATE alembic_version SET version_num = '0001'")
    for words in (["verify"], ["backup", str(tmp_path / "kept.depot")], ["init"]):
        done = run(tmp_path, *words, url=serving_url(postgres_url, user))
        assert done.exit_code == 0, (words, done.output, done.exception)


def test_rights_given_before_are_taken_away(postgres_url: str, user: str, tmp_path: Path) -> None:
    with at_work(postgres_url), db.engine.begin() as connection:
        connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {user}"))
        connection.execute(text(f"GRANT CREATE ON SCHEMA public TO {user}"))
    assert run(tmp_path, "grant", user, url=postgres_url).exit_code == 0
    with at_work(serving_url(postgres_url, user)), db.engine.connect() as connection:
        assert refused(connection, "DELETE FROM stock_move")
        assert refused(connection, "CREATE TABLE mine (id bigint)")


def test_a_right_that_everybody_has_is_named(postgres_url: str, user: str, tmp_path: Path) -> None:
    with at_work(postgres_url), db.engine.begin() as connection:
        connection.execute(text("GRANT DELETE ON stock_move TO PUBLIC"))
    failed = run(tmp_path, "grant", user, url=postgres_url).exception
    assert isinstance(failed, DatabaseUserKeepsRights)
    assert "stock_move" in str(failed)


def test_who_may_make_users_is_too_strong(postgres_url: str, user: str, tmp_path: Path) -> None:
    with at_work(postgres_url), db.engine.begin() as connection:
        connection.execute(text(f"ALTER ROLE {user} CREATEROLE"))
    failed = run(tmp_path, "grant", user, url=postgres_url).exception
    assert isinstance(failed, DatabaseUserTooStrong)


def test_owners_and_strangers_are_refused_by_name(
    postgres_url: str, user: str, tmp_path: Path
) -> None:
    owner = str(make_url(postgres_url).username)
    assert isinstance(
        run(tmp_path, "grant", owner, url=postgres_url).exception, DatabaseUserTooStrong
    )
    nobody = f'{user}"; DROP TABLE stock_move; --'
    assert isinstance(
        run(tmp_path, "grant", nobody, url=postgres_url).exception, DatabaseUserUnknown
    )


def test_a_file_has_no_users(sqlite_url: str, tmp_path: Path) -> None:
    assert run(tmp_path, "grant", "somebody").exit_code == 2


def test_who_serves_cannot_migrate_and_is_told_who_can(
    postgres: Server, user: str, tmp_path: Path
) -> None:
    url = postgres.create()
    failed = run(tmp_path, "init", url=serving_url(url, user))
    postgres.drop(url)
    assert isinstance(failed.exception, ConfigError)
    assert "depot grant" in str(failed.exception)
