"""`depot backup`, `restore` and `export`: one file that holds everything, taken while serving."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.cli.frame import open_depot, say, sentence
from depot.config import Config, from_environment
from depot.db.database import current_session
from depot.db.transaction import snapshot_session

_SQLITE_HEADER = b"SQLite format 3\x00"
_PAGES_AT_ONCE = 1000


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything into FILE, also while the depot is served."""
    config = from_environment()
    if file.exists():
        raise ConfigError(
            problem=sentence(N_("%(file)s is there already: name a new file."), file=file)
        )
    part = file.with_name(file.name + ".part")
    try:
        _dump(config, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    say(N_("Saved %(file)s (%(size)s bytes)."), file=file, size=file.stat().st_size)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is there now.")
def restore(file: Path, force: bool) -> None:
    """Bring back what FILE holds; stop serving first."""
    config = from_environment()
    if config.database_url.startswith("sqlite"):
        _restore_sqlite(config, file, force)
    else:
        _restore_postgresql(config, file, force)
    say(N_("Restored from %(file)s. Run “depot verify” to see that all is well."), file=file)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--depot", "slug", help="Which depot, if there are several.")
def export(file: Path, slug: str | None) -> None:
    """Write a depot's tables, ledger and filed reports into FILE, with a program that checks it.

    Passwords, tokens and links are left out. While the depot is served, it is the depot of one
    moment.
    """
    from depot.exporting.whole import count_steps, write_export
    from depot.people.access_journal import note_export
    from depot.people.queries import console_actor

    if file.exists():
        raise ConfigError(
            problem=sentence(N_("%(file)s is there already: name a new file."), file=file)
        )
    part = file.with_name(file.name + ".part")
    with open_depot():
        actor = console_actor(current_session(), slug)
        depot = actor.depot
        note_export(actor)
        session = snapshot_session()
        try:
            length = count_steps(session, depot.id)
            with click.progressbar(length=length, label=depot.name, file=sys.stderr) as bar:
                write_export(session, depot, part, bar.update)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    say(
        N_("Saved %(file)s (%(size)s bytes); verify.py in it checks it."),
        file=file,
        size=file.stat().st_size,
    )


def _database_file(config: Config) -> Path:
    return Path(make_url(config.database_url).database or "")


def _dump(config: Config, target: Path) -> None:
    if not config.database_url.startswith("sqlite"):
        _run(config, "pg_dump", "--format=custom", f"--file={target}", _libpq(config))
        return
    source = _database_file(config)
    if not source.is_file():
        raise ConfigError(problem=sentence(N_("There is no database at %(file)s."), file=source))
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there, pages=_PAGES_AT_ONCE)
        there.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


def _restore_sqlite(config: Config, file: Path, force: bool) -> None:
    target = _database_file(config)
    with file.open("rb") as opened:
        if opened.read(len(_SQLITE_HEADER)) != _SQLITE_HEADER:
            raise ConfigError(problem=sentence(N_("%(file)s is not a backup of Depot."), file=file))
    if target.exists() and not force:
        raise ConfigError(
            problem=sentence(
                N_("%(file)s is there already: add --force to replace it."), file=target
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(file, part)
        part.chmod(0o600)
        _check_backup(part, file)
        # the old journal belongs to the old file: left behind it would spoil the new one
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _check_backup(copy: Path, file: Path) -> None:
    """Raise ConfigError unless the copy of `file` is a sound database of Depot.

    The copy is opened to be written to: of a file that is opened only to be read, SQLite does not
    compare the values with the CHECKs of their tables.
    """
    try:
        with closing(sqlite3.connect(copy)) as opened:
            found = [what for (what,) in opened.execute("PRAGMA quick_check(3)")]
            known = opened.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('stock_entry', 'depot')"
            ).fetchone()
    except sqlite3.DatabaseError as error:
        raise ConfigError(
            problem=sentence(N_("%(file)s is damaged: %(error)s."), file=file, error=error)
        ) from error
    if found != ["ok"]:
        raise ConfigError(
            problem=sentence(
                N_("%(file)s is not a sound backup of Depot: %(found)s."),
                file=file,
                found="; ".join(found),
            )
        )
    if known != (2,):
        raise ConfigError(problem=sentence(N_("%(file)s is not a backup of Depot."), file=file))


def _restore_postgresql(config: Config, file: Path, force: bool) -> None:
    options = ["--clean", "--if-exists"] if force else []
    _run(
        config,
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        *options,
        f"--dbname={_libpq(config)}",
        str(file),
    )


def _libpq(config: Config) -> str:
    url = make_url(config.database_url)
    bare = url.set(drivername="postgresql", password=None)
    return bare.render_as_string(hide_password=False)


def _run(config: Config, program: str, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise ConfigError(
            problem=sentence(
                N_("%(program)s is needed for this; it comes with PostgreSQL."), program=program
            )
        )
    # the password goes by the environment: a command's words are seen by all on the machine
    secret = (
        {"PGPASSWORD": password} if (password := make_url(config.database_url).password) else {}
    )
    done = subprocess.run(  # noqa: S603 - a fixed program, words of our own making
        [found, *words], capture_output=True, text=True, check=False, env=os.environ | secret
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise ConfigError(
            problem=sentence(N_("%(program)s failed: %(reason)s"), program=program, reason=lines[0])
        )
