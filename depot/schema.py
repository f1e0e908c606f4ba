"""Bringing a database to the present schema with the numbered migrations of this package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings for this package; no file, no address of a database."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Bring the database of `engine` to the newest revision; nothing happens if it is there."""
    with engine.connect() as connection:
        if current_revision(connection) == newest_revision():
            return
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def current_revision(connection: Connection) -> str | None:
    """Return the revision the database is at; None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Return the newest revision of this package."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()
