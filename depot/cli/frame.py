"""What the commands share: the database for one of them, and plain sentences."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click
from sqlalchemy.exc import DatabaseError

from depot.base.actors import DepotView
from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.config import Config, from_environment
from depot.db.database import open_database, use
from depot.db.files import need_database
from depot.db.folder_lock import share_lock
from depot.db.transaction import storage_failure
from depot.words.languages import at_work

if TYPE_CHECKING:
    from depot.words.reader import Reader


def reader_in(depot: DepotView | None = None) -> Reader:
    """Return who reads what the command line prints, for a depot or for none."""
    return from_environment().languages.reader(depot)


def sentence(template: str, /, **values: object) -> str:
    """Return a sentence in the language of DEPOT_LANGUAGE; whole numbers are written out."""
    reader = reader_in()
    shown = {name: _shown(value, reader) for name, value in values.items()}
    return reader.gettext(template, **shown)


def _shown(value: object, reader: Reader) -> object:
    if not isinstance(value, int):
        return value
    from depot.words import figures  # Babel, for those who write numbers

    return figures.number(value, reader)


def say(template: str, /, **values: object) -> None:
    """Print a sentence."""
    click.echo(sentence(template, **values))


def print_note(template: str, /, **values: object) -> None:
    """Print a sentence on standard error."""
    click.echo(sentence(template, **values), err=True)


@contextmanager
def progress_bar(count: int) -> Iterator[Callable[[], None]]:
    """Show a bar of `count` steps on a terminal's standard error; call what is yielded for each."""
    with counting_bar(count) as update:
        yield lambda: update(1)


@contextmanager
def counting_bar(length: int, label: str = "") -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal's standard error, nothing elsewhere; tell it how many were done."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


@contextmanager
def left_out(package: str) -> Iterator[None]:
    """Let what is imported in the `with` find that package missing, unless it is loaded already.

    For what a library would load and can do without; only while a command is being loaded.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own word for "not there"
    try:
        yield
    finally:
        del sys.modules[package]


@contextmanager
def open_depot(config: Config | None = None, *, makes: bool = False) -> Iterator[Config]:
    """Put the database to work for one command, and yield the configuration.

    Raises StorageUnavailable, StorageDamaged, or ConfigError where the database was never made and
    the command is none that `makes` it, in place of what the database driver says.
    """
    config = config or from_environment()
    config.data.mkdir(parents=True, exist_ok=True)
    with share_lock(config.database_url):
        need_database(config.database_url, makes=makes)
        database = open_database(config.database_url)
        try:
            with named_failures(), use(database), at_work(config.languages):
                yield config
        finally:
            database.close()


NOT_GRANTED: Final = N_(
    "The database user may not do that. Making and migrating tables is for their owner (“depot"
    " init”), who then lets the other user serve (“depot grant”)."
)


@contextmanager
def named_failures() -> Iterator[None]:
    """Say in a sentence of ours what the database driver says in words of its own."""
    try:
        yield
    except DatabaseError as error:
        text = str(error.orig)
        if "no such table" in text or "does not exist" in text:
            raise ConfigError(
                problem=N_("There is no depot in this database yet: run “depot init” first.")
            ) from error
        if "permission denied" in text or "must be owner" in text:
            raise ConfigError(problem=NOT_GRANTED) from error
        failure = storage_failure(error)
        if failure is None:
            raise
        raise failure from error
