"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Playwright, sync_playwright

from depot.app import create_app
from depot.config import Config
from depot.db.schema import migrate
from tests.browser import launched
from tests.builders import World, find_actor, make_world
from tests.clients import Client
from tests.current import db
from tests.databases import Server, postgres_server
from tests.outside import Missing, skip_or_fail

# No deadline: a shared machine stalls now and then, and time is the benchmark's business.
settings.register_profile(
    "depot", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("torture", settings.get_profile("depot"), max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "depot"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; skips (under CI=true: fails) where none can be found or started."""
    try:
        with postgres_server() as server:
            yield server
    except Missing as missing:
        skip_or_fail(missing)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process can have one."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium; skips (under CI=true: fails) where none is installed."""
    try:
        with launched(playwright) as running:
            yield running
    except Missing as missing:
        skip_or_fail(missing)


def config_for(folder: Path, url: str) -> Config:
    """Return a test's configuration; nothing of the machine's environment enters it."""
    return Config(
        data=folder,
        database_url=url,
        base_url="http://127.0.0.1:8000",
        secret_key="not-a-secret-in-a-test",
    )


def _prepare(folder: Path, url: str) -> None:
    """Migrate an empty database and fill it with the test world."""
    app = create_app(config_for(folder, url))
    with app.app_context():
        migrate(db.engine)
        make_world()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the test world in it, migrated once; tests copy it."""
    folder = tmp_path_factory.mktemp("world")
    _prepare(folder, f"sqlite:///{folder / 'depot.sqlite3'}")
    return folder / "depot.sqlite3"


@pytest.fixture
def sqlite_url(world_file: Path, tmp_path: Path) -> str:
    """A fresh SQLite database with the test world."""
    for suffix in ("", "-wal"):
        source = world_file.with_name(world_file.name + suffix)
        if source.exists():
            shutil.copy(source, tmp_path / f"depot.sqlite3{suffix}")
    return f"sqlite:///{tmp_path / 'depot.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with the test world, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.copy_of("world", lambda empty: _prepare(tmp_path, empty))
    yield url
    server.drop(url)


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application on SQLite, without a context: for tests through HTTP."""
    found = create_app(config_for(tmp_path, sqlite_url))
    yield found
    with found.app_context():
        db.engine.dispose()


@pytest.fixture
def client_for(app: Flask) -> Callable[[str], Client]:
    """Return a checking client, signed in as ada, ben or cleo (or nobody, with "")."""
    return lambda login: Client.signed_in(app, login)


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """The test world inside an app context, on both databases: for tests of commands."""
    found = create_app(config_for(tmp_path, database_url))
    with found.app_context():
        yield known_world()
        db.session.remove()
        db.engine.dispose()


def known_world() -> World:
    """Return the world's actors, read from the database."""
    return World(find_actor("ada"), find_actor("ben"), find_actor("cleo"))
