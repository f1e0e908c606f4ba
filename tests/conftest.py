"""What every test may ask for."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Playwright

from depot.app import DepotApp, create_app
from depot.config import Config
from depot.db.schema import migrate
from depot.papers import letters
from labels.sheets import typefaces
from tests.browser import driver, launch_browser
from tests.builders import World, find_actor, make_world
from tests.clients import Client
from tests.compiled import quicken, share_templates
from tests.current import at_work, db
from tests.databases import Server, postgres_server
from tests.described import watch_answers
from tests.programs import Missing, pytest_runtest_makereport, skip_or_fail  # noqa: F401
from tests.reaches import (  # noqa: F401  # pytest finds its hooks here
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
)

# No deadline: a shared machine stalls now and then, and time is the benchmark's business.
settings.register_profile(
    "depot", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("torture", settings.get_profile("depot"), max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "depot"))
share_templates(DepotApp)


def pytest_collection_finish() -> None:
    """All that was loaded stays, so nobody need look through it for garbage again.

    And seldom through the rest: it took a fifth of a test's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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
    """What drives browsers, one a process; skips (under CI=true: fails) without a browser."""
    try:
        with driver() as running:
            yield running
    except Missing as missing:
        skip_or_fail(missing)


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium."""
    with launch_browser(playwright) as running:
        yield running


@pytest.fixture
def no_system_typefaces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any typeface: only the one that comes with the program is found."""
    monkeypatch.setattr(typefaces, "_OF_SYSTEMS", ())
    _forget_letters()
    yield
    _forget_letters()


def _forget_letters() -> None:
    typefaces.font_for.cache_clear()
    for remembered in (letters._font_of, letters._shown, letters.clean_line, letters.shaping_font):
        remembered.cache_clear()


def config_for(folder: Path, url: str) -> Config:
    """Return a test's configuration; nothing of the machine's environment enters it."""
    return Config(
        data=folder,
        database_url=url,
        base_url="http://127.0.0.1:8000",
        secret_key="not-a-secret-in-a-test",
    )


def prepare_world(url: str) -> None:
    """Migrate an empty database and fill it with the test world."""
    with at_work(url) as database:
        migrate(database.engine)
        make_world()


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the test world in it, migrated once; tests copy it."""
    folder = tmp_path_factory.mktemp("world")
    prepare_world(f"sqlite:///{folder / 'depot.sqlite3'}")
    return folder / "depot.sqlite3"


@pytest.fixture
def sqlite_url(world_file: Path, tmp_path: Path) -> str:
    """A fresh SQLite database with the test world."""
    return copy_world(world_file, tmp_path)


def copy_world(world_file: Path, folder: Path) -> str:
    """Copy the test world into a folder and return the URL of the copy."""
    for suffix in ("", "-wal"):
        source = world_file.with_name(world_file.name + suffix)
        if source.exists():
            shutil.copy(source, folder / f"depot.sqlite3{suffix}")
    return f"sqlite:///{folder / 'depot.sqlite3'}"


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A fresh PostgreSQL database with the test world."""
    url = postgres.copy_of("world", prepare_world)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with the test world, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application on SQLite, without a context: for tests through HTTP."""
    found = create_app(config_for(tmp_path, sqlite_url))
    not_described = watch_answers(found)
    with found.app_context():
        quicken(db.engine)
    yield found
    with found.app_context():
        db.engine.dispose()
    assert not not_described, "the API's description names other statuses"


@pytest.fixture
def client_for(app: Flask) -> Callable[[str], Client]:
    """Return a checking client, signed in as ada, ben or cleo (or nobody, with "")."""
    return lambda login: Client.signed_in(app, login)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The test world with its database at work, on both databases: for tests of commands."""
    with at_work(database_url):
        yield known_world()


def known_world() -> World:
    """Return the world's actors, read from the database."""
    return World(find_actor("ada"), find_actor("ben"), find_actor("cleo"))
