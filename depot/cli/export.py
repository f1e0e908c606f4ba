"""`depot export`: everything of one depot in a zip that needs no Depot to be read or checked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from depot.base.errors import ConfigError
from depot.cli.frame import application
from depot.db.database import current_session
from depot.db.transaction import steady_read
from depot.exporting.whole import steps, write_export
from depot.people.commands.depots import console_actor


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--depot", "slug", help="Which depot, if there are several.")
def export(file: Path, slug: str | None) -> None:
    """Write a depot's tables, ledger and filed reports into FILE, with a program that checks it.

    Passwords, tokens and links are left out. While the depot is served, it is the depot of one
    moment.
    """
    if file.exists():
        raise ConfigError(problem=f"{file} is there already: name a new file.")
    part = file.with_name(file.name + ".part")
    with application():
        depot = console_actor(current_session(), slug).depot
        session = steady_read()
        try:
            length = steps(session, depot.id)
            with click.progressbar(length=length, label=depot.name, file=sys.stderr) as bar:
                write_export(session, depot, part, bar.update)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    click.echo(f"Saved {file} ({file.stat().st_size:,} bytes); verify.py in it checks it.")
