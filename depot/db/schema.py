"""Bringing a database to the present schema with the numbered migrations of this package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, inspect, text

from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.db.database import BUSY_TIMEOUT_MS, begin_to_write

# Alembic is loaded where it is used: it takes a fifteenth of a command's start, and few need it.
if TYPE_CHECKING:
    from alembic.config import Config

#: What those who migrate a database on a server wait for each other with.
_TURN: Final = 0x6465706F74
#: Milliseconds for which they wait on a file.
_UPGRADE_MS: Final = 600_000
FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings for this package; no file, no address of a database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Bring the database of `engine` to the newest revision; nothing happens if it is there.

    All of it is one transaction: who is killed on the way leaves the database as it was. Of several
    who start at once one does it, and the others wait. Raises ConfigError for a newer database.
    """
    with engine.connect() as connection:
        if is_newest(connection):
            return  # as nearly always: without Alembic, which takes a tenth of the program's memory
    from alembic import command

    with engine.connect() as connection, _turn_of(connection), begin_to_write(connection):
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        noted = _noted_revision(connection)
        if noted is not None and noted not in known_revisions():
            raise ConfigError(problem=NEWER)
        if not is_newest(connection):
            command.upgrade(alembic_config(connection), "head")


@contextmanager
def _turn_of(connection: Connection) -> Iterator[None]:
    """Wait on a file as long as another one's upgrade may take, which no command would."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={_UPGRADE_MS}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


NEWER: Final = N_(
    "This database was upgraded by a newer version of Depot. Install that version, or bring back a"
    " backup that is older than the upgrade."
)


def is_newest(connection: Connection) -> bool:
    """Say whether the database is at the newest revision; without Alembic."""
    return _noted_revision(connection) == (FOLDER / "head.txt").read_text().strip()


def _noted_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    noted: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return noted


def current_revision(connection: Connection) -> str | None:
    """Return the revision the database is at; None if it is empty."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Return the newest revision of this package."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def known_revisions() -> frozenset[str]:
    """Return every revision that this package can bring to the newest."""
    from alembic.script import ScriptDirectory

    walked = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return frozenset(script.revision for script in walked)
