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
from collections.abc import Callable, Iterator, Mapping
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
#: What is answered is written: for who looks what a crash leaves.
DURABLE = FAST | {"full_page_writes": "on", "synchronous_commit": "on"}


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
    with own_cluster(FAST) as cluster, closing(cluster.server()) as server:
        yield server


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


@dataclass
class Cluster:
    """A PostgreSQL of our own in a folder, which can be stopped, in whatever way, and started."""

    programs: Path
    folder: Path
    settings: Mapping[str, str]
    #: What its environment has beside ours.
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _version: int = 0

    def server(self) -> Server:
        """Return what makes databases on it."""
        # the files, without a log that nobody reads
        copying = " STRATEGY FILE_COPY" if self._version >= 150_000 else ""
        return Server(f"postgresql://postgres@/postgres?host={self.folder}", copying)

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        with closing(self.server()) as server:
            return server.create()

    def make(self) -> None:
        """Make its files. Raises Missing."""
        options = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"]
        made = subprocess.run(
            [*_as_user(self.folder), self.programs / "initdb", *self._data, *options, "--locale=C"],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
        )
        if made.returncode != 0:
            raise Missing(f"PostgreSQL's initdb failed:\n{made.stderr[-2000:]}")

    def start(self) -> None:
        """Start it and wait until it answers. Raises Missing."""
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        program, log = self.programs / "postgres", self.folder / "log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [*_as_user(self.folder), program, *self._data, "-k", self.folder, *settings],
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={**os.environ, **self.environment},
            )
        self._version = _wait(self.server(), self._process, log)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT is PostgreSQL's "fast" (end the sessions first), SIGQUIT "immediate"."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:  # it is in the middle of a recovery, say
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=START_SECONDS)
        self._process = None

    def revive(self) -> None:
        """Wait until it answers again after it failed; start it if it gave up. Raises Missing."""
        until = time.monotonic() + START_SECONDS
        while self._process is not None and self._process.poll() is None:
            try:
                psycopg.connect(_libpq(self.server().url)).close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    break
                time.sleep(0.1)
            else:
                return
        self.stop(signal.SIGQUIT)
        self.start()

    @property
    def _data(self) -> tuple[str, Path]:
        return "-D", self.folder / "data"


@contextmanager
def own_cluster(
    settings: Mapping[str, str],
    environment: Mapping[str, str] | None = None,
    inside: Path | None = None,
) -> Iterator[Cluster]:
    """Yield a started PostgreSQL of our own, whatever server is named; raises Missing."""
    folder = Path(tempfile.mkdtemp(prefix="depot-pg-", dir=inside or _temporary_folder()))
    cluster = Cluster(_programs(), folder, settings, environment or {})
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


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
