"""`depot export`: a depot's tables, ledger and filed reports in one file that proves itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.cli.frame import open_depot, say, sentence
from depot.db.database import current_session
from depot.db.transaction import snapshot_session


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--depot", "slug", help="Which depot, if there are several.")
def export(file: Path, slug: str | None) -> None:
    """Write a depot's tables, ledger and filed reports into FILE, with a program that checks it.

    Passwords, tokens and links are left out. While the depot is served, it is the depot of one
    moment.
    """
    from depot.exporting.whole import count_steps, write_export
    from depot.people.queries import console_actor

    if file.exists():
        raise ConfigError(
            problem=sentence(N_("%(file)s is there already: name a new file."), file=file)
        )
    part = file.with_name(file.name + ".part")
    with open_depot():
        depot = console_actor(current_session(), slug).depot
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
