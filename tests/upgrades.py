"""A full database at each earlier revision, and what an upgrade from there must leave as it was."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from alembic import command
from flask import Flask
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import make_url

from depot.app import create_app
from depot.config import Config
from depot.db.schema import alembic_config
from depot.ledger.seal import GENESIS
from tests.current import db
from tests.databases import Server
from tests.guards.sources import ROOT
from tests.web.depot_addresses import furnish

#: Of each table its rows, with what stands in each column.
Rows = dict[str, list[dict[str, str]]]
#: The first revision with entries; before, a chain had no end.
LEDGER: Final = "0003"
#: Columns that an upgrade changes on purpose: sessions are rows of their own since 0025, 0024 ends
#: spare links to the first coordinator, and days after best before that are whole years are kept
#: as such (tests/commands/db/test_upgrades.py).
TAKEN_AWAY: Final = {
    ("person", "session_version"),
    ("invitation", "revoked_at"),
    ("category", "best_before_extension_days"),
}
_PROGRAM: Final = """
import os, signal, sys
from sqlalchemy import create_engine, event
from depot.db.database import prepare_engine
from depot.db.schema import migrate

engine = create_engine(sys.argv[1])
prepare_engine(engine)
left = int(sys.argv[2])

@event.listens_for(engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

migrate(engine)
"""


def fill(config: Config) -> None:
    """Give the north and the south of a test world at the newest revision one of everything.

    But nothing between depots: no earlier revision has room for a ledger's end elsewhere.
    """
    app: Flask = create_app(config)
    for login in ("ada", "cleo"):
        furnish(app, login, has_network=False)
    with app.app_context():
        db.engine.dispose()


def downgrade(url: str, revision: str) -> None:
    """Bring a database back to an earlier revision, with what that one has room for.

    SQLite makes tables again that others point to, and must not look until that is done.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _take_all)
        event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN"))
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), revision)
        if revision < LEDGER:
            connection.execute(
                text("UPDATE chain_head SET seq = 0, seal = :none"), {"none": GENESIS}
            )
    engine.dispose()


def _take_all(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")


def copy_of(url: str, number: int, server: Server | None) -> str:
    """Return a copy of a database on which nobody is connected."""
    if server is not None:
        return server.create(make_url(url).database)
    file = Path(str(make_url(url).database))
    copied = file.with_name(f"{number}.sqlite3")
    shutil.copy(file, copied)  # its last connection took the journal in
    return f"sqlite:///{copied}"


def rows_in(url: str) -> Rows:
    """Return all that a database holds, but for which revision it is at."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            names = set(inspect(connection).get_table_names()) - {"alembic_version"}
            return {
                name: [
                    {column: repr(value) for column, value in row.items()}
                    for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()
                ]
                for name in sorted(names)
            }
    finally:
        engine.dispose()


def lost_between(before: Rows, after: Rows) -> list[str]:
    """Return the rows that an upgrade lost or changed, in the columns that it leaves."""
    lost = []
    for table, rows in before.items():
        kept = [name for name in (rows or [{}])[0] if (table, name) not in TAKEN_AWAY]
        there = Counter(_told(row, kept) for row in after.get(table, ()))
        gone = Counter(_told(row, kept) for row in rows) - there
        lost += [f"{table}: {row}" for row in gone]
    return lost


def _told(row: dict[str, str], names: list[str]) -> str:
    return ", ".join(f"{name}={row.get(name, 'no longer there')}" for name in names)


def migrate_and_die(url: str, statement: int) -> None:
    """Begin to upgrade a database in a process of its own, which is killed before a statement."""
    dying = _start(url, statement)
    said = dying.communicate()[0]
    assert dying.returncode == -signal.SIGKILL, said


def migrate_twice_at_once(url: str) -> None:
    """Upgrade a database in two processes that start together."""
    both = [_start(url, -1) for _ in range(2)]
    said = [one.communicate()[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], said


def _start(url: str, statement: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, url, str(statement)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
