"""`depot report`: the weekly report in a terminal or a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from depot.cli_frame import application
from depot.clock import local_day, utc_now
from depot.commands.depots import console_actor
from depot.db import db
from depot.periods import last_complete_week, parse_week
from depot.queries.reports import weekly_report
from depot.reporting.formats import FORMATS


@click.group()
def report() -> None:
    """Print what came in, was made, handed out and lost."""


@report.command()
@click.option("--week", help="For example 2026-W47; the last complete week if not said.")
@click.option("--depot", "slug", help="Which depot, if there are several.")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file."
)
def weekly(week: str | None, slug: str | None, form: str, output: Path | None) -> None:
    """Print the report of a week; exit 1 with the items named if it does not add up."""
    chosen = FORMATS[form]
    if chosen.is_binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text: name a file with --output.")
    with application():
        session = db.session()
        depot = console_actor(session, slug).depot
        today = local_day(utc_now(), depot.time_zone)
        start = depot.week_start
        wanted = parse_week(week, start) if week else last_complete_week(today, start)
        written = chosen.write(weekly_report(session, depot, wanted, today))
    if output is None:
        click.echo(written, nl=False)
    else:
        output.write_bytes(written)
