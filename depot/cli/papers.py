"""`depot papers`: papers that are made for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.cli.frame import open_depot, progress_bar, reader_in
from depot.db.database import current_session
from depot.kernel.once import EARLIEST_YEAR
from depot.papers.paper import Paper
from depot.papers.pdf import papers_as_pdf
from depot.partners.papers import statement_paper
from depot.partners.queries import donations
from depot.people.queries import console_actor


@click.group()
def papers() -> None:
    """Make papers for many at once."""


@papers.command()
@click.option(
    "--year",
    type=click.IntRange(EARLIEST_YEAR, date.max.year),
    help="The last year that is over, if not said.",
)
@click.option("--depot", "slug", help="Which depot, if there are several.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF."
)
def statements(year: int | None, slug: str | None, output: Path) -> None:
    """Write the statements of all donors of a year into one PDF."""
    with open_depot() as config:
        session = current_session()
        who = console_actor(session, slug)
        wanted = year or local_day(utc_now(), who.depot.time_zone).year - 1
        count = len(donations.donors_of(session, who.depot_id, wanted))
        if not count:
            raise Invalid(problem=N_("Nobody who is named gave anything in that year."))
        words = donations.letter_words(session, who.depot_id)
        languages = config.languages

        def made() -> Iterator[Paper]:
            for found in donations.statements_of(session, who.depot_id, wanted):
                reads = languages.reader(who.depot, languages.known(found.language))
                told = donations.statement_in(session, who.depot_id, found, reads.language)
                yield statement_paper(told, words, who, reads)

        with progress_bar(count) as done:
            output.write_bytes(papers_as_pdf(made(), lambda _number: done()))
    click.echo(
        reader_in().ngettext(
            "%(num)s statement of %(year)s: %(file)s",
            "%(num)s statements of %(year)s: %(file)s",
            count,
            year=str(wanted),
            file=output,
        )
    )
