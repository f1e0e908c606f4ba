"""A PostgreSQL for the tests: the one that was named, or a throw-away one started here.

`DEPOT_TEST_POSTGRES_URL` names a server on which the tests may create databases. Without it the
programs of an installed PostgreSQL run a cluster in a temporary folder, reachable only through a
socket in that folder, one for each test process, and gone with it.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from tests.programs import Missing

URL_VARIABLE = "DEPOT_TEST_POSTGRES_URL"
START_SECONDS = 30
#: What a folder in memory must have free: one cluster takes a fifth of it.
ROOM = 2**30
#: Lost at a power cut, which a throw-away cluster may be; a commit costs microseconds instead.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "64MB",
    "max_connections": "60",
    "listen_addresses": "",
}


@dataclass
class Server:
    """A running PostgreSQL on which databases can be made and dropped at will."""

    url: str
    #: How `CREATE DATABASE` copies, if not in the server's own way.
    copying: str = ""
    _templates: dict[str, str] = field(default_factory=dict)
    _connection: psycopg.Connection | None = None

    def create(self, template: str | None = None) -> str:
        """Make a database, empty or as a copy of `template`, and return its URL."""
        name = f"depot_test_{secrets.token_hex(6)}"
        copied = f' TEMPLATE "{template}"{self.copying}' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{copied}')
        return self.url_of(name)

    def copy_of(self, key: str, prepare: Callable[[str], None]) -> str:
        """Make a database that `prepare` has filled and return its URL.

        `prepare` gets the URL of an empty database, once per `key` and process, and must leave no
        connection open; every later call copies what it left, in a few hundredths of a second.
        """
        if key not in self._templates:
            url = self.create()
            prepare(url)
            self._templates[key] = make_url(url).database or ""
        return self.create(self._templates[key])

    def drop(self, url: str) -> None:
        """Drop the database at `url`, whoever is still connected."""
        self._execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def url_of(self, name: str) -> str:
        """Return the URL of the database called `name` on this server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Drop what `copy_of` keeps, as a server that was named must be left as it was found."""
        while self._templates:
            self.drop(self.url_of(self._templates.popitem()[1]))
        if self._connection is not None:
            self._connection.close()

    def _execute(self, statement: str) -> None:
        if self._connection is None:
            self._connection = psycopg.connect(_libpq(self.url), autocommit=True)
        self._connection.execute(statement.encode())


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Yield a PostgreSQL server; raises Missing, with what to do, when there is none."""
    named = os.environ.get(URL_VARIABLE)
    if named:
        with closing(Server(named)) as server:
            yield server
        return
    folder = Path(tempfile.mkdtemp(prefix="depot-pg-", dir=_temporary_folder()))
    try:
        with _cluster(_programs(), folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _temporary_folder() -> str | None:
    """Return a folder in memory, if it has room; else one whose name leaves room for a socket's.

    A database is some hundred files, which a disk makes and deletes five times as slowly. A
    socket's path has at most 107 bytes.
    """
    for folder, least in (("/dev/shm", ROOM), ("/tmp", 0)):  # noqa: S108 - made private by mkdtemp
        if Path(folder).is_dir() and shutil.disk_usage(folder).free >= least:
            return folder
    return None


def _programs() -> Path:
    """Return the folder with the newest `initdb` and `postgres`; raises Missing."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: (len(path.parent.name), path.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Missing(
        f"no PostgreSQL found: set {URL_VARIABLE}, or install it"
        " (on Debian: apt install postgresql)"
    )


@contextmanager
def _cluster(programs: Path, folder: Path) -> Iterator[Server]:
    as_user = _as_user(folder)
    data = folder / "data"
    options = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
    made = subprocess.run(
        [*as_user, programs / "initdb", "-D", data, *options],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    if made.returncode != 0:
        raise Missing(f"PostgreSQL's initdb failed:\n{made.stderr[-2000:]}")
    settings = [f"--{name}={value}" for name, value in FAST.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*as_user, programs / "postgres", "-D", data, "-k", folder, *settings],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
    try:
        server = Server(f"postgresql://postgres@/postgres?host={folder}")
        if _wait(server, process, folder / "log") >= 150_000:
            server.copying = " STRATEGY FILE_COPY"  # the files, without a log that nobody reads
        with closing(server):
            yield server
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": end the sessions, then stop
        process.wait(timeout=START_SECONDS)


def _as_user(folder: Path) -> list[str]:
    """Return the words that start a program as somebody whom PostgreSQL accepts.

    It refuses to run as root. Where setpriv exists it also ends the server when this process dies.
    """
    with_parent = ["setpriv", "--pdeathsig=INT"] if shutil.which("setpriv") else []
    if os.geteuid() != 0:
        return with_parent
    if not with_parent:
        raise Missing(f"PostgreSQL does not run as root: be somebody else, or set {URL_VARIABLE}")
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [*with_parent, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> int:
    """Wait until the server answers; return its version."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(_libpq(server.url)) as connection:
                return connection.info.server_version
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise Missing(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}") from None
            time.sleep(0.05)


def _libpq(url: str) -> str:
    """Return `url` without SQLAlchemy's driver name, as libpq wants it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
