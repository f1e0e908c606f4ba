"""`depot report`: the weekly report in a terminal or a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from depot.cli_frame import application
from depot.clock import local_day, utc_now
from depot.commands.depots import console_actor
from depot.db import db
from depot.periods import last_complete_week, parse_week
from depot.queries.reports import weekly_report
from depot.reporting.as_csv import as_csv
from depot.reporting.as_json import as_json
from depot.reporting.as_text import as_text
from depot.reporting.report import WeeklyReport


def _json(found: WeeklyReport) -> str:
    return json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n"


WRITERS: Final[dict[str, Callable[[WeeklyReport], str]]] = {
    "text": as_text,
    "json": _json,
    "csv": as_csv,
}


@click.group()
def report() -> None:
    """Print what came in, was made, handed out and lost."""


@report.command()
@click.option("--week", help="For example 2026-W47; the last complete week if not said.")
@click.option("--depot", "slug", help="Which depot, if there are several.")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(WRITERS)),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file."
)
def weekly(week: str | None, slug: str | None, form: str, output: Path | None) -> None:
    """Print the report of a week; exit 1 with the items named if it does not add up."""
    with application():
        session = db.session()
        depot = console_actor(session, slug).depot
        today = local_day(utc_now(), depot.time_zone)
        start = depot.week_start
        wanted = parse_week(week, start) if week else last_complete_week(today, start)
        text = WRITERS[form](weekly_report(session, depot, wanted))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
