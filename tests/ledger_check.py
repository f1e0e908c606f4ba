"""What must hold of every database that a test leaves behind, whatever the test was about.

Everything is recomputed from the lines of the book by `depot.verify`, and the balances once more
here, by one statement that shares nothing with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from depot.verify.verify import verify
from tests.told_check import WATCH

MARKER = "breaks_ledger"
#: What the lines add up to, beside the balances that are kept: the rows in which they differ.
_UNEQUAL = text(
    """
    WITH leg (location_id, lot_id, quantity) AS (
        SELECT target_id, lot_id, quantity FROM stock_move
        UNION ALL SELECT source_id, lot_id, -quantity FROM stock_move
        UNION ALL SELECT location_id, lot_id, -quantity FROM stock_balance
    )
    SELECT location.name, leg.lot_id, SUM(leg.quantity) AS difference
    FROM leg JOIN location ON location.id = leg.location_id
    WHERE location.kind IN ('storage', 'crate', 'quarantine', 'transit')
    GROUP BY location.id, location.name, leg.lot_id
    HAVING SUM(leg.quantity) <> 0
    """
)


class Checker:
    """Checks databases one after another.

    One engine for each kind of database, whose connections lead to the database that is checked at
    the moment: the statements of `verify` are then compiled once and not once a test.
    """

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}
        self._target = ""

    def problems(self, url: str) -> list[str]:
        """Return a sentence for each difference in the database at `url`; none is good."""
        with Session(self._engine_for(url)) as session:
            depots = session.execute(text("SELECT id FROM depot")).scalars().all()
            found = [one.sentence for depot in depots for one in verify(session, depot)]
            for name, lot_id, difference in session.execute(_UNEQUAL):
                found.append(f"{name}, lot {lot_id}: the lines say {difference} more.")
        return found

    def _engine_for(self, url: str) -> Engine:
        parsed = make_url(url)
        dialect = parsed.get_backend_name()
        self._target = parsed.database or ""
        if dialect != "sqlite":
            self._target = parsed.set(drivername=dialect).render_as_string(hide_password=False)
        if dialect not in self._engines:
            driver = f"{dialect}://" if dialect == "sqlite" else f"{dialect}+psycopg://"
            connect = self._open_file if dialect == "sqlite" else self._open_server
            self._engines[dialect] = create_engine(driver, creator=connect, poolclass=NullPool)
        return self._engines[dialect]

    def _open_file(self) -> Any:
        return sqlite3.connect(self._target, check_same_thread=False)

    def _open_server(self) -> Any:
        return psycopg.connect(self._target)


def databases_in(folder: Path) -> list[str]:
    """Return the URLs of the ledgers that lie in `folder` as SQLite files."""
    found = sorted(folder.rglob("*.sqlite3"))
    return [f"sqlite:///{path}" for path in found if _is_ledger(path)]


def _is_ledger(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            asked = "SELECT count(*) FROM sqlite_master WHERE name = 'chain_head'"
            return bool(connection.execute(asked).fetchone()[0])
    except sqlite3.DatabaseError:
        return False


def is_excused(node: pytest.Item) -> bool:
    """Tell whether the test breaks its ledger on purpose; the marker must say why."""
    marker = node.get_closest_marker(MARKER)
    if marker is None:
        return False
    (reason,) = marker.args
    if not isinstance(reason, str) or not reason:
        raise TypeError(f"{MARKER} needs a reason in words")
    return True


_CHECKER = Checker()


def checked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test run, then check every ledger that it used; the body of two autouse fixtures.

    Those are the SQLite files in the test's own folder and the PostgreSQL database it was given.
    """
    # asked for before the test begins, so that what it made is still there when it has ended
    given = {name: _asked(request, name) for name in ("tmp_path", "database_url")}
    WATCH.taken()  # what a fixture of several tests did was its maker's
    yield
    if untold := WATCH.taken():
        pytest.fail("the open book is not told of it:\n" + "\n".join(untold))
    if is_excused(request.node):
        return
    urls = databases_in(given["tmp_path"]) if given["tmp_path"] else []
    if given["database_url"] and not given["database_url"].startswith("sqlite"):
        urls.append(given["database_url"])
    problems = [problem for url in urls for problem in _CHECKER.problems(url)]
    if problems:
        pytest.fail("the ledger does not add up:\n" + "\n".join(problems))


def _asked(request: pytest.FixtureRequest, name: str) -> Any:
    return request.getfixturevalue(name) if name in request.fixturenames else None
