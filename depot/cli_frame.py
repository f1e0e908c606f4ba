"""What the command's topics share: the application around a command, and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from depot.app import create_app
from depot.config import Config, from_environment
from depot.db import db, storage_reason
from depot.errors import ConfigError, StorageUnavailable


def say(sentence: str) -> None:
    """Print one sentence on standard error."""
    click.echo(sentence, err=True)


@contextmanager
def application(config: Config | None = None) -> Iterator[Flask]:
    """Open the application and its context for one command.

    Raises StorageUnavailable, or ConfigError where the database was never made, in place of what
    the database driver says.
    """
    config = config or from_environment()
    config.data.mkdir(parents=True, exist_ok=True)
    app = create_app(config)
    with app.app_context():
        try:
            yield app
        except (OperationalError, ProgrammingError) as error:
            text = str(error.orig)
            if "no such table" in text or "does not exist" in text:
                raise ConfigError(
                    problem="There is no depot in this database yet: run “depot init” first."
                ) from error
            raise StorageUnavailable(reason=storage_reason(error)) from error
        finally:
            db.session.remove()
            db.engine.dispose()
