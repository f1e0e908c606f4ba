"""What stands beside the tests' PostgreSQL where many depots are: a replica, and a pooler."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests import databases
from tests.databases import START_SECONDS, Server
from tests.debian import fetched_program

_PORT = 6432
_MINE = f"a server that was named is not copied: unset {databases.URL_VARIABLE}"


@dataclass(frozen=True)
class Replica:
    """A copy of a whole server that follows it; what is in its hands to be held up."""

    server: Server
    primary: Server

    def pause(self) -> None:
        """Let it stay where it is."""
        _asked(self.server, "SELECT pg_wal_replay_pause()")
        self._wait("SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def go_on(self) -> None:
        """Let it follow again, and wait until it has everything."""
        _asked(self.server, "SELECT pg_wal_replay_resume()")
        self.catch_up()

    def catch_up(self) -> None:
        """Wait until it has everything."""
        flushed = "SET synchronous_commit = on; SELECT pg_logical_emit_message(true, 'depot', '')"
        _asked(self.primary, flushed, rows=False)
        position = _asked(self.primary, "SELECT pg_current_wal_flush_lsn()::text")
        self._wait(f"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn")

    def url_of(self, url: str) -> str:
        """Return where the database at `url` is to be found here."""
        return self.server.url_of(make_url(url).database or "")

    def _wait(self, statement: str) -> None:
        until = time.monotonic() + START_SECONDS
        while not _asked(self.server, statement):
            assert time.monotonic() < until, statement
            time.sleep(0.02)


def _asked(server: Server, statement: str, *, rows: bool = True) -> object:
    with psycopg.connect(databases._libpq(server.url), autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return (done.fetchone() or (None,))[0] if rows else None


@contextmanager
def following(primary: Server) -> Iterator[Replica]:
    """Copy a server that the tests started, and let the copy follow it."""
    if os.environ.get(databases.URL_VARIABLE):
        pytest.skip(_MINE)
    programs = databases._programs()
    with _folder() as folder:
        as_user, data = databases._as_user(folder), folder / "data"
        source = str(make_url(primary.url).query["host"])
        copied: list[str | Path] = [
            "-h",
            source,
            "-U",
            "postgres",
            "-D",
            data,
            "-R",
            "-c",
            "fast",
            "--no-sync",
        ]
        subprocess.run([*as_user, programs / "pg_basebackup", *copied], check=True, cwd=folder)
        settings = [f"--{name}={value}" for name, value in databases.FAST.items()]
        started: list[str | Path] = [
            *as_user,
            programs / "postgres",
            "-D",
            data,
            "-k",
            folder,
            *settings,
        ]
        server = Server(f"postgresql://postgres@/postgres?host={folder}")
        with _running(started, folder, server.url):
            yield Replica(server, primary)


@contextmanager
def pooled(server: Server, user: str, most: int = 4) -> Iterator[Server]:
    """Put a PgBouncer before a server: after each transaction a connection is somebody else's.

    It lets that user in, and has at most so many connections to a database.
    """
    address = make_url(server.url)
    host, port = address.query.get("host", address.host), address.port or 5432
    with _folder() as folder:
        program = fetched_program("pgbouncer", folder, "pgbouncer", "libc-ares2", "libevent-2.1-7")
        as_user = databases._as_user(folder)
        (folder / "users").write_text(f'"postgres" ""\n"{user}" ""\n')
        ini = folder / "pgbouncer.ini"
        ini.write_text(
            f"[databases]\n* = host={host} port={port}\n"
            "[pgbouncer]\npool_mode = transaction\nlisten_addr =\n"
            f"auth_type = trust\nauth_file = {folder}/users\n"
            f"listen_port = {_PORT}\nunix_socket_dir = {folder}\ndefault_pool_size = {most}\n"
            f"max_client_conn = 500\nlogfile = {folder}/pooler.log\n"
        )
        url = f"postgresql://postgres@/postgres?host={folder}&port={_PORT}"
        with _running([*as_user, program.path, ini], folder, url, program.environment):
            yield Server(url)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="depot-pg-", dir=databases._temporary_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(
    words: list[str | Path], folder: Path, url: str, environment: dict[str, str] | None = None
) -> Iterator[None]:
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            words,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, **(environment or {})},
        )
    try:
        databases._wait(Server(url), process, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=START_SECONDS)
