"""What the commands share: the database for one of them, and plain sentences."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from depot.base.errors import ConfigError, StorageUnavailable
from depot.config import Config, from_environment
from depot.db.database import open_database, use
from depot.db.transaction import storage_reason
from labels.symbols.qr import QUIET_ZONE, qr_symbol


def say(sentence: str) -> None:
    """Print one sentence on standard error."""
    click.echo(sentence, err=True)


@contextmanager
def steps(count: int) -> Iterator[Callable[[], None]]:
    """Show a bar of `count` steps on a terminal's standard error; call what is yielded for each."""
    shown = sys.stderr.isatty()
    with click.progressbar(length=count, file=sys.stderr, hidden=not shown) as bar:
        yield lambda: bar.update(1)


@contextmanager
def open_depot(config: Config | None = None) -> Iterator[Config]:
    """Put the database to work for one command, and yield the configuration.

    Raises StorageUnavailable, or ConfigError where the database was never made, in place of what
    the database driver says.
    """
    config = config or from_environment()
    config.data.mkdir(parents=True, exist_ok=True)
    database = open_database(config.database_url)
    try:
        with use(database):
            yield config
    except (OperationalError, ProgrammingError) as error:
        text = str(error.orig)
        if "no such table" in text or "does not exist" in text:
            raise ConfigError(
                problem="There is no depot in this database yet: run “depot init” first."
            ) from error
        raise StorageUnavailable(reason=storage_reason(error)) from error
    finally:
        database.close()


def qr_lines(text: str) -> list[str]:
    """Return a QR symbol as lines for a terminal, two rows of modules a line.

    Black on white by colour codes, so that it reads on a dark terminal and on a light one.
    """
    symbol = qr_symbol(text)
    empty = "0" * symbol.side
    edge = [empty] * QUIET_ZONE
    rows = [*edge, *(row.center(symbol.side, "0") for row in symbol.rows), *edge, empty]
    return [
        "\x1b[30;47m"
        + "".join(map(_HALVES.__getitem__, zip(above, below, strict=True)))
        + "\x1b[0m"
        for above, below in zip(rows[::2], rows[1::2], strict=False)
    ]


_HALVES: Final = {("0", "0"): " ", ("1", "0"): "▀", ("0", "1"): "▄", ("1", "1"): "█"}


def can_show_qr() -> bool:
    """Say whether standard output is a terminal that has the letters a QR symbol is drawn with."""
    try:
        "▀▄█".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return sys.stdout.isatty()
